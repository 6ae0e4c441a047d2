"""Ask HiGHS, a solver for integer programmes, what trying could not decide."""

from __future__ import annotations

from reasoning.searching import Domains, System


class SolverError(RuntimeError):
    """The solver gave no answer, or one that does not satisfy the rules."""


def solve(system: System, domains: Domains, *, cell: int | None = None, sense: int = 1) -> dict[int, int] | None:
    """Return whole numbers that satisfy every rule, or None where there are none.

    With a `cell`, its value is the smallest possible (`sense` 1) or the largest (`sense` -1). What the solver
    returns is checked in whole numbers. Raises SolverError where it gives up or that check fails.
    """
    import highspy  # a tenth of a second, which most systems do not need

    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_feasibility_tolerance", 1e-9)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)
    columns = {name: column for column, name in enumerate(system.rules_of)}
    for name, column in columns.items():
        lower, upper = domains[name]
        highs.addVar(float(lower), float(upper))
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    if cell is not None:
        highs.changeColCost(columns[cell], float(sense))
    for rule in system.rules.values():
        places = [columns[name] for name in rule.coefficients]
        factors = [float(factor) for factor in rule.coefficients.values()]
        highs.addRow(float(rule.lower), float(rule.upper), len(places), places, factors)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        message = f"HiGHS stopped without an answer: {highs.modelStatusToString(status)}"
        raise SolverError(message)
    found = highs.getSolution().col_value
    values = {name: round(found[column]) for name, column in columns.items()}
    within = all(domains[name][0] <= value <= domains[name][1] for name, value in values.items())
    if not within or not system.is_solved_by(values):
        message = "HiGHS answered with numbers that do not satisfy the rules"
        raise SolverError(message)
    return values
