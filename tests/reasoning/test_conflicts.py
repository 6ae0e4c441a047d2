"""Which cells cannot all be right, where no rule fails by itself."""

from __future__ import annotations

from reasoning.budget import Budget
from reasoning.conflicts import Conflicts
from reasoning.rules import Rule
from tests.reasoning.tables import table


def test_rules_that_fail_together_only_are_a_conflict_of_the_cells_that_could_mend_them() -> None:
    """The star 1 would have to be 3 in the first sum and 0 in the second: no other number there helps."""
    stars = table(
        {0: (3, 3), 1: (0, 3), 2: (5, 5), 3: (5, 5)}, Rule({0: -1, 1: 1}, 0, 0), Rule({1: 1, 2: 1, 3: -1}, 0, 0)
    )
    conflicts = Conflicts(*stars, (0, 100), Budget())
    assert conflicts.among_closed([]) == [{0, 2, 3}]
    assert conflicts.among_closed([2]) == []
