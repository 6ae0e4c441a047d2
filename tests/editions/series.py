"""Which series an edition has, in which tables they stand, and their numbers as one matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tests.editions.counties import Era
from tests.editions.figures import Counts, Figures
from tests.editions.labels import (
    ALL,
    BREAKDOWNS,
    COUNTRY_BACKGROUND,
    COUNTY,
    FIXED_BREAKDOWNS,
    NO_BREAKDOWN,
    PARTICIPANT_GROUPS,
    UNKNOWN_BACKGROUND,
    Family,
)

TOTAL_LABEL = "I alt"


@dataclass(frozen=True)
class Series:
    """The key of one row of figures, without the month."""

    participant_group_code: str
    measure_code: str
    breakdown: str
    category_code: str

    @property
    def may_be_left_out(self) -> bool:
        """Whether the report may leave the row out where it is all zero."""
        return self.breakdown == COUNTRY_BACKGROUND and self.category_code == UNKNOWN_BACKGROUND


@dataclass(frozen=True)
class Row:
    """One printed row: its label, and the position of its series in `series_of`."""

    label: str
    series: int


@dataclass(frozen=True)
class Table:
    """One logical table, however many pages it is printed on; the total row is not among `rows`."""

    breakdown: str
    total: Row
    rows: tuple[Row, ...]


@lru_cache(maxsize=64)
def series_of(family: Family, era: Era) -> tuple[Series, ...]:
    """Return every series once, in printed order: 32 + 37 per measure for 7 measures and 15 counties."""
    measures = [measure.code for measure in family.measures]
    series = [
        Series(group, measure, NO_BREAKDOWN, ALL)
        for group in (ALL, *PARTICIPANT_GROUPS)
        for measure in (ALL, *measures)
    ]
    counties = [county.code for county in era.counties]
    for breakdown in BREAKDOWNS:
        categories = counties if breakdown == COUNTY else list(FIXED_BREAKDOWNS[breakdown])
        series += [Series(ALL, measure, breakdown, category) for measure in measures for category in categories]
    return tuple(series)


@lru_cache(maxsize=64)
def tables_of(family: Family, era: Era) -> tuple[Table, ...]:
    """Return the logical tables in the report's order: 4 by measure, then 6 breakdowns of each measure."""
    position = {key: at for at, key in enumerate(series_of(family, era))}
    tables = []
    for group, group_label in ((ALL, ""), *PARTICIPANT_GROUPS.items()):
        total = Row(f"{TOTAL_LABEL} {group_label}".strip(), position[Series(group, ALL, NO_BREAKDOWN, ALL)])
        rows = (
            Row(measure.label, position[Series(group, measure.code, NO_BREAKDOWN, ALL)]) for measure in family.measures
        )
        tables.append(Table(NO_BREAKDOWN, total, tuple(rows)))
    counties = {county.code: county.label for county in era.counties}
    for breakdown in BREAKDOWNS:
        categories = counties if breakdown == COUNTY else FIXED_BREAKDOWNS[breakdown]
        for measure in family.measures:
            # The report writes a measure in small letters where it follows "I alt".
            total = Row(
                f"{TOTAL_LABEL} {measure.label.lower()}",
                position[Series(ALL, measure.code, NO_BREAKDOWN, ALL)],
            )
            rows = (
                Row(label, position[Series(ALL, measure.code, breakdown, category)])
                for category, label in categories.items()
            )
            tables.append(Table(breakdown, total, tuple(rows)))
    return tuple(tables)


def monthly_counts(figures: Figures, months: int) -> Counts:
    """Return the true counts of January to month `months`, shape (series, months), in people.

    Raises ValueError unless `months` is 1 to 12.
    """
    if not 1 <= months <= len(figures.groups):
        msg = f"an edition prints 1 to {len(figures.groups)} months, not {months}"
        raise ValueError(msg)
    groups = figures.groups[:months].transpose(1, 2, 0)
    groups = np.concatenate([groups.sum(axis=0, keepdims=True), groups])
    totals = np.concatenate([groups.sum(axis=1, keepdims=True), groups], axis=1)
    splits = (figures.splits[breakdown][:months].transpose(1, 2, 0) for breakdown in BREAKDOWNS)
    return np.concatenate([block.reshape(-1, months) for block in (totals, *splits)])


def rounded_means(counts: Counts) -> Counts:
    """Return the mean of each row of `counts`, halves rounded up as the report does."""
    months = counts.shape[1]
    means: Counts = (2 * counts.sum(axis=1) + months) // (2 * months)
    return means


def left_out(figures: Figures, counts: Counts) -> npt.NDArray[np.bool_]:
    """Return which series, shape (series,), may be left out: "Ukjent" background, all zero in `counts`."""
    optional = np.array([series.may_be_left_out for series in series_of(figures.family, figures.era)])
    absent: npt.NDArray[np.bool_] = optional & ~counts.any(axis=1)
    return absent
