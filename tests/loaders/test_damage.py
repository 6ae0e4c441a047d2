"""Whatever happens to a report on its way here, it is loaded whole or rejected with messages, never half."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.commands import main
from tests.database_files import all_rows
from tests.loaders.report_texts import complaints_about, excerpt, parsed

TEXT = "\n\n".join(excerpt(name) for name in ("table_over_page_break", "two_tables_on_a_page", "total_and_one_row"))
LINES = TEXT.split("\n")
MESSAGE = re.compile(r"report\.txt:(\d+:)? found .+; expected .+; .+")

places = st.integers(0, len(TEXT) - 1)
pieces = st.text(max_size=5) | st.sampled_from(
    [
        "\t",
        "\n",
        "\n\n",
        " ",
        "*",
        "0",
        "I alt",
        "Januar",
        "Januar 2024",
        "\u00a0",
        "\r",
        "\f",
        "\x00",
        "\ufeff",
        "-",
    ]
)
edits = st.lists(st.tuples(places, st.integers(0, 40), pieces), min_size=1, max_size=4)


def edited(changes: list[tuple[int, int, str]]) -> str:
    """Return TEXT with pieces of it replaced; a change is (place, characters removed, text put there)."""
    text = TEXT
    for place, removed, piece in changes:
        text = text[:place] + piece + text[place + removed :]
    return text


def assert_whole_or_told(content: bytes) -> None:
    """Assert that content is a report with every row of its text, or is rejected with proper messages."""
    messages = complaints_about(content)
    if messages:
        assert all(MESSAGE.fullmatch(message) for message in messages)
        return
    report = parsed(content.decode())
    text = content.decode()
    lines = content.decode().removeprefix("\ufeff").split("\n")
    in_tables = set()
    for table in report.tables:
        columns = table.header.count("\t") + 1
        for line, row in zip(table.line_numbers, table.rows, strict=True):
            # Tabs after the last figure pad the line to the width of a table, and a label may stand in two lines.
            label, _, figures = lines[line - 1].removesuffix("\r").lstrip("\f").rstrip("\t").partition("\t")
            whole, _, landed = row.partition("\t")
            assert landed == figures
            assert label.strip() in whole
            assert all(piece in text for piece in whole.split())
            assert row.count("\t") == columns == len(report.period.months) + 1
            in_tables.add(line)
    for number, text in enumerate(lines, start=1):
        assert number in in_tables or not re.fullmatch(r"[^\t]+(\t[0-9*]+){5}", text)


@settings(deadline=None, max_examples=400)
@given(edits)
def test_edited_report_is_whole_or_told(changes: list[tuple[int, int, str]]) -> None:
    assert_whole_or_told(edited(changes).encode(errors="replace"))


@settings(deadline=None, max_examples=200)
@given(st.permutations(range(len(LINES))), st.integers(0, 6), st.data())
def test_report_with_moved_and_lost_lines_is_whole_or_told(order: list[int], moved: int, data: st.DataObject) -> None:
    lines = list(LINES)
    for place in order[:moved]:
        line = lines.pop(place % len(lines))
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    assert_whole_or_told("\n".join(lines).encode())


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), places)
def test_bytes_of_any_kind_are_whole_or_told(noise: bytes, place: int) -> None:
    content = TEXT.encode()
    assert_whole_or_told(content[:place] + noise + content[place:])


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(edits)
def test_database_takes_a_damaged_report_whole_or_stays(changes: list[tuple[int, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, database = Path(folder, "report.txt"), Path(folder, "tiltak.duckdb")
        path.write_text(excerpt("stars").replace("2024", "2023"), encoding="utf-8")
        assert main([str(path), "--database", str(database)]) == 0
        before = all_rows(database)
        path.write_bytes(edited(changes).encode(errors="replace"))
        code = main([str(path), "--database", str(database)])
        after = all_rows(database)
        if code == 0:
            expected = parsed(path.read_bytes().decode()).cell_count
            assert [len(rows) for rows in after] == [2, len(before[1]) + expected]
        else:
            assert (code, after) == (1, before)
