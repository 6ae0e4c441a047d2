"""The command line: `python -m loaders [PATH …] [--database FILE] [--check]`."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from loaders import __version__
from loaders.errors import DatabaseError, RejectedReportError, counted, printable
from loaders.finding import find_reports
from loaders.loading import Outcome, check, load

ALL_LOADED = 0
SOME_REJECTED = 1
UNUSABLE = 2
"""Wrong usage, or a database that cannot be used."""
INTERRUPTED = 130

_DEFAULT_DATABASE = "build/tiltak.duckdb"
_FEW = 20
"""Up to so many files are told one by one; more get a progress bar, where a person is watching."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A message must come through even where the terminal lacks a character of a label.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return _run(options.paths, options.database, only_check=options.check)
    except DatabaseError as error:
        _tell(error)
        return UNUSABLE
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; run again to load the rest\n")
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loaders",
        description="Load report files into the schema raw of the warehouse. "
        "Loading the same file again changes nothing.",
        epilog="Exit code: 0 all loaded, 1 some report rejected (the others are loaded), "
        "2 wrong usage or a database that cannot be used.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=_path,
        default=[Path("reports")],
        help="report file, or folder whose .txt files are reports (default: reports/)",
    )
    parser.add_argument(
        "--database",
        metavar="FILE",
        type=_path,
        default=os.environ.get("TILTAK_DATABASE") or _DEFAULT_DATABASE,
        help=f"database file (default: $TILTAK_DATABASE, else {_DEFAULT_DATABASE})",
    )
    parser.add_argument("--check", action="store_true", help="read the reports and say what is wrong; load nothing")
    parser.add_argument("--version", action="version", version=f"loaders {__version__}")
    return parser


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("expected a path, found an empty text")
    return Path(text)


def _run(paths: Sequence[Path], database: Path, *, only_check: bool) -> int:
    files, errors = find_reports(paths)
    for error in errors:
        _tell(error)
    watched = len(files) > _FEW and sys.stderr.isatty()
    with tqdm(files, desc="reports", unit="report", disable=not watched, leave=False) as progress:
        outcome = check(progress, _tell) if only_check else load(progress, database, _tell)
    outcome.rejected += len(errors)
    _summarise(outcome, only_check=only_check)
    return SOME_REJECTED if outcome.rejected else ALL_LOADED


def _summarise(outcome: Outcome, *, only_check: bool) -> None:
    verb = "checked" if only_check else "loaded"
    if len(outcome.accepted) + len(outcome.already_loaded) <= _FEW:
        for path, report_id, cells in outcome.accepted:
            _say(f"{verb} {path} as {report_id}: {counted(cells, 'cell')}")
        for path, report_id in outcome.already_loaded:
            _say(f"already loaded {path} as {report_id}: nothing changed")
    cells = sum(report.cell_count for report in outcome.accepted)
    parts = [f"{verb} {counted(len(outcome.accepted), 'report')}, {counted(cells, 'cell')}"]
    if not only_check:
        parts.append(f"{len(outcome.already_loaded):,} already loaded")
    parts.append(f"{outcome.rejected:,} rejected")
    _say("; ".join(parts))


def _say(line: str) -> None:
    sys.stdout.write(printable(line) + "\n")


def _tell(error: DatabaseError | RejectedReportError) -> None:
    tqdm.write(str(error), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
