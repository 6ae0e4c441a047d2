"""Labels and headings that a report prints often are read rightly most often: the usual reading stands for rare ones.

As with digits, the report teaches its own reader. Only letters are mended, never digits, and only where few letters
differ from a text that is read so much more often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_LEAST_OFTEN = 3
"""Times that the usual text is read, and times as often as the rare one."""
_LETTERS_PER_MISTAKE = 12
_SHORTEST = 4
"""Letters."""
_TOTAL = re.compile(r"\S{0,2} ?alt(?=\s|$)")
"""How "I alt" is read, which begins the label of each total: as a bar, a t, an h, or without its first letter."""
_IN_ALL = re.compile(r"[Il1|!] alt")


def is_in_all(text: str) -> bool:
    """Return whether a text is "I alt", its first letter perhaps read as one that looks like it."""
    return _IN_ALL.fullmatch(text) is not None


def usual_texts(texts: Iterable[str]) -> dict[str, str]:
    """Return, for each text that is a rare reading of a usual one, the usual one."""
    some = list(texts)
    totals = {text: _TOTAL.sub("I alt", text, count=1) for text in some if _TOTAL.match(text)}
    counts = Counter(totals.get(text, text) for text in some)
    often = [(text, count) for text, count in counts.most_common() if count >= _LEAST_OFTEN]
    usual: dict[str, str] = {}
    for text, count in counts.items():
        bare = _bare(text)
        if len(bare) < _SHORTEST:
            # Short texts are mended in their spaces only.
            spaced = next((other for other, other_count in often if _bare(other) == bare and other_count > count), None)
            if spaced:
                usual[text] = spaced
            continue
        most = 1 + len(bare) // _LETTERS_PER_MISTAKE
        near = [
            other
            for other, other_count in often
            if other_count >= _LEAST_OFTEN * count
            and abs(len(_bare(other)) - len(bare)) <= most
            and _digits(other) == _digits(text)
            and _distance(bare, _bare(other), most) <= most
        ]
        if len({_bare(other).lower() for other in near}) == 1:
            usual[text] = near[0]
    for text, total in totals.items():
        if (mended := usual.get(total, total)) != text:
            usual[text] = mended
    return usual


def _bare(text: str) -> str:
    return "".join(text.split())


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be put in, taken out or changed; any number above `most` where it is more."""
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, start=1):
        before, row[0] = row[0], place
        for column, other_char in enumerate(other, start=1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (char != other_char))
        if min(row) > most:
            return most + 1
    return row[-1]
