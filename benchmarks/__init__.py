"""What the warehouse costs, as ratios to floors taken in the same run."""
