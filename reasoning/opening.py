"""Printed figures that are opened, so that they may be any number, and what the rules then leave all cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reasoning.budget import Budget
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, System

OPEN_UPPER = 10_000_000
"""What an opened figure can be at most, far above any number of people in a measure; see macros/propagation.sql."""

OPEN = (0, OPEN_UPPER)

_NO_LIMITS: Mapping[int, Interval] = {}


def with_opened(
    cells: Mapping[int, Interval], opened: Iterable[int], limits: Mapping[int, Interval] = _NO_LIMITS
) -> Bounds:
    """Return the cells' intervals where some may be any number, or any within their `limits`."""
    return {**cells, **dict.fromkeys(opened, OPEN), **limits}


def bounds_with_opened(
    system: System,
    cells: Mapping[int, Interval],
    opened: Iterable[int],
    budget: Budget,
    limits: Mapping[int, Interval] = _NO_LIMITS,
) -> Bounds | None:
    """Return what the rules leave each cell one by one if some are opened; None if they leave one nothing."""
    bounds = with_opened(cells, opened, limits)
    return None if narrow(system, bounds, budget=budget) else bounds


def cells_around(system: System, cells: Mapping[int, Interval], some: set[int]) -> set[int]:
    """Return the cells of all rules that hang together with some cells: one of them is wrong if those find no numbers.

    `cells` are as wide as the report itself leaves them: a cell that other rules have narrowed to one number passes on
    what is wrong with those.
    """
    numbers = {
        number for part, within in system.parts(dict(cells)) if not some.isdisjoint(within) for number in part.rules
    }
    return {cell for number in numbers for cell in system.rules[number].coefficients}
