"""A simple change of a whole report, such as two rows exchanged, is named, and no other one alone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import pytest

from reasoning.budget import Budget
from reasoning.changes import Change
from reasoning.mending import changes_that_mend
from reasoning.printed import PrintedCell
from reasoning.rules import Rule, System
from tests.reasoning.printed_report import PrintedReport
from tests.warehouse.warehouse import Warehouse

_OF_A_KIND = 12


@pytest.fixture(scope="module")
def sample(sample_build: Warehouse) -> PrintedReport:
    return PrintedReport.read(sample_build.build_database)


def drawn(report: PrintedReport) -> Iterator[Change]:
    generator = random.Random(16)  # noqa: S311
    for _, changes in sorted(report.all_changes().items()):
        yield from generator.sample(changes, _OF_A_KIND)


def test_every_kind_of_change_is_tried(sample: PrintedReport) -> None:
    assert sample.all_changes().keys() == {
        "rows_exchanged", "columns_exchanged", "months_shifted", "titles_exchanged", "bodies_exchanged",
    }  # fmt: skip


def test_a_change_that_breaks_a_rule_is_named_and_undoing_it_gives_the_report(sample: PrintedReport) -> None:
    named_alone = broken = 0
    for change in drawn(sample):
        wrong = sample.changed(change)
        if wrong.is_possible:
            continue
        broken += 1
        found = wrong.mended()
        undone = [wrong.changed(other).cells == sample.cells for other in found]
        assert any(undone), change
        named_alone += len(found) == 1
    assert broken > 40
    assert named_alone >= 0.9 * broken


def test_a_county_that_two_measures_exchange_is_named_alone(sample: PrintedReport) -> None:
    """Ten wrong figures in two tables far apart, which a search for single figures does not come to the end of."""
    rows = [
        row for table in sample.tables for row in table.rows if table.breakdown == "county" and row.category == "33"
    ]
    one, other = rows[2:4]
    exchanged = {one.cells[column]: other.cells[column] for column in one.cells}
    exchanged |= {there: here for here, there in exchanged.items()}
    wrong = sample.changed(Change("rows_exchanged", (one.line, other.line), (), exchanged))
    [found] = wrong.mended()
    assert (found.kind, found.lines) == ("rows_exchanged", (one.line, other.line))


def small_report(figures: Mapping[tuple[int, str], int]) -> PrintedReport:
    """Return a report of two tables with a total and parts in one column; figures by table and category."""
    places = []
    for line, ((table, category), figure) in enumerate(figures.items()):
        is_total = category == "all"
        places.append(PrintedCell(line, table, line, 1, False, is_total, "county", category, figure, figure))
    rules = {
        table: Rule({place.cell: -1 if place.is_total_row else 1 for place in places if place.table == table}, 0, 0)
        for table in (1, 2)
    }
    return PrintedReport(System(rules), {place.cell: (place.lower, place.upper) for place in places}, places)


def kinds(changes: Sequence[Change]) -> list[str]:
    return [change.kind for change in changes]


def test_a_row_that_one_table_leaves_out_moves_with_the_body() -> None:
    report = small_report(
        {(1, "all"): 30, (1, "a"): 4, (1, "b"): 5, (2, "all"): 9, (2, "a"): 10, (2, "b"): 13, (2, "unknown"): 7}
    )
    assert kinds(report.mended()) == ["rows_exchanged", "bodies_exchanged"]
    [_, bodies] = report.mended()
    assert bodies.lines == (0, 3)
    assert bodies.beside == {6: 1}


def test_a_change_that_does_not_concern_every_broken_rule_is_not_named() -> None:
    report = small_report({(1, "all"): 10, (1, "a"): 4, (1, "b"): 5, (2, "all"): 20, (2, "a"): 10, (2, "b"): 13})
    assert report.mended() == []


def test_a_change_after_which_no_numbers_satisfy_all_rules_together_is_not_named() -> None:
    """Exchanged, the rows leave the star 1 in the one sum and 2 in the other: each is possible, both are not."""
    report = small_report({(1, "all"): 5, (1, "a"): 7, (2, "all"): 9, (2, "a"): 4})
    star = 4
    places = [*report.places, PrintedCell(star, 3, 4, 1, False, True, "county", "all", 0, 3)]
    rules = {1: Rule({1: 1, star: 1, 0: -1}, 0, 0), 2: Rule({3: 1, star: 1, 2: -1}, 0, 0)}
    together = PrintedReport(System(rules), report.cells | {star: (0, 3)}, places)
    assert not together.is_possible
    exchanged = Change("rows_exchanged", (1, 3), (), {1: 3, 3: 1})
    assert not together.changed(exchanged).is_possible
    assert all(change.print_of != exchanged.print_of for change in together.mended())


def test_nothing_is_named_where_the_steps_are_used_up() -> None:
    report = small_report({(1, "all"): 9, (1, "a"): 10, (1, "b"): 5, (2, "all"): 17, (2, "a"): 4, (2, "b"): 7})
    assert "rows_exchanged" in kinds(report.mended())
    assert changes_that_mend(report.system, report.cells, report.places, Budget(1)) == []


def test_each_effect_is_named_once() -> None:
    """Of two tables with one row each below the total, bodies and rows exchanged are the same."""
    report = small_report({(1, "all"): 9, (1, "a"): 12, (2, "all"): 12, (2, "a"): 9})
    assert all(len(pair[0].print_of) == 2 for pair in combinations(report.mended(), 2))
    assert len({frozenset(change.print_of.items()) for change in report.mended()}) == len(report.mended())
