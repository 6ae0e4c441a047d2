"""Run as a program of its own: a scan on standard input → its words and their boxes, as JSON on standard output.

A file made to do harm then ends this process at its limits of time and memory, and not the loader's.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

MAX_MEMORY = 3 * 1024 * 1024 * 1024
MAX_SECONDS = 1_800
"""Of processor time; a page takes some five."""


def _limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limits, and macOS not all of them
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def main() -> int:
    """Answer with the words of a scan, or with what keeps it from being read."""
    _limit()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract is slower with more
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from loaders.formats.scan.pictures import UnusableError

    content = sys.stdin.buffer.read()
    try:
        answer = {"pages": _pages(content)}
    except UnusableError as error:
        answer = {"problem": error.name, "count": error.count}
    sys.stdout.write(json.dumps(answer))
    return 0


def _pages(content: bytes) -> Any:  # noqa: ANN401 - JSON
    from loaders.formats.scan.cleaning import DPI, cleaned
    from loaders.formats.scan.decisions import decided
    from loaders.formats.scan.installed import data_folder
    from loaders.formats.scan.pictures import UnusableError, pictures_of
    from loaders.formats.scan.readings import read_page
    from loaders.formats.scan.tesseract import tesseract

    folder = data_folder()
    if folder is None:
        raise UnusableError("missing")
    with tesseract(folder) as reader:
        pages = [read_page(cleaned(picture), reader) for picture in pictures_of(content)]
    points = 72 / DPI
    return [
        {
            "number": page.number,
            "width": page.width * points,
            "height": page.height * points,
            "angle": page.angle,
            "dpi": page.dpi,
            "lines": [
                {
                    "baseline": line.baseline * points,
                    "digit_height": line.digit_height * points,
                    "words": [
                        {
                            "text": word.text,
                            "box": [side * points for side in (word.left, word.top, word.right, word.bottom)],
                            "readings": word.readings,
                            "is_sure": word.is_sure,
                        }
                        for word in line.words
                    ],
                }
                for line in lines
            ],
        }
        for page, lines in zip(pages, decided(pages), strict=True)
    ]


if __name__ == "__main__":
    sys.exit(main())
