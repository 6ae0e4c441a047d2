"""The smallest set that has a member of each of some sets, by trying and by the solver, against all there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning import hitting
from reasoning.budget import Budget
from reasoning.hitting import smallest_hitting_set

SETS = st.lists(st.sets(st.integers(0, 9), max_size=5), min_size=1, max_size=9)


@pytest.fixture(params=["trying", "solver"], autouse=True, scope="module")
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Answer every question by trying alone, then by the solver alone."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "solver":
            patch.setattr(hitting, "_MOST_STEPS", 0)
        else:
            patch.delattr(hitting, "_smallest_by_solver")
        yield


def least_size(sets: list[set[int]], excluded: list[set[int]]) -> int | None:
    """Return how many members the smallest set has, by trying all."""
    for size in range(11):
        for chosen in map(set, combinations(range(10), size)):
            if all(chosen & one for one in sets) and not any(one <= chosen for one in excluded):
                return size
    return None


@settings(max_examples=150, deadline=None)
@given(SETS, st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=3), max_size=3))
def test_it_hits_all_and_none_smaller_does(sets: list[set[int]], excluded: list[set[int]]) -> None:
    found = smallest_hitting_set(sets, excluded, range(len(sets) + 1), Budget())
    assert (None if found is None else len(found)) == least_size(sets, excluded)
    if found is not None:
        assert all(found & one for one in sets)
        assert not any(one <= found for one in excluded)


def test_a_set_that_is_known_is_not_given_again() -> None:
    sets = [{1, 2}, {2, 3}, {1, 3}]
    found: list[set[int]] = []
    while one := smallest_hitting_set(sets, found, range(2, 3), Budget()):
        found.append(one)
    assert sorted(map(sorted, found)) == [[1, 2], [1, 3], [2, 3]]


def test_no_set_has_more_members_than_will_do() -> None:
    assert smallest_hitting_set([{1}, {2}, {3}], [], range(3), Budget()) is None


def test_nothing_hits_an_empty_set() -> None:
    assert smallest_hitting_set([{1}, set()], [], range(9), Budget()) is None
