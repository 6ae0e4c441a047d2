"""How an edition may be printed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PdfLayout:
    """How an edition is printed. Sizes are in points."""

    edge: str = "right"
    """Of figures: right, centre or left."""
    header_edge: str = "right"
    font: str = "Helvetica"
    size: float = 8
    header_size: float = 8
    label_width: float = 190
    column_width: float = 60
    leading: float = 10
    """Between lines of one label."""
    padding: float = 3
    """Between rows, beyond the leading."""
    header_lines: int = 2
    header_valign: str = "bottom"
    wrapped: bool = False
    """Whether labels are wrapped in a narrow column, `label_width` wide."""
    figures_valign: str = "top"
    """Where the figures stand beside a label of two lines."""
    tables_per_page: int | None = None
    """None where tables flow over page ends."""
    repeated: str = "nothing"
    """At the top of the next page: nothing, header, or total, which is header and total."""
    beside: bool = False
    rotation: int = 0
    """Degrees, clockwise, by which pages are turned for display."""
    is_turned: bool = False
    """Whether the text itself stands upright on pages that lie."""
    letter_by_letter: bool = False
    letter_space: float = 0
    thousands: str = " "
    with_titles: bool = True
    with_notes: bool = False
    figures_first: bool = False
    """Whether all figures of a page are drawn before its labels."""
    reversed_months: bool = False
    average_last: bool = False
    bold_totals: bool = True
    shift: float = 0
    """By which even pages are moved, as for binding."""

    def shown(self, figure: str) -> str:
        """Return a figure as it is read: any kind of space between thousands is a space."""
        return figure if self.thousands else figure.replace(" ", "")

    def ordered(self, cells: Sequence[str]) -> list[str]:
        """Return the average and the months in the order in which they are printed."""
        average, *months = cells
        months = months[::-1] if self.reversed_months else months
        return [*months, average] if self.average_last else [average, *months]


GRID = PdfLayout(tables_per_page=1, header_lines=3)
LAYOUTS = {
    "grid": GRID,
    "flow": PdfLayout(),
    "flow, header repeated": PdfLayout(repeated="header"),
    "flow, total repeated": PdfLayout(repeated="total", with_notes=True),
    "centred": PdfLayout(edge="centre", header_edge="centre", thousands="\u00a0"),
    "to the left": PdfLayout(edge="left", header_edge="left", font="Times-Roman"),
    "tight": PdfLayout(size=6, header_size=4.6, column_width=22, label_width=150, header_lines=3, padding=2),
    "beside": PdfLayout(beside=True, size=7, column_width=40, label_width=150),
    "turned pages": PdfLayout(is_turned=True),
    "wrapped": PdfLayout(wrapped=True, label_width=100, figures_valign="middle", header_valign="top"),
    "wrapped, figures below": PdfLayout(wrapped=True, label_width=100, figures_valign="bottom", padding=0),
    "letter by letter": PdfLayout(letter_by_letter=True, letter_space=0.8, column_width=70, font="Vera"),
    "typewriter": PdfLayout(font="Courier", column_width=70, thousands=""),
    "figures first": PdfLayout(figures_first=True, reversed_months=True),
    "average last": PdfLayout(average_last=True),
}


def random_layout(seed: int) -> PdfLayout:
    """Return one of many layouts."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    size = draw.choice([6.0, 7.0, 8.0, 9.0, 10.0])
    wrapped = draw.random() < 0.4
    return PdfLayout(
        edge=draw.choice(["right", "right", "centre", "left"]),
        header_edge=draw.choice(["right", "right", "centre", "left"]),
        font=draw.choice(["Helvetica", "Times-Roman", "Courier", "Vera"]),
        size=size,
        header_size=draw.choice([size, size - 1, size * 0.75]),
        label_width=size * (draw.uniform(11, 15) if wrapped else draw.uniform(27, 36)),
        column_width=size * draw.choice([3.4, 4.0, 5.0, 6.5, 8.0]),
        leading=size * draw.uniform(1.12, 1.3),
        padding=size * draw.choice([0.0, 0.1, 0.3, 0.6]),
        header_lines=draw.choice([1, 2, 3]),
        header_valign=draw.choice(["top", "middle", "bottom", "bottom"]),
        wrapped=wrapped,
        figures_valign=draw.choice(["top", "middle", "bottom"]),
        tables_per_page=draw.choice([None, None, 1, 3]),
        repeated=draw.choice(["nothing", "header", "total"]),
        beside=draw.random() < 0.15,
        rotation=draw.choice([0, 0, 0, 90, 180, 270]),
        letter_by_letter=draw.random() < 0.2,
        letter_space=draw.choice([0, 0, 0, 0, 0.5, 1.0]),
        thousands=draw.choice([" ", " ", " ", "\u00a0", ""]),
        with_titles=draw.random() < 0.7,
        with_notes=draw.random() < 0.3,
        figures_first=draw.random() < 0.2,
        reversed_months=draw.random() < 0.07,
        average_last=draw.random() < 0.07,
        bold_totals=draw.random() < 0.6,
    )
