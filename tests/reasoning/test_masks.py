"""What makes conflicts smaller loses no smallest hitting set that matters, against all there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning import covering
from reasoning.budget import Budget, GaveUpError
from reasoning.covering import smallest_cover
from reasoning.exchanging import exchanged
from reasoning.masks import count_apart, members, parts_of, reduced, union, without_supersets
from reasoning.solver import SolverError

CELLS = 7
MASKS = st.lists(st.integers(1, 2**CELLS - 1), min_size=1, max_size=8)
DEAR = st.integers(0, 2**CELLS - 1)


def hits(chosen: int, sets: Iterable[int]) -> bool:
    return all(one & chosen for one in sets)


def smallest(sets: Sequence[int], dear: int) -> tuple[int, int]:
    """Return how many cells hit all sets at least, and how many of so many are dear at least, by trying all."""
    hitting = [chosen for chosen in range(2**CELLS) if hits(chosen, sets)]
    return min((chosen.bit_count(), (chosen & dear).bit_count()) for chosen in hitting)


@settings(deadline=None)
@given(MASKS, DEAR)
def test_a_smallest_set_of_what_is_left_makes_a_smallest_set_of_all(sets: list[int], dear: int) -> None:
    """With as few dear cells as any has."""
    chosen, rest = reduced(without_supersets(sets), dear)
    assert not any(one & chosen for one in rest)
    size, dear_in_it = smallest(rest, dear)
    assert smallest(sets, dear) == (chosen.bit_count() + size, (chosen & dear).bit_count() + dear_in_it)


@settings(deadline=None)
@given(MASKS, DEAR)
def test_the_solver_finds_a_smallest_set_with_as_few_dear_cells_as_can_be(sets: list[int], dear: int) -> None:
    chosen = smallest_cover(sets, dear, Budget())
    assert hits(chosen, sets)
    assert (chosen.bit_count(), (chosen & dear).bit_count()) == smallest(sets, dear)


def test_fewer_cells_are_worth_more_than_any_number_that_are_not_dear() -> None:
    """Two dear cells hit all, and three that are not."""
    sets = [0b00101, 0b01001, 0b00110, 0b01010, 0b10001, 0b10010]
    assert smallest_cover(sets, 0b00011, Budget()) == 0b00011


def test_nothing_is_said_where_the_solver_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object) -> None:
        raise SolverError

    monkeypatch.setattr(covering, "solve", gives_up)
    with pytest.raises(GaveUpError):
        smallest_cover([0b11], 0, Budget())


@settings(deadline=None)
@given(MASKS, DEAR, DEAR)
def test_cells_are_exchanged_for_as_many_that_are_not_dear(sets: list[int], more: int, dear: int) -> None:
    chosen = smallest_cover(sets, 0, Budget()) | more
    found = exchanged(sets, chosen, dear, Budget())
    assert hits(found, sets)
    assert found.bit_count() == chosen.bit_count()
    assert not found & ~chosen & dear


@pytest.mark.parametrize(
    ("sets", "chosen", "dear", "expected"),
    [
        pytest.param([0b011, 0b010], 0b010, 0b010, 0b010, id="the only cell of a set stays"),
        pytest.param([0b011], 0b010, 0b010, 0b001, id="another cell"),
        pytest.param([0b0101, 0b0011, 0b1010, 0b1100], 0b1001, 0b0001, 0b0110, id="two cells for two"),
        pytest.param([0b0101, 0b0011, 0b1010, 0b1100, 0b1000], 0b1001, 0b0001, 0b1001, id="one of two must stay"),
    ],
)
def test_what_is_exchanged(sets: list[int], chosen: int, dear: int, expected: int) -> None:
    assert exchanged(sets, chosen, dear, Budget()) == expected


@settings(deadline=None)
@given(MASKS)
def test_sets_that_hold_another_one_are_left_out(sets: list[int]) -> None:
    found = without_supersets(sets)
    assert set(found) == {one for one in sets if not any(other & one == other != one for other in sets)}
    assert [one.bit_count() for one in found] == sorted(one.bit_count() for one in found)


@settings(deadline=None)
@given(MASKS)
def test_parts_share_no_cell_and_cannot_be_parted(sets: list[int]) -> None:
    parts = parts_of(sets)
    assert sorted(one for part in parts for one in part) == sorted(sets)
    assert sum(union(part).bit_count() for part in parts) == union(sets).bit_count()
    for part in parts:
        together = part[0]
        for _ in part:
            together = union(one for one in part if one & together)
        assert together == union(part)


@settings(deadline=None)
@given(MASKS)
def test_sets_apart_need_a_cell_each(sets: list[int]) -> None:
    assert 1 <= count_apart(sets) <= smallest(sets, 0)[0]


def test_disjoint_sets_are_all_apart() -> None:
    assert count_apart([0b001, 0b010, 0b100, 0b110]) == 3
    assert list(members(0b1010)) == [0b10, 0b1000]
