"""Load report files into the schema `raw` of the warehouse: what a report prints, where it prints it.

The loader knows layout only (pages, tables, rows, columns). What a label means is data in `seeds/` and SQL in
`models/`.
"""
