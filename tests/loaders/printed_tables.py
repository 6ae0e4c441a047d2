"""The tables of an edition's text, for printing them in another kind of file."""

from __future__ import annotations

Row = tuple[str, tuple[str, ...]]
"""A label and its figures."""
Tables = list[tuple[list[str], list[Row]]]
"""The header and the rows of each table."""


def tables_of_text(text: str) -> tuple[str, Tables]:
    """Return the period of an edition's text, and the header and the rows of each table, continuations joined."""
    tables: Tables = []
    period = ""
    for line in text.split("\n"):
        label, tab, fields = line.partition("\t")
        if not tab:
            period = line if " - " in line and line[-4:].isdecimal() else period
        elif not label:
            tables.append((fields.split("\t"), []))
        else:
            row = (label, tuple(fields.split("\t")))
            rows = tables[-1][1]
            # The total row again: the table goes on.
            if not rows and len(tables) > 1 and tables[-2][1][0] == row:
                tables.pop()
            else:
                rows.append(row)
    return period, tables


def short(text: str) -> str:
    """Return an edition's text with one table of each breakdown, so that a test takes no longer than it must."""
    period, tables = tables_of_text(text)
    before = text.split(period, maxsplit=1)[0]
    chosen = tables[:4] + tables[4::7]
    lines = [
        "\n".join([period, "", "\t" + "\t".join(header), *("\t".join([label, *row]) for label, row in rows)])
        for header, rows in chosen
    ]
    return before + "\n\n".join(lines)
