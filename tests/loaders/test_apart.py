"""A file that takes too much, or breaks its reader, ends a process of its own and is no more than unreadable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loaders.formats.apart import Limits, UnreadableError, answer_apart

LIMITS = Limits(seconds=30, memory=400_000_000)
MODULE = "tests.loaders.odd_answers"


def test_an_answer_comes_with_the_bytes_that_follow_it() -> None:
    said, rest = answer_apart(MODULE, "ø\nå".encode(), LIMITS)
    assert said == {"read": "ø\nå", "limits": [[30, 30], [0, 0]]}
    assert rest == b"a line\nand another"


@pytest.mark.parametrize("content", [b"take memory", b"end", b"break"])
def test_a_process_that_ends_without_an_answer_has_read_nothing(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        answer_apart(MODULE, content, LIMITS)


def test_a_file_that_takes_too_long_is_unreadable() -> None:
    with pytest.raises(UnreadableError):
        answer_apart(MODULE, b"work for ever", replace(LIMITS, seconds=1))
