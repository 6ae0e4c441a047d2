"""A correction is one row of data: the fact it mends says so, and a row that fits no cell fails the build."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sample import PROJECT, find_line, sample_lines, with_cell, write_report
from tests.warehouse.warehouse import CORRECTION_COLUMNS, Warehouse

LINE = find_line(sample_lines(), "Oppfølging", "I alt Nedsatt arbeidsevne, på tiltak")
COLUMN = 3
WHY = ("does not sum to its total", "A. Reader", "2024-05-20")
FACTS = [
    "fct_average_participants",
    "fct_participants",
    *(
        f"fct_participants_by_{thing}"
        for thing in (
            "age_group", "country_background", "county", "education", "gender", "immigration_category",
            "participant_group",
        )
    ),
]  # fmt: skip


def loaded(folder: Path, lines: list[str]) -> tuple[Warehouse, str]:
    """Return a warehouse with one report of these lines, not built yet, and the report's id."""
    warehouse = Warehouse(folder)
    outcome = warehouse.load(write_report(folder / "report.txt", lines))
    assert outcome.returncode == 0, outcome.stderr
    return warehouse, str(warehouse.query("select report_id from raw.reports")[0][0])


def printed(line_number: int, column_number: int) -> str:
    return sample_lines()[line_number - 1].split("\t")[column_number]


def judge(warehouse: Warehouse) -> subprocess.CompletedProcess[str]:
    """Read the corrections anew and ask the test whether they fit."""
    return warehouse.dbt("build", "--select", "+corrections_match_printed_cells")


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Build the sample with one wrong digit, which fails, and again with the correction, which passes."""
    wrong = with_cell(sample_lines(), LINE, COLUMN, "5 401")
    warehouse, report_id = loaded(tmp_path_factory.mktemp("mended"), wrong)
    assert warehouse.dbt("build").returncode != 0
    # Spaces of any kind may part the thousands: nobody can tell them apart in a printed report.
    warehouse.correct([report_id, LINE, COLUMN, "5\u00a0401", "5 403", *WHY])
    build = warehouse.dbt("build")
    assert build.returncode == 0, build.stdout
    return warehouse


def test_the_seed_has_the_columns_that_a_correction_needs() -> None:
    seed = PROJECT / "seeds" / "cell_corrections.csv"
    assert seed.read_text(encoding="utf-8").splitlines()[0] == ",".join(CORRECTION_COLUMNS)


def test_only_the_corrected_fact_is_marked_and_holds_the_corrected_figure(mended: Warehouse) -> None:
    marked = {
        fact: mended.query(f"select participants from marts.{fact} where is_corrected")  # noqa: S608 - names of this file
        for fact in FACTS
    }
    assert {fact: rows for fact, rows in marked.items() if rows} == {"fct_participants_by_participant_group": [(5403,)]}


def test_the_printed_figure_stays_beside_the_corrected_one(mended: Warehouse) -> None:
    place = f"line_number = {LINE} and column_number = {COLUMN}"
    assert mended.query(f"select value_text from raw.cells where {place}") == [("5 401",)]  # noqa: S608
    assert mended.query(
        f"select value_text, corrected_text, text_in_force from intermediate.int_corrected_cells where {place}"  # noqa: S608
    ) == [("5 401", "5 403", "5 403")]
    assert mended.query(f"select value from intermediate.int_printed_cells where {place}") == [(5403,)]  # noqa: S608


def test_a_star_may_be_corrected_to_a_number_and_a_number_to_a_star(tmp_path: Path) -> None:
    """`dbt run` on a new database reads the corrections too."""
    warehouse, report_id = loaded(tmp_path, sample_lines())
    star, number = warehouse.query(
        "from (select line_number, column_number, value_text from raw.cells where value_text = '*' limit 1) union all "
        "from (select line_number, column_number, value_text from raw.cells where value_text = '4' limit 1)"
    )
    warehouse.correct([report_id, *star, "7", *WHY], [report_id, *number, "*", 'a reason; with "signs", two', *WHY[1:]])
    assert warehouse.dbt("run").returncode == 0
    assert warehouse.query(
        "select value, is_suppressed, value_lower, value_upper from intermediate.int_printed_cells where is_corrected "
        "order by value"
    ) == [(7, False, 7, 7), (None, True, 0, 3)]


def test_corrections_that_do_not_fit_fail_each_with_a_message_for_the_editor(tmp_path: Path) -> None:
    warehouse, report_id = loaded(tmp_path, sample_lines())
    warehouse.correct(
        ["no-such-report", LINE, COLUMN, "5 403", "5 404", *WHY],
        [report_id, 1, 1, "5 403", "5 404", *WHY],
        [report_id, "", COLUMN, "5 403", "5 404", *WHY],
        [report_id, LINE, COLUMN, "5 401", "5 404", *WHY],
        [report_id, LINE, 1, "1", "5 404", *WHY],
        [report_id, LINE, 1, "2", "5 404", *WHY],
        [report_id, LINE, 2, printed(LINE, 2), "5 4O4", *WHY],
        [report_id, LINE, 4, printed(LINE, 4), "54 04", *WHY],
        [report_id, LINE, 5, printed(LINE, 5), printed(LINE, 5).replace(" ", ""), *WHY],
        [report_id, LINE - 1, 2, printed(LINE - 1, 2), "5 404", "", " ", ""],
    )
    output = judge(warehouse).stdout
    for seed_line, words in [
        (2, 'found the report "no-such-report"; expected the report_id of a loaded report'),
        (3, "found no figure in line 1, column 1 of report.txt; expected a printed figure"),
        (4, "found no figure in an empty line or column number of report.txt"),
        (5, f'found "5 403" in line {LINE}, column 3 of report.txt; expected the "5 401"'),
        (6, "found 2 corrections of line"),
        (7, "delete all but the one that holds"),
        (8, 'found "5 4O4" as corrected_text'),
        (9, "expected a whole number such as 1 234, or *"),
        (10, "expected another figure than the printed one"),
        (11, "found no reason and no decided_by and no decided_on"),
    ]:
        assert any(
            f"seeds/cell_corrections.csv:{seed_line}: " in line and words in line for line in output.splitlines()
        ), (seed_line, output)
    assert warehouse.dbt("build").returncode != 0
