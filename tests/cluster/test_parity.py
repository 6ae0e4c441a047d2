"""A release holds, row for row, what one build of the same reports holds, however they are parted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from publishers.fitness import build_file, fit_build
from publishers.tables import readers_tables
from tests.builders.building import Releases
from tests.builders.parity import differences
from tests.builders.reports import MISPRINTED, NEWEST, OVER_NEW_YEAR, misprinted, reports
from tests.sample import with_cell

DAMAGED = "2024-03_damaged.txt"
_FAILED = re.compile(r"^(\d+) checks? of (\S+) do(?:es)? not hold", re.MULTILINE)
_RULE = re.compile(r"^    ([a-z_]+) +(\d+)  \S", re.MULTILINE)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """Return a release of all reports, to which the newest edition came last, and the one build of them."""
    releases = Releases(tmp_path_factory.mktemp("releases"))
    releases.receive({name: text for name, text in reports().items() if name != NEWEST})
    first = releases.build("--reports-per-part", "1")
    assert first.returncode == 0, first.stderr
    assert "planned 10 reports in 4 parts: 4 to build, 0 taken over" in first.stdout
    assert len(releases.manifest()["parts"]) == 4
    releases.receive({NEWEST: reports()[NEWEST]})
    second = releases.build("--reports-per-part", "1")
    assert second.returncode == 0, second.stderr
    assert "planned 11 reports in 4 parts: 1 to build, 3 taken over" in second.stdout
    releases.build_on_one_machine()
    return releases


def test_one_more_edition_gives_the_tables_of_one_build(releases: Releases) -> None:
    assert releases.differences() == {}
    again = releases.build("--reports-per-part", "1")
    assert again.returncode == 0, again.stderr
    assert "nothing changed" in again.stdout


def test_a_period_over_new_year_joins_the_reports_of_both_years(releases: Releases) -> None:
    [winter] = [part for part in releases.manifest()["parts"] if part["years"] == "2020–2021"]
    assert sorted(report_id[:7] for report_id in winter["report_ids"]) == ["2020-03", "2021-01", "2021-02"]
    with duckdb.connect(releases.published(), read_only=True) as readers:
        months = readers.execute(
            "select distinct month::varchar from participants where family_code = 'opplaering' "
            "and report_id in (select report_id from reports where file_name = ?) order by all",
            [OVER_NEW_YEAR],
        ).fetchall()
    assert months == [("2020-11-01",), ("2020-12-01",), ("2021-01-01",), ("2021-02-01",)]


def test_a_changed_cell_is_found(releases: Releases, tmp_path: Path) -> None:
    readers = releases.published()
    changed = tmp_path / readers.name
    shutil.copy(readers, changed)
    changed.chmod(0o644)
    with duckdb.connect(changed) as connection:
        connection.execute("update marts.fct_participants set participants = participants + 1 where rowid = 3")
    assert differences(readers, changed) == {"marts.fct_participants": 2}


def test_every_publisher_reads_a_release_as_a_build(releases: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(releases.warehouse.project)
    with fit_build(build_file(releases.release), releases.release) as release:
        with fit_build(build_file(releases.warehouse.build_database), releases.warehouse.build_database) as build:
            assert readers_tables(release) == readers_tables(build)
        assert release.execute("select count(*) from participants where is_latest_month").fetchone() != (0,)


def test_a_changed_file_of_a_release_is_refused(releases: Releases, tmp_path: Path) -> None:
    copy = tmp_path / "release"
    shutil.copytree(releases.release, copy)
    file = next((copy / "marts" / "fct_participants").iterdir())
    with duckdb.connect() as connection:
        rows = f"select * replace (participants + 1 as participants) from read_parquet('{file}')"  # noqa: S608
        connection.execute(f"copy (from ({rows})) to '{tmp_path / 'changed'}' (format parquet)")
    (tmp_path / "changed").replace(file)
    published = releases.run("publishers", "database", "--from", copy, "--to", tmp_path / "readers.duckdb")
    assert published.returncode == 1
    assert f"marts/fct_participants/{file.name}: found other bytes than the manifest tells of" in published.stderr
    assert not (tmp_path / "readers.duckdb").exists()


def test_a_part_that_fails_leaves_the_release_as_it_was(releases: Releases) -> None:
    before = (releases.release / "manifest.json").read_bytes()
    damaged = reports()[NEWEST].replace("Kvinner\t", "Kvinner ", 1)
    releases.receive({MISPRINTED: misprinted(), DAMAGED: damaged})
    try:
        refused = releases.build("--reports-per-part", "1")
        assert refused.returncode == 1
        assert "part of 2019, 1 report, is not built:\n2019-04_opplaering.txt:" in refused.stderr
        assert "Kvinner" in refused.stderr
        assert f"{releases.inbox}/{DAMAGED}:" in refused.stderr
        assert "2 reports that cannot be used" in refused.stderr
        assert (releases.release / "manifest.json").read_bytes() == before
        (releases.inbox / MISPRINTED).unlink()
        partial = releases.build("--reports-per-part", "1", "--partial")
        assert partial.returncode == 1
        [left_out] = releases.manifest()["left_out"]
        assert left_out["names"] == [str(releases.inbox / DAMAGED)]
        assert left_out["problem"] in partial.stderr
        assert releases.differences() == {}
    finally:
        for name in (MISPRINTED, DAMAGED):
            (releases.inbox / name).unlink(missing_ok=True)


def test_checks_that_fail_in_several_parts_add_up_to_those_of_one_build(tmp_path: Path) -> None:
    """A digit, two rows exchanged and a row left out, each in a part of its own, beside a part that is sound."""
    releases = Releases(tmp_path)
    wrong = {
        "2018-10_oppfolging.txt": with_another_digit,
        OVER_NEW_YEAR: with_rows_exchanged,
        "2023-02_opplaering.txt": without_a_row,
    }
    sound = {"2020-03_opplaering.txt", "2024-01_opplaering.txt"}
    texts = {name: text for name, text in reports().items() if name in wrong.keys() | sound}
    releases.receive(texts | {name: "\n".join(damage(texts[name].split("\n"))) for name, damage in wrong.items()})
    refused = releases.build("--reports-per-part", "1")
    assert refused.returncode == 1
    assert "planned 5 reports in 4 parts: 4 to build, 0 taken over" in refused.stdout
    failed: dict[tuple[str, str], int] = {}
    for part in refused.stderr.split("part of ")[1:]:
        [(count, name)] = _FAILED.findall(part)
        rules = {(name, rule): int(checks) for rule, checks in _RULE.findall(part)}
        assert sum(rules.values()) == int(count)
        failed |= rules
    assert {name for name, _ in failed} == wrong.keys()

    assert releases.warehouse.load(releases.inbox).returncode == 0
    assert releases.warehouse.dbt("--quiet", "build").returncode == 1
    of_one_build = releases.warehouse.query(
        "select file_name, rule_code, count(*) "
        "from audit.reconciliation_checks inner join raw.reports using (report_id) "
        "where verdict not in ('proven', 'possible') group by all"
    )
    assert failed == {(name, rule): checks for name, rule, checks in of_one_build}


def with_another_digit(lines: list[str]) -> list[str]:
    at = first_line_of_total(lines)
    figure = lines[at - 1].split("\t")[2]
    return with_cell(lines, at, 2, figure[:-1] + str((int(figure[-1]) + 1) % 10))


def with_rows_exchanged(lines: list[str]) -> list[str]:
    at = first_line_of_total(lines)
    (one, of_one), (other, of_other) = (line.split("\t", 1) for line in lines[at : at + 2])
    return [*lines[:at], f"{one}\t{of_other}", f"{other}\t{of_one}", *lines[at + 2 :]]


def without_a_row(lines: list[str]) -> list[str]:
    at = next(number for number, line in enumerate(lines) if line.startswith("Kvinner\t"))
    return [*lines[:at], *lines[at + 1 :]]


def first_line_of_total(lines: list[str]) -> int:
    """Return the number of the line, from 1, that begins the first table."""
    return next(number for number, line in enumerate(lines, start=1) if line.startswith("I alt\t"))


def test_another_grouping_gives_the_same(releases: Releases) -> None:
    built = releases.build("--reports-per-part", "100")
    assert built.returncode == 0, built.stderr
    assert "planned 11 reports in 1 part: 1 to build, 0 taken over" in built.stdout
    assert releases.differences() == {}
