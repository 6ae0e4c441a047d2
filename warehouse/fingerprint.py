"""What a project is: a text that changes with every file from which the tables of a build follow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from warehouse.errors import Problem, refused

_OF_PROJECT = ("dbt_project.yml", "macros", "models", "seeds")
_OF_CODE = ("auditors", "reasoning")
"""Packages that models written in Python import. They lie beside this one, also where dbt works on a copy of the
project."""
_OF_COMMANDS = ("builders", "loaders", "warehouse")
"""Packages by which a report becomes rows, and the rows of many reports one release, besides."""
_ENDINGS = frozenset({".csv", ".py", ".sql", ".yml"})
_CODE = Path(__file__).resolve().parents[1]


def current_project() -> Path:
    """Return the folder of the dbt project that a command works on: the current one, else the one beside the code."""
    here = Path.cwd()
    return here if (here / "dbt_project.yml").is_file() else _CODE


def project_fingerprint(project: Path) -> str:
    """Return 64 hexadecimal digits that change with every change of a file from which tables are built.

    Raises RefusedError where the folder `project` holds no dbt project with models and seeds.
    """
    return _digest_of((project, _OF_PROJECT), (_CODE, _OF_CODE))


def code_fingerprint() -> str:
    """Return 64 hexadecimal digits that change with every change of the code that loads, builds and writes reports."""
    return _digest_of((_CODE, _OF_COMMANDS))


def _digest_of(*places: tuple[Path, Iterable[str]]) -> str:
    """Return the SHA-256 of all files of each folder's entries. Raises RefusedError where an entry has none."""
    digest = hashlib.sha256()
    for folder, names in places:
        for name in names:
            files = list(_files(folder / name))
            if not files:
                expected = f"a dbt project with {', '.join(_OF_PROJECT)}"
                action = "name the folder of the project with --project-dir, or run the command in it"
                raise refused(str(folder), Problem(f"no file in {name}", expected, action))
            for file in files:
                content = file.read_bytes()
                digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.suffix in _ENDINGS and file.is_file():
            yield file
