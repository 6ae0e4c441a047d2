"""Sheets → printed lines. Knows where the blocks of a sheet begin and end, not what their labels mean.

A block is a header, which is the average and then months in one row, and the rows below it, up to the next header.
Blocks stand below or beside each other. To the left of a block's figures stand its labels: in one column, or in two
where the first one, often merged over rows, names what the rows are parts of ("I alt" beside "mentor" is the total of
mentor).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from loaders.formats.lines import Place, PrintedLines
from loaders.formats.sheets.grid import Sheet
from loaders.headers import is_average
from loaders.months import month_number
from loaders.rows import is_total
from warehouse.folding import fold

_EVERYBODY = {fold(name) for name in ("Alle", "I alt", "Total", "Totalt", "Sum")}
"""Names of the whole; beside them a total is the total of everything."""


class _Line(NamedTuple):
    text: str
    place: Place


class _Block(NamedTuple):
    """A header, and the columns of its labels and of its figures."""

    header_row: int
    labels: range
    figures: range


def lines_of_sheets(sheets: Iterable[Sheet]) -> PrintedLines:
    """Return the lines that the sheets print, sheet by sheet, with a blank line after each; numbers count from 1."""
    lines: list[_Line] = []
    for sheet in sheets:
        lines += _lines_of_sheet(sheet)
        lines.append(_Line("", Place(sheet.name, len(sheet.rows) + 1)))
    return PrintedLines([line.text for line in lines], range(1, len(lines) + 1), [line.place for line in lines])


def _lines_of_sheet(sheet: Sheet) -> Iterator[_Line]:
    count = len(sheet.rows)
    headers = [blocks for row in range(count) if (blocks := _blocks_headed_by(sheet, row))]
    starts = [blocks[0].header_row for blocks in headers]
    yield from (_text_line(sheet, row, range(len(sheet.rows[row]))) for row in range(starts[0] if starts else count))
    for blocks, (start, end) in zip(headers, pairwise([*starts, count]), strict=True):
        for block in blocks:
            yield from _lines_of_block(sheet, block, range(start + 1, end))


def _blocks_headed_by(sheet: Sheet, row: int) -> list[_Block]:
    """Return the blocks whose header a row is, from left to right: none where it is no header."""
    filled = [column for column in range(len(sheet.rows[row])) if sheet.text(row, column)]
    averages = [
        column
        for column, following in pairwise(filled)
        if is_average(sheet.text(row, column)) and month_number(sheet.text(row, following)) is not None
    ]
    blocks: list[_Block] = []
    labels_from = 0
    for average, following in pairwise([*averages, None]):
        if average is None:
            break
        if following is None:
            end = max(len(cells) for cells in sheet.rows[row:])
        else:
            months = (place for place in range(average, following) if month_number(sheet.text(row, place)) is not None)
            end = max(months) + 1
        blocks.append(_Block(row, range(labels_from, average), range(average, end)))
        labels_from = end
    return blocks


def _lines_of_block(sheet: Sheet, block: _Block, rows: range) -> Iterator[_Line]:
    header = _line(sheet, block.header_row, block, "")
    printed = [row for row in rows if any(map(str.strip, sheet.texts(row, block.figures)))]
    labels = [column for column in block.labels if any(sheet.text(row, column) for row in printed)]
    wholes = _wholes(sheet, labels, printed)
    if not wholes:
        yield header
    for row in rows:
        if row not in wholes:
            yield (
                _line(sheet, row, block, _joined(sheet, row, labels))
                if any(map(str.strip, sheet.texts(row, block.figures)))
                else _text_line(sheet, row, range(block.labels.start, block.figures.stop))
            )
            continue
        whole, begins = wholes[row]
        if begins:
            yield _Line("", header.place)
            yield header
        label = _joined(sheet, row, labels[1:])
        yield _line(sheet, row, block, _total_of(whole) if not label or is_total(label) else label)


def _wholes(sheet: Sheet, labels: list[int], printed: list[int]) -> dict[int, tuple[str, bool]]:
    """Return, for each row with figures, the whole that its first label names and whether the row is the first of it.

    Nothing where the labels are no parts of wholes: in one column, or in several that each row fills with texts of its
    own, such as the number and the name of a county.
    """
    if len(labels) < 2:
        return {}
    outer = [sheet.text(row, labels[0]) for row in printed]
    if all(outer) and all(one != other for one, other in pairwise(outer)):
        return {}
    wholes: dict[int, tuple[str, bool]] = {}
    whole = ""
    for row, name in zip(printed, outer, strict=True):
        begins = (bool(name) and name != whole) or is_total(_joined(sheet, row, labels[1:]))
        whole = name or whole
        wholes[row] = (whole, begins)
    return wholes


def _total_of(whole: str) -> str:
    return "I alt" if fold(whole) in _EVERYBODY else f"I alt {whole}"


def _line(sheet: Sheet, row: int, block: _Block, label: str) -> _Line:
    """Return a row, or a header, as a line: its label, then its figures, each after a tab."""
    return _Line("\t".join([label, *sheet.texts(row, block.figures)]), Place(sheet.name, row + 1, block.figures.start))


def _text_line(sheet: Sheet, row: int, columns: range) -> _Line:
    texts = (text.strip() for text in sheet.texts(row, columns))
    return _Line(" ".join(text for text in texts if text), Place(sheet.name, row + 1))


def _joined(sheet: Sheet, row: int, columns: list[int]) -> str:
    """Return the label of a row, which keeps the spaces around it where it stands in one column."""
    texts = [text for column in columns for text in sheet.texts(row, range(column, column + 1)) if text.strip()]
    return texts[0] if len(texts) == 1 else " ".join(text.strip() for text in texts)
