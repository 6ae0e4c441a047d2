"""One wrong figure in the sample report, and the tables that tests put it into."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sample import find_line, sample_lines, with_cell

MENTOR = "I alt mentor"
JOB_CLUB = "I alt jobbklubb"
SUPPORT = "I alt arbeid med støtte"
REDUCED = "I alt Nedsatt arbeidsevne, på tiltak"


@dataclass(frozen=True)
class Slip:
    """One printed figure of the sample, replaced; columns count from 1, which is the average."""

    label: str
    total_label: str
    column_number: int
    printed: str
    wrong: str

    @property
    def line_number(self) -> int:
        """Line of the report, from 1."""
        return find_line(sample_lines(), self.label, self.total_label)

    @property
    def file_name(self) -> str:
        """Name of a report file for this slip alone."""
        return f"line {self.line_number} column {self.column_number}.txt"

    @property
    def lines(self) -> list[str]:
        """The sample's lines with the slip."""
        lines = sample_lines()
        assert lines[self.line_number - 1].split("\t")[self.column_number] == self.printed
        return with_cell(lines, self.line_number, self.column_number, self.wrong)
