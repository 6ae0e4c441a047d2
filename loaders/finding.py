"""Paths as a user gives them → the report files they mean."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from loaders.formats.readers import endings
from warehouse.errors import Problem, RejectedReportError, rejected


def find_reports(paths: Iterable[Path]) -> tuple[list[Path], list[RejectedReportError]]:
    """Return the files that `paths` mean, in order, and an error for each folder that is empty or unreadable.

    A file is taken as it is. A folder stands for the files in it and its subfolders whose names end as those of
    reports do (`.txt`), sorted by path; hidden files and READMEs are not reports. A path that does not exist is kept:
    reading it says so.
    """
    files: list[Path] = []
    errors: list[RejectedReportError] = []
    for path in paths:
        if not _is_folder(path):
            files.append(path)
            continue
        unreadable: list[OSError] = []
        found = sorted(
            Path(folder, name)
            for folder, _, names in os.walk(path, onerror=unreadable.append)
            for name in names
            if _is_report_name(name)
        )
        files.extend(found)
        for error in unreadable:
            problem = Problem(f"a folder that cannot be read ({error.strerror})", "a readable folder", "check it")
            errors.append(rejected(str(error.filename), problem))
        if not found and not unreadable:
            problem = Problem(
                f"no {' or '.join(endings())} file in the folder",
                "report files",
                "put a report there, or give another path",
            )
            errors.append(rejected(str(path), problem))
    return files, errors


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # for example no permission; reading the path as a file then says so
        return False


def _is_report_name(name: str) -> bool:
    path = Path(name.lower())
    return path.suffix in endings() and path.stem != "readme" and not name.startswith(".")
