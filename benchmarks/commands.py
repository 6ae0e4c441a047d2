"""`make bench`: print every figure, each taken in this run; `python -m benchmarks NAME …` prints some of them."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import asking, building, clustering, growing, loading, publishing
from benchmarks.attacks import hostile_contents, kills, readers
from benchmarks.localising import changes, slips
from benchmarks.mutations import running
from warehouse.process import ExitCode, carry_out

_Benchmark = Callable[[Path, float], object]
BENCHMARKS: dict[str, _Benchmark] = {
    "build": lambda folder, _: building.load_and_build(folder),
    "load": lambda folder, _: loading.load_many(folder),
    "grow": lambda folder, _: growing.grow(folder),
    "questions": lambda folder, _: asking.ask(folder),
    "disclosure": lambda folder, _: building.audit_disclosure(folder),
    "mutations": running.mutation_testing,
    "slips": slips.scattered_slips,
    "changes": changes.changed_reports,
}
"""Name → what runs it, in a folder of its own and on a share of its cases; what it returns is printed."""

ON_REQUEST: dict[str, _Benchmark] = {
    "cluster": lambda folder, _: clustering.build_in_parts(folder),
    "publish": lambda folder, _: publishing.publish_many(folder),
}
"""The same, where two free cores or several gigabytes of disk are needed; these run only where they are named."""

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
        "--share", type=_share, default=1.0, help="share of the mutants and of the clean editions, for a quick look (1)"
    )
    options = parser.parse_args(arguments)
    known = BENCHMARKS | ON_REQUEST | ATTACKS
    if unknown := sorted(set(options.names) - known.keys()):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(known)}")
    return carry_out(lambda: _run([known[name] for name in options.names or BENCHMARKS], options.share))


def _run(benchmarks: Iterable[_Benchmark], share: float) -> ExitCode:
    with tempfile.TemporaryDirectory(prefix="tiltak-bench-") as folder:
        for benchmark in benchmarks:
            print(benchmark(Path(folder), share), flush=True)
    return ExitCode.DONE


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        message = f"{text} is not a share, above 0 and up to 1"
        raise argparse.ArgumentTypeError(message)
    return share
