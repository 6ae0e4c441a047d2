"""Pictures of some places of a scan; part of the process that `apart` runs, as it decodes the file again."""

from __future__ import annotations

import io
import json
from typing import Any

_MARGIN = 12
"""Points around a place that are shown with it, so that a person sees what stands beside it."""
_SIDE = 46
"""The same to the left and right."""
_CLOSE = 2
"""Points between a place and the frame that is drawn around it."""
_FRAME = (194, 65, 12)
_POINTS = 72
_LEAST_DPI = 200
"""Pictures of coarser scans are enlarged to this."""


def answer(asked: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the sizes in bytes of PNGs, and the PNGs: one for each place that is asked for, in that order.

    `asked` is a line of JSON, a list of page, left, top, right, bottom (points of the page as scanned), and the file.
    """
    from loaders.formats.scan.pictures import UnusableError, pictures_of

    line, _, content = asked.partition(b"\n")
    places = [(int(page), *sides) for page, *sides in json.loads(line)]
    drawn: dict[int, bytes] = {}
    try:
        for picture in pictures_of(content):
            for number, (page, *sides) in enumerate(places):
                if page == picture.number:
                    drawn[number] = _png(picture, sides)
    except UnusableError as error:
        return {"problem": error.name}, b""
    pictures = [drawn.get(number, b"") for number in range(len(places))]
    return {"sizes": [len(picture) for picture in pictures]}, b"".join(pictures)


def _png(picture: Any, sides: list[float]) -> bytes:  # noqa: ANN401 - a Picture, imported where it is needed
    from PIL import Image, ImageDraw

    left, top, right, bottom = sides
    height, width = picture.pixels.shape
    dots = picture.dpi / _POINTS
    box = (
        max(int((left - _SIDE) * dots), 0),
        max(int((top - _MARGIN) * dots), 0),
        min(int((right + _SIDE) * dots), width),
        min(int((bottom + _MARGIN) * dots), height),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return b""
    shown = Image.fromarray(picture.pixels).convert("RGB")
    frame = (left - _CLOSE, top - _CLOSE, right + _CLOSE, bottom + _CLOSE)
    ImageDraw.Draw(shown).rectangle([side * dots for side in frame], outline=_FRAME, width=max(round(dots), 1))
    shown = shown.crop(box)
    if picture.dpi < _LEAST_DPI:
        larger = _LEAST_DPI / picture.dpi
        shown = shown.resize((round(shown.width * larger), round(shown.height * larger)), Image.Resampling.BICUBIC)
    opened = io.BytesIO()
    shown.save(opened, "PNG")
    return opened.getvalue()
