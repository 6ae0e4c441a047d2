"""What a cell displays: a stored number and its number format → the text on the screen.

A number format has up to four sections, for positive, negative and zero numbers and for text, or sections with
conditions; see "Number format codes" in Microsoft's documentation of Excel (ECMA-376, part 1, 18.8.31). A section
without a place for digits displays its own text whatever is stored: that is how a workbook shows a star, and then
what is stored is not used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"            # text as it stands
    | \\(?P<escaped>.)             # one character as it stands
    | \[(?P<bracket>[^\]]*)\]      # a condition, a colour, a currency or a locale
    | _.                           # a gap as wide as a character
    | \*.                          # a character that fills the cell
    | (?P<digits>[0\#?][0\#?,]*)   # places for digits, with commas between them
    | (?P<decimals>\.[0\#?]*)      # the decimals
    | (?P<general>General)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge, "=": eq, "<>": ne}
_SCALED = re.compile(r"[%Ee/hHmMsSyYdD@]")
"""Signs of percentages, powers, fractions, times and dates, none of which is a number of people."""
_SEPARATORS = " \u00a0\u202f'."


class UnreadableFormatError(ValueError):
    """A number format that shows a number otherwise than as a whole or decimal number."""


@dataclass(frozen=True, slots=True)
class _Section:
    condition: tuple[str, Decimal] | None
    decimals: int
    is_grouped: bool
    has_digits: bool
    is_general: bool
    before: str
    """Text before the digits, and all text where there are none."""
    after: str

    def fits(self, number: Decimal) -> bool:
        """Return whether the section's own condition holds for a number."""
        return self.condition is None or _COMPARE[self.condition[0]](number, self.condition[1])


def displayed_number(value: float | int, number_format: str) -> str:
    """Return the text that a cell displays for a stored number, without spaces around it.

    Numbers are rounded half up on their decimal form, as spreadsheets do: 2.5 is displayed as 3. Thousands are parted
    by a space wherever the format parts them, decimals by a comma as in Norwegian. Raises UnreadableFormatError for
    percentages, powers, dates and the like.
    """
    number = Decimal(repr(value))
    section = _section_for(number, _sections(number_format))
    if section is None:
        return ""
    if section.is_general:
        return _general(number)
    if not section.has_digits:
        return (section.before + section.after).strip()
    rounded = abs(number).quantize(Decimal(1).scaleb(-section.decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if section.is_grouped else f"{rounded:f}"
    text = text.replace(",", " ").replace(".", ",")
    sign = "-" if number < 0 and rounded and section.condition is None else ""
    return f"{section.before}{sign}{text}{section.after}".strip()


def _general(number: Decimal) -> str:
    """Return a number as a cell without a format of its own displays it."""
    if number == number.to_integral_value():
        return f"{number:.0f}"
    return f"{number.normalize():f}".replace(".", ",")


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> _Section | None:
    """Return the section by which a number is displayed; None where it is not displayed at all."""
    if any(section.condition for section in sections):
        return next((section for section in sections if section.fits(number)), None)
    if len(sections) == 1 or number > 0:
        return sections[0]
    if number < 0:
        return sections[1]
    return sections[2] if len(sections) > 2 else sections[0]


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """Return the sections of a format that numbers are displayed by: three, or four with conditions."""
    texts = [""]
    for token in _TOKEN.finditer(number_format):
        if token["other"] == ";":
            texts.append("")
        else:
            texts[-1] += token.group()
    return tuple(_section(text) for text in texts[:3])


def _section(text: str) -> _Section:
    condition: tuple[str, Decimal] | None = None
    places, decimals, literals = "", 0, ["", ""]
    is_general = False
    is_grouped = False
    gap = False
    for token in _TOKEN.finditer(text):
        if token["digits"]:
            is_grouped = is_grouped or (bool(places) and gap) or "," in token["digits"]
            if token["digits"].endswith(","):
                message = f"thousands left out, as in {text}"
                raise UnreadableFormatError(message)
            places += token["digits"]
            literals[1], gap = "", False
        elif token["decimals"]:
            decimals = len(token["decimals"]) - 1
        elif token["bracket"] is not None:
            if found := _CONDITION.fullmatch(token["bracket"]):
                condition = (found[1], Decimal(found[2]))
            elif token["bracket"].startswith("$"):
                literals[bool(places)] += token["bracket"][1:].partition("-")[0]
        elif token["general"]:
            is_general = True
        else:
            literal = token["quoted"] if token["quoted"] is not None else token["escaped"] or token["other"] or ""
            if token["other"] and _SCALED.match(token["other"]):
                message = f"{token['other']} in {text}"
                raise UnreadableFormatError(message)
            gap = gap or (bool(places) and literal in _SEPARATORS)
            literals[bool(places)] += literal
    before, after = literals
    return _Section(condition, decimals, is_grouped, bool(places or decimals), is_general, before, after)
