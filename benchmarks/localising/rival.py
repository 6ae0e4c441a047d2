"""How others repair figures by totals: from patterns among the totals that fail.

IPUMS IHGIS repairs census tables read by machines so: where all failing totals of a cell ask for the same change, the
cell is changed. It knows no stars; with `is_exact` it looks at sums without any, otherwise at all rules, as intervals.
"""

from __future__ import annotations

from tests.reasoning.printed_report import PrintedReport

_FEWEST_FAILING = 2


def repairs(report: PrintedReport, *, is_exact: bool) -> dict[int, int]:
    """Return the cells that would be changed, each with its new number."""
    asked: dict[int, list[tuple[int, int]]] = {}
    for rule in report.system.rules.values():
        least, greatest = rule.least_and_greatest_sum(report.cells)
        if is_exact and (least < greatest or rule.lower < rule.upper):
            continue
        if least > rule.upper or greatest < rule.lower:
            for cell, factor in rule.coefficients.items():
                # The change of the cell by which the sum comes to lie within the limits, whatever its stars are.
                ends = ((rule.lower - greatest) / factor, (rule.upper - least) / factor)
                asked.setdefault(cell, []).append((-int(-min(ends) // 1), int(max(ends) // 1)))
    found = {}
    for cell, changes in asked.items():
        lower, upper = max(ends[0] for ends in changes), min(ends[1] for ends in changes)
        number = report.cells[cell][0]
        if len(changes) >= _FEWEST_FAILING and lower == upper and report.cells[cell][0] == report.cells[cell][1]:
            found[cell] = number + lower
    return found
