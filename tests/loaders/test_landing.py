"""Reports arrive in the database whole or not at all, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from loaders.commands import main
from loaders.landing import CELLS_PER_TRANSACTION, Landing, land
from tests.database_files import all_rows, digest, query
from tests.loaders.report_texts import excerpt, parsed
from tests.sample import SAMPLE

LABELS = ["'; drop table raw.cells; --", '=1+1 "x"', "Mentor    for    ungdom", "$1 ? {} %s", "مرشد\u2028"]


def test_sample_lands_cell_by_cell(tmp_path: Path) -> None:
    database = tmp_path / "tiltak.duckdb"
    assert main([str(SAMPLE), "--database", str(database)]) == 0
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    cells = query(database, "from raw.cells order by line_number, column_number")
    assert len(cells) == 1_710
    assert len({cell[3] for cell in cells}) == 56
    assert len({(cell[3], cell[4]) for cell in cells}) == 342
    assert sum(cell[8] == "*" for cell in cells) == 142
    for _, line, _, _, row_number, label, column, column_label, text, *_ in cells:
        fields = lines[line - 1].split("\t")
        assert (fields[0], fields[column]) == (label, text)
        assert lines[line - 1 - row_number].split("\t")[column] == column_label


def test_report_row_says_where_it_comes_from(database: Path, report: Path) -> None:
    is_recent = "abs(epoch(loaded_at) - epoch(now())) < 60"
    sql = f"select * exclude (loaded_at), {is_recent} from raw.reports"  # noqa: S608
    [(report_id, name, sha256, size, start, end, threshold, version, file_format, reader, recent)] = query(
        database, sql
    )
    assert report_id == f"2024-04_{digest(report)[:12]}"
    assert (name, sha256, size) == ("report.txt", digest(report), report.stat().st_size)
    assert (str(start), str(end), threshold, version, file_format) == ("2024-01-01", "2024-04-01", 4, "0.1.0", "text")
    assert reader is None
    assert recent


def test_raw_tables_have_the_promised_columns_all_described(database: Path) -> None:
    columns = query(
        database,
        "select table_name, list(column_name order by column_index), count(comment), bool_or(is_nullable) "
        "from duckdb_columns() where schema_name = 'raw' group by all order by table_name desc",
    )
    assert columns == [
        (
            "reports",
            [
                "report_id",
                "file_name",
                "sha256",
                "byte_count",
                "period_start",
                "period_end",
                "suppression_threshold",
                "loaded_at",
                "loader_version",
                "file_format",
                "reader_version",
            ],
            11,
            True,
        ),
        (
            "cells",
            [
                "report_id",
                "line_number",
                "page_number",
                "table_number",
                "row_number",
                "row_label",
                "column_number",
                "column_label",
                "value_text",
                "sheet_name",
                "line_on_page",
                "box_left",
                "box_top",
                "box_right",
                "box_bottom",
                "readings",
                "reading_state",
            ],
            17,
            True,
        ),
    ]


@pytest.mark.parametrize("label", LABELS)
def test_label_of_any_kind_is_only_text(tmp_path: Path, label: str) -> None:
    path, database = tmp_path / "report.txt", tmp_path / "tiltak.duckdb"
    path.write_text(excerpt("stars").replace("Mentor", label), encoding="utf-8")
    assert main([str(path), "--database", str(database)]) == 0
    assert query(database, "select distinct row_label from raw.cells where line_number = 12") == [(label,)]
    assert query(database, "select count(*) from raw.cells") == [(40,)]


def test_same_content_again_changes_no_byte(database: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digest(database)
    copy = report.with_name("copy.txt")
    copy.write_bytes(report.read_bytes())
    assert main([str(report), str(copy), "--database", str(database)]) == 0
    assert digest(database) == before
    assert f"already loaded {copy} as 2024-04_{digest(report)[:12]}: nothing changed" in capsys.readouterr().out


def test_same_content_twice_in_one_call_is_loaded_once(tmp_path: Path, report: Path) -> None:
    database = tmp_path / "tiltak.duckdb"
    copy = report.with_name("copy.txt")
    copy.write_bytes(report.read_bytes())
    assert main([str(report), str(copy), str(report), "--database", str(database)]) == 0
    assert query(database, "select count(*) from raw.cells") == [(40,)]
    assert query(database, "select file_name from raw.reports") == [("report.txt",)]


def test_rejected_report_does_not_stop_others(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_text(excerpt("stars").replace("\t18", "\tl8"), encoding="utf-8")
    good.write_text(excerpt("total_and_one_row").replace("2024", "2023"), encoding="utf-8")
    before = all_rows(database)
    assert main([str(bad), str(good), "--database", str(database)]) == 1
    output = capsys.readouterr()
    assert output.err.count("\n") == 1
    assert f"{bad}:12: found the character" in output.err
    assert "loaded 1 report, 10 cells; 0 already loaded; 1 rejected\n" in output.out
    [reports, cells] = all_rows(database)
    assert (reports[:1], cells[:40]) == tuple(before)
    assert (len(reports), len(cells)) == (2, 50)


def test_only_rejected_reports_change_no_byte_and_make_no_file(database: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("no report", encoding="utf-8")
    before = digest(database)
    assert main([str(bad), "--database", str(database)]) == 1
    assert digest(database) == before
    missing = tmp_path / "missing" / "tiltak.duckdb"
    assert main([str(bad), "--database", str(missing)]) == 1
    assert not missing.parent.exists()


def test_many_reports_land_in_several_transactions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CELLS_PER_TRANSACTION > 40
    monkeypatch.setattr("loaders.landing.CELLS_PER_TRANSACTION", 100)
    for number in range(10):
        path = tmp_path / f"report{number}.txt"
        path.write_text(excerpt("stars").replace("2024", str(2010 + number)), encoding="utf-8")
    database = tmp_path / "tiltak.duckdb"
    assert main([str(tmp_path), "--database", str(database)]) == 0
    counts = query(database, "select count(*) from raw.cells group by report_id")
    assert counts == [(40,)] * 10


def test_failed_transaction_leaves_none_of_its_reports(tmp_path: Path) -> None:
    report = parsed(excerpt("stars"))
    with duckdb.connect(tmp_path / "tiltak.duckdb") as connection:
        land(connection, [report])
        with pytest.raises(duckdb.ConstraintException):
            land(connection, [parsed(excerpt("total_and_one_row")), report])
    assert [len(rows) for rows in all_rows(tmp_path / "tiltak.duckdb")] == [1, 40]


def test_report_that_another_loader_brought_meanwhile_is_not_new(database: Path, tmp_path: Path) -> None:
    with Landing(tmp_path / "not yet.duckdb") as landing:
        database.rename(tmp_path / "not yet.duckdb")
        assert not landing.add(parsed(excerpt("stars")))
        assert landing.add(parsed(excerpt("total_and_one_row")))
        landing.finish()
    assert [len(rows) for rows in all_rows(tmp_path / "not yet.duckdb")] == [2, 50]


def test_reports_not_finished_are_dropped_whole(tmp_path: Path) -> None:
    database = tmp_path / "tiltak.duckdb"
    with Landing(database) as landing:
        landing.add(parsed(excerpt("stars")))
    assert main([str(SAMPLE), "--database", str(database)]) == 0
    assert query(database, "select count(*) from raw.reports") == [(1,)]


def test_a_report_is_loaded_later_than_those_before_also_where_the_clock_was_set_back(tmp_path: Path) -> None:
    database = tmp_path / "tiltak.duckdb"
    issues = [parsed(excerpt("stars") + f"Utgave {issue}\n") for issue in range(3)]
    with duckdb.connect(database) as connection:
        land(connection, issues[:1])
        # Seen from a clock that was an hour ahead, every later time of day is earlier.
        connection.execute("update raw.reports set loaded_at = loaded_at + interval 1 hour")
        land(connection, issues[1:])
        in_order = connection.execute("select report_id from raw.reports order by loaded_at").fetchall()
    assert in_order == [(issue.report_id,) for issue in issues]
