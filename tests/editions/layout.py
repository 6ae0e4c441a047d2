"""How an edition is laid out; the defaults are those of the April 2024 report."""

from __future__ import annotations

from dataclasses import dataclass

SPACE = " "
NO_BREAK_SPACE = "\u00a0"
THIN_SPACE = "\u2009"
NARROW_NO_BREAK_SPACE = "\u202f"
NO_SEPARATOR = ""
THOUSANDS_SEPARATORS = (SPACE, NO_BREAK_SPACE, THIN_SPACE, NARROW_NO_BREAK_SPACE, NO_SEPARATOR)

# A continuation repeats header and total row, so a page needs a third line to get anywhere.
SMALLEST_PAGE = 3


@dataclass(frozen=True)
class Layout:
    """Everything about a report that is not its figures; raises ValueError for a value out of range.

    Attributes:
        thousands_separator: one of `THOUSANDS_SEPARATORS`.
        line_ending: LF or CRLF.
        byte_order_mark: whether the text starts with U+FEFF.
        final_newline: whether the last row ends its line; the sample's does not.
        lines_per_page: header and table rows that a page holds, at least 3. A table longer than a page is
            cut where the page ends, a shorter one stays whole.
        cut_seed: if given, tables are cut at random instead, anywhere from right after the total row.
        period_line_on_every_table: repeat the period line also before a second table of the same page.
        table_order_seed: if given, the tables come in random order, each with its continuations.
        label_noise: share (0 to 1) of labels and headers that get scanning noise.
        noise_seed: which noise.
        threshold: smallest number that is printed; smaller ones, zero included, become "*".
        paragraph: paragraph of the Statistics Act that the report cites.
        leave_out_zero_unknown: leave out the "Ukjent" row of country background where it is all zero.

    """

    thousands_separator: str = SPACE
    line_ending: str = "\n"
    byte_order_mark: bool = False
    final_newline: bool = False
    lines_per_page: int = 13
    cut_seed: int | None = None
    period_line_on_every_table: bool = False
    table_order_seed: int | None = None
    label_noise: float = 0.0
    noise_seed: int = 0
    threshold: int = 4
    paragraph: str = "7-1"
    leave_out_zero_unknown: bool = True

    def __post_init__(self) -> None:
        """Check the ranges."""
        problems = {
            "thousands_separator": self.thousands_separator not in THOUSANDS_SEPARATORS,
            "line_ending": self.line_ending not in ("\n", "\r\n"),
            "lines_per_page": self.lines_per_page < SMALLEST_PAGE,
            "label_noise": not 0.0 <= self.label_noise <= 1.0,
            "threshold": self.threshold < 1,
        }
        for name, wrong in problems.items():
            if wrong:
                msg = f"{name} cannot be {getattr(self, name)!r}"
                raise ValueError(msg)


SAMPLE_LAYOUT = Layout()
