"""Kinds of report files, a module or folder for each: from a file's bytes to the same printed lines.

To read another kind, write its reader and add a row to the table in `loaders.formats.readers`.
"""
