"""`make bench`: print every figure, each a ratio of two things timed in turn in this run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import building, loading


def main() -> None:
    """Run all benchmarks in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tiltak-bench-") as folder:
        for benchmark in (building.load_and_build, loading.load_many):
            print(benchmark(Path(folder)), flush=True)


if __name__ == "__main__":
    main()
