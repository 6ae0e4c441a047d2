"""How long reasoning about one report may take, counted in steps, so that what is said of it depends on no clock."""

from __future__ import annotations

STEPS_OF_A_REPORT = 150_000
"""One to two seconds' worth. Dozens of wrong figures take all of it, one hardly any."""

STEPS_BESIDE_A_CHANGE = 5_000
"""For sets of cells in a report that one change as a whole explains."""

STEPS_BESIDE_MISREAD_LINES = 50_000
"""The same where lines are wrong throughout: to know which of their figures are certain is worth more."""

SETS_OF_A_STEP = 1
"""Working out what fewest cells hit some conflicts costs a step for so many of them, as against looking at one rule."""

SETS_TRIED_IN_A_STEP = 4
"""Trying one cell more costs a step for so many conflicts that it might hit."""

SETS_EXCHANGED_IN_A_STEP = 100
"""The same for exchanging two cells that hit them for two others."""

STEPS_OF_A_CELL = 300
"""A question to the solver costs so many steps for each cell in it."""

NODES_OF_A_QUESTION = 200
"""Branches that the solver may try for one question; nearly all are answered before the first."""

STEPS_OF_TRYING = 2_000
"""What fewest cells hit conflicts that hang together is tried for so long before the solver is asked."""

STEPS_OF_A_COVER = 500
"""Asking it costs so many steps, besides what it does."""

STEPS_OF_AN_ITERATION = 20
"""The solver's own steps cost so many of ours."""

NODES_OF_A_COVER = 3
"""Branches that the solver may try for one such question."""


class GaveUpError(Exception):
    """The steps of a report are used up, and nothing is proven."""


class Budget:
    """The steps that are left to a report."""

    def __init__(self, steps: int = STEPS_OF_A_REPORT) -> None:
        """Begin with so many steps."""
        self.left = steps

    def spend(self, steps: int) -> None:
        """Use up steps. Raises GaveUpError where fewer are left."""
        self.left -= steps
        if self.left < 0:
            raise GaveUpError
