"""The command line: `python -m loaders [PATH …] [--database FILE] [--check]`, and its commands `list` and `remove`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tqdm import tqdm

from loaders.finding import find_reports
from loaders.listing import table
from loaders.loading import Outcome, check, load
from loaders.removing import remove, still_there
from warehouse import __version__
from warehouse.editions import loaded_editions
from warehouse.errors import WarehouseError, counted
from warehouse.memory import stop_rescanning_memory
from warehouse.options import add_build_option, path_argument
from warehouse.process import ExitCode, carry_out, say, tell
from warehouse.settings import INBOX


class _Command(NamedTuple):
    """One thing that the command line does."""

    parser: Callable[[], argparse.ArgumentParser]
    run: Callable[[argparse.Namespace], ExitCode]
    if_interrupted: str
    """What has become of the database where the command was interrupted."""


_FEW = 20
"""Up to so many files are told one by one; more get a progress bar, where a person is watching."""


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Run the command with `arguments` (default: those of the process) and return its exit code.

    1 is returned where some report was rejected (the others are loaded), or where nothing was done because there is
    no such report.
    """
    stop_rescanning_memory()
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Only as the first word is it a command, so that a file or folder called `list` can be given as ./list.
    command = _COMMANDS.get(given[0] if given else "", _LOAD)
    options = command.parser().parse_args(given if command is _LOAD else given[1:])
    return carry_out(lambda: command.run(options), if_interrupted=command.if_interrupted)


def _parser_of_load() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loaders",
        description="Load report files into the schema raw of the warehouse. "
        "Loading the same file again changes nothing.",
        epilog="Exit code: 0 all loaded, 1 some report rejected (the others are loaded), or of two reports of "
        "a period none is said to count, "
        "2 wrong usage or a database that cannot be used. `python -m loaders list` tells what is loaded, "
        "`python -m loaders remove REPORT` takes a report out; a path of such a name is given as ./list.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=path_argument,
        default=[INBOX],
        help="report file, or folder of report files (default: reports/)",
    )
    add_build_option(parser)
    parser.add_argument("--check", action="store_true", help="read the reports and say what is wrong; load nothing")
    parser.add_argument("--version", action="version", version=f"loaders {__version__}")
    return parser


def _parser_of_list() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loaders list",
        description="Tell which reports are loaded, the newest edition last, and which of them were issued again.",
        epilog="Exit code: 0 listed, 1 nothing is loaded, 2 wrong usage or a database that cannot be used.",
        allow_abbrev=False,
    )
    add_build_option(parser)
    return parser


def _parser_of_remove() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loaders remove",
        description="Take reports out of the schema raw, all that are named or none. "
        "The tables made from them follow at the next build.",
        epilog="Exit code: 0 removed, 1 a name means no report or several (nothing is changed), "
        "2 wrong usage or a database that cannot be used.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "reports",
        metavar="REPORT",
        nargs="+",
        type=_name,
        help="report_id, the beginning of one, or file name, as `python -m loaders list` shows them",
    )
    add_build_option(parser)
    return parser


def _name(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("expected a report, found an empty text")
    return text


def _load(options: argparse.Namespace) -> ExitCode:
    files, errors = find_reports(options.paths)
    for error in errors:
        _tell(error)
    watched = len(files) > _FEW and sys.stderr.isatty()
    with tqdm(files, desc="reports", unit="report", disable=not watched, leave=False) as progress:
        outcome = check(progress, _tell) if options.check else load(progress, options.database, _tell)
    outcome.rejected += len(errors)
    _summarise(outcome, only_check=options.check)
    return ExitCode.REFUSED if outcome.rejected or outcome.undecided else ExitCode.DONE


def _list(options: argparse.Namespace) -> ExitCode:
    for line in table(loaded_editions(options.database)):
        say(line)
    return ExitCode.DONE


def _remove(options: argparse.Namespace) -> ExitCode:
    removed = remove(options.database, options.reports)
    for edition in removed:
        say(f"removed {edition.name}: {counted(edition.cell_count, 'cell')}")
    say(f"removed {counted(len(removed), 'report')}; the marts follow at the next `make build`")
    for path, edition in still_there(removed, INBOX):
        say(f"{path} still holds {edition.report_id}, and the next `make build` loads it again: move it elsewhere")
    return ExitCode.DONE


def _summarise(outcome: Outcome, *, only_check: bool) -> None:
    verb = "checked" if only_check else "loaded"
    if len(outcome.accepted) + len(outcome.already_loaded) <= _FEW:
        for path, report_id, cells in outcome.accepted:
            say(f"{verb} {path} as {report_id}: {counted(cells, 'cell')}")
        for path, report_id in outcome.already_loaded:
            say(f"already loaded {path} as {report_id}: nothing changed")
    cells = sum(report.cell_count for report in outcome.accepted)
    parts = [f"{verb} {counted(len(outcome.accepted), 'report')}, {counted(cells, 'cell')}"]
    if not only_check:
        parts.append(f"{len(outcome.already_loaded):,} already loaded")
    parts.append(f"{outcome.rejected:,} rejected")
    if outcome.undecided:
        parts.append(f"{counted(outcome.undecided, 'period')} undecided")
    say("; ".join(parts))


def _tell(error: WarehouseError) -> None:
    with tqdm.external_write_mode(file=sys.stderr):
        tell(error)


_LOAD = _Command(
    _parser_of_load, _load, "each report is loaded whole or not at all; the same command again loads the rest"
)
_COMMANDS = {
    "list": _Command(_parser_of_list, _list, "nothing was changed"),
    "remove": _Command(_parser_of_remove, _remove, "all named reports are removed or none, as `list` tells"),
}
