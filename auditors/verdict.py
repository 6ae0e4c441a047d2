"""The verdict on a build that failed, as a screenful: what is wrong and where, what would mend it, then the checks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime

from auditors.corrections import Correction, as_row
from auditors.failures import CAUSES, LEGIBLE, FailedReport, FailedRule, Failures, Suspect
from warehouse.errors import counted, printable

_WIDTH = 120
_MOST_RULES = 10
_MOST_RULES_BESIDE_OTHERS = 4
_MOST_CAUSES = 5
_MOST_SUSPECTS = 6
_MOST_REPORTS = 3
_INDENT = "    "


def verdict(failures: Failures) -> list[str]:
    """Return the lines to print; none where nothing in the audit's tables explains why the build failed.

    The first report that fails is told in full, the others by a line each.
    """
    if failures.misfitting_corrections:
        more = len(failures.misfitting_corrections) - _MOST_CAUSES
        shown = list(failures.misfitting_corrections[:_MOST_CAUSES])
        shown += [f"and {counted(more, 'correction')} more that do not fit"] if more > 0 else []
        return [printable(line) for line in shown]
    if failures.is_unfinished or not failures.reports:
        return []
    first, *others = failures.reports
    lines = list(_report(first, _MOST_RULES_BESIDE_OTHERS if others else _MOST_RULES))
    if others:
        lines += ["", f"{counted(len(others), 'other report')} with checks that do not hold:"]
        lines += [_INDENT + _shortened(_headline(report)) for report in others[:_MOST_REPORTS]]
        if len(others) > _MOST_REPORTS:
            lines.append(f"{_INDENT}and {len(others) - _MOST_REPORTS:,} more, in audit.reconciliation_checks")
    return [printable(line) for line in lines]


def _report(report: FailedReport, most_rules: int) -> Iterator[str]:
    yield from textwrap.wrap(_headline(report), _WIDTH, break_on_hyphens=False)
    if report.causes:
        # A cell that is in no observation follows from its row, which stands before it.
        first, *others = report.causes
        causes = [first, *(rule for rule in others if rule.rule_code != "cells_are_accounted_for")]
        explanations = [text for rule in causes for text in rule.explanations]
        for text in explanations[1:_MOST_CAUSES]:
            yield from textwrap.wrap(text, _WIDTH, subsequent_indent=_INDENT, break_on_hyphens=False)[:2]
        if len(explanations) > _MOST_CAUSES:
            yield f"and {len(explanations) - _MOST_CAUSES:,} more, in audit.reconciliation_checks"
    elif report.changes:
        for text in report.changes[1:_MOST_CAUSES]:
            yield from textwrap.wrap(text, _WIDTH, subsequent_indent=_INDENT, break_on_hyphens=False)[:2]
        if len(report.changes) > _MOST_CAUSES:
            yield f"and {len(report.changes) - _MOST_CAUSES:,} more, in audit.suspect_changes"
        yield "If the file differs from NAV's report there, mend the file."
    elif report.suspects:
        yield ""
        yield from _suspects(report)
    if report.illegible:
        yield from _illegible(report)
    yield ""
    yield from _rules(report, most_rules)


def _illegible(report: FailedReport) -> Iterator[str]:
    """Name figures of a scan that a person must look at, which may be the cause or stand beside it."""
    yield ""
    if len(report.rules) > 1:
        yield f"{counted(len(report.illegible), 'figure')} of the scan cannot be read for certain:"
    for text in report.illegible[:_MOST_CAUSES]:
        yield _shortened(_INDENT + text.partition("; look at it")[0])
    if len(report.illegible) > _MOST_CAUSES:
        yield f"{_INDENT}and {len(report.illegible) - _MOST_CAUSES:,} more, in audit.illegible_cells"
    yield "See a picture of each, and the command that says what it is:"
    yield f"{_INDENT}python -m auditors scan {report.report_id}"


def _headline(report: FailedReport) -> str:
    """Return what is wrong and where, in one sentence."""
    if report.causes:
        return report.causes[0].explanations[0]
    if report.changes:
        return report.changes[0]
    if not report.suspects and len(report.rules) == 1 and report.illegible:
        return (
            f"{report.file_name}: found {counted(len(report.illegible), 'figure')} of the scan that cannot be read for "
            "certain; expected none; look at each and say what it is, or scan again at 200 dpi or more"
        )
    if not report.suspects:
        count = counted(report.checks, "check")
        why = "no small set of figures explains them all"
        if report.is_given_up:
            why = "the search for the figures that explain them took too many steps and was given up"
        return (
            f"{report.file_name}: found {count} that do not hold; expected all rules to hold; "
            f"compare the lines named below with NAV's report: {why}"
        )
    first = report.suspects[0]
    wrong = first.cells_in_set
    if first.sets == 1 and wrong == 1:
        return (
            f"{report.file_name}:{first.place_in_file or first.line_number}: found {first.printed} in {first.place}; "
            f"expected {_allowed(first)}, with which every rule holds"
        )
    if wrong == 1:
        return (
            f"{report.file_name}: found one wrong figure, which may be any of {first.sets:,}; "
            "expected one of them to be what stands behind its arrow"
        )
    certain = sum(suspect.is_certain for suspect in report.suspects if suspect.set_number == first.set_number)
    certainty = "" if first.sets == 1 else f", in the first of {first.sets} ways to explain it"
    if report.is_given_up:
        certainty = ", in the first way to explain it that was found before the search was given up"
    if certainty and certain:
        certainty = f" ({certain:,} for certain){certainty}"
    return (
        f"{report.file_name}: found {wrong:,} wrong figures at least{certainty}; "
        "expected what stands behind their arrows, with which every rule holds"
    )


def _suspects(report: FailedReport) -> Iterator[str]:
    first = report.suspects[0]
    alternatives = [suspect for suspect in report.suspects if first.cells_in_set == 1 or suspect.set_number == 1]
    for suspect in alternatives[:_MOST_SUSPECTS]:
        where = "" if len(alternatives) == 1 else f"{_where(suspect)}: "
        allowed = "" if len(alternatives) == 1 else f"  → {_allowed(suspect)}"
        doubt = "" if suspect.is_certain or first.cells_in_set == 1 else "perhaps "
        yield _shortened(f"{_INDENT}{doubt}{where}{_marked(suspect)}{allowed}")
    if len(alternatives) > _MOST_SUSPECTS:
        yield f"{_INDENT}and {len(alternatives) - _MOST_SUSPECTS:,} more, in audit.suspect_cells"
    yield ""
    yield "If the file differs from NAV's report there, mend the file. If NAV's report is wrong, accept a correction:"
    value = "" if first.is_unique else " --value FIGURE"
    line, column = (first.line_number, first.column_number) if len(alternatives) == 1 else ("LINE", "COLUMN")
    yield f"{_INDENT}python -m auditors accept {report.report_id} {line} {column}{value} --by NAME --reason TEXT"
    if len(alternatives) == 1 and first.proposal is not None:
        yield "which adds this row to seeds/cell_corrections.csv, for the next `make build`:"
        today = datetime.now(UTC).astimezone().date()
        place = (report.report_id, first.line_number, first.column_number)
        yield _INDENT + as_row(Correction(*place, first.printed, first.proposal, "TEXT", "NAME", today))


def _where(suspect: Suspect) -> str:
    """Return the line in words; a sheet's cell or a page says itself what it is."""
    place = suspect.place_in_file or str(suspect.line_number)
    return f"line {place}" if place.isdecimal() else place


def _marked(suspect: Suspect) -> str:
    """Return the line as printed, with the figure in brackets."""
    figures = [text.strip() for text in suspect.figures]
    figures[suspect.column_number - 1] = f"[{figures[suspect.column_number - 1]}]"
    return "   ".join([suspect.row_label, *figures])


def _allowed(suspect: Suspect) -> str:
    if suspect.is_star:
        return "a star"
    return suspect.proposal or f"a number from {suspect.lower:,} to {suspect.upper:,}"


def _rules(report: FailedReport, most_rules: int) -> Iterator[str]:
    verb = "does" if report.checks == 1 else "do"
    yield f"{counted(report.checks, 'check')} of {report.file_name} {verb} not hold (see audit.reconciliation_checks):"
    shown = report.rules if len(report.rules) <= most_rules else report.rules[: most_rules - 1]
    width = max(len(rule.rule_code) for rule in shown)
    for rule in shown:
        yield _shortened(f"{_INDENT}{rule.rule_code:<{width}} {rule.checks:>4,}  {_first(rule, report.file_name)}")
    if len(report.rules) > len(shown):
        yield f"{_INDENT}and {counted(len(report.rules) - len(shown), 'rule')} more"


def _first(rule: FailedRule, file_name: str) -> str:
    if rule.is_incomplete and rule.rule_code not in (*CAUSES, LEGIBLE):
        return "follows from a row that is missing or not known"
    explanation = rule.explanations[0].removeprefix(f"{file_name}:")
    return f"line {explanation}" if explanation[:1].isdecimal() else explanation


def _shortened(line: str) -> str:
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
