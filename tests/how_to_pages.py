"""The pages of `docs/how-to/` as steps: what they say to write into files, and what they say to type."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PART = re.compile(
    r"<!-- given: (?P<given>.+?) -->"
    r"|^(?P<indent> *)```(?P<language>\w+)(?P<words>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$",
    flags=re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the page takes for granted, such as a file in the inbox."""

    what: str


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write or change: create or append `text`, put it after the line with `place`, or replace `place`."""

    path: str
    verb: str
    place: str
    text: str

    def make(self, project: Path) -> None:
        """Change the project as the page says. Raises ValueError where that cannot be done to the letter."""
        file = project / self.path
        if self.verb == "create":
            if file.exists():
                raise ValueError(f"{self.path} is there already")
            file.write_text(self.text, encoding="utf-8")
            return
        old = file.read_text(encoding="utf-8")
        if self.verb == "append":
            new = old + self.text
        elif self.verb == "after":
            lines = old.splitlines(keepends=True)
            [found] = [number for number, line in enumerate(lines) if self.place in line][:1]
            new = "".join([*lines[: found + 1], self.text, *lines[found + 1 :]])
        elif self.verb == "replace" and old.count(self.place) == 1:
            new = old.replace(self.place, self.text.rstrip("\n"))
        else:
            raise ValueError(f"{self.path}: cannot {self.verb} {self.place!r}")
        file.write_text(new, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines to type into a shell, the last of which fails if the page says so."""

    lines: tuple[str, ...]
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A query on the readers' file."""

    sql: str


def steps(page: Path) -> Iterator[Given | Change | Commands | Query]:
    """Yield the steps of a page in their order. Raises ValueError for a code block that says nothing to do."""
    for part in _PART.finditer(page.read_text(encoding="utf-8")):
        if part["given"]:
            yield Given(part["given"])
            continue
        text = textwrap.indent(part["text"], "").replace(f"\n{part['indent']}", "\n").removeprefix(part["indent"])
        words = shlex.split(part["words"])
        if part["language"] == "sh" and words in ([], ["fails"]):
            yield Commands(tuple(text.splitlines()), bool(words))
        elif part["language"] == "sql" and not words:
            yield Query(text)
        elif len(words) in (2, 3):
            yield Change(words[0], words[1], words[2] if len(words) == 3 else "", text)
        else:
            raise ValueError(f"{page.name}: {part['language']}{part['words']} says nothing to do")
