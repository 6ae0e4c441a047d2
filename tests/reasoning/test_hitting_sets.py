"""The smallest set that has a member of each of some sets, against all there are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.budget import Budget, GaveUpError
from reasoning.hitting_sets import HittingSets

SETS = st.lists(st.sets(st.integers(0, 11), max_size=5), min_size=1, max_size=12)


def least_size(sets: list[set[int]], barred: set[int]) -> int | None:
    """Return how many members the smallest set has, by trying all."""
    members = sorted(set(range(12)) - barred)
    for size in range(len(members) + 1):
        if any(all(one & set(chosen) for one in sets) for chosen in combinations(members, size)):
            return size
    return None


@settings(max_examples=150, deadline=None)
@given(SETS, SETS, st.sets(st.integers(0, 11), max_size=3))
def test_it_hits_all_and_none_smaller_does(first: list[set[int]], more: list[set[int]], barred: set[int]) -> None:
    """Also when it has answered questions on fewer sets before, and knows how many members those need."""
    hitting_sets = HittingSets(Budget())
    least = 0
    for sets, without in ((first, set[int]()), (first + more, set()), (first + more, barred)):
        found = hitting_sets.smallest(sets, range(least, 13), without)
        assert (None if found is None else len(found)) == least_size(sets, without)
        if found is None:
            break
        assert all(found & one for one in sets)
        assert found.isdisjoint(without)
        least = len(found)


def test_no_set_has_more_members_than_will_do() -> None:
    assert HittingSets(Budget()).smallest([{1}, {2}, {3}], range(3)) is None


def test_nothing_hits_an_empty_set() -> None:
    assert HittingSets(Budget()).smallest([{1}, set()], range(9)) is None


def test_trying_ends_when_the_steps_are_used_up() -> None:
    pairs = [{first, second} for first, second in combinations(range(30), 2)]
    for _ in range(2):
        budget = Budget(1_000)
        with pytest.raises(GaveUpError):
            HittingSets(budget).smallest(pairs, range(31))
        assert budget.left < 0
