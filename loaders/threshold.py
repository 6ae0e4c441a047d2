"""The statement, in a report's text, below which number its figures are suppressed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.errors import Complaints, Problem

_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "sju": 7, "åtte": 8, "ni": 9, "ti": 10,
}  # fmt: skip
_NUMBER = rf"([0-9]{{1,9}}|{'|'.join(_WORDS)})"
# "… verdier i celler hvor tallene er mindre enn 4 med spesialtegn «*»": the publisher decides threshold and wording per
# edition. Lines may break anywhere between words. Only a sentence about numbers counts, "under 25 år" does not.
_ABOUT_NUMBERS = r"\b(?:tal(?:l\w*|a|et)|antall\w*|verdi\w*|celle\w*\s+med)\s+(?:som\s+)?(?:er\s+|på\s+|fra\s+)*"
_STATEMENT = re.compile(
    rf"{_ABOUT_NUMBERS}(?:"
    rf"(?:mindre\s+enn|færre\s+enn|lavere\s+enn|under)\s+{_NUMBER}\b"
    rf"|{_NUMBER}\s+eller\s+(?:færre|mindre|lavere)\b"
    rf"|(?:0|1|null|en|én)\s*(?:[-–—]|til(?:\s+og\s+med)?|og|t\.?o\.?m\.?)\s*{_NUMBER}\b(?!\s*(?:år|måned|prosent|%)))",
    re.IGNORECASE,
)
_SANE = range(2, 101)
_EXAMPLE = "a sentence such as: celler hvor tallene er mindre enn 4"


def read_threshold(text_lines: Sequence[tuple[int, str]], complaints: Complaints) -> int:
    """Return the number below which figures are `*`; `text_lines` are (line number, text) outside tables.

    Complains if the report does not say it, says two different ones, or one that cannot be meant; then
    returns 0.
    """
    text = "\n".join(line for _, line in text_lines)
    statements = [
        (text_lines[text.count("\n", 0, match.start(match.lastindex or 0))][0], _threshold(match))
        for match in _STATEMENT.finditer(text)
    ]
    if not statements:
        found = "no statement of the number below which figures are suppressed"
        complaints.add(None, Problem(found, _EXAMPLE, "restore the report's first page"))
        return 0
    first_line, threshold = statements[0]
    for line, other in statements:
        if other not in _SANE:
            found = f"the suppression threshold {other}"
            expected = f"a number from {_SANE[0]} to {_SANE[-1]}"
            complaints.add(line, Problem(found, expected, "restore the number that the report prints"))
        elif other != threshold:
            found = f"the suppression threshold {other}"
            expected = f"{threshold}, as in line {first_line}"
            complaints.add(line, Problem(found, expected, "restore the number that the report prints"))
    return threshold


def _threshold(match: re.Match[str]) -> int:
    """Return the number below which figures are suppressed: "under 4", "3 eller færre" and "1 til 3" all mean 4."""
    below, *largest_suppressed = match.groups()
    number = next(text for text in (below, *largest_suppressed) if text)
    value = int(number) if number.isdigit() else _WORDS[number.lower()]
    return value if below else value + 1
