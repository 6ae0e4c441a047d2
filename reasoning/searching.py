"""Look for whole numbers that satisfy all rules by trying, which finds them at once where rules are ordinary sums."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from reasoning.budget import Budget
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, System

_FEW_NUMBERS = 8
"""Cells that can be more numbers than this are tried at their ends and in the middle only."""


class _Prefer(Enum):
    """Which numbers of a cell to try first."""

    SMALL = 0
    LARGE = 1
    MIDDLE = 2


def find_witness(system: System, bounds: Bounds, budget: Budget | None = None) -> dict[int, int] | None:
    """Return numbers for all cells that satisfy every rule, or None if the search comes to a dead end.

    A dead end proves nothing. Rules whose cells are one number each must hold already, as `narrow` sees to. Fixes the
    cell that can be the fewest numbers, narrows, and goes on; never goes back. Raises GaveUpError.
    """
    for prefer in _Prefer:
        trial: Bounds | None = {cell: bounds[cell] for cell in system.rules_of}
        while trial is not None:
            cell = _next_cell(system, trial)
            if cell is None:
                return {cell: lower for cell, (lower, _) in trial.items()}
            trial = _fixed(system, trial, cell, _numbers(trial[cell], prefer), budget)
    return None


def _next_cell(system: System, trial: Bounds) -> int | None:
    """Return the open cell that can be the fewest numbers and is in most rules; None where none is open."""
    still_open = (cell for cell, (lower, upper) in trial.items() if lower < upper)
    return min(
        still_open,
        key=lambda cell: (trial[cell][1] - trial[cell][0], -len(system.rules_of[cell]), cell),
        default=None,
    )


def _fixed(system: System, trial: Bounds, cell: int, numbers: Iterable[int], budget: Budget | None) -> Bounds | None:
    """Return the narrowed bounds with the first number for which no contradiction shows; None if one does for all."""
    for number in numbers:
        attempt = {**trial, cell: (number, number)}
        if narrow(system, attempt, system.rules_of[cell], budget) is None:
            return attempt
    return None


def _numbers(interval: Interval, prefer: _Prefer) -> list[int]:
    """Return numbers of the interval in the order to try them."""
    lower, upper = interval
    few = upper - lower < _FEW_NUMBERS
    numbers = list(range(lower, upper + 1)) if few else [lower, (lower + upper) // 2, upper]
    if prefer is _Prefer.LARGE:
        numbers.reverse()
    elif prefer is _Prefer.MIDDLE:
        numbers.sort(key=lambda number: abs(2 * number - lower - upper))
    return numbers
