"""A star is known by its size and place where one reading sees it, and never where a digit may stand."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.formats.scan.decisions import decided
from loaders.formats.scan.readings import ReadLine, ReadPage, ReadRun
from loaders.formats.scan.segments import Glyph

STAR, LOW, DIGIT = Glyph(10, 100, 20, 110), Glyph(10, 112, 20, 122), Glyph(10, 98, 24, 122)


def read(glyph: Glyph, first: str, second: str) -> tuple[str, bool]:
    """Return what a lone glyph on a baseline of 122, among digits 24 dots high, is decided to be."""
    run = ReadRun((glyph,), (np.zeros(560, np.float32),), first, second, ())
    page = ReadPage(1, 600, 800, 0.0, 300, (ReadLine(122, 24, (run,)),))
    [[line]] = decided([page])
    return line.words[0].text, line.words[0].is_sure


@pytest.mark.parametrize(("first", "second"), [("*", "*"), ("3", "*"), ("*", ""), ("", "*")])
def test_a_small_raised_glyph_that_one_reading_takes_for_a_star_is_one(first: str, second: str) -> None:
    assert read(STAR, first, second) == ("*", True)


@pytest.mark.parametrize("glyph", [LOW, DIGIT])
def test_what_stands_low_or_is_as_high_as_a_digit_is_no_star_by_one_reading(glyph: Glyph) -> None:
    assert read(glyph, "3", "*")[1] is False


def test_a_piece_of_a_digit_is_no_digit_whatever_is_read_around_it() -> None:
    assert read(DIGIT, "2", "2")[1] is True
    assert read(STAR, "2", "2")[1] is False


def test_a_glyph_that_no_reading_takes_for_a_star_stays_open() -> None:
    assert read(STAR, "3", "7")[1] is False
