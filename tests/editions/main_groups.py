"""The edition of main groups (TILT100) that agrees with the editions of the families that are its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tests.editions.figures import Counts, Figures
from tests.editions.labels import BREAKDOWNS, Family, Measure

Part = tuple[Figures, Sequence[str] | None]
"""The figures of a family, and the codes of its measures that count; all of them where that is None."""


def main_groups(parts: Mapping[tuple[str, str], Sequence[Part]]) -> Figures:
    """Return the figures of main groups, (code, label) → the parts that each is the sum of.

    The parts are of one year and one set of counties.
    """
    [(first, _), *_] = next(iter(parts.values()))
    family = Family("hovedgrupper", tuple(Measure(code, label, 1) for code, label in parts))
    groups = np.stack([_sum(some, "groups") for some in parts.values()], axis=2)
    splits = {
        breakdown: np.stack([_sum(some, breakdown) for some in parts.values()], axis=1) for breakdown in BREAKDOWNS
    }
    return Figures(first.year, family, first.era, groups, splits)


def _sum(parts: Sequence[Part], what: str) -> Counts:
    """Return the sum over the measures that count: of participant groups, or of the categories of a breakdown."""
    totals = []
    for figures, codes in parts:
        places = [
            place for place, measure in enumerate(figures.family.measures) if codes is None or measure.code in codes
        ]
        counts = figures.groups[:, :, places] if what == "groups" else figures.splits[what][:, places]
        totals.append(counts.sum(axis=2 if what == "groups" else 1))
    total: Counts = np.sum(totals, axis=0)
    return total
