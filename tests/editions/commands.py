"""The command line: `python -m tests.editions --year 2022 --months 7 --seed 1 --to FILE|FOLDER`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.editions.history import history
from tests.editions.layout import Layout
from warehouse.process import ExitCode


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Write the editions asked for and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.editions", description="Write made-up report editions.")
    parser.add_argument("--year", type=int, required=True, help="year of the (first) edition")
    parser.add_argument(
        "--months", type=int, choices=range(1, 13), required=True, metavar="1..12", help="its last month"
    )
    parser.add_argument("--count", type=int, default=1, help="how many consecutive monthly editions (1)")
    parser.add_argument("--seed", type=int, default=1, help="which true figures (1)")
    parser.add_argument("--noise", type=float, default=0.0, help="share of labels with scanning noise (0)")
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FILE|FOLDER", help="a name ending in .txt is one file"
    )
    options = parser.parse_args(arguments)
    target: Path = options.to
    to_file = target.suffix == ".txt" and not target.is_dir()
    if options.count < 1 or (to_file and options.count > 1):
        parser.error("--count must be at least 1, and more than 1 needs a folder")
    try:
        layout = Layout(label_noise=options.noise)
    except ValueError as problem:
        parser.error(str(problem))
    (target.parent if to_file else target).mkdir(parents=True, exist_ok=True)
    for edition in history(options.year, options.months, options.count, seed=options.seed, layout=layout):
        edition.write(target)
    return ExitCode.DONE
