"""Steps that are spent of a part are spent of the whole."""

from __future__ import annotations

import pytest

from reasoning.budget import Budget, GaveUpError


def test_a_part_is_spent_of_the_whole_and_has_no_more_than_that() -> None:
    whole = Budget(100)
    part = whole.part(30)
    part.spend(30)
    assert whole.left == 70
    with pytest.raises(GaveUpError):
        part.spend(1)
    assert whole.part(1_000).left == whole.left == 69


def test_a_part_of_a_part_is_spent_of_all() -> None:
    whole = Budget(100)
    whole.part(50).part(20).spend(20)
    assert whole.left == 80
