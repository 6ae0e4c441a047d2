"""Pages of the site as trees of elements, read with the parser of the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import duckdb

from publishers.site.publishing import write_site

_VOID = {"meta", "link", "br", "input", "img", "hr"}
NUMBER = re.compile(r"\d[\d\u00a0–]*")
"""A number with its thousands apart, or an interval such as 0–3."""


@dataclass
class Element:
    """An element with its attributes, and what stands in it in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all in it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements in it of a tag that have these attributes; `class_` is one of the classes."""
        kind = attributes.pop("class_", None)
        return [
            element
            for element in self.walk()
            if element.tag == tag
            and (kind is None or kind in element.attributes.get("class", "").split())
            and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def text(self, *, without: tuple[str, ...] = ()) -> str:
        """Return what is written in it, but not in elements of the tags `without`."""
        parts = [
            child if isinstance(child, str) else "" if child.tag in without else child.text(without=without)
            for child in self.children
        ]
        return re.sub(r"[ \n]+", " ", " ".join(parts)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._open[-1].children.append(data.strip("\n "))


def read_page(path: Path) -> Element:
    """Return a page, in which each element is closed by its own tag."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.root


def pages(site: Path) -> list[Path]:
    """Return all pages of a site."""
    return sorted(site.rglob("*.html"))


def rows(table: Element) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the cells of a table by row and column: their text, and the address that they link to."""
    columns = [header.text() for header in table.all("thead")[0].all("th")][1:]
    cells = {}
    for row in table.all("tbody")[0].all("tr"):
        name = row.all("th")[0].text()
        data = row.all("td")
        assert len(data) == len(columns), name
        for column, cell in zip(columns, data, strict=True):
            links = cell.all("a")
            cells[name, column] = (cell.text(), links[0].attributes["href"] if links else "")
    return cells


def written(database: Path, folder: Path) -> Path:
    """Write the site of a build, or of a published file, into a folder and return the folder."""
    with duckdb.connect(database, read_only=True) as tables:
        write_site(tables, folder, database)
    return folder
