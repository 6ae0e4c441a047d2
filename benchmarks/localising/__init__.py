"""How well what is wrong in a report is found: slips scattered over it, and changes of whole rows and tables."""
