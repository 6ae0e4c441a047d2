"""What a coarse scan breaks or joins is read all the same: headings, and digits that touch or fall apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from loaders.formats.scan.cleaning import CleanPage, cleaned
from loaders.formats.scan.installed import data_folder
from loaders.formats.scan.pictures import Picture
from loaders.formats.scan.readings import digits_of_run, read_page
from loaders.formats.scan.segments import Glyph, Run, lines_of_page
from loaders.formats.scan.spelling import usual_texts
from loaders.formats.scan.tesseract import tesseract
from tests.editions import make_figures, render
from tests.loaders.pdf.printing import printed
from tests.loaders.pdf.writers import WithReportlab
from tests.loaders.printed_tables import short
from tests.loaders.scan.scanning import Scan, pages_of
from tests.loaders.scan.test_scans import LAYOUT

_HEIGHT, _PITCH = 22, 16.5


def test_headings_whose_letters_touch_are_read() -> None:
    pdf = printed(short(render(make_figures(2, 2024), 4)), replace(LAYOUT, font="Helvetica"), WithReportlab)
    scan = Scan(dpi=100, seed=1)
    _, page, *_ = pages_of(pdf.content, scan)
    folder = data_folder()
    assert folder is not None
    with tesseract(folder) as reader:
        read = read_page(cleaned(Picture(2, np.asarray(page), scan.dpi)), reader)
    headings = [[run.text for run in line.runs] for line in read.lines if "Januar" in [run.text for run in line.runs]]
    assert len(headings) == 2
    assert all(texts[-4:] == ["Januar", "Februar", "Mars", "April"] for texts in headings)


def page_of(*inks: tuple[int, int]) -> tuple[CleanPage, Run]:
    """Return a page, and a run of glyphs that stand between these places, each a frame as a zero is."""
    grey = np.full((60, 120), 255, np.uint8)
    for left, right in inks:
        grey[20:42, left:right] = 0
    glyphs = tuple(Glyph(left, 20, right, 42) for left, right in inks)
    return CleanPage(1, grey, 255 - grey, 0.0, 300), Run(glyphs)


@pytest.mark.parametrize(
    ("inks", "digits"),
    [
        ([(10, 24), (27, 41), (43, 57)], [(10, 24), (27, 41), (43, 57)]),
        ([(10, 24), (26, 33), (35, 42), (43, 57)], [(10, 24), (26, 42), (43, 57)]),
        ([(15, 20), (31, 36), (48, 53)], [(15, 20), (31, 36), (48, 53)]),
    ],
    ids=["apart", "a zero in two arcs", "ones"],
)
def test_digits_are_as_many_as_the_pitch_says(inks: list[tuple[int, int]], digits: list[tuple[int, int]]) -> None:
    page, run = page_of(*inks)
    found = [(glyph.left, glyph.right) for glyph in digits_of_run(page, run, _HEIGHT, _PITCH)]
    assert found == digits


def test_digits_that_touch_are_parted_where_least_ink_is() -> None:
    page, _ = page_of((10, 24), (27, 41), (43, 57))
    page.grey[30:32, 10:57] = 0
    found = [glyph.left for glyph in digits_of_run(page, Run((Glyph(10, 20, 57, 42),)), _HEIGHT, _PITCH)]
    assert found[0] == 10
    assert found[1:] == pytest.approx([25.5, 42], abs=1.5)


def test_short_headings_are_mended_in_their_spaces_only() -> None:
    usual = usual_texts([*["i år"] * 5, *["Mars"] * 5, "iår", "i ar", "Mors"])
    assert (usual["iår"], usual.get("i ar")) == ("i år", None)


def test_a_piece_of_a_digit_belongs_to_the_run_it_stands_over() -> None:
    ink = np.zeros((100, 200), np.uint8)
    for left in (40, 57, 73):
        ink[57:74, left : left + 13] = 255
    # The upper part of the first digit, as the others lost theirs, which reaches farther to the left than the lower.
    ink[53:56, 37:53] = 255
    [line] = lines_of_page(CleanPage(1, 255 - ink, ink, 0.0, 300))
    assert [len(run.glyphs) for run in line.runs] == [3]
