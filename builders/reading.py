"""The period of every report file, read by the loader's own parser, once for each file that came or changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tqdm import tqdm

from builders.planning import PlannedReport
from loaders.parsing import parse_report
from loaders.reading import read_bytes
from warehouse.errors import Complaint, RejectedReportError

_FEW = 200
"""Up to so many new files are read by this process; more are read by processes of their own."""
_CHUNK = 50

_Seen = tuple[int, int, str, str, str]
"""Size in bytes, time of the last change in nanoseconds, report_id, first and last month as ISO dates."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the files came to."""

    reports: tuple[PlannedReport, ...]
    rejections: tuple[RejectedReportError, ...]


def read_reports(files: Iterable[Path], workers: int, notes: Path, state: str) -> Reading:
    """Return each file as a report to plan, or why it is none.

    `notes` is a file in which periods are kept for the next time; they count for files of the same size and time of
    change, read by code of the same `state`. Up to `workers` processes read. Raises OSError where notes cannot be kept.
    """
    known = _noted(notes, state)
    files = list(files)
    now = {str(file.absolute()): _changed(file) for file in files}
    new = [file for file in files if (note := known.get(str(file.absolute()))) is None or note[:2] != now[_path(file)]]
    reports: dict[str, _Seen] = {}
    rejections: dict[str, RejectedReportError] = {}
    for file, found in zip(new, tqdm(_read(new, workers), total=len(new), desc="reading", unit=" reports",
                                     delay=1, leave=False, disable=None), strict=True):  # fmt: skip
        if isinstance(found, _Rejection):
            rejections[_path(file)] = RejectedReportError(found.complaints, found.omitted)
        else:
            reports[_path(file)] = (*(now[_path(file)] or (0, 0)), *found)
    for file in files:
        if _path(file) not in rejections:
            reports.setdefault(_path(file), known.get(_path(file), (0, 0, "", "", "")))
    if new or known.keys() - reports.keys():
        _note(notes, state, reports)
    return Reading(
        tuple(
            PlannedReport(_path(file), str(file), *_planned(reports[_path(file)]))
            for file in files
            if _path(file) in reports
        ),
        tuple(rejections.values()),
    )


def _planned(seen: _Seen) -> tuple[str, date, date]:
    _, _, report_id, start, end = seen
    return report_id, date.fromisoformat(start), date.fromisoformat(end)


def _path(file: Path) -> str:
    return str(file.absolute())


def _changed(file: Path) -> tuple[int, int] | None:
    with suppress(OSError, ValueError):
        status = file.stat()
        return status.st_size, status.st_mtime_ns
    return None


@dataclass(frozen=True, slots=True)
class _Rejection:
    """What a process says of a file that it rejects; an error itself does not pass between processes."""

    complaints: tuple[Complaint, ...]
    omitted: int


def _read(files: Sequence[Path], workers: int) -> Iterator[tuple[str, str, str] | _Rejection]:
    if len(files) <= _FEW or workers == 1:
        yield from map(_read_one, files)
        return
    with ProcessPoolExecutor(workers) as readers:
        yield from readers.map(_read_one, files, chunksize=_CHUNK)


def _read_one(file: Path) -> tuple[str, str, str] | _Rejection:
    try:
        report = parse_report(read_bytes(file, str(file)), str(file))
    except RejectedReportError as error:
        return _Rejection(error.complaints, error.omitted)
    return report.report_id, report.period.start.isoformat(), report.period.end.isoformat()


def _noted(notes: Path, state: str) -> dict[str, _Seen]:
    """Return what is known of files, by path; nothing where it was noted by other code or is damaged."""
    try:
        with notes.open(encoding="utf-8") as lines:
            if next(lines, "").strip() != state:
                return {}
            return {path: (size, at, report_id, start, end) for path, size, at, report_id, start, end
                    in map(json.loads, lines)}  # fmt: skip
    except (OSError, ValueError):
        return {}


def _note(notes: Path, state: str, reports: dict[str, _Seen]) -> None:
    unfinished = notes.with_name(f"{notes.name}.unfinished")
    with unfinished.open("w", encoding="utf-8") as lines:
        lines.write(f"{state}\n")
        lines.writelines(json.dumps([path, *seen]) + "\n" for path, seen in reports.items())
    unfinished.replace(notes)
