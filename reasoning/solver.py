"""The integer-program solver HiGHS, which decides what propagation and trying leave open."""

from __future__ import annotations

from collections.abc import Mapping

from reasoning.budget import STEPS_OF_AN_ITERATION, Budget
from reasoning.rules import Bounds, System


class SolverError(RuntimeError):
    """The solver gave no answer, or one that does not satisfy the rules."""


def solve(
    system: System,
    bounds: Bounds,
    costs: Mapping[int, int] | None = None,
    nodes: int | None = None,
    budget: Budget | None = None,
) -> dict[int, int] | None:
    """Return whole numbers for all cells in rules that satisfy every rule, or None where there are none.

    With `costs` per unit of a cell, which may be negative, no other such numbers cost less. What the solver returns
    is checked in whole numbers; that there is nothing, or nothing cheaper, rests on the solver. Raises SolverError
    where it gives up, which it does after so many `nodes` of its search, or where that check fails; GaveUpError where
    its own steps use up those of the `budget`.
    """
    # Importing both takes longer than all else that a build reasons, and few questions come this far.
    import highspy
    import numpy as np

    cells = list(system.rules_of)
    columns = {cell: column for column, cell in enumerate(cells)}
    rules = list(system.rules.values())
    model = highspy.HighsLp()
    model.num_col_ = len(cells)
    model.num_row_ = len(rules)
    model.col_cost_ = np.array([(costs or {}).get(cell, 0) for cell in cells], float)
    model.col_lower_ = np.array([bounds[cell][0] for cell in cells], float)
    model.col_upper_ = np.array([bounds[cell][1] for cell in cells], float)
    model.row_lower_ = np.array([rule.lower for rule in rules], float)
    model.row_upper_ = np.array([rule.upper for rule in rules], float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(cells)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(rule.coefficients) for rule in rules)])
    model.a_matrix_.index_ = np.array([columns[cell] for rule in rules for cell in rule.coefficients], np.int32)
    model.a_matrix_.value_ = np.array([factor for rule in rules for factor in rule.coefficients.values()], float)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    # A limit of time would let the clock decide what is said of a report.
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
    if budget is not None:
        # What is begun is not interrupted, and a restart takes as long again.
        highs.setOptionValue("mip_allow_restart", False)
    highs.setOptionValue("threads", 1)
    # A tighter one than that of the linear programs inside makes HiGHS overlook solutions.
    highs.setOptionValue("mip_feasibility_tolerance", 1e-7)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)  # costs are whole numbers
    highs.passModel(model)
    highs.run()
    if budget is not None:
        budget.spend(STEPS_OF_AN_ITERATION * highs.getInfo().simplex_iteration_count)
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        message = f"HiGHS stopped without an answer: {highs.modelStatusToString(status)}"
        raise SolverError(message)
    values = {cell: round(value) for cell, value in zip(cells, highs.getSolution().col_value, strict=True)}
    if not system.is_satisfied_by(values, {cell: bounds[cell] for cell in cells}):
        message = "HiGHS answered with numbers that do not satisfy the rules"
        raise SolverError(message)
    return values
