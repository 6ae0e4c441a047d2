"""What an illegible figure is: what the rules leave for it, as far as what was read there agrees.

A figure of a scan on which no two readings agree is an open cell of the rules, as a star is. Where they leave it one
figure alone, and a reading is that figure or all but one of its signs, it is proven. Where they leave it several, only
one of which is at most one sign from every reading, and it was read, it is allowed. Else it stays open, and a person
decides. All numbers below the threshold are one figure, the star: what it stands for stays unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from reasoning.bounds import ContradictionError, exact_bounds
from reasoning.budget import Budget, GaveUpError
from reasoning.feasibility import is_satisfiable
from reasoning.opening import OPEN, with_opened
from reasoning.rules import Bounds, Interval, System
from reasoning.solver import SolverError

STAR = "*"
_ANY = "?"
"""A sign of a reading that the reader could not tell."""
_DIGITS = "0123456789"


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


def settled(
    system: System,
    cells: Mapping[int, Interval],
    illegible: Mapping[int, Illegible],
    accused: Collection[int] = frozenset(),
) -> dict[int, Settled]:
    """Return what each illegible figure is, given the rules of its report and what is printed in all cells.

    `accused` are figures that were read twice alike and that the rules point at: they are open as well. Where there
    are such, others may be wrong that nothing points at, so that a figure is only settled where two rules say it apart.
    Figures whose rules contradict each other all the same stay open.
    """
    found: dict[int, Settled] = {}
    within = {cell: cells.get(cell, OPEN) for cell in illegible}
    for part, bounds in system.parts(with_opened(cells, accused)):
        some = {cell: illegible[cell] for cell in bounds if cell in illegible}
        if some:
            found |= _settled_part(part, bounds, some, is_in_doubt=bool(accused))
    return {cell: found.get(cell) or _open(within[cell], illegible[cell]) for cell in illegible}


def _settled_part(
    system: System, cells: Bounds, illegible: Mapping[int, Illegible], *, is_in_doubt: bool
) -> dict[int, Settled]:
    """Return what the illegible figures of rules that hang together are; nothing where that cannot be told."""
    try:
        bounds = exact_bounds(system, cells, illegible)
        proven = {
            cell: _figure(bounds[cell], about)
            for cell, about in illegible.items()
            if _is_one_figure(bounds[cell], about)
            and (
                (_is_read(bounds[cell], about) and not is_in_doubt)
                or (_is_near_a_reading(bounds[cell], about) and _is_said_twice(system, cells, cell, about))
            )
        }
        others = {cell: about for cell, about in illegible.items() if cell not in proven and not is_in_doubt}
        allowed = _allowed(system, {**cells, **proven}, bounds, others)
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


def _is_read(bounds: Interval, about: Illegible) -> bool:
    """Return whether a reading is the one figure that the rules leave."""
    return any(_is_like(reading, _text(bounds, about)) for reading in about.readings)


def _is_near_a_reading(bounds: Interval, about: Illegible) -> bool:
    """Return whether a reading is the one figure that the rules leave, or all but a sign of it."""
    return any(_is_near(reading, _text(bounds, about)) for reading in about.readings)


def _is_said_twice(system: System, cells: Bounds, cell: int, about: Illegible) -> bool:
    """Return whether the rules leave a cell one figure without any single one of them.

    Else a figure beside it that was read wrong twice alike might have made the figure up.
    """
    for number in system.rules_of[cell]:
        fewer = System({other: rule for other, rule in system.rules.items() if other != number})
        if cell not in fewer.rules_of or not _is_one_figure(exact_bounds(fewer, cells, [cell])[cell], about):
            return False
    return True


def _allowed(system: System, cells: Bounds, bounds: Bounds, illegible: Mapping[int, Illegible]) -> dict[int, Interval]:
    """Return the figures that readings single out among those that the rules leave, if they hold together."""
    chosen: dict[int, Interval] = {}
    for cell, about in illegible.items():
        within = {**cells, cell: bounds[cell]}
        possible = [text for text in _near_all(about) if _is_possible(system, within, cell, text, about)]
        if len(possible) == 1 and any(_is_like(reading, possible[0]) for reading in about.readings):
            chosen[cell] = _interval(possible[0], about)
    return chosen if is_satisfiable(system, {**cells, **chosen}, Budget()) else {}


def _near_all(about: Illegible) -> Iterator[str]:
    """Yield each text from which no reading is more than a sign off: each reader is taken to mistake one at most."""
    told = [reading for reading in about.readings if set(reading) - {_ANY}]
    if told:
        yield from (text for text in _around(told[0]) if all(_is_near(reading, text) for reading in told))


def _around(reading: str) -> Iterator[str]:
    """Yield the figures from which a reading is at most a sign off."""
    signs = [_DIGITS if sign == _ANY else sign for sign in reading]
    others = [
        *([*signs[:place], _DIGITS, *signs[place + 1 :]] for place in range(len(signs))),
        *([*signs[:place], _DIGITS, *signs[place:]] for place in range(len(signs) + 1)),
        *([*signs[:place], *signs[place + 1 :]] for place in range(len(signs))),
    ]
    texts = dict.fromkeys("".join(text) for some in others if some for text in product(*some))
    yield from (text for text in texts if text.isdecimal() and not text.startswith("0"))
    if _is_near(reading, STAR):
        yield STAR


def _is_possible(system: System, cells: Bounds, cell: int, text: str, about: Illegible) -> bool:
    """Return whether a text is a figure that the rules leave."""
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
