"""Illegible figures: settled where the rules leave one figure and a reading agrees, else left to a person."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.legibility import Illegible, Settled, settled
from reasoning.opening import OPEN, OPEN_UPPER
from reasoning.rules import Rule
from tests.reasoning.tables import Table, table

THRESHOLD = 4
STAR = (0, THRESHOLD - 1)


def read_as(*readings: str) -> Illegible:
    return Illegible(readings, THRESHOLD)


def total_of(figures: list[int], illegible: list[int]) -> Table:
    """Return a total, cell 0, and its parts, of which some are illegible."""
    cells = {0: (sum(figures), sum(figures))} | {number: (part, part) for number, part in enumerate(figures, start=1)}
    cells |= dict.fromkeys(illegible, OPEN)
    return table(cells, Rule({0: -1} | dict.fromkeys(range(1, len(figures) + 1), 1), 0, 0))


def state(seen: Table, *readings: str, cell: int = 1) -> Settled:
    return settled(seen.system, seen.cells, {cell: read_as(*readings)})[cell]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (("523", "823", "528"), "proven"),
        (("5?3", "8", ""), "proven"),
        (("823", "528", ""), "open"),
        (("", "", ""), "open"),
        (("???", "", ""), "open"),
        (("1523", "52", "5233"), "open"),
    ],
    ids=["read once", "read in part", "near alone", "nothing", "no sign told", "a sign too many or too few"],
)
def test_one_figure_that_a_rule_leaves_is_proven_where_a_reading_is_it(
    readings: tuple[str, ...], expected: str
) -> None:
    assert state(total_of([523, 40, 7], [1]), *readings) == Settled(expected, 523, 523)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("528", "proven"), ("52", "proven"), ("5243", "proven"), ("598", "open"), ("5", "open"), ("*", "open")],
)
def test_a_reading_that_is_a_sign_off_confirms_what_two_rules_say_apart(reading: str, expected: str) -> None:
    """One rule alone may have been misled by a figure beside it that was read wrong twice alike; two are not."""
    cells = {0: (570, 570), 1: OPEN, 2: (47, 47), 3: (523, 523)}
    twice = table(cells, Rule({0: -1, 1: 1, 2: 1}, 0, 0), Rule({1: 1, 3: -1}, 0, 0))
    assert state(twice, reading) == Settled(expected, 523, 523)
    once = table(cells, Rule({0: -1, 1: 1, 2: 1}, 0, 0), Rule({3: 1}, 0, OPEN_UPPER))
    assert state(once, reading) == Settled("open", 523, 523)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (("*", "3", "8"), Settled("proven", *STAR)),
        (("2", "8", ""), Settled("open", *STAR)),
        (("", "", ""), Settled("open", *STAR)),
    ],
)
def test_a_star_is_settled_as_a_star_whatever_the_rules_know_of_it(
    readings: tuple[str, ...], expected: Settled
) -> None:
    assert state(total_of([2, 40, 7], [1]), *readings) == expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (("523", "823", "573"), Settled("allowed", 523, 523)),
        (("523", "528", "623"), Settled("allowed", 523, 523)),
        (("523", "823", ""), Settled("allowed", 523, 523)),
        (("523", "82?", "???"), Settled("open", 520, 530)),
        (("523", "521", ""), Settled("open", 520, 530)),
        (("523", "", ""), Settled("open", 520, 530)),
        (("823", "573", "623"), Settled("open", 520, 530)),
        (("523", "871", "573"), Settled("open", 520, 530)),
        (("52", "823", "573"), Settled("open", 520, 530)),
    ],
    ids=[
        "one is near all", "the others are too", "two are enough", "in part", "several are near all", "one reading",
        "none read it", "no figure is near all", "none read it whole",
    ],
)  # fmt: skip
def test_of_several_figures_the_one_near_all_readings_is_allowed_where_it_was_read(
    readings: tuple[str, ...], expected: Settled
) -> None:
    several = table({0: (560, 560), 1: OPEN, 2: (30, 40)}, Rule({0: -1, 1: 1, 2: 1}, 0, 0))
    assert state(several, *readings) == expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (("*", "28", "3*"), Settled("open", 0, 6)),
        (("*", "5", ""), Settled("open", 0, 6)),
        (("5", "15", "25"), Settled("allowed", 5, 5)),
        (("3", "13", "23"), Settled("open", 0, 6)),
    ],
    ids=["no figure is near all", "a star or a number", "a number", "no number is printed below the threshold"],
)
def test_numbers_below_the_threshold_are_one_figure(readings: tuple[str, ...], expected: Settled) -> None:
    star_or_number = table({0: (40, 40), 1: OPEN, 2: (34, 38)}, Rule({0: -1, 1: 1, 2: 1}, 0, 0))
    assert state(star_or_number, *readings) == expected


def test_a_star_is_allowed_where_the_rules_leave_no_number_near_the_readings() -> None:
    star_or_ten = table({0: (40, 40), 1: OPEN, 2: (3, 4)}, Rule({0: -1, 1: 1, 2: 10}, 0, 0))
    assert state(star_or_ten, "*", "8") == Settled("allowed", *STAR)
    assert state(star_or_ten, "*", "10") == Settled("open", 0, 10)


def test_bounds_of_what_stays_open_say_no_more_of_a_star_than_the_report() -> None:
    narrow = table({0: (40, 40), 1: OPEN, 2: (35, 38)}, Rule({0: -1, 1: 1, 2: 1}, 0, 0))
    assert state(narrow, "") == Settled("open", 0, 5)


def test_figures_whose_rules_contradict_each_other_stay_open_and_others_do_not() -> None:
    cells = {0: (100, 100), 1: OPEN, 2: (40, 40), 3: (70, 70), 4: (9, 9), 5: OPEN}
    rules = (Rule({0: -1, 1: 1, 2: 1}, 0, 0), Rule({1: 1, 3: -1}, 0, 0), Rule({4: 1, 5: -1}, 0, 0))
    seen = table(cells, *rules)
    found = settled(seen.system, seen.cells, {1: read_as("60"), 5: read_as("9")})
    assert found == {1: Settled("open", *OPEN), 5: Settled("proven", 9, 9)}


def test_beside_an_accused_figure_only_what_two_rules_say_apart_is_settled() -> None:
    """One accused figure is a sign of others that nothing points at, such as the 47 that a single rule rests on."""
    cells = {0: (570, 570), 1: OPEN, 2: (47, 47), 3: (523, 523), 4: (9, 9), 5: OPEN, 6: (14, 14)}
    once = table(cells, Rule({0: -1, 1: 1, 2: 1}, 0, 0), Rule({4: 1, 5: 1, 6: -1}, 0, 0))
    readings = {1: read_as("523"), 5: read_as("5")}
    states = [
        {cell: figure.state for cell, figure in settled(once.system, once.cells, readings, accused).items()}
        for accused in ((), (4,))
    ]
    assert states == [{1: "proven", 5: "proven"}, {1: "open", 5: "open"}]
    twice = table(cells, *once.system.rules.values(), Rule({1: 1, 3: -1}, 0, 0))
    found = settled(twice.system, twice.cells, readings, (4,))
    assert found == {1: Settled("proven", 523, 523), 5: Settled("open", 0, 14)}


def test_a_figure_in_no_rule_stays_open() -> None:
    assert state(total_of([5, 6], []), "5", cell=9) == Settled("open", *OPEN)


def test_figures_that_only_apart_are_allowed_stay_open() -> None:
    """Each alone is possible: 52 beside 58, 57 beside 53. Together, 52 and 57 are no 110."""
    pair = table({0: (110, 110), 1: OPEN, 2: OPEN}, Rule({0: -1, 1: 1, 2: 1}, 0, 0))
    found = settled(pair.system, pair.cells, {1: read_as("52", "92", "529"), 2: read_as("57", "97", "579")})
    assert {figure.state for figure in found.values()} == {"open"}
    found = settled(pair.system, pair.cells, {1: read_as("52", "92", "529"), 2: read_as("58", "98", "589")})
    assert found == {1: Settled("allowed", 52, 52), 2: Settled("allowed", 58, 58)}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_is_settled_that_is_not_printed_where_one_reading_is_right(data: st.DataObject) -> None:
    """A table of rows and columns with all totals; stars are open too, and one of three readings is right."""
    size = 3
    figures = data.draw(st.lists(st.integers(0, 60), min_size=size * size, max_size=size * size))
    places = [(row, column) for row in range(size + 1) for column in range(size + 1)]

    def number(row: int, column: int) -> int:
        rows = range(size) if row == size else [row]
        columns = range(size) if column == size else [column]
        return sum(figures[one * size + other] for one in rows for other in columns)

    values = {place: number(*place) for place in places}
    key = {place: index for index, place in enumerate(places)}
    rules = [
        Rule({key[row, other]: 1 for other in range(size)} | {key[row, size]: -1}, 0, 0) for row in range(size + 1)
    ]
    rules += [
        Rule({key[other, row]: 1 for other in range(size)} | {key[size, row]: -1}, 0, 0) for row in range(size + 1)
    ]
    cells = {key[place]: STAR if value < THRESHOLD else (value, value) for place, value in values.items()}
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5, unique=True))
    texts = {place: "*" if values[place] < THRESHOLD else str(values[place]) for place in chosen}
    illegible = {key[place]: read_as(text, f"{text}1", f"9{text}") for place, text in texts.items()}
    cells |= dict.fromkeys(illegible, OPEN)
    seen = table(cells, *rules)
    for place, text in texts.items():
        figure = settled(seen.system, seen.cells, illegible)[key[place]]
        if figure.state != "open":
            assert (figure.lower, figure.upper) == (STAR if text == "*" else (int(text), int(text)))
        assert figure.lower <= values[place] <= figure.upper
