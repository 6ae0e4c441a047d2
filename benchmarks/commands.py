"""`make bench`: print every figure, each taken in this run; `python -m benchmarks NAME …` prints some of them."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import asking, building, clustering, growing, loading, publishing, restoring
from benchmarks.attacks import hostile_contents, kills, readers
from benchmarks.doors import running as doors
from benchmarks.localising import changes, slips
from benchmarks.mutations import running
from warehouse.process import ExitCode, carry_out


@dataclass(frozen=True, slots=True)
class Options:
    """How much of its cases a benchmark goes through."""

    share: float
    """Of the mutants, of the clean editions, and of the layouts drawn at random."""
    draws: int
    """Of figures and noise, for each kind of scan."""


_Benchmark = Callable[[Path, Options], object]
BENCHMARKS: dict[str, _Benchmark] = {
    "build": lambda folder, _: building.load_and_build(folder),
    "load": lambda folder, _: loading.load_many(folder),
    "grow": lambda folder, _: growing.grow(folder),
    "questions": lambda folder, _: asking.ask(folder),
    "disclosure": lambda folder, _: building.audit_disclosure(folder),
    "mutations": lambda folder, options: running.mutation_testing(folder, options.share),
    "slips": lambda folder, options: slips.scattered_slips(folder, options.share),
    "changes": lambda folder, options: changes.changed_reports(folder, options.share),
    "restoring": lambda folder, options: restoring.restored_figures(folder, options.share),
}
"""Name → what runs it, in a folder of its own; what it returns is printed, or each line of it as it comes."""

ON_REQUEST: dict[str, _Benchmark] = {
    "cluster": lambda folder, _: clustering.build_in_parts(folder),
    "publish": lambda folder, _: publishing.publish_many(folder),
    "doors": lambda _, options: doors.read_through_doors(options.share, options.draws),
}
"""The same, where two free cores, several gigabytes of disk, an extra or many minutes are needed; these run only where
they are named."""

ATTACKS: dict[str, _Benchmark] = {
    "hostile": lambda folder, _: hostile_contents.load_hostile_contents(folder),
    "kills": lambda folder, _: kills.kill_at_random(folder),
    "readers": lambda folder, _: readers.read_during_rebuilds(folder),
}
"""The same for what counts faults instead of costs; these run only where they are named."""


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Run the benchmarks asked for, or all, in a folder that is removed afterwards, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"of {', '.join(BENCHMARKS)} (all of these), {', '.join(ON_REQUEST | ATTACKS)}",
    )
    parser.add_argument(
        "--share",
        type=_share,
        default=1.0,
        help="share of the mutants, clean editions and drawn layouts, for a quick look (1)",
    )
    parser.add_argument("--draws", type=_count, default=3, help="draws of noise for each kind of scan (3)")
    options = parser.parse_args(arguments)
    known = BENCHMARKS | ON_REQUEST | ATTACKS
    if unknown := sorted(set(options.names) - known.keys()):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = [known[name] for name in options.names or BENCHMARKS]
    return carry_out(lambda: _run(chosen, Options(options.share, options.draws)))


def _run(benchmarks: Iterable[_Benchmark], options: Options) -> ExitCode:
    with tempfile.TemporaryDirectory(prefix="tiltak-bench-") as folder:
        for benchmark in benchmarks:
            result = benchmark(Path(folder), options)
            for line in result if isinstance(result, Iterator) else (result,):
                print(line, flush=True)
    return ExitCode.DONE


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        message = f"{text} is not a share, above 0 and up to 1"
        raise argparse.ArgumentTypeError(message)
    return share


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        message = f"{text} is not a number of draws, 1 or more"
        raise argparse.ArgumentTypeError(message)
    return count
