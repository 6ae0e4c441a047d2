"""The statement, in a report's text, below which number its figures are suppressed."""

import re
from collections.abc import Sequence

from warehouse.errors import Complaints, Problem

# "… verdier i celler hvor tallene er mindre enn 4 med spesialtegn «*»": the publisher decides the threshold
# per edition. Lines may break anywhere between words. Only a sentence about numbers counts, "under 25 år"
# does not.
_STATEMENT = re.compile(
    r"\b(?:tall\w*|antall\w*|verdi\w*)\s+(?:som\s+)?er\s+(?:mindre\s+enn|færre\s+enn|lavere\s+enn|under)\s+([0-9]{1,9})\b",
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
        (text_lines[text.count("\n", 0, match.start(1))][0], int(match.group(1))) for match in _STATEMENT.finditer(text)
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
