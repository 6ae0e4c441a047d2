"""`python -m benchmarks doors`: every kind of file after the other."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.doors.pdfs import read_pdfs
from benchmarks.doors.scans import read_scans
from benchmarks.doors.workbooks import read_workbooks


def read_through_doors(share: float, draws: int) -> Iterator[str]:
    """Return the lines on PDFs, workbooks and scans, each as soon as it is known."""
    yield from read_pdfs(share)
    yield from read_workbooks()
    yield from read_scans(draws)
