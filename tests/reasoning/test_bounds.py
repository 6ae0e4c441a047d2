"""Bounds are exact on any table: compared with every assignment, and on tables where reasoning rule by rule fails."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.bounds import ContradictionError, exact_bounds
from reasoning.narrowing import narrowing_rules
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, Rule, System
from tests.reasoning.tables import CLASSIC, TWO_BLOCKS_AND_A_BRIDGE, Table, cell, solutions, star_table, table

STAR = (0, 3)
BRIDGE = cell(1, 2)


def enumerated(system: System, cells: Mapping[int, Interval]) -> Bounds | None:
    """Return the exact bounds by trying every assignment."""
    found = solutions(system, cells)
    numbers = {name: [values[name] for values in found] for name in cells}
    return {name: (min(each), max(each)) for name, each in numbers.items()} if found else None


def test_a_star_is_pinned_though_every_row_and_column_holds_two() -> None:
    system, cells = star_table(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3])
    narrowed = dict(cells)
    assert narrow(system, narrowed) is None
    assert narrowed == cells, "rule by rule nothing is seen"
    bounds = exact_bounds(system, cells)
    assert bounds == enumerated(system, cells)
    assert bounds[BRIDGE] == (0, 0)
    assert all(interval == STAR for name, interval in bounds.items() if name != BRIDGE)


def test_the_rules_that_pin_it_are_those_of_one_block() -> None:
    """The first two rows hold what the first two columns hold, and the bridge; so do the last two columns and rows."""
    exposing = narrowing_rules(*star_table(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3]), BRIDGE, (0, 0))
    assert exposing in ([0, 1, 100, 101], [2, 3, 102, 103])


def test_bounds_that_do_not_follow_are_refused() -> None:
    with pytest.raises(ValueError, match="a solution lies outside"):
        narrowing_rules(*star_table(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3]), cell(0, 0), (0, 0))
    with pytest.raises(ValueError, match="a solution lies outside"):
        narrowing_rules(*table({0: STAR}), 0, (0, 0))


def test_two_blocks_that_leave_no_room_for_their_bridge_are_a_contradiction() -> None:
    """Rule by rule nothing narrows; the bridge would be 12 - 13."""
    with pytest.raises(ContradictionError):
        exact_bounds(*star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 4, 4, 4, 4], [4, 4, 5, 4, 4, 3]))


def test_whole_numbers_are_narrower_than_fractions() -> None:
    """2x - 2y = 1 has solutions in fractions only; 2x + 2y in 3..5 leaves the sum 2."""
    with pytest.raises(ContradictionError):
        exact_bounds(*table({0: STAR, 1: STAR}, Rule({0: 2, 1: -2}, 1, 1)))
    assert exact_bounds(*table({0: STAR, 1: (1, 3)}, Rule({0: 2, 1: 2}, 3, 5))) == {0: (0, 1), 1: (1, 2)}


def test_three_sums_of_two_stars_each_need_whole_numbers() -> None:
    """1 and 2 make 3, 2 and 3 make 3, so 1 and 3 are even together: with the fourth they make 3, so that it is odd."""
    stars = dict.fromkeys(range(4), (0, 3))
    rules = (Rule({0: 1, 1: 1}, 3, 3), Rule({1: 1, 2: 1}, 3, 3), Rule({0: 1, 2: 1, 3: 1}, 3, 3))
    system, cells = table(stars, *rules)
    assert exact_bounds(system, cells)[3] == (1, 3)
    # One and a half each, and none in the fourth, would do in fractions.
    halves = {0: 1.5, 1: 1.5, 2: 1.5, 3: 0.0}
    assert all(sum(factor * halves[star] for star, factor in rule.coefficients.items()) == 3 for rule in rules)


def test_wide_cells_are_bounded_without_trying_every_value() -> None:
    cells = dict.fromkeys(range(3), (0, 10_000_000))
    rules = [Rule({0: 1, 1: 1, 2: 1}, 900_000, 900_000), Rule({0: 1, 1: -1}, 5, 5)]
    assert exact_bounds(*table(cells, *rules)) == {0: (5, 450_002), 1: (0, 449_997), 2: (1, 899_995)}
    pinned = exact_bounds(*table(cells, *rules, Rule({1: 1, 2: -2}, 0, 4)))
    assert pinned == {0: (360_003, 360_003), 1: (359_998, 359_998), 2: (179_999, 179_999)}


def test_cells_without_rules_and_rules_without_cells() -> None:
    assert exact_bounds(*table({0: STAR})) == {0: STAR}
    assert exact_bounds(*table({0: STAR}, Rule({}, 0, 0))) == {0: STAR}
    with pytest.raises(ContradictionError):
        exact_bounds(*table({0: STAR}, Rule({}, 1, 1)))
    with pytest.raises(ContradictionError):
        exact_bounds(*table({0: (2, 1)}))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Small systems, most of them solvable: rules are put around a hidden assignment, now and then beside it."""
    size = draw(st.integers(1, 6))
    cells = dict.fromkeys(range(size), STAR)
    hidden = [draw(st.integers(*interval)) for interval in cells.values()]
    rules = []
    for _ in range(draw(st.integers(0, 6))):
        members = draw(st.sets(st.integers(0, size - 1), min_size=1))
        factors = {member: draw(st.sampled_from([1, 1, 1, -1, 2, -4])) for member in sorted(members)}
        found = sum(factor * hidden[member] for member, factor in factors.items())
        lower = found - draw(st.sampled_from([0, 0, 1, 2, -1]))
        rules.append(Rule(factors, lower, max(lower, found + draw(st.integers(0, 1)))))
    return table(cells, *rules)


@settings(max_examples=300, deadline=None)
@given(tables())
def test_bounds_and_explanations_agree_with_every_assignment(drawn: Table) -> None:
    system, cells = drawn
    expected = enumerated(system, cells)
    if expected is None:
        with pytest.raises(ContradictionError):
            exact_bounds(system, cells)
        return
    assert exact_bounds(system, cells) == expected
    for name, bounds in expected.items():
        exposing = narrowing_rules(system, cells, name, bounds)
        alone = enumerated(System({number: system.rules[number] for number in exposing}), cells)
        assert alone is not None
        assert alone[name] == bounds
        assert bool(exposing) == (bounds != cells[name])
