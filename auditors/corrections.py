"""Rows of seeds/cell_corrections.csv: misprints that a person accepts to correct."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from auditors.doubts import read_doubts
from auditors.failures import Suspect, read_failures
from warehouse import database
from warehouse.durable import replace_file
from warehouse.editions import Edition, named_editions
from warehouse.errors import Problem, quoted, refused
from warehouse.figures import ILLEGIBLE, is_figure, plain_spaces
from warehouse.folding import fold

SEED = Path("seeds/cell_corrections.csv")
"""In the folder of the project, where the command is run."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of the seed, its fields in the order of its columns."""

    report_id: str
    line_number: int
    column_number: int
    printed_text: str
    corrected_text: str
    reason: str
    decided_by: str
    decided_on: date


def accept(
    build: Path, report: str, line: int, column: str, value: str | None, by: str, reason: str, today: date
) -> Correction:
    """Add the correction of one printed figure to the seed, whole or not at all, and return it.

    `report` is a report_id, the beginning of one, or a file name; `column` a number, from 1, or the heading as printed.
    Without `value` the one figure is taken that the audit proposes there; the value `?` accepts that nobody can read
    an illegible figure. Raises RefusedError, having changed nothing, where there is no such report or figure, where the
    proposal is not unique or the value no other figure, or where the seed has a correction of the figure; DatabaseError
    if the build cannot be used.
    """
    for option, text in (("--by", by), ("--reason", reason)):
        if not text.strip():
            raise refused(option, Problem("an empty text", "who decided it, and why", "fill it in"))
    [edition] = named_editions(build, [report])
    column_number, printed = _printed_figure(build, edition, line, column)
    place = f"{edition.file_name}:{line}: column {column_number}"
    corrected = _proposal(build, edition, line, column_number, place) if value is None else value.strip()
    is_unreadable = printed == corrected == ILLEGIBLE
    if not is_figure(corrected) and not is_unreadable:
        expected = "a whole number such as 1 234, or *" + (f", or {ILLEGIBLE}" if printed == ILLEGIBLE else "")
        raise refused(place, Problem(quoted(corrected), expected, "give it with --value"))
    if _bare(corrected) == _bare(printed) and not is_unreadable:
        problem = Problem(f"{quoted(corrected)}, which the report prints", "another figure", "give it with --value")
        raise refused(place, problem)
    accepted = Correction(edition.report_id, line, column_number, printed, corrected, reason.strip(), by.strip(), today)
    _append(accepted, place)
    return accepted


def as_row(correction: Correction) -> str:
    """Return the correction as a line of the seed, without its line end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(astuple(correction))
    return text.getvalue()


def _printed_figure(build: Path, edition: Edition, line: int, column: str) -> tuple[int, str]:
    """Return the number of the column that is meant, and the figure that the report prints there."""
    with database.connect(build, read_only=True) as connection:
        cells = connection.execute(
            "select column_number, column_label, value_text from raw.cells "
            "where report_id = ? and line_number = ? order by column_number",
            [edition.report_id, line],
        ).fetchall()
    place = f"{edition.file_name}:{line}"
    if not cells:
        expected = "a line with figures, as the verdict of the build names it"
        raise refused(place, Problem("no figure in this line", expected, "give another line"))
    for number, heading, text in cells:
        if column == str(number) or fold(column) == fold(heading):
            return number, text.strip()
    headings = ", ".join(f"{number} ({heading.strip()})" for number, heading, _ in cells)
    raise refused(place, Problem(f"no column {quoted(column)}", f"one of {headings}", "give another column"))


def _proposal(build: Path, edition: Edition, line: int, column: int, place: str) -> str:
    """Return the one figure that the audit proposes for a cell. Raises RefusedError where it is not the only one."""
    give = "give the figure with --value if you know it"
    for doubt in read_doubts(build, edition.report_id):
        if doubt.is_to_decide and (doubt.line_number, doubt.column_number) == (line, column):
            if doubt.settled_text is None:
                raise refused(place, Problem(f"{doubt.candidates}, as the rules have it", "a unique proposal", give))
            return doubt.settled_text
    suspects = [
        suspect
        for report in read_failures(build).reports
        if report.report_id == edition.report_id
        for suspect in report.suspects
    ]
    own = [suspect for suspect in suspects if (suspect.line_number, suspect.column_number) == (line, column)]
    if not own:
        named = ", ".join(f"line {suspect.line_number} column {suspect.column_number}" for suspect in suspects[:5])
        found = f"no proposal for this figure{f' (there is one for {named})' if named else ''}"
        raise refused(place, Problem(found, "a figure that the rules point at", give))
    [proposal, *_] = own
    if not proposal.is_unique or proposal.proposal is None:
        raise refused(place, Problem(_ambiguity(proposal), "a unique proposal", give))
    return proposal.proposal


def _ambiguity(suspect: Suspect) -> str:
    if suspect.sets > 1:
        return f"one of {suspect.sets} explanations that are as good as each other"
    if not suspect.is_only_explanation:
        return "an explanation beside which there may be others, as the search for them was given up"
    return f"a proposal of {suspect.lower:,} to {suspect.upper:,}"


def _append(correction: Correction, place: str) -> None:
    """Write the seed anew with one more row, beside its place, and put it there in one step."""
    try:
        content = SEED.read_bytes().decode()
    except FileNotFoundError:
        problem = Problem("no such file", "the seed of corrections", "run the command in the folder of the project")
        raise refused(str(SEED), problem) from None
    except (OSError, UnicodeDecodeError) as error:
        raise refused(
            str(SEED), Problem(f"a file that cannot be read ({error})", "a CSV in UTF-8", "mend it")
        ) from error
    for number, row in enumerate(csv.reader(io.StringIO(content, newline="")), start=1):
        if row[:3] == [correction.report_id, str(correction.line_number), str(correction.column_number)]:
            found = f"a correction of {place} already, in line {number}"
            raise refused(str(SEED), Problem(found, "one correction of a figure", "mend or delete that row first"))
    line_end = "\r\n" if "\r\n" in content else "\n"
    if content and not content.endswith("\n"):
        content += line_end
    _replace(SEED.resolve(), (content + as_row(correction) + line_end).encode())


def _replace(path: Path, content: bytes) -> None:
    try:
        replace_file(path, content)
    except OSError as error:
        problem = Problem(f"a file that cannot be written ({error.strerror})", "a writable file", "free or allow it")
        raise refused(str(SEED), problem) from error


def _bare(figure: str) -> str:
    return plain_spaces(figure).replace(" ", "")
