"""PDFs with a text layer → printed lines: characters by their boxes, rows by fitting them to a header's columns."""
