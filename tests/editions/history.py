"""Editions month after month, with revisions and re-issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from tests.editions.counties import Era
from tests.editions.figures import Figures, make_figures
from tests.editions.labels import FOLLOW_UP, Family
from tests.editions.layout import SAMPLE_LAYOUT, Layout
from tests.editions.rendering import render
from tests.editions.truth import truth


@dataclass(frozen=True)
class Edition:
    """One report: the figures of a year as known when it came out, printed from January to `month`.

    `issue` is 1, and 2, 3, … for re-issues of the same period.
    """

    figures: Figures
    month: int
    layout: Layout = SAMPLE_LAYOUT
    issue: int = 1

    @property
    def year(self) -> int:
        """The year of the period."""
        return self.figures.year

    @property
    def file_name(self) -> str:
        """Like "2022-07_oppfolging.txt"; a re-issue ends "_2.txt"."""
        issue = "" if self.issue == 1 else f"_{self.issue}"
        return f"{self.year:04}-{self.month:02}_{self.figures.family.stem}{issue}.txt"

    @cached_property
    def text(self) -> str:
        """The report, as `rendering.render` gives it."""
        return render(self.figures, self.month, self.layout)

    @cached_property
    def truth(self) -> pd.DataFrame:
        """The observations in the report, as `truth.truth` gives them."""
        return truth(
            self.figures,
            self.month,
            self.layout.threshold,
            leave_out_zero_unknown=self.layout.leave_out_zero_unknown,
        )

    def write(self, path: Path) -> Path:
        """Write the report as UTF-8 to the file `path`, or below its own name into the folder `path`."""
        file = path / self.file_name if path.is_dir() else path
        file.write_bytes(self.text.encode())
        return file


@dataclass(frozen=True)
class Revision:
    """A change of the figures of `year` that the edition of `month` is the first to print.

    `change` makes the new figures from the old, usually with `revise`, `move_people` or `add_people`. With
    `is_reissue` the edition of `month` comes out unchanged first, and then again with the new figures.
    Later editions of the year keep the change either way.
    """

    year: int
    month: int
    change: Callable[[Figures], Figures]
    is_reissue: bool = False


def history(
    year: int,
    month: int,
    count: int,
    *,
    seed: int = 1,
    revisions: Sequence[Revision] = (),
    layout: Layout = SAMPLE_LAYOUT,
    family: Family = FOLLOW_UP,
    era: Era | None = None,
) -> list[Edition]:
    """Return the editions of `count` consecutive months from `month` of `year` on, re-issues besides.

    Counties are those of each year unless `era` overrides them. Revisions whose edition lies before the
    first one, in the same year, are already in it. A re-issue follows its edition directly. Raises
    ValueError when `month` is not 1 to 12 or a revision's edition is not among the editions or before.
    """
    if not 1 <= month <= 12:
        msg = f"a history starts in month 1 to 12, not {month}"
        raise ValueError(msg)
    start = 12 * year + month - 1
    for revision in revisions:
        at = 12 * revision.year + revision.month - 1
        if not (1 <= revision.month <= 12 and 12 * year <= at < start + count):
            msg = f"no edition of this history is the first to print {revision}"
            raise ValueError(msg)
    editions: list[Edition] = []
    figures: Figures | None = None
    for at in range(12 * year, start + count):
        edition_year, edition_month = at // 12, at % 12 + 1
        if figures is None or figures.year != edition_year:
            figures = make_figures(seed, edition_year, era, family)
        due = [item for item in revisions if (item.year, item.month) == (edition_year, edition_month)]
        for revision in due:
            if not revision.is_reissue:
                figures = revision.change(figures)
        if at >= start:
            editions.append(Edition(figures, edition_month, layout))
        for issue, revision in enumerate((item for item in due if item.is_reissue), start=2):
            figures = revision.change(figures)
            if at >= start:
                editions.append(Edition(figures, edition_month, layout, issue))
    return editions
