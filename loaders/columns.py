"""Columns that a table prints for show: empty ones, ones headed "NA", and months that are still to come."""

from __future__ import annotations

from warehouse.figures import SPACES

_NOTHING = ("", "NA", "N/A")


def without_empty_columns(header: str, rows: list[str]) -> tuple[str, list[str], list[int] | None]:
    r"""Return header and rows without the columns in which no row prints anything, and the columns kept, from 0.

    `header` is what follows the header line's first tab. A column goes only where nothing at all stands in it, so that
    a figure under a blank heading stays and is complained about. Tables are often padded to one width by empty
    columns, and a workbook of a year has the months to come. The columns are None where all are kept.
    """
    blank_heading = any(heading.strip(SPACES) in _NOTHING for heading in header.split("\t"))
    if not blank_heading and not any("\t\t" in row or row.rstrip(SPACES).endswith("\t") for row in rows):
        return header, rows, None
    headings = header.split("\t")
    table = [row.split("\t") for row in rows]
    width = max([len(headings), *(len(fields) - 1 for fields in table)])
    printed = [
        place for place in range(width) if any(place + 1 < len(row) and row[place + 1].strip(SPACES) for row in table)
    ]
    # A row that lost its figures keeps the headings of the table: then nothing may go that a heading names.
    if not printed:
        return header, rows, None
    last = printed[-1]
    kept = [
        place
        for place in range(width)
        if place in printed
        or (place < last and place < len(headings) and headings[place].strip(SPACES) not in _NOTHING)
    ]
    kept_headings = [headings[place] if place < len(headings) else "" for place in kept]
    return "\t".join(kept_headings), ["\t".join([row[0], *_chosen(row, kept)]) for row in table], kept


def _chosen(fields: list[str], columns: list[int]) -> list[str]:
    """Return a row's fields of these columns; a short row stays short."""
    return [fields[column + 1] for column in columns if column + 1 < len(fields)]
