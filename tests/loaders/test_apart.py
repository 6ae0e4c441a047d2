"""A file that takes too much, or breaks its reader, ends a process of its own and is no more than unreadable."""

from __future__ import annotations

import pytest

from loaders.formats.apart import Limits, UnreadableError, answer_apart

LIMITS = Limits(seconds=1, memory=600_000_000)
MODULE = "tests.loaders.odd_answers"


def test_an_answer_comes_with_the_bytes_that_follow_it() -> None:
    said, rest = answer_apart(MODULE, "ø\nå".encode(), LIMITS)
    assert said == {"read": "ø\nå", "limits": [[1, 1], [0, 0]]}
    assert rest == b"a line\nand another"


@pytest.mark.parametrize("content", [b"work for ever", b"take memory", b"end", b"break"])
def test_a_process_that_ends_without_an_answer_has_read_nothing(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        answer_apart(MODULE, content, LIMITS)
