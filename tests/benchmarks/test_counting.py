"""A mutant counts as localised only where the one accused cell is the changed one and the proposal fits."""

from __future__ import annotations

import pytest

from benchmarks.mutations.auditing import Suspect
from benchmarks.mutations.counting import Tally
from benchmarks.mutations.making import rows_dropped, stars_to_figures
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.naive_checks import NAIVE_CHECKS, Claim, NaiveAudit
from benchmarks.mutations.sample import Place, Sample
from benchmarks.mutations.workers import SAMPLE, MutantFindings

TOTAL, ONE, OTHER = Place(1, 1), Place(2, 1), Place(3, 1)


def changed(figures: dict[Place, tuple[str, ...]], kind: Kind = Kind.DIGIT) -> Mutant:
    """Return a mutant of which only the figures matter."""
    return Mutant(kind, 0, 0, (), figures)


def detected_by(figures: dict[Place, str], mutant: Mutant, *, is_average: bool = False) -> set[str]:
    audit = NaiveAudit([Claim(TOTAL, (ONE, OTHER), is_average)], figures)
    return {name for name, detects in audit.detects(mutant).items() if detects}


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample.read(SAMPLE)


@pytest.mark.parametrize(
    ("suspect", "right", "wrong"),
    [
        (Suspect(15, 2, 5_297, 5_297), 1, 0),
        (Suspect(15, 2, 5_000, 5_297), 1, 0),
        (Suspect(15, 2, 5_298, 5_300), 0, 0),
        (Suspect(15, 2, None, None), 0, 0),
        (Suspect(15, 3, 5_278, 5_278), 0, 1),
    ],
)
def test_the_accused_cell_and_the_proposal_are_judged(sample: Sample, suspect: Suspect, right: int, wrong: int) -> None:
    place = next(place for place, text in sample.figures.items() if text == "5 297")
    moved = suspect._replace(line_number=suspect.line_number - 15 + place.line_number)
    tally = Tally(sample)
    found = MutantFindings(frozenset(), frozenset({3}), {3: moved}, localises=True, seconds=0.0)
    tally.add({3: changed({place: ("5 207",)})}, found, {3: {}})
    counts = tally.one_digit
    assert (counts.mutants, counts.detected, counts.one_cell) == (1, 1, 1)
    assert (counts.right_cell, counts.wrong_cell) == (right, wrong)


def test_a_proposal_for_a_star_must_leave_room_for_one(sample: Sample) -> None:
    mutant = next(stars_to_figures(sample))
    [place] = mutant.figures
    for lower, upper, right in ((0, 2, 1), (3, 9, 1), (4, 9, 0)):
        tally = Tally(sample)
        suspect = Suspect(*place, lower, upper)
        found = MutantFindings(frozenset(), frozenset({1}), {1: suspect}, localises=True, seconds=0.0)
        tally.add({1: mutant}, found, {1: {}})
        assert tally.by_kind[mutant.kind].right_cell == right


def test_whatever_is_accused_in_a_report_without_a_row_is_innocent(sample: Sample) -> None:
    mutant = next(rows_dropped(sample))
    [first, *_] = mutant.figures
    tally = Tally(sample)
    found = MutantFindings(frozenset(), frozenset({1}), {1: Suspect(*first, 0, 9)}, localises=True, seconds=0.0)
    tally.add({1: mutant}, found, {1: {}})
    assert tally.by_kind[Kind.ROW_DROPPED].wrong_cell == 1


def test_without_suspect_cells_the_columns_are_dashes(sample: Sample) -> None:
    tally = Tally(sample)
    found = MutantFindings(frozenset({1}), frozenset(), {}, localises=False, seconds=0.0)
    tally.add({1: next(rows_dropped(sample))}, found, {1: {"±10": True}})
    fields = str(tally).splitlines()[-1].removeprefix(Kind.ROW_DROPPED).split()
    assert fields == ["1", "1", "1", "-", "-", "-", "0", "0", "1", "0"]


def test_naive_checks_know_no_intervals() -> None:
    names = [check.name for check in NAIVE_CHECKS]
    clean = {TOTAL: "1 000", ONE: "600", OTHER: "400"}
    assert detected_by(clean, changed({ONE: ("601",)})) == set(names[:2])
    assert detected_by(clean, changed({ONE: ("611",)})) == {*names[:2], "1 %", "±10"}
    assert detected_by(clean, changed({ONE: ("610",)})) == set(names[:2])
    assert detected_by(clean, changed({ONE: ("*",)})) == {names[0], "±10", "1 %"}
    assert detected_by(clean, changed({ONE: ()})) == set(names)
    assert detected_by(clean, changed({TOTAL: ()})) == set()


def test_a_claim_that_fails_in_the_clean_report_detects_nothing() -> None:
    starred = {TOTAL: "602", ONE: "600", OTHER: "*"}
    assert detected_by(starred, changed({ONE: ("603",)})) == set()
    assert detected_by(starred, changed({ONE: ("630",)})) == {"±10", "1 %"}


def test_a_naive_average_is_rounded_half_up() -> None:
    clean = {TOTAL: "11", ONE: "10", OTHER: "11"}
    assert not NaiveAudit([Claim(TOTAL, (ONE, OTHER), is_average=True)], clean).false_alarms["equal, * is 0"]
    assert "equal, * is 0" in detected_by(clean, changed({OTHER: ("12",), ONE: ("11",)}), is_average=True)
