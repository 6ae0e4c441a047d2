"""Scanning noise on labels: what a bad scan does to letters, never to digits, never so that labels mix up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np

# "I alt" says what kind of row it is and a county's code which county: the noise stays off both.
_KEPT = re.compile(r"I alt$|I alt |\d+ |")
_LETTERS_FOR_A_SUBSTITUTION = 6
_ACCENTS = ("aáåä", "öø")
_FOLDED = str.maketrans("áåäöø", "aaaoo")
_LOOKALIKES = {
    **{"a": "o", "b": "h", "c": "e", "d": "a", "e": "c", "f": "t", "g": "a", "h": "b", "i": "j", "j": "i"},
    **{"k": "h", "l": "i", "m": "n", "n": "u", "o": "c", "p": "g", "q": "g", "r": "n", "s": "z", "t": "f"},
    **{"u": "n", "v": "y", "w": "v", "x": "k", "y": "v", "z": "s"},
}
# A noisy label is at least this much nearer to its own clean label than to any other.
_CLEARLY_NEARER = 2
_MOST_LETTERS_CHANGED = 1
_ATTEMPTS = 5


def fold(label: str) -> str:
    """Return the letters and digits of `label` in small letters, without accents and spaces."""
    return "".join(character for character in label.lower().translate(_FOLDED) if character.isalnum())


def edit_distance(one: str, other: str) -> int:
    """Return how many letters to insert, delete or substitute to turn `one` into `other` (Levenshtein)."""
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, other_letter in enumerate(other, start=1):
            substituted = above[column - 1] + (letter != other_letter)
            current.append(min(substituted, above[column] + 1, current[-1] + 1))
        above = current
    return above[-1]


@lru_cache(maxsize=64)
def near_labels(labels: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each label, the others (folded) so similar that noise could confuse the two."""
    reach = 2 * _MOST_LETTERS_CHANGED + _CLEARLY_NEARER
    folded = {label: fold(label) for label in labels}

    def near(one: str, other: str) -> bool:
        return abs(len(one) - len(other)) < reach and edit_distance(one, other) < reach

    return {
        label: tuple(sorted(folded[other] for other in labels if other != label and near(own, folded[other])))
        for label, own in folded.items()
    }


def _chosen(rng: np.random.Generator, positions: Iterable[int]) -> int | None:
    choices = list(positions)
    return choices[int(rng.integers(len(choices)))] if choices else None


def _replaced(name: str, position: int, character: str) -> str:
    return name[:position] + character + name[position + 1 :]


def _substituted(name: str, rng: np.random.Generator) -> str:
    if sum(character.isalpha() for character in name) < _LETTERS_FOR_A_SUBSTITUTION:
        return name
    position = _chosen(rng, (at for at, character in enumerate(name) if character in _LOOKALIKES))
    return name if position is None else _replaced(name, position, _LOOKALIKES[name[position]])


def _other_case(name: str, rng: np.random.Generator) -> str:
    starts = (match.start() for match in re.finditer(r"(?<![^\W\d_])[^\W\d_]", name))
    position = _chosen(rng, starts)
    return name if position is None else _replaced(name, position, name[position].swapcase())


def _other_accent(name: str, rng: np.random.Generator) -> str:
    accents = {letter: letters for letters in _ACCENTS for letter in letters}
    position = _chosen(rng, (at for at, character in enumerate(name) if character in accents))
    if position is None:
        return name
    others = accents[name[position]].replace(name[position], "")
    return _replaced(name, position, others[int(rng.integers(len(others)))])


def _other_spaces(name: str, rng: np.random.Generator) -> str:
    position = _chosen(rng, (at for at, character in enumerate(name) if character in " /"))
    return name if position is None else f"{name[: position + 1]} {name[position + 1 :]}"


_KINDS: tuple[Callable[[str, np.random.Generator], str], ...] = (
    _substituted,
    _other_case,
    _other_accent,
    _other_spaces,
)


def noisy(label: str, near: tuple[str, ...], rng: np.random.Generator) -> str:
    """Return `label` with one or two kinds of noise, and at most one letter substituted.

    `near` is the label's entry in `near_labels`. The result is clearly nearer to `label` than to any of
    those; where no noise leaves it so, and for a bare "I alt", the label comes back clean.
    """
    match = _KEPT.match(label)
    kept = match.group() if match else ""
    own = fold(label)
    for _ in range(_ATTEMPTS):
        name = label[len(kept) :]
        for kind in rng.permutation(len(_KINDS))[: int(rng.integers(1, 3))]:
            name = _KINDS[kind](name, rng)
        result = kept + name
        folded = fold(result)
        limit = edit_distance(folded, own) + _CLEARLY_NEARER if near else 0
        if result != label and all(edit_distance(folded, other) >= limit for other in near):
            return result
    return label
