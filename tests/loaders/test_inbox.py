"""Whatever lies in the inbox is read or named, and of two reports of one period a person says which counts."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from loaders.commands import main
from tests.database_files import digest, query
from tests.loaders.report_texts import excerpt
from tests.sample import SAMPLE

Output = pytest.CaptureFixture[str]
SISTER = excerpt("stars").replace("Mentor", "Varig tilrettelagt arbeid i ordinær virksomhet")


def report_id(path: Path) -> str:
    return f"2024-04_{digest(path)[:12]}"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Return the sample and a corrected copy, whose name sorts before it."""
    (folder := tmp_path / "reports").mkdir()
    original, corrected = folder / "2024-04_oppfolging.txt", folder / "2024-04_oppfolging (rettet).txt"
    shutil.copy(SAMPLE, original)
    corrected.write_text(SAMPLE.read_text(encoding="utf-8").replace("\t302\t", "\t303\t"), encoding="utf-8")
    return original, corrected


def load(database: Path, *paths: Path | str) -> int:
    return main([*map(str, paths), "--database", str(database)])


@pytest.mark.parametrize("name", ["report", "report.csv", "report.txt.bak", "april 2024.TEXT"])
def test_a_report_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    (folder := tmp_path / "reports").mkdir()
    (folder / name).write_text(excerpt("stars"), encoding="utf-8")
    assert load(tmp_path / "tiltak.duckdb", folder) == 0


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("report.zip", b"PK\x03\x04" + bytes(40), "a zip archive"),
        ("report.docx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml word/document.xml", "a Word document"),
        ("letter.pdf", b"%PDF-1.7\n", "a PDF that is cut off"),
        ("notes.md", b"# Notes\n\nAsk NAV.\n", "no table in the text"),
        ("photo", b"GIF89a", "a picture that is no PNG, JPEG or TIFF"),
    ],
)
def test_what_is_no_report_is_named_and_the_others_are_loaded(
    tmp_path: Path, name: str, content: bytes, found: str, capsys: Output
) -> None:
    (folder := tmp_path / "reports").mkdir()
    (folder / "report.txt").write_text(excerpt("stars"), encoding="utf-8")
    (folder / "README.md").write_text("What lies here.", encoding="utf-8")
    (folder / name).write_bytes(content)
    assert load(tmp_path / "tiltak.duckdb", folder) == 1
    output = capsys.readouterr()
    assert output.err.startswith(f"{folder / name}: found {found}; expected ")
    assert "loaded 1 report, 40 cells" in output.out


@pytest.mark.parametrize("in_one_run", [True, False])
@pytest.mark.parametrize("later_first", [True, False])
def test_two_reports_of_one_period_are_refused_until_a_row_says_which_counts(
    tmp_path: Path, pair: tuple[Path, Path], issues: dict[str, int], in_one_run: bool, later_first: bool, capsys: Output
) -> None:
    order: Sequence[Path] = pair[::-1] if later_first else pair
    database = tmp_path / "tiltak.duckdb"
    if not in_one_run:
        assert load(database, order[0]) == 0
    assert load(database, *order) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "found 2 reports of Januar 2024 - April 2024, " in told
    corrected = report_id(pair[1])
    assert "seeds/report_issues.csv (`" in told
    assert f"`{corrected},2,REASON`" in told
    issues[corrected] = 2
    assert load(database, *order) == 0
    assert main(["list", "--database", str(database)]) == 0
    assert f"superseded by {corrected}" in capsys.readouterr().out


def test_a_check_of_files_says_so_without_a_database(pair: tuple[Path, Path], capsys: Output) -> None:
    assert main([str(pair[0].parent), "--check"]) == 1
    assert "seeds/report_issues.csv" in capsys.readouterr().err


def test_removing_one_of_them_decides_too(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    database = tmp_path / "tiltak.duckdb"
    assert load(database, *pair) == 1
    assert main(["remove", pair[0].name, "--database", str(database)]) == 0
    assert load(database, pair[1]) == 0
    assert query(database, "select report_id from raw.reports") == [(report_id(pair[1]),)]


def test_two_rows_of_one_issue_decide_nothing(
    tmp_path: Path, pair: tuple[Path, Path], issues: dict[str, int], capsys: Output
) -> None:
    issues |= {report_id(path): 2 for path in pair}
    assert load(tmp_path / "tiltak.duckdb", *pair) == 1
    assert ",3,REASON`" in capsys.readouterr().err


def test_reports_of_two_families_of_one_period_need_no_row(tmp_path: Path) -> None:
    (tmp_path / "sister.txt").write_text(SISTER, encoding="utf-8")
    sister = (tmp_path / "sister.txt").read_text(encoding="utf-8").split("\n")
    kept = [line for line in sister if "\t" not in line or line.startswith(("\t", "I alt", "Varig"))]
    (tmp_path / "sister.txt").write_text("\n".join(kept), encoding="utf-8")
    assert load(tmp_path / "tiltak.duckdb", SAMPLE, tmp_path / "sister.txt") == 0


def test_a_damaged_row_of_the_seed_is_told_with_its_line(
    tmp_path: Path, issues: dict[str, int], capsys: Output
) -> None:
    issues["2024-04_0123456789ab"] = 0
    assert load(tmp_path / "tiltak.duckdb", SAMPLE) == 1
    assert capsys.readouterr().err.startswith('seeds/report_issues.csv:2: found the issue "0"; expected a whole number')
