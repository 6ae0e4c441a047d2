"""Reports with a wrong figure: one build leads to the line that prints it and to the number that belongs there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.editions import make_figures, render
from tests.sample import find_line, sample_lines, with_cell
from tests.warehouse.forked_commands import dbt, finish, loaders
from tests.warehouse.table_contents import assert_same, snapshot
from tests.warehouse.warehouse import Warehouse
from tests.warehouse.wrong_figures import JOB_CLUB, MENTOR, REDUCED, SUPPORT, Slip


@dataclass(frozen=True)
class SuspectSlip(Slip):
    """A slip, with the numbers that the rules leave there and how many cells could explain what is violated."""

    proposed: tuple[int, int]
    candidates: int = 1


SLIPS = [
    SuspectSlip("I alt", "I alt", 2, "18 793", "18 783", (18793, 18793)),
    SuspectSlip("Mentor", "I alt", 5, "322", "822", (322, 322)),
    SuspectSlip("Oppfølging", REDUCED, 3, "5 403", "5 401", (5403, 5403)),
    SuspectSlip("11 Rogaland", MENTOR, 2, "53", "63", (53, 53)),
    SuspectSlip("Kvinner", SUPPORT, 4, "2 436", "2 463", (2436, 2436)),
    SuspectSlip("Innvandrere", JOB_CLUB, 5, "523", "528", (523, 523)),
    SuspectSlip("Europa", JOB_CLUB, 2, "711", "771", (711, 713)),
    SuspectSlip("Grunnskolenivå", MENTOR, 5, "151", "157", (151, 151)),
    SuspectSlip(MENTOR, MENTOR, 4, "300", "308", (300, 300)),
    SuspectSlip("Menn", MENTOR, 1, "179", "173", (179, 179)),
    SuspectSlip("20-24 år", MENTOR, 2, "61", "061", (61, 61)),
    SuspectSlip("60 år og over", MENTOR, 5, "4", "3", (4, 4)),
    SuspectSlip("56 Finnmark - Finnmärku - Finmarkku", MENTOR, 3, "*", "40", (0, 3)),
]


def swapped_rows() -> list[str]:
    """Two measures' figures exchanged in one participant group: no single cell explains that."""
    lines = sample_lines()
    numbers = [find_line(lines, label, REDUCED) for label in ("Mentor", "Jobbklubb")]
    labels, figures = zip(*(lines[number - 1].split("\t", 1) for number in numbers), strict=True)
    for number, label, figure in zip(numbers, labels, reversed(figures), strict=True):
        lines[number - 1] = f"{label}\t{figure}"
    return lines


def two_slips() -> list[str]:
    lines = sample_lines()
    for label, total_label, column, text in (("Kvinner", SUPPORT, 4, "2 463"), ("Europa", JOB_CLUB, 2, "771")):
        lines = with_cell(lines, find_line(lines, label, total_label), column, text)
    return lines


def five_misread_lines() -> list[str]:
    """One digit wrong in each figure of five lines: more than a search for single figures comes to the end of."""
    lines = sample_lines()
    first = find_line(lines, "Individuell Karrierestøtte (IPS Una)", REDUCED)
    for number in [*range(first, first + 4), find_line(lines, "I alt Andre på tiltak", "I alt Andre på tiltak")]:
        for column, text in enumerate(lines[number - 1].split("\t")[1:], start=1):
            lines = with_cell(lines, number, column, f"{(int(text[0]) + 2 * column + 1) % 9 + 1}{text[1:]}")
    return lines


def a_misread_line() -> list[str]:
    """Two digits of another county in every figure but one, and two that are too small to be printed."""
    lines = sample_lines()
    for column, text in enumerate(("51", "2", "23", "94", "3"), start=1):
        lines = with_cell(lines, find_line(lines, "11 Rogaland", MENTOR), column, text)
    return lines


def a_slip_and_a_deleted_row() -> list[str]:
    slip = SLIPS[5]
    lines = slip.lines
    number = find_line(lines, "40-49 år", MENTOR)
    return lines[: number - 1] + lines[number:]


@dataclass(frozen=True)
class Audited:
    """All wrong reports in one warehouse, and what `dbt build` printed."""

    warehouse: Warehouse
    output: str


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    reports = {
        **{slip.file_name: slip.lines for slip in SLIPS},
        "swapped rows.txt": swapped_rows(),
        "two slips.txt": two_slips(),
        "a slip and a deleted row.txt": a_slip_and_a_deleted_row(),
        "five misread lines.txt": five_misread_lines(),
        "a misread line.txt": a_misread_line(),
        "clean.txt": sample_lines(),
    }
    warehouse = Warehouse(tmp_path_factory.mktemp("suspects"))
    warehouse.receive({file_name: "\n".join(lines) for file_name, lines in reports.items()})
    build = warehouse.dbt("build")
    assert build.returncode == 1, build.stdout
    return Audited(warehouse, build.stdout)


def suspects(audited: Audited, file_name: str, columns: str) -> list[tuple[object, ...]]:
    return audited.warehouse.query(
        f"select {columns} from "  # noqa: S608
        "(from audit.suspect_cells order by report_id, set_number, line_number, column_number) "
        "join raw.reports using (report_id) where file_name = ?",
        [file_name],
    )


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.file_name)
def test_one_wrong_figure_leads_to_its_line_and_its_number(audited: Audited, slip: SuspectSlip) -> None:
    found = suspects(
        audited, slip.file_name, "line_number, column_number, value_text, candidates, proposed_lower, proposed_upper"
    )
    assert found == [(slip.line_number, slip.column_number, slip.wrong, slip.candidates, *slip.proposed)]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.file_name)
def test_it_explains_every_violated_check(audited: Audited, slip: SuspectSlip) -> None:
    violated = audited.warehouse.query(
        "select count(*) from audit.reconciliation_checks join raw.reports using (report_id) "
        "where file_name = ? and verdict = 'violated'",
        [slip.file_name],
    )
    assert suspects(audited, slip.file_name, "explained_checks") == violated


def test_the_failed_build_prints_line_text_and_proposal(audited: Audited) -> None:
    slip = SLIPS[3]
    assert (
        f"{slip.file_name}:{slip.line_number}: column 2 prints 63, which alone explains 3 violated checks; "
        "the rules allow only 53"
    ) in audited.output


def test_the_value_of_a_star_is_not_printed(audited: Audited) -> None:
    slip = SLIPS[-1]
    assert f"{slip.file_name}:{slip.line_number}: column 3 prints 40" in audited.output
    (line,) = [
        line for line in audited.output.splitlines() if f"{slip.file_name}:{slip.line_number}: column 3 prints" in line
    ]
    assert line.endswith("the rules allow only a star")


def test_where_no_cell_explains_all_the_smallest_sets_are_given(audited: Audited) -> None:
    assert suspects(audited, "two slips.txt", "distinct candidates, cells_in_set") == [(1, 2)]
    lines = sample_lines()
    assert suspects(audited, "two slips.txt", "line_number, column_number, proposed_lower, proposed_upper") == [
        (find_line(lines, "Kvinner", SUPPORT), 4, 2436, 2436),
        (find_line(lines, "Europa", JOB_CLUB), 2, 711, 713),
    ]
    assert "which is wrong in any case, one of 2 cells that together explain" in audited.output


def changes(audited: Audited, file_name: str) -> list[tuple[object, ...]]:
    return audited.warehouse.query(
        "select change_kind, line_numbers, candidates from audit.suspect_changes join raw.reports using (report_id) "
        "where file_name = ? order by change_number",
        [file_name],
    )


def test_two_exchanged_rows_are_named_with_their_lines(audited: Audited) -> None:
    """The figures of two measures in one group; to exchange the same two in another group mends the sums as well."""
    lines = swapped_rows()
    one, other = sorted(find_line(lines, label, REDUCED) for label in ("Mentor", "Jobbklubb"))
    found = changes(audited, "swapped rows.txt")
    assert ("rows_exchanged", [one, other], len(found)) in found
    assert f"swapped rows.txt:{one}: lines {one} (" in audited.output
    assert f"and {other} (" in audited.output


def test_lines_that_were_misread_throughout_are_named_with_their_lines(audited: Audited) -> None:
    lines = sample_lines()
    first = find_line(lines, "Individuell Karrierestøtte (IPS Una)", REDUCED)
    five = [*range(first, first + 4), find_line(lines, "I alt Andre på tiltak", "I alt Andre på tiltak")]
    assert changes(audited, "five misread lines.txt") == [("lines_misread", five, 1)]
    assert f"lines {', '.join(map(str, five))} were misread throughout: look at them again" in audited.output


def test_a_misread_line_is_named_also_where_it_prints_too_small_numbers(audited: Audited) -> None:
    line = find_line(sample_lines(), "11 Rogaland", MENTOR)
    assert changes(audited, "a misread line.txt") == [("lines_misread", [line], 1)]
    assert f"line {line} (11 Rogaland) was misread throughout: look at it again" in audited.output


def test_what_a_single_figure_explains_is_no_change(audited: Audited) -> None:
    for file_name in ("clean.txt", "two slips.txt", *(slip.file_name for slip in SLIPS)):
        assert changes(audited, file_name) == [], file_name


def test_a_sole_suspect_and_both_of_two_slips_are_certain(audited: Audited) -> None:
    assert suspects(audited, SLIPS[3].file_name, "is_certain, certain_lower, certain_upper") == [(True, 53, 53)]
    assert suspects(audited, SLIPS[-1].file_name, "is_certain, certain_lower, certain_upper") == [(True, 0, 3)]
    assert suspects(audited, "two slips.txt", "is_certain, certain_lower, certain_upper") == [
        (True, 2436, 2436),
        (True, 711, 713),
    ]


def test_a_report_that_lacks_a_row_has_no_suspects(audited: Audited) -> None:
    assert suspects(audited, "a slip and a deleted row.txt", "line_number") == []


def test_a_missing_row_does_not_make_the_rest_contradictory(audited: Audited) -> None:
    """Only the rules that the slip itself violates are held against the report, none on the table without the row."""
    violated = audited.warehouse.query(
        "select count(*) filter (is_violated) from localisation.complete_rules "
        "join raw.reports on report_key = hash(report_id) where file_name in (?, ?) group by file_name",
        ["a slip and a deleted row.txt", SLIPS[5].file_name],
    )
    assert violated == [(2,), (2,)]


def test_a_clean_report_has_no_suspects(audited: Audited) -> None:
    assert suspects(audited, "clean.txt", "line_number") == []


def test_proofs_say_how_far_each_report_can_be_trusted(audited: Audited) -> None:
    rows = audited.warehouse.query(
        "select printed_cells, suppressed_cells, violated_checks, missing_checks, cells_confirmed_by_a_rule, "
        "cells_confirmed_by_two_rules, cells_that_nothing_confirms, cells_in_no_rule, largest_unnoticed_slip "
        "from audit.report_proofs where file_name = 'clean.txt'"
    )
    assert rows == [(1710, 142, 0, 0, 1185, 169, 525, 0, 20)]
    assert audited.warehouse.query(
        "select count(*) from audit.report_proofs where violated_checks = 0 and missing_checks = 0"
    ) == [(1,)]


def test_the_failing_rows_of_a_test_can_be_stored(audited: Audited) -> None:
    warehouse = audited.warehouse
    assert warehouse.dbt("test", "--store-failures", "-s", "counties_sum_to_measure").returncode == 1
    stored = (
        "select report_id, measure_code, month, line_numbers from dbt_test__audit.counties_sum_to_measure order by all"
    )
    failing = (
        "select report_id, measure_code, month, line_numbers from audit.reconciliation_checks "
        "where rule_code = 'counties_sum_to_measure' and verdict in ('violated', 'missing') order by all"
    )
    assert warehouse.query(stored) == warehouse.query(failing) != []


def test_what_was_found_of_a_report_stays_when_another_one_is_built(audited: Audited) -> None:
    """Last in this file, as it adds a report. Without tests, a build of wrong reports is a whole one."""
    warehouse = audited.warehouse
    models_only = ("build", "--exclude", "resource_type:test", "resource_type:unit_test")
    finish(dbt(warehouse, *models_only))
    another = warehouse.folder / "another.txt"
    another.write_bytes(render(make_figures(1, 2023), 3).encode())
    finish(loaders(warehouse, another))
    finish(dbt(warehouse, *models_only))
    found = snapshot(warehouse)
    assert found["localisation.exact_findings"]
    finish(dbt(warehouse, *models_only, "--full-refresh"))
    assert_same(found, snapshot(warehouse))


def test_a_search_that_is_given_up_is_told_in_the_message_of_the_report(audited: Audited) -> None:
    given_up = audited.warehouse.query(
        "select file_name, count(*) from localisation.exact_findings join raw.reports on report_key = hash(report_id) "
        "where finding = 'given_up' group by all"
    )
    told = audited.warehouse.query(
        "select file_name from audit.reconciliation_checks join raw.reports using (report_id) "
        "where rule_code = 'rules_hold_together' and contains(explanation, 'too many steps and was given up')"
    )
    assert sorted(given_up) == [("a misread line.txt", 1), ("five misread lines.txt", 1)]
    assert sorted(told) == [("a misread line.txt",), ("five misread lines.txt",)]
