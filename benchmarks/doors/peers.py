"""Others that read PDFs and workbooks, each in several settings; those that are not installed are left out.

Headers are not asked of them: over several lines they give them in pieces.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from math import floor
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.doors.clock import processor_seconds
from benchmarks.doors.rows_of_lines import by_thousands, by_wide_gaps, rows_of_fields
from benchmarks.doors.scores import Printed, Read, Score, score
from tests.loaders.printed_tables import Row

_Rows = Callable[[bytes, int], list[Row]]
"""What a peer reads of a file's bytes, given how many figures each row has."""
_FAR = 0.4
"""Heights of a line between words from which they stand apart."""
_SAME_LINE = 0.3
"""Heights of a word by which the words of a line may stand lower than each other."""
_BY_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program that reads files, in each of its settings."""

    name: str
    is_installed: bool
    settings: tuple[_Rows, ...]

    def best(self, content: bytes, printed: Printed) -> Score:
        """Return the score of the setting that reads most figures of a file rightly."""
        return max((self._score(read, content, printed) for read in self.settings), key=lambda made: made.exact)

    def _score(self, read: _Rows, content: bytes, printed: Printed) -> Score:
        started = processor_seconds()
        rows = read(content, len(printed.header))
        return score(printed, Read(rows, (), processor_seconds() - started), in_order=False)


def _pdftotext(*options: str) -> Callable[[bytes], str]:
    def text(content: bytes) -> str:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            Path(file.name).write_bytes(content)
            command = ["pdftotext", *options, file.name, "-"]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return text


def _pdfplumber_text(**options: bool) -> Callable[[bytes], str]:
    def text(content: bytes) -> str:
        import pdfplumber

        with pdfplumber.open(io.BytesIO(content)) as file:
            return "\n".join(page.extract_text(**options) for page in file.pages)

    return text


def _pdfplumber_tables(content: bytes, columns: int) -> list[Row]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as file:
        lines = [line for page in file.pages for table in page.extract_tables(_BY_TEXT) for line in table]
    return [row for line in lines for row in rows_of_fields([field or "" for field in line], columns)]


def _pymupdf_words(content: bytes) -> str:
    """Return the words of each line, two spaces between those that stand far apart."""
    import pymupdf

    return "\n".join(line for page in pymupdf.open(stream=content) for line in _lines_of_words(page))


def _lines_of_words(page: Any) -> Iterator[str]:  # noqa: ANN401 - an extra
    import pymupdf

    boxes = [(pymupdf.Rect(word[:4]) * page.rotation_matrix, word[4]) for word in page.get_text("words")]
    lines: list[list[tuple[Any, str]]] = []
    for box, word in sorted(boxes, key=lambda found: found[0].y1):
        if lines and box.y1 - lines[-1][-1][0].y1 < _SAME_LINE * box.height:
            lines[-1].append((box, word))
        else:
            lines.append([(box, word)])
    for line in lines:
        line.sort(key=lambda found: found[0].x0)
        far = [after.x0 - before.x1 > _FAR * before.height for (before, _), (after, _) in pairwise(line)]
        gaps = ["  " if is_far else " " for is_far in far]
        yield "".join(word + gap for (_, word), gap in zip(line, [*gaps, ""], strict=True))


def _both(text: Callable[[bytes], str]) -> tuple[_Rows, _Rows]:
    """Return both ways to read the rows of the text that a peer makes."""
    return (
        lambda content, columns: by_wide_gaps(text(content), columns),
        lambda content, columns: by_thousands(text(content), columns),
    )


def _pandas(shown: Callable[[float], int]) -> _Rows:
    def rows(content: bytes, columns: int) -> list[Row]:
        sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, header=None)
        lines = [line for sheet in sheets.values() for line in sheet.itertuples(index=False)]
        return [row for line in lines for row in rows_of_fields((_shown(value, shown) for value in line), columns)]

    return rows


def _shown(value: object, shown: Callable[[float], int]) -> str:
    if isinstance(value, int | float):
        return "" if pd.isna(value) else str(shown(value))
    return str(value)


PDF_PEERS = (
    Peer(
        "pdftotext", shutil.which("pdftotext") is not None, (*_both(_pdftotext("-layout")), *_both(_pdftotext("-raw")))
    ),
    Peer(
        "pdfplumber",
        find_spec("pdfplumber") is not None,
        (*_both(_pdfplumber_text(layout=True)), *_both(_pdfplumber_text()), _pdfplumber_tables),
    ),
    Peer("PyMuPDF", find_spec("pymupdf") is not None, _both(_pymupdf_words)),
)
SHEET_PEERS = (
    Peer("pandas.read_excel, rounded by Python", True, (_pandas(round),)),
    Peer("pandas.read_excel, halves up", True, (_pandas(lambda value: floor(value + 0.5)),)),
)
