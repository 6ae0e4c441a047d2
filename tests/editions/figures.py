"""The true numbers of one year: how many people take part, month by month, before anything is starred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.editions.counties import UNKNOWN_COUNTY, Era, era_of
from tests.editions.labels import BREAKDOWNS, COUNTRY_BACKGROUND, COUNTY, FIXED_BREAKDOWNS, FOLLOW_UP, Family

Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]

MONTHS = 12

_USUAL_SHARES = {
    "gender": (0.48, 0.52),
    "age_group": (0.03, 0.16, 0.17, 0.27, 0.19, 0.14, 0.04),
    "immigration_category": (0.75, 0.25),
    "country_background": (0.08, 0.14, 0.745, 0.034, 0.001),
    "education": (0.38, 0.28, 0.20, 0.06, 0.08),
}
_USUAL_GROUP_SHARES = (0.42, 0.56, 0.02)
# A measure below this many people is not on offer in every county.
_OFFERED_EVERYWHERE_FROM = 1200
_SHARE_OF_COUNTIES_WITHOUT = 0.27


@dataclass(frozen=True, eq=False)
class Figures:
    """People taking part at the end of each month of one year; nothing suppressed.

    `groups` has shape (12 months, 3 participant groups, measures) and `splits[breakdown]`
    (12 months, measures, categories), both in the order of `labels`. For each month and measure every
    split sums to the sum over the groups. The arrays are read-only.
    """

    year: int
    family: Family
    era: Era
    groups: Counts
    splits: Mapping[str, Counts]

    def __post_init__(self) -> None:
        """Check that every split sums to its measure; raises ValueError where one does not."""
        if self.groups.min() < 0:
            msg = "a participant group holds fewer than no people"
            raise ValueError(msg)
        by_measure = self.groups.sum(axis=1)
        for breakdown in BREAKDOWNS:
            split = self.splits[breakdown]
            if split.min() < 0 or not np.array_equal(split.sum(axis=2), by_measure):
                msg = f"the people by {breakdown} are not the people of the measure"
                raise ValueError(msg)
        for counts in (self.groups, *self.splits.values()):
            counts.setflags(write=False)

    def categories(self, breakdown: str) -> dict[str, str]:
        """Return code and printed label of each category of `breakdown`, in printed order."""
        if breakdown == COUNTY:
            return {county.code: county.label for county in self.era.counties}
        return FIXED_BREAKDOWNS[breakdown]


def _normalised(shares: Shares) -> Shares:
    total: Shares = shares.sum(axis=-1, keepdims=True)
    return shares / total


def _around(rng: np.random.Generator, usual: Shares, measures: int, spread: float) -> Shares:
    """Return shares of shape (measures, categories) that vary around the usual ones."""
    return _normalised(usual * rng.lognormal(0.0, spread, (measures, usual.size)))


def _county_shares(rng: np.random.Generator, era: Era, people: Shares) -> Shares:
    sizes = np.array([county.size for county in era.counties], dtype=np.float64)
    shares = _around(rng, sizes, people.size, 0.45)
    # Small measures reach some counties with a handful of people or with none: this is where stars come from.
    absent = rng.random(shares.shape) < _SHARE_OF_COUNTIES_WITHOUT
    absent &= (people < _OFFERED_EVERYWHERE_FROM)[:, None]
    # The largest county always takes part, so that some county does.
    absent[np.arange(people.size), shares.argmax(axis=1)] = False
    handful = rng.choice([0.0, 0.0, 1.0, 4.0], shares.shape) / people[:, None]
    shares = np.where(absent, handful, shares)
    unknown = [county.code == UNKNOWN_COUNTY for county in era.counties]
    shares[:, unknown] = rng.choice([0.0, 0.3, 1.5], (people.size, 1)) / people[:, None]
    return _normalised(shares)


def _fixed_shares(rng: np.random.Generator, breakdown: str, people: Shares) -> Shares:
    shares = _around(rng, np.array(_USUAL_SHARES[breakdown]), people.size, 0.3)
    if breakdown == "age_group":
        # Some measures are for the young: the oldest bands are then empty.
        shares[rng.random(people.size) < 1 / 7, -2:] = 0.0
    if breakdown == COUNTRY_BACKGROUND and people.size > 1:
        # The smallest measure knows everybody's background, so each edition has a row that may be left out.
        shares[people.argmin(), -1] = 0.0
    return _normalised(shares)


def make_figures(seed: int, year: int, era: Era | None = None, family: Family = FOLLOW_UP) -> Figures:
    """Return the true figures of `year`; the same arguments always give the same figures.

    `era` is the county structure, by default the one in force in `year`. Counts are people; the follow-up
    family has about 19,000 in seven measures.
    """
    counties = era or era_of(year)
    rng = np.random.default_rng([seed, year])
    usual = np.array([measure.participants for measure in family.measures], dtype=np.float64)
    level = usual * rng.lognormal(0.0, 0.05, usual.size)
    drift = 1.0 + rng.normal(0.0, 0.02, (MONTHS, usual.size)).cumsum(axis=0)
    people = np.maximum(np.rint(level * drift), 0).astype(np.int64)
    group_shares = _around(rng, np.array(_USUAL_GROUP_SHARES), usual.size, 0.6)
    # Multinomial draws are complete by construction: they hand out exactly the people there are.
    groups = rng.multinomial(people, group_shares).transpose(0, 2, 1)
    splits = {COUNTY: rng.multinomial(people, _county_shares(rng, counties, level))}
    for breakdown in FIXED_BREAKDOWNS:
        splits[breakdown] = rng.multinomial(people, _fixed_shares(rng, breakdown, level))
    return Figures(year, family, counties, groups, splits)
