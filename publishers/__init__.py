"""The way out of the warehouse: from a build whose rules hold to what readers open."""
