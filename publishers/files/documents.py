"""Write JSON so that the same content has the same bytes; sizes and digests of files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Document = dict[str, Any]
"""A JSON object; values are whatever `json` can write."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its path in the folder, its size in bytes, and its SHA-256."""

    path: str
    byte_count: int
    sha256: str


def write_json(file: Path, document: Document, *, indent: int | None = 2) -> None:
    """Write a JSON document. Raises OSError."""
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        separators = (",", ":") if indent is None else (",", ": ")
        json.dump(document, stream, ensure_ascii=False, indent=indent, separators=separators)
        stream.write("\n")


def written(folder: Path, path: str) -> Written:
    """Return what was written at `path` in a folder. Raises OSError."""
    file = folder / path
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Written(path, file.stat().st_size, digest)
