"""Libraries that write PDFs, behind one way to put texts on pages."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import reportlab
from fpdf import FPDF
from reportlab.lib.colors import black
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as ReportlabPages

FONTS = Path(reportlab.__file__).parent / "fonts"
_FONT_FILES = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf"}
for _name, _file in _FONT_FILES.items():
    pdfmetrics.registerFont(TTFont(_name, str(FONTS / _file)))


@dataclass
class Text:
    """A text to print: where, how large, and which of its edges stands at `x`."""

    x: float
    y: float
    text: str
    size: float
    is_bold: bool
    edge: str


class Pages(Protocol):
    """Writes a PDF, page by page; positions are points from the left and the top."""

    def width(self, text: str, size: float, *, is_bold: bool) -> float:
        """Return how wide a text is."""

    def page(self, width: float, height: float, rotation: int, texts: list[Text], *, is_turned: bool) -> None:
        """Add a page that, as displayed, is so large."""

    def content(self) -> bytes:
        """Return the file."""


def left_of(text: Text, width: float) -> float:
    """Return where a text of this width begins."""
    return text.x - {"left": 0.0, "right": width, "centre": width / 2}[text.edge]


class WithReportlab:
    """Pages by reportlab."""

    def __init__(self, font: str) -> None:
        """Start a file in a font."""
        self._font = font
        self._file = io.BytesIO()
        self._pages = ReportlabPages(self._file, invariant=True)

    def width(self, text: str, size: float, *, is_bold: bool) -> float:
        """Return how wide a text is."""
        return float(pdfmetrics.stringWidth(text, self._name(is_bold=is_bold), size))

    def page(self, width: float, height: float, rotation: int, texts: list[Text], *, is_turned: bool) -> None:
        """Add a page."""
        pages = self._pages
        across, up = (height, width) if rotation % 180 or is_turned else (width, height)
        # Where a page is turned by a quarter, reportlab takes the size as displayed.
        pages.setPageSize((width, height) if rotation % 180 else (across, up))
        pages.setPageRotation(rotation)
        if rotation == 90:
            pages.translate(across, 0)
            pages.rotate(90)
        elif rotation == 270:
            pages.translate(0, up)
            pages.rotate(-90)
        elif rotation == 180:
            pages.translate(across, up)
            pages.rotate(180)
        elif is_turned:
            pages.translate(across, 0)
            pages.rotate(90)
        pages.setFillColor(black)
        for text in texts:
            pages.setFont(self._name(is_bold=text.is_bold), text.size)
            x = left_of(text, self.width(text.text, text.size, is_bold=text.is_bold))
            pages.drawString(x, height - text.y, text.text)
        pages.showPage()

    def content(self) -> bytes:
        """Return the file."""
        self._pages.save()
        return self._file.getvalue()

    def _name(self, *, is_bold: bool) -> str:
        bold = {"Times-Roman": "Times-Bold"}.get(self._font, f"{self._font}-Bold")
        return bold if is_bold else self._font


class WithFpdf:
    """Pages by fpdf2."""

    def __init__(self, font: str) -> None:
        """Start a file in a font."""
        self._pages = FPDF(unit="pt")
        self._pages.set_auto_page_break(auto=False)
        self._family = {"Times-Roman": "Times"}.get(font, font)
        if font == "Vera":
            self._pages.add_font("Vera", "", str(FONTS / "Vera.ttf"))
            self._pages.add_font("Vera", "B", str(FONTS / "VeraBd.ttf"))

    def width(self, text: str, size: float, *, is_bold: bool) -> float:
        """Return how wide a text is."""
        self._pages.set_font(self._family, "B" if is_bold else "", size)
        return float(self._pages.get_string_width(text))

    def page(self, width: float, height: float, rotation: int, texts: list[Text], *, is_turned: bool) -> None:
        """Add a page. Raises NotImplementedError for one that is turned for display, which fpdf2 cannot do."""
        if rotation:
            raise NotImplementedError
        pages = self._pages
        across, up = (height, width) if is_turned else (width, height)
        pages.add_page(format=(across, up))
        pages.pages[pages.page].set_dimensions(across, up)
        for text in texts:
            shown = left_of(text, self.width(text.text, text.size, is_bold=text.is_bold))
            if is_turned:
                # A quarter turn against the clock around the point.
                x, y = text.y, width - shown
                with pages.rotation(90, x, y):
                    pages.text(x, y, text.text)
            else:
                pages.text(shown, text.y, text.text)

    def content(self) -> bytes:
        """Return the file."""
        return bytes(self._pages.output())
