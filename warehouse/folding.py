"""Compare words as a reader does: without regard to case, accents and spaces."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_LONGEST_COMPARED = 80


@lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """Return `text` without case, accents and white space; å becomes a, while ø and æ stay."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not (char.isspace() or unicodedata.combining(char)))


@lru_cache(maxsize=4_096)
def is_near(folded: str, target: str, least: float) -> bool:
    """Return whether two folded words have at least the share `least` (0 to 1) of their letters in common."""
    if len(folded) > _LONGEST_COMPARED:
        return False
    return SequenceMatcher(None, folded, target, autojunk=False).ratio() >= least
