"""Scan a PDF: its pages as pictures, askew, blurred, noisy, in uneven light or photocopied."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

Grey = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scan:
    """What happens to a page on its way through a scanner."""

    dpi: int = 200
    askew: float = 0.6
    """Degrees by which pages are turned, a little more or less on each page."""
    quarters: int = 0
    """Quarter turns, against the clock, by which pages lay in the scanner."""
    blur: float = 0.5
    """Dots of the scan."""
    noise: float = 4
    """Standard deviation of the grey of a dot, of 255."""
    light: float = 0.15
    """Share of the light that is missing at one edge of the page."""
    stripes: bool = False
    """Whether every other row of a table stands on grey."""
    rulings: bool = False
    """Whether lines part rows."""
    photocopied: bool = False
    """Whether each dot is black or white."""
    quality: int = 80
    """Of JPEG."""
    smudge: tuple[float, float, float, float] | None = None
    """A place of the second page, in points, that is painted over."""
    seed: int = 0


def pages_of(pdf: bytes, scan: Scan) -> Iterator[Image.Image]:
    """Return the pages of a PDF as they are scanned."""
    draw = np.random.default_rng(scan.seed)
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number].render(scale=2 * scan.dpi / 72, grayscale=True).to_pil().convert("L")
        if scan.stripes or scan.rulings:
            page = _with_table_lines(page, scan)
        if scan.smudge and number == 1:
            box = tuple(side * 2 * scan.dpi / 72 for side in scan.smudge)
            ImageDraw.Draw(page).ellipse(box, fill=70)
        angle = scan.askew * draw.uniform(0.5, 1.2)
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        page = page.rotate(90 * scan.quarters, expand=True)
        page = page.resize((page.width // 2, page.height // 2), Image.Resampling.BOX)
        page = page.filter(ImageFilter.GaussianBlur(scan.blur))
        yield _exposed(np.asarray(page, dtype=np.float64), scan, draw)


def as_pdf(pages: Iterator[Image.Image], scan: Scan) -> bytes:
    """Return scanned pages as a PDF that has nothing but their pictures."""
    first, *others = pages
    opened = io.BytesIO()
    options = {} if scan.photocopied else {"quality": scan.quality}
    first.save(opened, "PDF", save_all=True, append_images=others, resolution=scan.dpi, **options)
    return opened.getvalue()


def as_picture(pages: Iterator[Image.Image], scan: Scan, kind: str) -> bytes:
    """Return scanned pages as a TIFF, or the first of them as PNG or JPEG."""
    first, *others = pages
    opened = io.BytesIO()
    if kind == "TIFF":
        first.save(opened, kind, save_all=True, append_images=others, compression="tiff_lzw", dpi=(scan.dpi, scan.dpi))
    else:
        first.save(opened, kind, dpi=(scan.dpi, scan.dpi))
    return opened.getvalue()


def _exposed(page: Grey, scan: Scan, draw: np.random.Generator) -> Image.Image:
    across = np.linspace(1 - scan.light, 1, page.shape[1])
    seen = (30 + page * (215 / 255)) * across + draw.normal(0, scan.noise, page.shape)
    if scan.photocopied:
        specks = draw.random(page.shape) < 2e-5
        return Image.fromarray((((seen > 140 * across) & ~specks) * 255).astype(np.uint8)).convert("1")
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


def _with_table_lines(page: Image.Image, scan: Scan) -> Image.Image:
    """Return a page with a grey stripe behind every other line of text, and lines between them."""
    dots = np.array(page)
    rows = (dots < 128).any(axis=1)
    edges = np.flatnonzero(np.diff(rows.astype(int)))
    tops, bottoms = edges[::2], edges[1::2]
    cuts = [(before + after) // 2 for before, after in zip(bottoms, tops[1:], strict=False) if after - before < 60]
    margin = scan.dpi // 3
    for place, (top, bottom) in enumerate(pairwise(cuts)):
        if bottom - top > 120:
            continue
        part = dots[top:bottom, margin:-margin]
        if scan.stripes and place % 2:
            part[:] = np.minimum(part, 215)
        if scan.rulings:
            part[:2] = 60
            part[-2:] = 60
    return Image.fromarray(dots)
