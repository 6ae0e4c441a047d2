"""Pages to look at, from the tables that readers may open: `python -m publishers site`."""
