"""What the site shows, as records: months, measures, series of figures, editions, breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from publishers.site.texts import Text

BREAKDOWNS = (
    "county", "age_group", "gender", "education", "country_background", "immigration_category", "participant_group",
)  # fmt: skip
"""The breakdowns of a measure, in the order of its page."""

SEPARATOR = "\x1f"
"""What parts the texts of a printed line, so that thousands of cells are one text each line."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The number of participants at the end of one month, and the line of the report that states it."""

    month: date
    value: int | None
    """None where it is suppressed or illegible."""
    upper: int
    """The largest number that it can be; 0 where that is not known."""
    text: str
    """What to print."""
    is_suppressed: bool
    comparable_series: str
    """Figures can be compared within one value of it."""
    report_id: str
    line_number: int

    @property
    def address(self) -> str:
        """Where the line of the report is on the site."""
        return line_address(self.report_id, self.line_number)


@dataclass(frozen=True, slots=True)
class Measure:
    """A labour-market measure and the family that it belongs to."""

    code: str
    name: Text
    family_code: str
    family_name: Text

    @property
    def page(self) -> str:
        """Its page's file name."""
        return f"measure-{self.code}.html"


@dataclass(frozen=True, slots=True)
class Category:
    """A member of a breakdown, such as a county."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class County:
    """A county of today or of before."""

    category: Category
    is_current: bool

    @property
    def page(self) -> str:
        """Its page's file name."""
        return county_page(self.category.code)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """How many years an age group covers; an open one has no width."""

    years: int
    is_open_ended: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one category of one measure, oldest month first."""

    measure: Measure
    category: Category
    figures: tuple[Figure, ...]

    @property
    def newest(self) -> Figure:
        """The figure of the newest month."""
        return self.figures[-1]


@dataclass(frozen=True, slots=True)
class Break:
    """A month from which figures cannot be compared with those before; None concerns all."""

    month: date
    breakdown: str | None
    category_code: str | None
    measure_code: str | None
    participant_group_code: str | None
    concerned: tuple[Text, ...]
    """The names of what it is limited to."""
    reason: Text
    source: str

    def concerns(self, breakdown: str, series: Series) -> bool:
        """Return whether it cuts a series of a breakdown."""
        if self.participant_group_code is not None and (
            breakdown != "participant_group" or series.category.code != self.participant_group_code
        ):
            return False
        return (
            self.breakdown in (None, breakdown)
            and self.category_code in (None, series.category.code)
            and self.measure_code in (None, series.measure.code)
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """A report that was loaded, and how far its arithmetic confirms it."""

    report_id: str
    name: Text
    family_name: Text
    period_start: date
    period_end: date
    issue_number: int
    superseded_by: str | None
    publisher: str | None
    licence: str | None
    source_url: str | None
    threshold: int
    file_name: str
    sha256: str
    proof: tuple[tuple[str, int], ...]
    """The columns of `audit.report_proofs` by name."""

    @property
    def page(self) -> str:
        """Its page's file name."""
        return f"edition-{self.report_id}.html"

    @property
    def report_page(self) -> str:
        """The file name of the page with the report line by line."""
        return f"report-{self.report_id}.html"

    @property
    def star(self) -> str:
        """What stands for a star."""
        return f"0–{self.threshold - 1}"


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How the checks of one rule came out in one edition."""

    claim: Text
    proven: int
    possible: int


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A total of a report's newest month, and every line that states it."""

    measure: Text | None
    """None for all measures."""
    participant_group: Text | None
    """None for all participants."""
    text: str
    """What to print."""
    report_id: str
    line_numbers: tuple[int, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where each of the lines is on the site."""
        return tuple(line_address(self.report_id, line) for line in self.line_numbers)


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that an edition states otherwise than the edition before it."""

    month: date
    what: tuple[Text, ...]
    old_text: str
    old_address: str | None
    new_text: str
    new_address: str | None


@dataclass(frozen=True, slots=True)
class Renaming:
    """A measure that has another name from a month on."""

    month: date
    old: Text
    new: Text


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line of a report."""

    line_number: int
    label: str
    values: str
    """What the columns print, parted by SEPARATOR."""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of a report as printed, and what it is about where its rows say so."""

    number: int
    page_number: int
    subject: tuple[Text, ...]
    column_labels: str
    """Parted by SEPARATOR."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that the pages are made of, apart from the printed lines of reports, which are read one by one."""

    months: Mapping[int, Text]
    """The names of months by number."""
    totals: Mapping[str, Series]
    """By measure code, in the order of the reports; the category is the measure itself."""
    broken_down: Mapping[str, Mapping[str, tuple[Series, ...]]]
    """By breakdown and measure code."""
    latest_months: Mapping[str, date]
    """By family code."""
    counties: Mapping[str, County]
    age_groups: Mapping[str, AgeGroup]
    breaks: tuple[Break, ...]
    renamings: tuple[Renaming, ...]
    editions: tuple[Edition, ...]
    """Oldest first."""
    rules: Mapping[str, tuple[RuleCount, ...]]
    """By report id."""
    printed_totals: Mapping[str, tuple[PrintedTotal, ...]]
    """By report id."""
    revisions: Mapping[str, tuple[Revision, ...]]
    """By report id."""

    @property
    def newest_edition(self) -> Edition:
        """The newest edition that counts."""
        return max(
            (edition for edition in self.editions if edition.superseded_by is None),
            key=lambda edition: edition.period_end,
        )


def line_address(report_id: str, line_number: int) -> str:
    """Return where a line of a report is on the site."""
    return f"report-{report_id}.html#L{line_number}"


def county_page(code: str) -> str:
    """Return the file name of a county's page."""
    return f"county-{code}.html"
