"""The command line: `python -m auditors disclosure | verdict | accept … | scan …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from auditors.corrections import SEED, accept, as_row
from auditors.doubts import file_format_of, read_doubts
from auditors.failures import read_failures
from auditors.scanned import command_of, file_of, write_page
from auditors.summaries import require_build, run_models, summaries
from auditors.verdict import verdict
from warehouse.editions import named_editions
from warehouse.errors import DatabaseError, Problem, WarehouseError, counted, printable, refused
from warehouse.options import add_build_option, path_argument
from warehouse.process import ExitCode, carry_out, say, tell
from warehouse.settings import INBOX

_AddParser = Callable[..., argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Audit as `arguments` say (default: those of the process) and return the exit code.

    0: done. 1: a check of the build does not hold, a correction was refused, or dbt could not make the tables of the
    disclosure audit. 2: the database cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m auditors",
        description="Questions to the audit of a build.",
        epilog="Exit code: 0 done, 1 something was refused or does not hold, 2 wrong usage or no usable build.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_disclosure, _add_verdict, _add_accept, _add_scan):
        command = add(commands.add_parser)
        add_build_option(command)
    options = parser.parse_args(arguments)
    return carry_out(lambda: options.run(options))


def _add_disclosure(add_parser: _AddParser) -> argparse.ArgumentParser:
    command = add_parser("disclosure", help="tell which stars the figures printed around them give away")
    command.add_argument(
        "--show-values",
        action="store_true",
        help="also write what the stars hide into the build database, which is never published with it",
    )
    command.set_defaults(run=_audit_disclosure)
    return command


def _add_verdict(add_parser: _AddParser) -> argparse.ArgumentParser:
    command = add_parser("verdict", help="say what is wrong in a build that failed, and what would mend it")
    command.add_argument(
        "--dbt-log",
        type=path_argument,
        metavar="FILE",
        help="what dbt printed: shown where the build failed for another reason than a rule",
    )
    command.set_defaults(run=_print_verdict)
    return command


def _add_accept(add_parser: _AddParser) -> argparse.ArgumentParser:
    command = add_parser("accept", help="accept the correction of a misprinted figure")
    command.add_argument("report", metavar="REPORT", help="report_id, the beginning of one, or file name")
    command.add_argument("line", metavar="LINE", type=int, help="line of the report")
    command.add_argument("column", metavar="COLUMN", help="figure column, from 1, or its heading as printed")
    command.add_argument("--value", metavar="TEXT", help="the figure (default: the one that the audit proposes)")
    command.add_argument("--by", metavar="NAME", required=True, help="who decides it")
    command.add_argument("--reason", metavar="TEXT", required=True, help="why")
    command.set_defaults(run=_accept)
    return command


def _add_scan(add_parser: _AddParser) -> argparse.ArgumentParser:
    command = add_parser("scan", help="show the figures of a scan that a person must look at, with a picture of each")
    command.add_argument("report", metavar="REPORT", help="report_id, the beginning of one, or file name")
    command.add_argument(
        "--scan",
        type=path_argument,
        metavar="PATH",
        default=INBOX,
        help="the scan itself, or a folder that it is in (default: %(default)s)",
    )
    command.add_argument(
        "--to",
        type=path_argument,
        metavar="FILE",
        help="the page to write (default: scan_REPORT.html beside the build)",
    )
    command.set_defaults(run=_show_scan)
    return command


def _print_verdict(options: argparse.Namespace) -> ExitCode:
    """Say what the audit's tables say, or what dbt printed where they do not explain why the build failed."""
    log: Path | None = options.dbt_log
    try:
        failures = read_failures(options.database)
        lines = verdict(failures)
        if not lines and failures.is_unfinished:
            problem = Problem("a build that was not finished", "a whole build", "run `make build`")
            raise DatabaseError(str(options.database), problem)
    except WarehouseError:
        if log is None:
            raise
        lines = []
    if not lines and log is None:
        say("every check of the build holds")
        return ExitCode.DONE
    for line in lines or _printed_by_dbt(log):
        tell(line)
    return ExitCode.REFUSED


def _printed_by_dbt(log: Path | None) -> list[str]:
    """Return the lines of the log. Raises RefusedError if it cannot be read."""
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines() if log else []
    except OSError as error:
        problem = Problem(f"a file that cannot be read ({error.strerror})", "what dbt printed", "give another file")
        raise refused(str(log), problem) from error


def _audit_disclosure(options: argparse.Namespace) -> ExitCode:
    require_build(options.database)
    if not run_models(options.database, show_values=options.show_values):
        tell("dbt could not make the tables of the audit; what it says stands above")
        return ExitCode.REFUSED
    for summary in summaries(options.database):
        say(str(summary))
    shown = "with" if options.show_values else "without"
    say(f"each star and the rules that expose it, {shown} values: disclosure.disclosure_risk in {options.database}")
    return ExitCode.DONE


def _show_scan(options: argparse.Namespace) -> ExitCode:
    [edition] = named_editions(options.database, [options.report])
    if (file_format := file_format_of(options.database, edition.report_id)) != "scan":
        found = f"a report that was read from a file of the kind {file_format}"
        action = "its figures are what the file holds: see what `python -m auditors verdict` says"
        raise refused(edition.file_name, Problem(found, "a scan", action))
    doubts = [doubt for doubt in read_doubts(options.database, edition.report_id) if doubt.is_to_decide]
    if not doubts:
        say(f"{printable(edition.file_name)}: no figure is left to look at")
        return ExitCode.DONE
    page = options.to or options.database.parent / f"scan_{edition.report_id}.html"
    write_page(edition, doubts, file_of(edition, options.scan), page)
    for doubt in doubts:
        say(f"{printable(edition.file_name)}:{doubt.place}, {printable(doubt.row_label)}: {doubt.said}; {doubt.left}")
        say(f"    {command_of(edition, doubt)}")
    say(f"a picture of {counted(len(doubts), 'figure')}: {page}")
    return ExitCode.DONE


def _accept(options: argparse.Namespace) -> ExitCode:
    place = (options.database, options.report, options.line, options.column)
    today = datetime.now(UTC).astimezone().date()
    say(f"added to {SEED}: {as_row(accept(*place, options.value, options.by, options.reason, today))}")
    say("the next `make build` applies it")
    return ExitCode.DONE
