"""Bounds are exact on any table: compared with every assignment, and on tables where reasoning rule by rule fails."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.bounds import ContradictionError, exact_bounds
from reasoning.narrowing import narrowing_rules
from reasoning.searching import Interval, Rule, System

STAR = (0, 3)
Place = tuple[int, int]

CLASSIC: list[Place] = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]
"""Stars of a table of 4 x 4: two blocks joined by one star, so each row and column holds two or more."""

BRIDGE = CLASSIC.index((1, 2))


def sums(places: list[Place], rows: list[int], columns: list[int]) -> list[Rule]:
    """Return the rules that the stars of each row and column sum to what the printed figures leave."""
    rules = []
    for axis, rests in enumerate((rows, columns)):
        for line, rest in enumerate(rests):
            rules.append(Rule({cell: 1 for cell, place in enumerate(places) if place[axis] == line}, rest, rest))
    return rules


def enumerated(cells: list[Interval], rules: list[Rule]) -> list[Interval] | None:
    """Return the exact bounds by trying every assignment."""
    system = System(dict(enumerate(rules)))
    solutions = [
        values
        for values in product(*(range(lower, upper + 1) for lower, upper in cells))
        if system.is_solved_by(dict(enumerate(values)))
    ]
    return [(min(column), max(column)) for column in zip(*solutions, strict=True)] if solutions else None


def test_a_star_is_pinned_though_every_row_and_column_holds_two() -> None:
    rules = sums(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3])
    cells = [STAR] * len(CLASSIC)
    system = System(dict(enumerate(rules)))
    domains = dict(enumerate(cells))
    assert system.narrow(domains, system.rules) is None
    assert list(domains.values()) == cells, "rule by rule nothing is seen"
    bounds = exact_bounds(cells, rules)
    assert bounds == enumerated(cells, rules)
    assert bounds[BRIDGE] == (0, 0)
    assert all(interval == STAR for cell, interval in enumerate(bounds) if cell != BRIDGE)


def test_the_rules_that_pin_it_are_those_of_one_block() -> None:
    """The first two rows hold what the first two columns hold, and the bridge; so do the last two columns and rows."""
    rules = sums(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3])
    exposing = narrowing_rules([STAR] * len(CLASSIC), rules, BRIDGE, (0, 0))
    assert exposing in ([0, 1, 4, 5], [2, 3, 6, 7])


def test_two_blocks_that_leave_no_room_for_their_bridge_are_a_contradiction() -> None:
    """Rule by rule nothing narrows; the bridge would be 12 - 13."""
    blocks = [(3 * block + row, 3 * block + column) for block in (0, 1) for row in range(3) for column in range(3)]
    places = [*blocks, (2, 3)]
    rules = sums(places, [4, 4, 4, 4, 4, 4], [4, 4, 5, 4, 4, 3])
    with pytest.raises(ContradictionError):
        exact_bounds([STAR] * len(places), rules)


def test_whole_numbers_are_narrower_than_fractions() -> None:
    """2x - 2y = 1 has solutions in fractions only; 2x + 2y in 3..5 leaves the sum 2."""
    with pytest.raises(ContradictionError):
        exact_bounds([STAR, STAR], [Rule({0: 2, 1: -2}, 1, 1)])
    assert exact_bounds([STAR, (1, 3)], [Rule({0: 2, 1: 2}, 3, 5)]) == [(0, 1), (1, 2)]


def test_wide_cells_are_bounded_without_trying_every_value() -> None:
    cells = [(0, 10_000_000)] * 3
    rules = [Rule({0: 1, 1: 1, 2: 1}, 900_000, 900_000), Rule({0: 1, 1: -1}, 5, 5)]
    assert exact_bounds(cells, rules) == [(5, 450_002), (0, 449_997), (1, 899_995)]
    pinned = exact_bounds(cells, [*rules, Rule({1: 1, 2: -2}, 0, 4)])
    assert pinned == [(360_003, 360_003), (359_998, 359_998), (179_999, 179_999)]


def test_cells_without_rules_and_rules_without_cells() -> None:
    assert exact_bounds([STAR], []) == [STAR]
    assert exact_bounds([STAR], [Rule({}, 0, 0)]) == [STAR]
    with pytest.raises(ContradictionError):
        exact_bounds([STAR], [Rule({}, 1, 1)])
    with pytest.raises(ContradictionError):
        exact_bounds([(2, 1)], [])


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[Interval], list[Rule]]:
    """Small systems, most of them solvable: rules are put around a hidden assignment, now and then beside it."""
    size = draw(st.integers(1, 6))
    cells = [STAR] * size
    hidden = [draw(st.integers(*interval)) for interval in cells]
    rules = []
    for _ in range(draw(st.integers(0, 6))):
        members = draw(st.sets(st.integers(0, size - 1), min_size=1))
        factors = {cell: draw(st.sampled_from([1, 1, 1, -1, 2, -4])) for cell in sorted(members)}
        found = sum(factor * hidden[cell] for cell, factor in factors.items())
        lower = found - draw(st.sampled_from([0, 0, 1, 2, -1]))
        rules.append(Rule(factors, lower, max(lower, found + draw(st.integers(0, 1)))))
    return cells, rules


@settings(max_examples=300, deadline=None)
@given(systems())
def test_bounds_and_explanations_agree_with_every_assignment(system: tuple[list[Interval], list[Rule]]) -> None:
    cells, rules = system
    expected = enumerated(cells, rules)
    if expected is None:
        with pytest.raises(ContradictionError):
            exact_bounds(cells, rules)
        return
    assert exact_bounds(cells, rules) == expected
    for cell, bounds in enumerate(expected):
        exposing = narrowing_rules(cells, rules, cell, bounds)
        alone = enumerated(cells, [rules[number] for number in exposing])
        assert alone is not None
        assert alone[cell] == bounds
        assert bool(exposing) == (bounds != cells[cell])
