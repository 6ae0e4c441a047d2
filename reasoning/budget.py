"""How long reasoning about one report may take, counted in steps, so that what is said of it depends on no clock."""

from __future__ import annotations

STEPS_OF_A_REPORT = 300_000
"""About a second's worth, for all questions together. Dozens of wrong figures take all of it, one hardly any."""

STEPS_OF_CHANGES = 100_000
"""Of these, at most so many go into changes of the report as a whole."""

STEPS_BESIDE_A_CHANGE = 10_000
"""For sets of cells in a report that one change as a whole explains."""

STEPS_BESIDE_MISREAD_LINES = 50_000
"""The same where lines are wrong throughout: to know which of their figures are certain is worth more."""

STEPS_OF_A_SET = 3
"""Working out what fewest cells hit some conflicts costs so many steps for each of them, as against one rule."""

SETS_TRIED_IN_A_STEP = 3
"""Trying one cell more costs a step for so many conflicts that it might hit."""

SETS_EXCHANGED_IN_A_STEP = 75
"""The same for exchanging two cells that hit them for two others."""

STEPS_OF_A_CELL = 300
"""A question to the solver costs so many steps for each cell in it."""

NODES_OF_A_QUESTION = 200
"""Branches that the solver may try for one question; nearly all are answered before the first."""

STEPS_OF_TRYING = 6_000
"""What fewest cells hit conflicts that hang together is tried for so long before the solver is asked."""

STEPS_OF_A_COVER = 700
"""Asking it costs so many steps, besides what it does."""

STEPS_OF_AN_ITERATION = 40
"""The solver's own steps cost so many of ours."""

NODES_OF_A_COVER = 20
"""Branches that the solver may try for one such question."""


class GaveUpError(Exception):
    """The steps of a report are used up, and nothing is proven."""


class Budget:
    """The steps that are left to a report."""

    def __init__(self, steps: int = STEPS_OF_A_REPORT, whole: Budget | None = None) -> None:
        """Begin with so many steps, which may be part of a `whole`."""
        self.left = steps
        self._whole = whole

    def part(self, most: int) -> Budget:
        """Return at most so many of the steps that are left. What is spent of them is spent of these as well."""
        return Budget(min(most, self.left), self)

    def spend(self, steps: int) -> None:
        """Use up steps. Raises GaveUpError where fewer are left."""
        self.left -= steps
        whole = self._whole
        while whole is not None:
            whole.left -= steps
            whole = whole._whole
        if self.left < 0:
            raise GaveUpError
