"""A file's bytes → its pages as grey pictures, one at a time, and how many dots an inch of each has.

Sizes are looked at before anything is decoded: a small file may unpack to a picture that fills the memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""A picture, row by row: 0 is black, 255 white."""

MAX_PAGES = 120
MAX_PIXELS = 50_000_000
"""Of a page; A4 at 600 dots an inch has 35 million."""
_A4_INCHES = 8.27
"""Short side of the sheet that a picture is taken for where it does not say its resolution."""
_PLAUSIBLE_DPI = (60, 1_300)
_DRAWN_DPI = 300
"""For a page that is drawn by lines and areas."""
_POINTS = 72


class UnusableError(Exception):
    """What keeps the file from being read: the name of the problem, and a number that belongs to it."""

    def __init__(self, name: str, count: int = 0) -> None:
        """Keep what a message says of it."""
        super().__init__(name)
        self.name = name
        self.count = count


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is displayed."""

    number: int
    """Of the page, from 1."""
    pixels: Grey
    dpi: float


def pictures_of(content: bytes) -> Iterator[Picture]:
    """Return the pages of a PDF, or of a picture in PNG, JPEG or TIFF. Raises UnusableError."""
    if b"%PDF-" in content[:1_024]:
        yield from _pages_of_pdf(content)
    else:
        yield from _frames_of_picture(content)


def _pages_of_pdf(content: bytes) -> Iterator[Picture]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnusableError("password" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged") from None
    if len(document) > MAX_PAGES:
        raise UnusableError("pages", len(document))
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            dpi = _dpi_of(page, number, raw)
            width, height = (side * dpi / _POINTS for side in page.get_size())
            _require_size(width * height, number)
            pixels = page.render(scale=dpi / _POINTS, grayscale=True).to_numpy()
        except pypdfium2.PdfiumError:
            raise UnusableError("page", number) from None
        grey = np.ascontiguousarray(pixels[:, :, 0] if pixels.ndim > 2 else pixels)
        page.close()
        yield Picture(number, grey, dpi)


def _dpi_of(page: Any, number: int, raw: Any) -> float:  # noqa: ANN401 - no types
    """Return the resolution of the largest picture on a page."""
    largest, dpi = 0, float(_DRAWN_DPI)
    for shown in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        width, height = shown.get_px_size()
        _require_size(width * height, number)
        left, bottom, right, top = shown.get_bounds()
        inches = max(right - left, top - bottom) / _POINTS
        if width * height > largest and inches > 0:
            largest, dpi = width * height, max(width, height) / inches
    return min(max(dpi, _PLAUSIBLE_DPI[0]), _PLAUSIBLE_DPI[1])


def _require_size(pixels: float, number: int) -> None:
    if pixels > MAX_PIXELS:
        raise UnusableError("pixels", number)


def _frames_of_picture(content: bytes) -> Iterator[Picture]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # sizes are looked at here, so that a message can say them
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as opened:
            count = int(getattr(opened, "n_frames", 1))
            if count > MAX_PAGES:
                raise UnusableError("pages", count)
            for number in range(1, count + 1):
                opened.seek(number - 1)
                _require_size(opened.width * opened.height, number)
                dpi = _dpi_said(opened)
                shown = _grey(ImageOps.exif_transpose(opened))
                yield Picture(number, np.asarray(shown, dtype=np.uint8), dpi)
    except (OSError, ValueError, SyntaxError, EOFError):
        raise UnusableError("damaged") from None


def _dpi_said(picture: Any) -> float:  # noqa: ANN401 - an Image, or one of its formats
    """Return the resolution that a picture says it has, or that of a sheet of A4 where it says none that can be."""
    try:
        dpi = float(picture.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    assumed = min(picture.size) / _A4_INCHES
    is_plausible = _PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1] and 0.5 * assumed <= dpi <= 2 * assumed
    return dpi if is_plausible else max(assumed, 1.0)


def _grey(picture: Any) -> Any:  # noqa: ANN401 - see above
    """Return a picture in grey, on white where it is transparent."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, dtype=np.float64)
        most = max(float(values.max(initial=1)), 1.0)
        return Image.fromarray((values * (255 / most)).astype(np.uint8))
    if "A" in picture.getbands() or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(white, shown).convert("L")
    return picture.convert("L")
