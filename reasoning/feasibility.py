"""Whether any whole numbers satisfy all rules at once."""

from __future__ import annotations

from collections.abc import Mapping

from reasoning.budget import NODES_OF_A_QUESTION, STEPS_OF_A_CELL, Budget
from reasoning.propagation import narrow
from reasoning.rules import Interval, System
from reasoning.searching import find_witness
from reasoning.solver import SolverError, solve


def contradictory_cells(system: System, cells: Mapping[int, Interval], budget: Budget) -> set[int]:
    """Return the open cells of each part of the rules that no numbers satisfy. Raises GaveUpError."""
    parts = system.parts(dict(cells))
    return {cell for part, within in parts if not is_satisfiable(part, within, budget) for cell in within}


def is_satisfiable(system: System, cells: Mapping[int, Interval], budget: Budget) -> bool:
    """Say whether whole numbers exist that satisfy all rules. Exact: propagation, a witness, or the solver.

    Only a proof of the contrary makes this False: where the solver gives up, nothing is held against the report. Raises
    GaveUpError where the steps of the report are used up before.
    """
    bounds = dict(cells)
    if narrow(system, bounds, budget=budget) is not None:
        return False
    for part, within in system.parts(bounds):
        try:
            if find_witness(part, within, budget) is None:
                budget.spend(STEPS_OF_A_CELL * len(within))
                if solve(part, within, nodes=NODES_OF_A_QUESTION) is None:
                    return False
        except SolverError:
            continue
    return True
