"""What an illegible figure is: what the rules leave for it, as far as what was read there agrees.

A figure of a scan on which no two readings agree is an open cell of the rules, as a star is. Where they leave it one
figure alone, and a reading is that figure or all but one of its signs, it is proven. Where they leave it several, and
of all that was read there only one is among them, it is allowed. Else it stays open, and a person decides. All numbers
below the threshold are one figure, the star: what it stands for stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reasoning.bounds import ContradictionError, exact_bounds
from reasoning.budget import Budget, GaveUpError
from reasoning.feasibility import is_satisfiable
from reasoning.opening import OPEN
from reasoning.rules import Bounds, Interval, System
from reasoning.solver import SolverError

STAR = "*"
_ANY = "?"
"""A sign of a reading that the reader could not tell."""


@dataclass(frozen=True, slots=True)
class Illegible:
    """An illegible figure."""

    readings: tuple[str, ...]
    """What was read there: digits without spaces or a star, `?` for a sign not told, empty for nothing."""
    threshold: int
    """Numbers below it are printed as a star."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What an illegible figure is, or can be."""

    state: str
    """proven, allowed or open."""
    lower: int
    upper: int
    """Between which numbers it lies; below the threshold no narrower than a star."""


def settled(system: System, cells: Mapping[int, Interval], illegible: Mapping[int, Illegible]) -> dict[int, Settled]:
    """Return what each illegible figure is, given the rules on all open cells and what those can be.

    Figures whose rules contradict each other, since a figure read twice alike is wrong, stay open.
    """
    found: dict[int, Settled] = {}
    within = {cell: cells.get(cell, OPEN) for cell in illegible}
    for part, bounds in system.parts(dict(cells)):
        some = {cell: illegible[cell] for cell in bounds if cell in illegible}
        if some:
            found |= _settled_part(part, bounds, some)
    return {cell: found.get(cell) or _open(within[cell], illegible[cell]) for cell in illegible}


def _settled_part(system: System, cells: Bounds, illegible: Mapping[int, Illegible]) -> dict[int, Settled]:
    """Return what the illegible figures of rules that hang together are; nothing where that cannot be told."""
    try:
        bounds = exact_bounds(system, cells, illegible)
        proven = {
            cell: _figure(bounds[cell], about)
            for cell, about in illegible.items()
            if _is_one_figure(bounds[cell], about) and _is_confirmed(system, cells, cell, bounds[cell], about)
        }
        allowed = _allowed(
            system,
            {**cells, **proven},
            bounds,
            {cell: about for cell, about in illegible.items() if cell not in proven},
        )
    except (ContradictionError, SolverError, GaveUpError):
        return {}
    return {
        cell: Settled("proven", *proven[cell])
        if cell in proven
        else Settled("allowed", *allowed[cell])
        if cell in allowed
        else _open(bounds[cell], about)
        for cell, about in illegible.items()
    }


def _open(bounds: Interval, about: Illegible) -> Settled:
    lower, upper = bounds
    if lower < about.threshold:
        lower, upper = 0, max(upper, about.threshold - 1)
    return Settled("open", lower, upper)


def _is_one_figure(bounds: Interval, about: Illegible) -> bool:
    lower, upper = bounds
    return lower == upper or upper < about.threshold


def _figure(bounds: Interval, about: Illegible) -> Interval:
    """Return the interval of the one figure that lies within the bounds."""
    return (0, about.threshold - 1) if bounds[1] < about.threshold else bounds


def _is_confirmed(system: System, cells: Bounds, cell: int, bounds: Interval, about: Illegible) -> bool:
    """Return whether what was read confirms the one figure that the rules leave.

    A reading that is the figure does. One that is all but a sign of it does where no single rule is needed for it:
    else a figure beside it that was read wrong twice alike might have made the figure up.
    """
    text = _text(bounds, about)
    if any(_is_like(reading, text) for reading in about.readings):
        return True
    if not any(_is_near(reading, text) for reading in about.readings):
        return False
    for number in system.rules_of[cell]:
        fewer = System({other: rule for other, rule in system.rules.items() if other != number})
        if cell not in fewer.rules_of or not _is_one_figure(exact_bounds(fewer, cells, [cell])[cell], about):
            return False
    return True


def _allowed(system: System, cells: Bounds, bounds: Bounds, illegible: Mapping[int, Illegible]) -> dict[int, Interval]:
    """Return the figures that readings single out among those that the rules leave, if they hold together."""
    chosen: dict[int, Interval] = {}
    for cell, about in illegible.items():
        within = cells | {cell: bounds[cell]}
        possible = [text for text in dict.fromkeys(about.readings) if _is_possible(system, within, cell, text, about)]
        if len(possible) == 1 and all(
            (reading and _ANY not in reading) or _is_like(reading, possible[0]) for reading in about.readings
        ):
            chosen[cell] = _interval(possible[0], about)
    return chosen if is_satisfiable(system, {**cells, **chosen}, Budget()) else {}


def _is_possible(system: System, cells: Bounds, cell: int, text: str, about: Illegible) -> bool:
    """Return whether a reading is a figure that the rules leave."""
    if text != STAR and not text.isdecimal():
        return False
    lower, upper = _interval(text, about)
    if text != STAR and lower < about.threshold:
        return False
    least, most = max(lower, cells[cell][0]), min(upper, cells[cell][1])
    return least <= most and is_satisfiable(system, {**cells, cell: (least, most)}, Budget())


def _interval(text: str, about: Illegible) -> Interval:
    return (0, about.threshold - 1) if text == STAR else (int(text), int(text))


def _text(bounds: Interval, about: Illegible) -> str:
    return STAR if bounds[1] < about.threshold else str(bounds[0])


def _is_like(reading: str, text: str) -> bool:
    """Return whether a reading is the text, where a sign not told may be any; one must be told."""
    return (
        len(reading) == len(text)
        and any(sign != _ANY for sign in reading)
        and all(sign in (_ANY, other) for sign, other in zip(reading, text, strict=True))
    )


def _is_near(reading: str, text: str) -> bool:
    """Return whether a reading is the text but for one sign: another one, one too few or one too many."""
    if not reading or set(reading) == {_ANY}:
        return False
    if len(reading) == len(text):
        return sum(sign not in (_ANY, other) for sign, other in zip(reading, text, strict=True)) <= 1
    longer, shorter = sorted((reading, text), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        _are_alike(longer[:place] + longer[place + 1 :], shorter) for place in range(len(longer))
    )


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(_ANY in signs or signs[0] == signs[1] for signs in zip(one, other, strict=True))
