"""The code lists that commands read themselves: the same CSV files that dbt loads."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

_OWN_PROJECT = Path(__file__).resolve().parents[1]


def seeds_folder() -> Path:
    """Return the folder of the code lists: of the project that is the current folder, else of this one."""
    here = Path.cwd()
    return (here if (here / "dbt_project.yml").is_file() else _OWN_PROJECT) / "seeds"


def rows_of_seed(name: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a code list by its name, each with the line it ends in; empty texts stay empty."""
    path = seeds_folder() / f"{name}.csv"
    return list(_rows(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=16)
def _rows(path: Path, _changed: int) -> tuple[tuple[int, dict[str, str]], ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return tuple((reader.line_num, row) for row in reader)
