"""The site's pages hang together, ask nobody for anything, are small, and can be read without a pointer or eyes."""

from __future__ import annotations

import gzip
import json
import os
import re
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from publishers.commands import main
from publishers.site.publishing import write_site
from publishers.site.scales import color_class, round_step, ticks
from publishers.site.statistics import BREAKDOWNS
from publishers.site.texts import NORWEGIAN
from publishers.site.tiles import TILES, label_lines
from tests.database_files import query
from tests.publishers.site_pages import pages, read_page, written
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="module")
def site(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_build.build_database, tmp_path_factory.mktemp("site"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_no_link_is_dead_and_each_page_is_reached_from_the_first(site: Path) -> None:
    trees = {path: read_page(path) for path in pages(site)}
    anchors = {path: {element.attributes.get("id") for element in tree.walk()} for path, tree in trees.items()}
    downloads = {path for path in (site / "files").rglob("*") if path.is_file()}
    reached, taken, waiting = set(), set(), [site / "index.html"]
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
            if target in downloads:
                taken.add(target)
                continue
            assert target in trees, f"{path.name} links to {address}"
            assert not anchor or anchor in anchors[target], f"{path.name} links to {address}"
            waiting.append(target)
    assert reached == set(trees)
    assert taken == downloads


@pytest.mark.parametrize("folder", ["", "en"])
def test_every_cell_of_the_report_is_reached_from_a_figure_on_another_page(
    site: Path, sample_build: Warehouse, folder: str
) -> None:
    """Copies of totals too. In a table, a figure that links to a line is one that the line prints."""
    cells = query(sample_build.build_database, "select line_number, replace(value_text, chr(160), ' ') from raw.cells")
    printed: dict[int, set[str]] = {}
    for line, text in cells:
        printed.setdefault(line, set()).add(text)
    linked = set()
    for path in pages(site / folder):
        if path.parent != site / folder or path.name.startswith("report"):
            continue
        page = read_page(path)
        for link in (link for link in page.all("a") if "#L" in link.attributes["href"]):
            linked.add(int(link.attributes["href"].rpartition("#L")[2]))
        for link in (
            link for cell in page.all("td") if cell.attributes.get("class") != "lines" for link in cell.all("a")
        ):
            if "#L" in link.attributes["href"]:
                text = link.text().replace("\u00a0", " ").replace("0–3", "*")
                assert text in printed[int(link.attributes["href"].rpartition("#L")[2])], (path.name, text)
    assert len(cells) == 1710
    assert [line for line, _ in cells if line not in linked] == []


def test_each_month_of_a_line_leads_to_the_line_that_states_it(site: Path) -> None:
    """As in the table below it, for a pointer; a keyboard stops at the links of the table alone."""
    for name in ("measure-mentor.html", "county-56.html", "index.html"):
        page = read_page(site / name)
        in_tables = {link.attributes["href"] for cell in page.all("td") for link in cell.all("a")}
        charts = page.all("svg", class_="line")
        assert charts
        for chart in charts:
            links = chart.all("a")
            assert len(links) == 4
            assert {link.attributes["href"] for link in links} <= in_tables
            assert all(link.all("title")[0].text() and link.attributes["tabindex"] == "-1" for link in links)
            assert all(len(link.all("circle")) + len(link.all("rect", class_="band")) == 1 for link in links)


def test_files_to_take_away_are_those_of_the_other_publisher(
    site: Path, sample_build: Warehouse, tmp_path: Path
) -> None:
    """Where that one has published the same build beside the site, they are hard links to its files."""
    shared, other = tmp_path / "site", tmp_path / "files"
    origin = ["--from", str(sample_build.build_database)]
    assert main(["files", *origin, "--to", str(other)]) == 0
    assert main(["site", *origin, "--to", str(shared)]) == 0
    assert files(site / "files") == files(other) == files(shared / "files")
    assert {path for path in files(other) if not (shared / "files" / path).samefile(other / path)} == set()


def test_a_measures_page_offers_the_files_of_its_sections(site: Path) -> None:
    page = read_page(site / "measure-mentor.html")
    sections = {part.attributes["aria-labelledby"] for part in page.all("section")}
    breakdowns = [breakdown for breakdown in BREAKDOWNS if breakdown in sections]
    addresses = [link.attributes["href"] for link in page.all("a")]
    assert len(breakdowns) > 1
    assert [address for address in addresses if re.fullmatch(r"files/\w+\.csv", address)] == [
        f"files/{name}.csv" for name in ("participants", *(f"participants_by_{each}" for each in breakdowns))
    ]


def test_each_file_to_take_away_has_its_size_and_none_has_none(site: Path) -> None:
    """In thousands of bytes; what describes the other files has no size beside it."""
    shown = re.findall(r"([\d\u00a0]+) kB", read_page(site / "index.html").text())
    files = [path for path in (site / "files").rglob("*") if path.suffix in (".csv", ".parquet", ".xlsx")]
    files += (site / "files" / "json-stat").iterdir()
    sizes = [max(round(path.stat().st_size / 1000), 1) for path in files]
    assert sorted(int(size.replace("\u00a0", "")) for size in shown) == sorted(sizes)
    assert min(path.stat().st_size for path in files) < 500


@pytest.mark.parametrize("what", ["provenance", "editions"])
def test_files_of_another_build_are_not_shared(site: Path, sample_build: Warehouse, tmp_path: Path, what: str) -> None:
    """Of another state of the project, or of other reports."""
    other = tmp_path / "files"
    assert main(["files", "--from", str(sample_build.build_database), "--to", str(other)]) == 0
    description = other / "datapackage.json"
    content = json.loads(description.read_text(encoding="utf-8"))
    changed = json.dumps(content[what]).replace("0", "1")
    description.unlink()
    description.write_text(json.dumps(content | {what: json.loads(changed)}), encoding="utf-8")
    (tmp_path / "new").mkdir()
    with duckdb.connect(sample_build.build_database, read_only=True) as tables:
        write_site(tables, tmp_path / "new", sample_build.build_database, other)
    assert files(tmp_path / "new") == files(site)


def test_files_are_written_where_the_file_system_links_none(
    site: Path, sample_build: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it refuses after some: what is linked by then goes, and the folder is written as a whole."""
    other = tmp_path / "files"
    assert main(["files", "--from", str(sample_build.build_database), "--to", str(other)]) == 0
    link, linked = os.link, list[str]()

    def refuse(source: str, target: str) -> None:
        if len(linked) == 2:
            raise PermissionError(1, "Operation not permitted")
        linked.append(source)
        link(source, target)

    monkeypatch.setattr("publishers.site.downloads.os.link", refuse)
    (tmp_path / "new").mkdir()
    with duckdb.connect(sample_build.build_database, read_only=True) as tables:
        write_site(tables, tmp_path / "new", sample_build.build_database, other)
    assert len(linked) == 2
    assert files(tmp_path / "new") == files(site)
    assert not any(path.samefile(other / path.name) for path in (tmp_path / "new" / "files").glob("*.csv"))


def test_what_the_seeds_say_in_english_is_said_in_norwegian_too(sample_build: Warehouse) -> None:
    seeds = query(
        sample_build.build_database,
        "select reason from reference.series_breaks union select claim from reference.rules",
    )
    assert {text for (text,) in seeds} == set(NORWEGIAN)


def test_both_languages_have_the_same_pages_one_click_apart(site: Path) -> None:
    names = {path.name for path in pages(site) if path.parent == site}
    assert {path.name for path in pages(site / "en")} == names
    for path in pages(site):
        page = read_page(path)
        other = "nb" if path.parent.name == "en" else "en"
        assert page.all("html")[0].attributes["lang"] != other
        [link] = page.all("a", class_="language")
        assert (path.parent / link.attributes["href"]).resolve().name == path.name
        assert link.attributes["lang"] == other


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
    """Without the files to take away."""
    sizes = {
        name: len(gzip.compress(content)) for name, content in files(site).items() if not name.startswith("files/")
    }
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
            if drawing.attributes.get("aria-hidden") != "true":
                # A line's links lie beside what is named.
                named = drawing.all("g", role="img") if drawing.attributes["role"] == "none" else [drawing]
                assert [each.attributes["role"] in ("img", "group") for each in named] == [True], path.name
                assert named[0].attributes["aria-label"], path.name
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
