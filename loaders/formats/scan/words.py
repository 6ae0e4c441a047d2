"""A scan → its words, their boxes and how they were read, in a process of its own (`loaders.formats.apart`)."""

from __future__ import annotations

import os
from typing import Any


def answer(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the words of each page of a scan, or what keeps it from being read."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract is slower with more
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from loaders.formats.scan.pictures import UnusableError

    try:
        return {"pages": _pages(content)}, b""
    except UnusableError as error:
        return {"problem": error.name, "count": error.count}, b""


def _pages(content: bytes) -> list[dict[str, Any]]:
    from loaders.formats.scan.cleaning import DPI
    from loaders.formats.scan.decisions import decided
    from loaders.formats.scan.installed import data_folder
    from loaders.formats.scan.pictures import UnusableError, pictures_of
    from loaders.formats.scan.readings import read_page
    from loaders.formats.scan.tesseract import tesseract
    from loaders.formats.scan.turning import upright

    folder = data_folder()
    if folder is None:
        raise UnusableError("missing")
    with tesseract(folder) as reader:
        pages = [read_page(upright(picture, reader), reader) for picture in pictures_of(content)]
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
