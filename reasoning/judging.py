"""What explains a report that breaks rules: changes of the whole of it, and sets of single figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reasoning.budget import STEPS_BESIDE_A_CHANGE, STEPS_BESIDE_MISREAD_LINES, STEPS_OF_CHANGES, Budget
from reasoning.changes import Change
from reasoning.explaining import Explained, smallest_sets
from reasoning.mending import changes_that_mend
from reasoning.misreading import FEWEST_WRONG_IN_A_LINE, misread_lines
from reasoning.printed import PrintedCell
from reasoning.rules import Interval, System


def judged(
    system: System, cells: Mapping[int, Interval], printed: Sequence[PrintedCell], accused: set[int]
) -> tuple[list[Change], Explained]:
    """Return the changes of the whole report that explain it, and its smallest sets of wrong figures.

    `accused` are cells that break a rule of their own, which no exchange mends. Where a change explains the report,
    fewer steps are spent on sets, which are another way to say it: that they are used up is no loss then. Lines are
    named as misread throughout only where no fewer figures than two a line explain the report as well.
    """
    budget = Budget()
    changes = [] if accused else changes_that_mend(system, cells, printed, budget.part(STEPS_OF_CHANGES))
    if changes:
        sets = smallest_sets(system, cells, accused, budget.part(STEPS_BESIDE_A_CHANGE))
        return changes, replace(sets, is_given_up=False)
    misread = misread_lines(system, cells, printed, accused, budget.part(STEPS_OF_CHANGES))
    if misread is None:
        return [], smallest_sets(system, cells, accused, budget)
    sets = smallest_sets(system, cells, accused, budget.part(STEPS_BESIDE_MISREAD_LINES))
    fewest = len(sets.explanations[0].cells) if sets.explanations else None
    is_simplest = fewest is None or fewest >= FEWEST_WRONG_IN_A_LINE * len(misread.lines)
    return [misread] if is_simplest else [], sets
