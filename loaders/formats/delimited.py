"""Text as tools write it: fields in quotes, or parted by semicolons, commas or bars instead of tabs.

Spreadsheets save a sheet so, and Markdown prints tables so. The header of a table says which sign parts the fields, as
only one of them leaves the average and a month in fields of their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence

from loaders.headers import is_average
from loaders.months import month_number

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\s*")
"""The line below the header of a Markdown table."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_MOST_COMPARED = 5_000
"""Lines. Whatever parts the fields parts them everywhere."""


def with_tabs(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines with a tab between the fields of each; lines that are no rows of a table stay as they are."""
    if not any(sign in line for line in lines for sign in ';,|"'):
        return lines
    compared = lines[:_MOST_COMPARED]
    if any(_is_header([_unquoted(field) for field in line.split("\t")]) for line in compared):
        return ["\t".join(map(_unquoted, line.split("\t"))) if '"' in line else line for line in lines]
    for split in (_by(";"), _by_bars, _by(",")):
        if any(_is_header(split(line)) for line in compared):
            return [_joined(line, split(line)) for line in lines]
    return lines


def _unquoted(field: str) -> str:
    """Return a field that stands in quotes without them; a quote within a label stays."""
    found = _QUOTED.fullmatch(field)
    return found[1].replace('""', '"') if found else field


def _by(sign: str) -> Callable[[str], list[str]]:
    def split(line: str) -> list[str]:
        if '"' not in line:
            return line.split(sign)
        return next(csv.reader([line], delimiter=sign), [line])

    return split


def _by_bars(line: str) -> list[str]:
    if "|" not in line:
        return [line]
    if _RULE.fullmatch(line):
        return [""]
    return [field.strip() for field in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _is_header(fields: list[str]) -> bool:
    return (
        len(fields) > 2
        and not fields[0].strip()
        and any(is_average(field) for field in fields)
        and any(month_number(field) is not None for field in fields)
    )


def _joined(line: str, fields: list[str]) -> str:
    """Return fields as a line; where only the first holds a text, that text, as it is no row."""
    if not any(field.strip() for field in fields[1:]):
        return fields[0] if fields else ""
    # A sentence may have commas and quotes: a row of a table has figures or months behind its label.
    if not any(map(_is_cell, fields[1:])):
        return line
    return "\t".join(field.replace("\t", " ") for field in fields)


def _is_cell(text: str) -> bool:
    return any(char.isdigit() for char in text) or text.strip() in ("*", "∗") or month_number(text) is not None
