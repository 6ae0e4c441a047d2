"""The integer-program solver HiGHS.

Importing it costs more than a build's other reasoning, so nothing here is imported before a question has come up that
only a solver can answer.
"""

from __future__ import annotations

import highspy
import numpy as np

from reasoning.rules import Interval, Rules

_SECONDS = 10.0
_TOLERANCE = 1e-7


def is_satisfiable(rules: Rules) -> bool:
    """Say whether whole numbers exist that satisfy all rules.

    Only a proof of the contrary makes this False: where the solver gives up, nothing is held against the report.
    """
    cells = list(rules.cells)
    solution = _solve(
        [rules.cells[cell] for cell in cells],
        [0.0] * len(cells),
        *_rows(rules, {cell: column for column, cell in enumerate(cells)}),
    )
    return solution is None or len(solution) > 0


def smallest_sets(rules: Rules, changeable: set[int], accused: set[int], open_upper: int, most: int) -> list[set[int]]:
    """Return up to `most` smallest sets of cells that explain every violated rule when they are opened together.

    This is error localisation after Fellegi and Holt: an indicator per cell says whether it may leave its bounds,
    and as few as possible do. Only `changeable` cells may; those `accused` already are in every set.
    """
    cells = list(rules.cells)
    column = {cell: number for number, cell in enumerate(cells)}
    indicator = {cell: len(cells) + number for number, cell in enumerate(cells) if cell in changeable}
    bounds = [(0, open_upper) if cell in changeable else rules.cells[cell] for cell in cells]
    bounds += [(1 if cell in accused else 0, 1) for cell in indicator]
    limits, rows = _rows(rules, column)
    for cell, switch in indicator.items():
        lower, upper = rules.cells[cell]
        limits += [(-_INFINITY, upper), (lower, _INFINITY)]
        rows += [{column[cell]: 1, switch: upper - open_upper}, {column[cell]: 1, switch: lower}]
    costs = [0.0] * len(cells) + [1.0] * len(indicator)
    found: list[set[int]] = []
    while len(found) < most:
        solution = _solve(bounds, costs, limits, rows)
        if not solution:
            break
        opened = {cell for cell, switch in indicator.items() if solution[switch]}
        values = {cell: solution[column[cell]] for cell in cells}
        if not rules.with_cells(dict.fromkeys(opened, (0, open_upper))).are_satisfied_by(values):
            break
        if found and len(opened) > len(found[0]):
            break
        found.append(opened)
        limits.append((-_INFINITY, len(opened) - 1))
        rows.append({indicator[cell]: 1 for cell in opened})
    return found


_INFINITY = 10**12


def _rows(rules: Rules, column: dict[int, int]) -> tuple[list[Interval], list[dict[int, int]]]:
    rows: dict[int, dict[int, int]] = {rule: {} for rule in rules.limits}
    for term in rules.terms:
        rows[term.rule][column[term.cell]] = term.coefficient
    return list(rules.limits.values()), list(rows.values())


def _solve(
    bounds: list[Interval], costs: list[float], limits: list[Interval], rows: list[dict[int, int]]
) -> list[int] | None:
    """Return a cheapest solution in whole numbers, an empty list if there is none, None if the solver gave up."""
    model = highspy.HighsLp()
    model.num_col_ = len(bounds)
    model.num_row_ = len(rows)
    model.col_cost_ = np.array(costs)
    model.col_lower_ = np.array([lower for lower, _ in bounds], float)
    model.col_upper_ = np.array([upper for _, upper in bounds], float)
    model.row_lower_ = np.array([-np.inf if lower == -_INFINITY else lower for lower, _ in limits])
    model.row_upper_ = np.array([np.inf if upper == _INFINITY else upper for _, upper in limits])
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(bounds)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)])
    model.a_matrix_.index_ = np.array([column for row in rows for column in row], np.int32)
    model.a_matrix_.value_ = np.array([value for row in rows for value in row.values()], float)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", _SECONDS)
    solver.setOptionValue("mip_feasibility_tolerance", _TOLERANCE)
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return []
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    return [round(value) for value in solver.getSolution().col_value]
