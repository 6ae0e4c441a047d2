"""Round numbers for axes and classes of colour."""

from __future__ import annotations

from math import ceil, floor, log10

CLASSES = 5
"""Classes of colour in a map."""


def round_step(largest: float, steps: int) -> int:
    """Return the smallest step of 1, 2 or 5 times a power of ten of which `steps` reach `largest`; 1 at least."""
    wanted = max(largest / steps, 1)
    power = 10 ** floor(log10(wanted))
    return int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted))


def ticks(largest: float, steps: int = 3) -> list[int]:
    """Return round numbers from 0 to the first that is not below `largest`."""
    step = round_step(largest, steps)
    return list(range(0, step * max(ceil(largest / step), 1) + 1, step))


def color_class(value: int, step: int) -> int:
    """Return the class of a value, from 0, where each class has a width of `step`."""
    return min(max(value - 1, 0) // step, CLASSES - 1)
