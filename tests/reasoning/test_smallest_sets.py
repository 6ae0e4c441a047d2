"""Which cells are in every smallest set, and within what, against trying all sets."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.bounds import exact_bounds
from reasoning.budget import STEPS_OF_A_REPORT, Budget
from reasoning.explaining import Explained, smallest_sets
from reasoning.feasibility import is_satisfiable
from reasoning.rules import Rule
from tests.reasoning.tables import Table, table

ANYTHING = (0, 100)
"""For an opened cell, in rules of such small numbers."""


@st.composite
def wrong_tables(draw: st.DrawFn) -> Table:
    """Draw printed numbers and stars in sums that overlap, of which some cannot hold."""
    cells = {
        number: draw(st.sampled_from([(4, 4), (5, 5), (9, 9), (0, 3)])) for number in range(draw(st.integers(3, 7)))
    }
    rules = []
    for _ in range(draw(st.integers(2, 5))):
        total, *parts = draw(st.lists(st.sampled_from(sorted(cells)), min_size=2, max_size=4, unique=True))
        rules.append(Rule({total: -1, **dict.fromkeys(parts, 1)}, 0, draw(st.integers(0, 1))))
    return table(cells, *rules)


def every_smallest_set(wrong: Table) -> list[tuple[int, ...]]:
    for size in range(len(wrong.cells) + 1):
        explaining = [
            opened
            for opened in combinations(sorted(wrong.cells), size)
            if is_satisfiable(wrong.system, {**wrong.cells, **dict.fromkeys(opened, ANYTHING)}, Budget())
        ]
        if explaining:
            return explaining
    return []


@given(wrong_tables())
@settings(max_examples=120, deadline=None)
def test_a_cell_is_certain_if_and_only_if_it_is_in_every_smallest_set(wrong: Table) -> None:
    smallest = every_smallest_set(wrong)
    explained = smallest_sets(*wrong, set(), Budget())
    assert not explained.is_given_up
    assert set(explained.certain) == (set.intersection(*map(set, smallest)) if smallest else set())
    for cell, interval in explained.certain.items():
        assert interval is not None
        for opened in smallest:
            allowed = exact_bounds(wrong.system, {**wrong.cells, **dict.fromkeys(opened, ANYTHING)})[cell]
            assert interval[0] <= allowed[0] <= allowed[1] <= interval[1]


def a_clear_and_two_unclear_sums() -> Table:
    """Cell 0 stands in two wrong sums; of the cells 5 and 6, either can be wrong."""
    printed = {0: (9, 9), 1: (4, 4), 2: (4, 4), 3: (4, 4), 4: (4, 4), 5: (20, 20), 6: (21, 21)}
    return table(printed, Rule({0: -1, 1: 1, 2: 1}, 0, 0), Rule({0: -1, 3: 1, 4: 1}, 0, 0), Rule({5: 1, 6: -1}, 0, 0))


def test_an_ambiguous_slip_hides_no_certain_one() -> None:
    explained = smallest_sets(*a_clear_and_two_unclear_sums(), set(), Budget())
    assert [set(explanation.cells) for explanation in explained.explanations] in ([{0, 5}, {0, 6}], [{0, 6}, {0, 5}])
    assert explained.certain == {0: (8, 8)}


def test_an_interval_holds_over_all_smallest_sets() -> None:
    """By two sums cell 0 is 8, by two others 6: whichever two are wrong as well, 0 is."""
    printed = {0: (20, 20), **dict.fromkeys(range(1, 5), (4, 4)), **dict.fromkeys(range(5, 9), (3, 3))}
    wrong = table(printed, *(Rule({0: -1, part: 1, part + 1: 1}, 0, 0) for part in range(1, 9, 2)))
    explained = smallest_sets(*wrong, set(), Budget())
    assert {len(explanation.cells) for explanation in explained.explanations} == {3}
    assert explained.certain == {0: (6, 8)}


@pytest.mark.parametrize("sums", [(7, 8), (8, 7), (0, 1), (1, 0)])
def test_an_interval_reaches_to_the_very_numbers_of_each_smallest_set(sums: tuple[int, int]) -> None:
    """Two sums say the one number and two say the other, which is its neighbour."""
    parts = {part: (sums[part // 5], sums[part // 5]) for part in range(1, 9, 2)}
    printed = {0: (20, 20), **parts, **dict.fromkeys(range(2, 9, 2), (0, 0))}
    wrong = table(printed, *(Rule({0: -1, part: 1, part + 1: 1}, 0, 0) for part in parts))
    assert smallest_sets(*wrong, set(), Budget()).certain == {0: (min(sums), max(sums))}


def test_of_three_smallest_sets_two_are_given_and_no_cell_is_certain() -> None:
    """Three figures that should be one number, and are three: any two of them may be wrong."""
    wrong = table({0: (4, 4), 1: (5, 5), 2: (9, 9)}, Rule({0: -1, 1: 1}, 0, 0), Rule({0: -1, 2: 1}, 0, 0))
    assert len(every_smallest_set(wrong)) == 3
    explained = smallest_sets(*wrong, set(), Budget())
    assert len(explained.explanations) == 2
    assert explained.certain == {}


def test_what_is_said_depends_on_steps_alone_and_steps_are_bounded() -> None:
    wrong = a_clear_and_two_unclear_sums()
    budget = Budget()
    whole = smallest_sets(*wrong, set(), budget)
    needed = STEPS_OF_A_REPORT - budget.left
    seen: list[Explained] = []
    for steps in range(needed + 1):
        limited = [Budget(steps), Budget(steps)]
        first, second = (smallest_sets(*wrong, set(), one) for one in limited)
        assert first == second
        assert limited[0].left == limited[1].left
        assert first.is_given_up == (steps < needed)
        assert set(first.certain) <= set(whole.certain)
        seen.append(first)
    assert seen[-1] == whole
    assert any(one.is_given_up and one.certain == {0: None} for one in seen)
