"""What commands say when something is wrong: one small family of errors, one sentence structure.

Every message reads `place: found …; expected …; what to do`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

MAX_COMPLAINTS = 1_000
"""Complaints kept per report; nobody reads more, and a damaged file could otherwise make millions."""

_LONGEST_QUOTE = 60


_SHOWN_OF_A_KIND = 3
"""Equal problems of one report are shown line by line up to so many; of the others the lines are named."""
_SHOWN_LINES = 12


class Problem(NamedTuple):
    """What is wrong with a piece of text, without the place it was found in."""

    found: str
    expected: str
    action: str
    kind: str = ""
    """What equal problems have in common where `found` quotes each one's own text; `found` itself if empty."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem and its place; `line` counts from 1 and is None where the whole file is meant."""

    file: str
    line: int | None
    problem: Problem
    place: str = ""
    """Where a spreadsheet has it, as in `'1. Tiltak'!B14`; the line says so where this is empty."""

    def __str__(self) -> str:
        """Return the complaint as one line that editors and terminals can jump from."""
        within = self.within
        place = f"{printable(self.file)}:{within}" if within else printable(self.file)
        return f"{place}: found {self.problem.found}; expected {self.problem.expected}; {self.problem.action}"

    @property
    def within(self) -> str:
        """Return the place within the file; empty where the whole file is meant."""
        return printable(self.place) if self.place else "" if self.line is None else str(self.line)


class WarehouseError(Exception):
    """Base of all errors that the commands raise on purpose."""


class RejectedReportError(WarehouseError):
    """A report cannot be loaded; carries all of its complaints, sorted by line.

    `omitted` counts the complaints beyond MAX_COMPLAINTS, which were not kept.
    """

    def __init__(self, complaints: tuple[Complaint, ...], omitted: int = 0) -> None:
        """Keep the complaints; the message is one line per complaint, and one for all others of its kind."""
        self.complaints = complaints
        self.omitted = omitted
        lines = _summarised(complaints)
        if omitted:
            lines.append(f"{printable(complaints[0].file)}: and {omitted:,} more problems, not shown")
        super().__init__("\n".join(lines))


def _summarised(complaints: tuple[Complaint, ...]) -> list[str]:
    """Return a line per complaint, but where many are of one kind only the first, with the lines of the others."""
    kinds: dict[tuple[str, str, str], list[Complaint]] = {}
    for complaint in complaints:
        found, expected, action, kind = complaint.problem
        kinds.setdefault((kind or found, expected, action), []).append(complaint)
    messages: list[tuple[int, str]] = []
    for alike in kinds.values():
        if len(alike) <= _SHOWN_OF_A_KIND:
            messages += [(complaint.line or 0, str(complaint)) for complaint in alike]
        else:
            lines = list(dict.fromkeys(complaint.within for complaint in alike[1:] if complaint.within))
            named = ", ".join(lines[:_SHOWN_LINES]) + (", …" if len(lines) > _SHOWN_LINES else "")
            thing = "" if alike[0].place else " line" if len(lines) == 1 else " lines"
            where = f", in{thing} {named}" if lines else ""
            messages.append((alike[0].line or 0, f"{alike[0]} (and {len(alike) - 1:,} more like it{where})"))
    return [text for _, text in sorted(messages, key=lambda message: message[0])]


class DatabaseError(WarehouseError):
    """The database file cannot be used; nothing more can be loaded."""

    def __init__(self, file: str, problem: Problem) -> None:
        """Keep the one complaint about the database file."""
        self.complaint = Complaint(file, None, problem)
        super().__init__(str(self.complaint))


class RefusedError(WarehouseError):
    """A command cannot be carried out as given; nothing was changed."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        """Keep the complaints; the message is one line per complaint."""
        self.complaints = complaints
        super().__init__("\n".join(str(complaint) for complaint in complaints))


class Complaints:
    """Collects the problems of one report, so that they are all told at once."""

    def __init__(self, file: str, place_of: Callable[[int, int | None], str] | None = None) -> None:
        """Start without complaints about `file`, the path as the user gave it.

        `place_of` gives the place of a line, and of a figure of it (from 1), where the number of the line is none.
        """
        self._file = file
        self._place_of = place_of
        self._kept: list[Complaint] = []
        self._omitted = 0

    def __bool__(self) -> bool:
        """Return whether there is any complaint."""
        return bool(self._kept)

    def add(self, line: int | None, problem: Problem, column: int | None = None) -> None:
        """Add a problem found in `line`, in its figure of `column` (both from 1), or in the file as a whole."""
        place = self._place_of(line, column) if self._place_of and line is not None else ""
        self._keep(Complaint(self._file, line, problem, place))

    def add_at(self, place: str, problem: Problem) -> None:
        """Add a problem found at a place of a spreadsheet."""
        self._keep(Complaint(self._file, None, problem, place))

    def _keep(self, complaint: Complaint) -> None:
        if len(self._kept) < MAX_COMPLAINTS:
            self._kept.append(complaint)
        else:
            self._omitted += 1

    def rejection(self) -> RejectedReportError:
        """Return the error that tells all complaints, of which there must be one at least."""
        by_line = sorted(self._kept, key=lambda complaint: complaint.line or 0)
        return RejectedReportError(tuple(by_line), self._omitted)


def rejected(file: str, problem: Problem, line: int | None = None) -> RejectedReportError:
    """Return the error for a report with one problem that keeps all else from being looked at."""
    return RejectedReportError((Complaint(file, line, problem),))


def refused(place: str, problem: Problem) -> RefusedError:
    """Return the error for a command that one problem keeps from being carried out."""
    return RefusedError((Complaint(place, None, problem),))


def printable(text: str) -> str:
    r"""Return `text` with characters that a terminal would act on, or not show, written as \\uXXXX."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def excerpt(text: str) -> str:
    """Return `text` for a message: printable, and shortened where it is long."""
    return printable(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")


def quoted(text: str) -> str:
    """Return the excerpt of `text` in quotes."""
    return f'"{excerpt(text)}"'


def described(char: str) -> str:
    """Return a character with its name, for a reader who cannot tell O from 0 or one space from another."""
    name = unicodedata.name(char, "a character without a name")
    return f"{quoted(char)} ({name}, U+{ord(char):04X})"


def counted(number: int, thing: str) -> str:
    """Return `number` with thousands separated by commas and `thing` in the singular or plural."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
