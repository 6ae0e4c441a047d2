"""Labels of a scan: what noise makes of their numbers, and of "I alt", is mended where two readings agree."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from loaders.formats.scan.decisions import decided
from loaders.formats.scan.readings import ReadLine, ReadPage, ReadRun, is_letter_for_number
from loaders.formats.scan.tesseract import ReadWord


def words_of(text: str) -> tuple[ReadWord, ...]:
    """Return the words of a text, each letter ten dots wide."""
    words, left = [], 0
    for word in text.split(" "):
        words.append(ReadWord(word, left, left + 10 * len(word)))
        left += 10 * (len(word) + 1)
    return tuple(words)


def texts(*read: tuple[str, str]) -> list[str]:
    """Return what becomes of texts that Tesseract reads so in its two pictures."""
    runs = [ReadRun((), (), first, second, words_of(first), words_of(second)) for first, second in read]
    lines = tuple(ReadLine(100.0 * place, 30.0, (run,)) for place, run in enumerate(runs, start=1))
    [page] = decided([ReadPage(1, 2_480, 3_508, 0.0, 300.0, lines)])
    return [" ".join(word.text for word in line.words) for line in page]


def alike(*read: str) -> list[tuple[str, str]]:
    return [(text, text) for text in read]


def test_the_number_of_a_mended_label_stays_where_both_readings_have_it() -> None:
    usual = alike(*["34 Innlandet"] * 3)
    assert texts(*usual, ("34 Inniandet", "34 Innlandet"))[-1] == "34 Innlandet"
    assert texts(*usual, ("34 Inniandet", "84 Innlandet"))[-1] == "\ufffd\ufffd Innlandet"


@pytest.mark.parametrize("read", ["1 alt oppfølging", "l alt oppfølging", "| alt oppfølging"])
def test_the_first_letter_of_in_all_is_no_one(read: str) -> None:
    assert texts(("I alt oppfølging", read)) == ["I alt oppfølging"]
    assert texts(*alike(*["I alt oppfølging"] * 3), (read, read))[-1] == "I alt oppfølging"
    assert texts((read, "I alt oppfølging")) == ["I alt oppfølging"]


@pytest.mark.parametrize(
    ("text", "letter", "expected"),
    [
        ("tallene er mindre enn å med spesialtegn", "å", True),
        ("verdier under å erstattes", "å", True),
        ("lang over å år", "å", True),
        ("valgt å erstatte", "å", False),
        ("mindre enn fire med", "fire", False),
        ("mindre enn 4 med", "4", False),
        ("å sikre", "å", False),
    ],
)
def test_a_letter_stands_for_a_number_where_one_must_be(text: str, letter: str, *, expected: bool) -> None:
    words: Sequence[ReadWord] = words_of(text)
    place = [word.text for word in words].index(letter)
    assert is_letter_for_number(words, place) == expected
