"""What this project's loader reads of a file."""

from __future__ import annotations

from benchmarks.doors.clock import processor_seconds
from benchmarks.doors.scores import Read, Refused
from loaders.parsing import parse_report
from tests.loaders.report_texts import rows_of
from warehouse.errors import RejectedReportError


def read_by_loader(content: bytes, name: str) -> Read | Refused:
    """Return what the loader reads of a file's bytes, or why it refuses it."""
    started = processor_seconds()
    try:
        report = parse_report(content, name)
    except RejectedReportError as error:
        return Refused(str(error).split("\n")[0], processor_seconds() - started)
    seconds = processor_seconds() - started
    return Read(rows_of(report), [table.header.split("\t") for table in report.tables], seconds)
