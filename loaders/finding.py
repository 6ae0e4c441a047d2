"""Paths as a user gives them → the report files they mean."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from warehouse.errors import Problem, RejectedReportError, rejected

_NO_REPORTS = ("readme", "~$", ".", "thumbs.db", "desktop.ini")
"""Beginnings of names, in lower case: notes on the folder, lock files of office programs, files that systems make."""


def find_reports(paths: Iterable[Path]) -> tuple[list[Path], list[RejectedReportError]]:
    """Return the files that `paths` mean, in order, and an error for each folder that is empty or unreadable.

    A file is taken as it is. A folder stands for the files in it and its subfolders, sorted by path, whatever their
    names end in: reading them says which are no reports. READMEs, hidden files and lock files of office programs are
    left out. A path that does not exist is kept: reading it says so.
    """
    files: list[Path] = []
    errors: list[RejectedReportError] = []
    for path in paths:
        if not _is_folder(path):
            files.append(path)
            continue
        unreadable: list[OSError] = []
        found: list[Path] = []
        for folder, folders, names in os.walk(path, onerror=unreadable.append):
            folders[:] = sorted(name for name in folders if _may_be_report(name))
            errors += [_linked(Path(folder, name)) for name in folders if Path(folder, name).is_symlink()]
            found += [Path(folder, name) for name in names if _may_be_report(name)]
        files.extend(sorted(found))
        for error in unreadable:
            problem = Problem(f"a folder that cannot be read ({error.strerror})", "a readable folder", "check it")
            errors.append(rejected(str(error.filename), problem))
        if not found and not unreadable:
            problem = Problem("no report in the folder", "report files", "put a report there, or give another path")
            errors.append(rejected(str(path), problem))
    return files, errors


def _linked(folder: Path) -> RejectedReportError:
    problem = Problem("a link to a folder", "report files and folders", "put the reports themselves there")
    return rejected(str(folder), problem)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # for example no permission; reading the path as a file then says so
        return False


def _may_be_report(name: str) -> bool:
    return not name.lower().startswith(_NO_REPORTS)
