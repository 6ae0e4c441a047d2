"""The smallest set that has a member of each of some sets, against all there are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reasoning.budget import Budget, GaveUpError
from reasoning.hitting_sets import HittingSets

SETS_WITH_MEMBERS = st.lists(st.sets(st.integers(0, 11), min_size=1, max_size=5), min_size=1, max_size=12)
SETS = st.lists(st.sets(st.integers(0, 11), max_size=5), min_size=1, max_size=12)


def smallest_hitting_sets(sets: list[set[int]]) -> list[set[int]]:
    """Return every smallest set, by trying all; none where nothing hits one of them."""
    members = sorted(set().union(*sets))
    for size in range(len(members) + 1):
        if found := [set(chosen) for chosen in combinations(members, size) if all(one & set(chosen) for one in sets)]:
            return found
    return []


@pytest.fixture(params=["by trying", "by the solver", "by trying alone", "by the solver alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether sets that hang together are worked out by trying, or at once by the solver; alone: without exchanging."""
    if request.param.startswith("by the solver"):
        monkeypatch.setattr("reasoning.hitting_sets.STEPS_OF_TRYING", 0)
    if request.param.endswith("alone"):
        monkeypatch.setattr("reasoning.hitting_sets.exchanged", lambda _, chosen, *__: chosen)
    return str(request.param)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SETS, more=SETS)
def test_it_hits_all_and_none_smaller_does(way: str, first: list[set[int]], more: list[set[int]]) -> None:
    """Also when it has answered questions on fewer sets before, and knows how many members those need."""
    hitting_sets = HittingSets(Budget())
    least = 0
    for sets in (first, first + more):
        found = hitting_sets.smallest(sets, range(least, 13))
        smallest = smallest_hitting_sets(sets)
        assert (found is None and not smallest) or found in smallest, way
        if found is None:
            break
        least = len(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SETS_WITH_MEMBERS)
def test_another_smallest_set_is_found_unless_all_have_the_same_cells(way: str, sets: list[set[int]]) -> None:
    smallest = smallest_hitting_sets(sets)
    cells = set(smallest[0])
    in_all: set[int] = set()
    hitting_sets = HittingSets(Budget())
    while not cells - in_all <= (other := hitting_sets.unlike(sets, smallest[0], cells - in_all, in_all)):
        assert other in smallest, way
        cells &= other
    assert cells == set.intersection(*smallest)
    assert in_all == cells


@example([{3, 4}, {0, 2, 6}, {3, 5}, {1, 4}, {1, 3, 6}, {5, 6}, {0, 5}, {2, 3, 5}])
@given(SETS_WITH_MEMBERS)
@settings(deadline=None)
def test_as_many_members_as_are_needed_suffice_and_one_fewer_does_not(sets: list[set[int]]) -> None:
    smallest = smallest_hitting_sets(sets)
    needed = len(smallest[0])
    assert HittingSets(Budget()).smallest(sets, range(needed, needed + 1)) in smallest
    hitting_sets = HittingSets(Budget())
    assert hitting_sets.smallest(sets, range(needed)) is None
    assert hitting_sets.smallest(sets, range(len(sets) + 1)) in smallest, "what did not suffice is remembered"


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
