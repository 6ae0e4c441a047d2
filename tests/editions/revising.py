"""Revised figures: the same year as a later edition knows it, every sum still right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tests.editions.figures import MONTHS, Figures
from tests.editions.labels import BREAKDOWNS, PARTICIPANT_GROUPS

PARTICIPANT_GROUP = "participant_group"


def _position(codes: Iterable[str], code: str) -> int:
    known = list(codes)
    if code not in known:
        msg = f"{code!r} is none of {', '.join(known)}"
        raise ValueError(msg)
    return known.index(code)


def _month_position(month: int) -> int:
    if not 1 <= month <= MONTHS:
        msg = f"a month is 1 to {MONTHS}, not {month}"
        raise ValueError(msg)
    return month - 1


def _measure_position(figures: Figures, measure_code: str) -> int:
    return _position((measure.code for measure in figures.family.measures), measure_code)


def move_people(
    figures: Figures, *, month: int, measure_code: str, breakdown: str, source: str, target: str, count: int
) -> Figures:
    """Return figures where `count` people of one measure and month are in `target` and no longer in `source`.

    `breakdown` is one of `labels.BREAKDOWNS`, or "participant_group" to move them between groups; `source`
    and `target` are codes of it; `month` is 1 to 12. Raises ValueError for unknown codes and where `source`
    holds fewer than `count` people.
    """
    at, measure = _month_position(month), _measure_position(figures, measure_code)
    groups = figures.groups.copy()
    splits = {name: split.copy() for name, split in figures.splits.items()}
    if breakdown == PARTICIPANT_GROUP:
        people, codes = groups[at, :, measure], list(PARTICIPANT_GROUPS)
    else:
        _position(BREAKDOWNS, breakdown)
        people, codes = splits[breakdown][at, measure], list(figures.categories(breakdown))
    if not 0 <= count <= people[_position(codes, source)]:
        msg = f"{source} holds {people[_position(codes, source)]} people, so {count} cannot leave it"
        raise ValueError(msg)
    people[_position(codes, source)] -= count
    people[_position(codes, target)] += count
    return Figures(figures.year, figures.family, figures.era, groups, splits)


def add_people(
    figures: Figures,
    *,
    month: int,
    measure_code: str,
    group: str,
    categories: Mapping[str, str],
    count: int,
) -> Figures:
    """Return figures with `count` more people (fewer, if negative) in one measure and month.

    They belong to participant group `group` and, for each breakdown, to the category that `categories`
    names, so the measure, its group, "I alt" and one category of every breakdown change. Raises ValueError
    for unknown codes, a breakdown without a category, and where a number would fall below zero.
    """
    at, measure = _month_position(month), _measure_position(figures, measure_code)
    groups = figures.groups.copy()
    groups[at, _position(PARTICIPANT_GROUPS, group), measure] += count
    if set(categories) != set(BREAKDOWNS):
        msg = f"people need one category in each of {', '.join(BREAKDOWNS)}"
        raise ValueError(msg)
    splits = {name: split.copy() for name, split in figures.splits.items()}
    for breakdown, category in categories.items():
        splits[breakdown][at, measure, _position(figures.categories(breakdown), category)] += count
    return Figures(figures.year, figures.family, figures.era, groups, splits)


def _late_registration(figures: Figures, rng: np.random.Generator, month: int) -> Figures:
    """Add a few people whose papers came late, each in a likely category."""
    measure = int(rng.integers(len(figures.family.measures)))
    categories = {}
    for breakdown in BREAKDOWNS:
        people = figures.splits[breakdown][month - 1, measure] + 0.01
        chosen = int(rng.choice(people.size, p=people / people.sum()))
        categories[breakdown] = list(figures.categories(breakdown))[chosen]
    return add_people(
        figures,
        month=month,
        measure_code=figures.family.measures[measure].code,
        group=list(PARTICIPANT_GROUPS)[int(rng.integers(len(PARTICIPANT_GROUPS)))],
        categories=categories,
        count=int(rng.integers(1, 10)),
    )


def _reclassification(figures: Figures, rng: np.random.Generator, month: int) -> Figures:
    """Move a few people to another category of one breakdown, or to another participant group."""
    measure = int(rng.integers(len(figures.family.measures)))
    breakdown = (PARTICIPANT_GROUP, *BREAKDOWNS)[int(rng.integers(1 + len(BREAKDOWNS)))]
    if breakdown == PARTICIPANT_GROUP:
        codes, people = list(PARTICIPANT_GROUPS), figures.groups[month - 1, :, measure]
    else:
        codes, people = list(figures.categories(breakdown)), figures.splits[breakdown][month - 1, measure]
    source = int(people.argmax()) if rng.random() < 0.5 else int(rng.integers(people.size))
    target = (source + int(rng.integers(1, len(codes)))) % len(codes)
    return move_people(
        figures,
        month=month,
        measure_code=figures.family.measures[measure].code,
        breakdown=breakdown,
        source=codes[source],
        target=codes[target],
        count=min(int(rng.integers(1, 6)), int(people[source])),
    )


def revise(figures: Figures, *, months: Sequence[int], seed: int, moves: int = 20) -> Figures:
    """Return figures in which each of `months` (1 to 12) has been revised by `moves` random moves.

    The first move of a month adds people, and none takes people away from a measure, so the month's
    "I alt" always differs from before. Deterministic in `seed`. Raises ValueError for a month outside
    the year or `moves` below 1.
    """
    if moves < 1:
        msg = f"a revision needs at least one move, not {moves}"
        raise ValueError(msg)
    rng = np.random.default_rng([seed, figures.year])
    revised = figures
    for month in months:
        _month_position(month)
        for move in range(moves):
            late = move == 0 or rng.random() < 0.2
            revised = (_late_registration if late else _reclassification)(revised, rng, month)
    return revised
