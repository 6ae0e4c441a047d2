"""PDFs by PyMuPDF, which no test needs to be installed."""

from __future__ import annotations

import pymupdf

from tests.loaders.pdf.writers import FONTS, Text, left_of

_FONT_NAMES = {
    ("Helvetica", False): "helv",
    ("Helvetica", True): "hebo",
    ("Times-Roman", False): "tiro",
    ("Times-Roman", True): "tibo",
    ("Courier", False): "cour",
    ("Courier", True): "cobo",
}
_FONT_FILES = {("Vera", False): "Vera.ttf", ("Vera", True): "VeraBd.ttf"}


class WithPymupdf:
    """Pages by PyMuPDF."""

    def __init__(self, font: str) -> None:
        """Start a file in a font."""
        self._file = pymupdf.open()
        self._fonts = {is_bold: _font(font, is_bold=is_bold) for is_bold in (False, True)}

    def width(self, text: str, size: float, *, is_bold: bool) -> float:
        """Return how wide a text is."""
        return float(self._fonts[is_bold].text_length(text, size))

    def page(self, width: float, height: float, rotation: int, texts: list[Text], *, is_turned: bool) -> None:
        """Add a page."""
        across, up = (height, width) if rotation % 180 or is_turned else (width, height)
        page = self._file.new_page(width=across, height=up)
        # Text is turned by as much as its page is, or by a quarter where it stands on a page that lies.
        quarters = (rotation // 90 + int(is_turned)) % 4
        for is_bold, font in self._fonts.items():
            writer = pymupdf.TextWriter(page.rect)
            for text in texts:
                if text.is_bold == is_bold and text.text:
                    start = left_of(text, self.width(text.text, text.size, is_bold=is_bold))
                    writer.append((start, text.y), text.text, font=font, fontsize=text.size)
            # About the page's upper left corner, y upwards.
            turned = {
                0: pymupdf.Matrix(1, 0, 0, 1, 0, 0),
                1: pymupdf.Matrix(0, 1, -1, 0, 0, -width),
                2: pymupdf.Matrix(-1, 0, 0, -1, width, -height),
                3: pymupdf.Matrix(0, -1, 1, 0, height, 0),
            }[quarters]
            writer.write_text(page, morph=(pymupdf.Point(0, 0), turned))
        page.set_rotation(rotation)

    def content(self) -> bytes:
        """Return the file."""
        content: bytes = self._file.tobytes(deflate=True, garbage=3)
        return content


def _font(name: str, *, is_bold: bool) -> pymupdf.Font:
    file = _FONT_FILES.get((name, is_bold))
    return pymupdf.Font(fontfile=str(FONTS / file)) if file else pymupdf.Font(_FONT_NAMES[name, is_bold])
