"""The command line: `python -m builders PATH … --to RELEASE [--engine local|spark] …`."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from builders.engines.engine import Engine
from builders.engines.local import LocalEngine
from builders.engines.spark import SparkEngine
from builders.parts import PartRecord
from builders.planning import Part, plan
from builders.reading import read_reports
from builders.release import Built, make_release
from builders.state import state_of
from builders.store import Store
from builders.tasks import Outcome, Task, TaskReport
from loaders.finding import find_reports
from publishers.releases import LeftOut
from warehouse.errors import DatabaseError, Problem, counted, refused
from warehouse.fingerprint import code_fingerprint, current_project, project_fingerprint
from warehouse.memory import peak_bytes
from warehouse.options import path_argument
from warehouse.process import ExitCode, carry_out, say, tell

_REPORTS_PER_PART = 400
"""One `dbt build` costs as much before any SQL as a hundred reports."""


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Build reports in parts as `arguments` say (default: those of the process) and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m builders",
        description="Build any number of reports in parts that share no month, in processes of this machine or on a "
        "Spark cluster, into one release: a folder of Parquet files with the tables that one build would publish. "
        "Parts whose reports did not change are taken over.",
        epilog="Exit code: 0 the release holds all reports, 1 a report was rejected or a part failed (the release is "
        "left as it was, or with --partial lacks it), 2 wrong usage, or a release or cluster that cannot be used.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", type=path_argument, help="report file, or folder of them")
    parser.add_argument(
        "--to", dest="target", metavar="RELEASE", type=path_argument, required=True, help="the release to make or renew"
    )
    parser.add_argument("--engine", choices=["local", "spark"], default="local", help="who runs the parts (local)")
    parser.add_argument("--master", metavar="URL", help="the Spark cluster, such as spark://host:7077")
    parser.add_argument(
        "--reports-per-part",
        metavar="N",
        type=_number,
        default=_REPORTS_PER_PART,
        help=f"reports that are built together, at most unless one year has more ({_REPORTS_PER_PART})",
    )
    parser.add_argument(
        "--partial", action="store_true", help="release what holds, and list in the manifest what is left out"
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=_number,
        default=os.cpu_count() or 1,
        help="parts at once on this machine (cores)",
    )
    options = parser.parse_args(arguments)
    if (options.engine == "spark") is (options.master is None):
        parser.error("--engine spark needs --master URL, and no other engine takes it")
    return carry_out(lambda: _build(options), if_interrupted="the release is as it was; parts that are built are kept")


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"{text} is not a whole number from 1"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _build(options: argparse.Namespace) -> ExitCode:
    target: Path = options.target
    store = Store(Path(os.path.abspath(target)))  # noqa: PTH100 - not the place that the link leads to
    try:
        with store.only_builder():
            return _build_alone(options, store)
    except OSError as error:
        place = error.filename or target
        problem = Problem(
            f"a place that cannot be written ({error.strerror or error})",
            "a folder with room, open for writing",
            "mend that, or give another path with --to",
        )
        raise DatabaseError(str(place), problem) from error


def _build_alone(options: argparse.Namespace, store: Store) -> ExitCode:
    project = current_project().absolute()
    state = state_of(project)
    files, errors = find_reports(options.paths)
    reading = read_reports(files, options.workers, store.notes, code_fingerprint())
    left_out = [LeftOut((error.complaints[0].file,), str(error)) for error in (*errors, *reading.rejections)]
    for each in left_out:
        tell(each.problem)
    parts = plan(reading.reports, options.reports_per_part)
    records = {part.key(state): PartRecord.read(store.part(part.key(state))) for part in parts}
    due = [part for part in parts if records[part.key(state)] is None]
    say(
        f"planned {counted(sum(len(part.reports) for part in parts), 'report')} in {counted(len(parts), 'part')}: "
        f"{len(due):,} to build, {len(parts) - len(due):,} taken over"
    )
    tasks = [_task(part, store, project, state) for part in due]
    outcomes = _run(_engine(options), tasks) if tasks else {}
    if outcomes:
        seconds = sum(outcome.processor_seconds for outcome in outcomes.values())
        peak = max(outcome.peak_bytes for outcome in outcomes.values())
        many, own = counted(len(outcomes), "part"), peak_bytes()
        say(
            f"built {many}: {seconds:.1f} s of processor time, at most {peak / 1e6:.0f} MB each, "
            f"{own / 1e6:.0f} MB in the driver"
        )
    built: list[Built] = []
    for part in parts:
        key = part.key(state)
        record = records[key] or PartRecord.read(store.part(key))
        outcome = outcomes.get(key)
        if record is not None and (outcome is None or outcome.problem is None):
            built.append(Built(part, record, store.part(key)))
            continue
        problem = (outcome and outcome.problem) or "its worker left no tables where the driver looks for them"
        left_out.append(LeftOut(tuple(report.name for report in part.reports), problem))
        tell(f"part of {part.years}, {counted(len(part.reports), 'report')}, is not built:\n{problem}")
    return _release(options, store, built, left_out, project_fingerprint(project))


def _release(
    options: argparse.Namespace, store: Store, built: Sequence[Built], left_out: Sequence[LeftOut], fingerprint: str
) -> ExitCode:
    if not built or (left_out and not options.partial):
        advice = "mend what is told above" + (", or leave it out with --partial" if built else "")
        problem = Problem(_told(left_out), "parts that all hold", f"{advice}: the release is as it was")
        tell(refused(str(options.target), problem))
        return ExitCode.REFUSED
    started = time.perf_counter()
    released = make_release(store, built, left_out, fingerprint)
    store.keep_parts({each.record.key for each in built})
    release = released.release
    what = f"{counted(len(release.tables), 'table')} of {counted(release.report_count, 'report')}"
    if released.is_unchanged:
        say(f"{options.target} already holds these reports: nothing changed")
    else:
        seconds = time.perf_counter() - started
        say(f"released {what} in {counted(len(release.parts), 'part')} to {options.target} in {seconds:.1f} s")
    if left_out:
        tell(f"{options.target}: left out {_told(left_out)}, which its manifest.json lists")
        return ExitCode.REFUSED
    return ExitCode.DONE


def _told(left_out: Sequence[LeftOut]) -> str:
    return f"{counted(sum(len(each.names) for each in left_out), 'report')} that cannot be used"


def _task(part: Part, store: Store, project: Path, state: str) -> Task:
    reports = tuple(TaskReport(report.path, report.name, report.report_id) for report in part.reports)
    return Task(part.key(state), part.years, reports, str(store.home), str(project), state)


def _engine(options: argparse.Namespace) -> Engine:
    return LocalEngine(options.workers) if options.engine == "local" else SparkEngine(options.master)


def _run(engine: Engine, tasks: Sequence[Task]) -> dict[str, Outcome]:
    """Build the parts and return what became of each."""
    outcomes: dict[str, Outcome] = {}
    with tqdm(total=len(tasks), desc="building", unit=" parts", leave=False, disable=None) as progress:

        def done(outcome: Outcome) -> None:
            outcomes[outcome.key] = outcome
            progress.update()

        engine.run(tasks, done)
    return outcomes
