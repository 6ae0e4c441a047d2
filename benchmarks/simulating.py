"""A million reports on clusters of many sizes, computed from what a report and a part cost when they were measured."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

REPORTS = 1_000_000
CLUSTERS = (1, 10, 100, 1_000)
"""Workers, each with a core of its own."""
_SPREAD = 0.25
"""Standard deviation of the logarithm of how much longer a part takes on one machine than on another."""
_SLOW_SHARE, _SLOWER = 0.01, 5.0
"""One part of a hundred is on a machine that takes five times as long."""
_FAILING_SHARE = 0.02
"""Of attempts that end half-way, with their worker."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured, in seconds of processor time."""

    per_report: float
    per_part: float
    """Whatever its number of reports."""
    driver_per_report: float
    """Reading its period."""
    driver_per_part: float
    """Checking, linking and finishing."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A million reports in parts of one size on a cluster of one size."""

    workers: int
    parts: int
    hours: float
    processor_hours: float

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.workers:>5,} workers, {self.parts:>6,} parts: {self.hours:8.2f} h, "
            f"{self.processor_hours:6.1f} processor hours, {self.processor_hours / self.hours / self.workers:4.0%} busy"
        )


def simulate(costs: Costs, reports_per_part: int, workers: int, seed: int = 1) -> Simulated:
    """Return what building all reports takes; a part whose worker ends is built from the start by the next free one."""
    chance = np.random.default_rng(seed)
    parts = -(-REPORTS // reports_per_part)
    seconds = (costs.per_part + costs.per_report * reports_per_part) * np.exp(chance.normal(0, _SPREAD, parts))
    seconds *= np.where(chance.random(parts) < _SLOW_SHARE, _SLOWER, 1)
    attempts = [*seconds, *(seconds[chance.random(parts) < _FAILING_SHARE] / 2)]
    free = [0.0] * workers
    for duration in chance.permutation(attempts):
        heapq.heapreplace(free, free[0] + float(duration))
    work = float(sum(attempts))
    driver = costs.driver_per_report * REPORTS + costs.driver_per_part * parts
    return Simulated(workers, parts, (max(free) + driver) / 3600, (work + driver) / 3600)
