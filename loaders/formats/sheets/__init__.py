"""Spreadsheets → printed lines: what each cell displays, the blocks of tables in a sheet, and their rows as lines."""
