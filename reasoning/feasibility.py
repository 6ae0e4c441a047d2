"""Whether any whole numbers satisfy all rules at once."""

from __future__ import annotations

from collections.abc import Mapping

from reasoning.propagation import narrow
from reasoning.rules import Interval, System
from reasoning.searching import find_witness
from reasoning.solver import SolverError, solve

_SECONDS = 10.0
"""What a build leaves the solver for one question."""


def contradictory_cells(system: System, cells: Mapping[int, Interval]) -> set[int]:
    """Return the open cells of each part of the rules that no numbers satisfy."""
    parts = system.parts(dict(cells))
    return {cell for part, within in parts if not is_satisfiable(part, within) for cell in within}


def is_satisfiable(system: System, cells: Mapping[int, Interval]) -> bool:
    """Say whether whole numbers exist that satisfy all rules. Exact: propagation, a witness, or the solver.

    Only a proof of the contrary makes this False: where the solver gives up, nothing is held against the report.
    """
    bounds = dict(cells)
    if narrow(system, bounds) is not None:
        return False
    for part, within in system.parts(bounds):
        try:
            if find_witness(part, within) is None and solve(part, within, seconds=_SECONDS) is None:
                return False
        except SolverError:
            continue
    return True
