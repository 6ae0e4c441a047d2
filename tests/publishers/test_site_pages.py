"""The site's pages hang together, ask nobody for anything, are small, and can be read without a pointer or eyes."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from publishers.commands import main
from publishers.site.publishing import write_site
from publishers.site.scales import color_class, round_step, ticks
from publishers.site.tiles import TILES, label_lines
from tests.database_files import query
from tests.publishers.site_pages import pages, read_page
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="module")
def site(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_build.build_database, tmp_path_factory.mktemp("site"))


def written(database: Path, folder: Path) -> Path:
    with duckdb.connect(database, read_only=True) as tables:
        write_site(tables, folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_no_link_is_dead_and_each_page_is_reached_from_the_first(site: Path) -> None:
    trees = {path: read_page(path) for path in pages(site)}
    anchors = {path: {element.attributes.get("id") for element in tree.walk()} for path, tree in trees.items()}
    reached, waiting = set(), [site / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for link in trees[path].all("a"):
            address = link.attributes["href"]
            if re.match(r"https?://", address):
                continue
            name, _, anchor = address.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target in trees, f"{path.name} links to {address}"
            assert not anchor or anchor in anchors[target], f"{path.name} links to {address}"
            waiting.append(target)
    assert reached == set(trees)


def test_each_line_of_the_report_is_reached_from_a_link(site: Path, sample_build: Warehouse) -> None:
    """From a figure on another page where there is one; a copy of a total is reached from its own line's number."""
    lines = {line for (line,) in query(sample_build.build_database, "select distinct line_number from raw.cells")}
    linked = {
        int(link.attributes["href"].rpartition("#L")[2])
        for path in pages(site)
        for link in read_page(path).all("a")
        if "#L" in link.attributes["href"]
    }
    assert linked == lines


def test_nothing_is_asked_of_another_host_and_nothing_is_run(site: Path) -> None:
    for path in pages(site):
        for element in read_page(path).walk():
            assert element.tag not in ("script", "iframe", "img", "object", "embed", "form"), path.name
            assert not [name for name in element.attributes if name.startswith("on") or name in ("src", "srcset")]
            if element.tag == "link":
                assert "//" not in element.attributes["href"]
    style = (site / "style.css").read_text(encoding="utf-8")
    assert re.findall(r"url\(([^)]*)\)|@import", style) == ["#hatch"] * len(re.findall(r"url\(", style))


def test_pages_are_small(site: Path) -> None:
    sizes = {name: len(gzip.compress(content)) for name, content in files(site).items()}
    assert max(sizes.values()) < 150_000
    assert sum(sizes.values()) < 1_000_000


def test_the_same_tables_give_the_same_bytes_and_no_other_tables_are_read(
    site: Path, sample_build: Warehouse, tmp_path: Path
) -> None:
    """The readers' file has no others."""
    published = tmp_path / "tiltak.duckdb"
    assert main(["database", "--from", str(sample_build.build_database), "--to", str(published)]) == 0
    (tmp_path / "again").mkdir()
    assert files(written(published, tmp_path / "again")) == files(site)


def test_pages_have_what_a_screen_reader_goes_by(site: Path) -> None:
    for path in pages(site):
        page = read_page(path)
        assert [page.all("html")[0].attributes["lang"]] == ["en" if path.parent.name == "en" else "nb"]
        assert all(len(page.all(tag)) == 1 for tag in ("h1", "main", "header", "footer")), path.name
        assert page.all("a")[0].attributes["href"] == "#content"
        assert page.all("title")[0].text()
        levels = [int(element.tag[1]) for element in page.walk() if re.fullmatch("h[1-6]", element.tag)]
        assert all(level <= before + 1 for before, level in pairwise(levels)), path.name
        identifiers = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
        assert len(identifiers) == len(set(identifiers)), path.name
        for table in page.all("table"):
            assert all("scope" in header.attributes for header in table.all("th")), path.name
        for drawing in page.all("svg"):
            is_named = drawing.attributes.get("role") in ("img", "group") and drawing.attributes.get("aria-label")
            assert is_named or drawing.attributes.get("aria-hidden") == "true", path.name
        for figure in page.all("figure"):
            for link in figure.all("a"):
                assert link.all("title")[0].text()


def test_texts_stand_out_from_what_is_behind_them(site: Path) -> None:
    """WCAG AA asks for a contrast of 4.5; numbers stand on the classes of colour of a map."""
    style = (site / "style.css").read_text(encoding="utf-8")
    colors = dict(re.findall(r"--(\w+): (#\w+)", style)) | dict(re.findall(r"\.(class\d) \{ fill: (#\w+)", style))
    pairs = [(colors[name], behind) for name in ("ink", "soft", "accent") for behind in ("#ffffff", colors["pale"])]
    pairs += [(colors["ink"], colors[f"class{number}"]) for number in range(3)]
    pairs += [("#ffffff", colors[f"class{number}"]) for number in (3, 4)]
    assert min(contrast(one, other) for one, other in pairs) >= 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_each_county_has_a_tile_that_no_other_county_of_its_time_has(sample_build: Warehouse) -> None:
    counties = query(
        sample_build.build_database,
        "select county_code, county_label, coalesce(valid_from, '0001-01-01'), coalesce(valid_to, '9999-12-31') "
        "from marts.dim_county where county_code not in ('21', '99')",
    )
    assert {code for code, *_ in counties} == set(TILES)
    for code, label, start, end in counties:
        others = [other for other, _, begun, ended in counties if other != code and begun <= end and start <= ended]
        assert TILES[code] not in [TILES[other] for other in others], code
        assert all(len(line) <= 13 for line in label_lines(label)), label


@pytest.mark.parametrize(("largest", "expected"), [(3, [0, 1, 2, 3]), (322, [0, 200, 400]), (8527, [0, 5000, 10000])])
def test_axes_have_round_numbers_up_to_the_largest(largest: int, expected: list[int]) -> None:
    assert ticks(largest) == expected


def test_classes_of_colour_hold_what_the_legend_says() -> None:
    step = round_step(296, 5)
    assert [color_class(value, step) for value in (4, 100, 101, 296, 500)] == [0, 0, 1, 2, 4]
