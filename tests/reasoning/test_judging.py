"""When lines count as misread throughout, and what is said beside a change that explains the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from reasoning import judging, misreading
from reasoning.budget import Budget
from reasoning.judging import judged
from reasoning.misreading import misread_lines
from reasoning.printed import PrintedCell
from reasoning.rules import Rule, System
from tests.reasoning.printed_report import PrintedReport
from tests.reasoning.test_changes import small_report

SOUND = {"a": [40, 43, 47], "b": [20, 20, 22]}
"""Means of 43 and 21: as far below the exact one as rounding allows, and as far above it."""
WRONG = {"b": [27, 29, 22]}
LINE = {"all": 1, "a": 2, "b": 3, "c": 4, "d": 5}
MORE = {**SOUND, "c": [60, 61, 62], "d": [70, 75, 80]}
"""The same with two lines more."""


def cell(category: str, column: int) -> int:
    """Return a cell: column 1 has the average, the months follow."""
    return 10 * LINE[category] + column


def report(sound: Mapping[str, Sequence[int]], wrong: Mapping[str, Sequence[int]]) -> PrintedReport:
    """Return a table with a total, in which some rows print other months than their averages and sums say."""
    count = len(sound["a"])
    rows = {"all": [sum(month) for month in zip(*sound.values(), strict=True)], **sound}
    places = []
    rules: dict[int, Rule] = {}
    for category, months in rows.items():
        average = (2 * sum(months) + count) // (2 * count)
        for column, figure in enumerate([average, *wrong.get(category, months)], start=1):
            place = (cell(category, column), 1, LINE[category], column, column == 1, category == "all")
            places.append(PrintedCell(*place, "county", category, figure, figure))
        of_months = {cell(category, column): 1 for column in range(2, count + 2)}
        rules[LINE[category]] = Rule({**of_months, cell(category, 1): -count}, -(count // 2), (count - 1) // 2)
    for column in range(2, count + 2):
        parts = {cell(category, column): 1 for category in sound}
        rules[100 + column] = Rule({cell("all", column): -1, **parts}, 0, 0)
    return PrintedReport(System(rules), {place.cell: (place.lower, place.upper) for place in places}, places)


def lines_of(found: PrintedReport, accused: set[int] | None = None) -> tuple[int, ...]:
    change = misread_lines(found.system, found.cells, found.places, accused or set(), Budget())
    return change.lines if change else ()


def test_a_sound_report_has_no_misread_lines() -> None:
    assert report(SOUND, {}).is_possible
    assert lines_of(report(SOUND, {})) == ()


def test_a_line_is_misread_where_its_sums_fail_in_most_months() -> None:
    """Beside a line whose average is rounded as far as can be, and that is right."""
    assert lines_of(report(SOUND, WRONG)) == (LINE["b"],)
    four = {"a": [40, 43, 47, 44], "b": [20, 20, 22, 22]}
    assert lines_of(report(four, {"b": [27, 29, 22, 22]})) == (), "in half of them"
    assert lines_of(report(four, {"b": [27, 29, 30, 22]})) == (LINE["b"],)


def test_a_single_wrong_figure_is_no_misread_line() -> None:
    """Also where it is all that a line prints, besides its average."""
    assert lines_of(report(SOUND, {"b": [27, 20, 22]})) == ()
    assert lines_of(report({"a": [40], "b": [20]}, {"b": [27]})) == ()


def test_a_figure_that_breaks_a_rule_of_its_own_counts_in_its_month() -> None:
    assert lines_of(report(SOUND, {"b": [27, 20, 22]}), {cell("b", 3)}) == (LINE["b"],)
    assert lines_of(report(SOUND, WRONG), {999}) == (), "of a cell that is in no line"


def test_lines_that_do_not_explain_all_are_not_named() -> None:
    wrong = report(SOUND, WRONG)
    places = [
        *wrong.places,
        *(PrintedCell(900 + line, 2, 900 + line, 2, False, True, "none", "all", line, line) for line in (5, 6)),
    ]
    rules = {**wrong.system.rules, 900: Rule({905: 1, 906: -1}, 0, 0)}
    elsewhere = PrintedReport(System(rules), {place.cell: (place.lower, place.upper) for place in places}, places)
    assert lines_of(elsewhere) == ()


def test_more_lines_than_a_person_looks_at_again_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"a": [47, 52, 47], **WRONG}
    assert lines_of(report(SOUND, both)) == (), "most of the report's lines"
    for most, lines in ((2, (LINE["a"], LINE["b"])), (1, ())):
        monkeypatch.setattr(misreading, "MOST_LINES", most)
        assert lines_of(report(MORE, both)) == lines


def test_lines_are_named_where_no_fewer_figures_than_two_a_line_explain_the_report() -> None:
    wrong = report(SOUND, WRONG)
    changes, sets = judged(wrong.system, wrong.cells, wrong.places, set())
    assert [(change.kind, change.lines) for change in changes] == [("lines_misread", (LINE["b"],))]
    assert [set(one.cells) for one in sets.explanations] == [{cell("b", 2), cell("b", 3)}]


def test_slips_that_two_lines_share_out_over_the_months_are_figures_and_no_lines() -> None:
    wrong = report(MORE, {"a": [47, 43, 47], "b": [20, 49, 22]})
    assert lines_of(wrong) == (LINE["a"], LINE["b"])
    changes, sets = judged(wrong.system, wrong.cells, wrong.places, set())
    assert changes == []
    assert [set(one.cells) for one in sets.explanations] == [{cell("a", 2), cell("b", 3)}]


def test_lines_are_named_where_the_search_for_figures_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "STEPS_BESIDE_MISREAD_LINES", 0)
    wrong = report(SOUND, WRONG)
    changes, sets = judged(wrong.system, wrong.cells, wrong.places, set())
    assert [change.kind for change in changes] == ["lines_misread"]
    assert (sets.explanations, sets.is_given_up) == ([], True)


EXCHANGED = small_report({(1, "all"): 9, (1, "a"): 10, (1, "b"): 5, (2, "all"): 17, (2, "a"): 4, (2, "b"): 7})


def test_beside_a_change_that_explains_the_report_no_search_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for steps in (0, 100_000):
        monkeypatch.setattr(judging, "STEPS_BESIDE_A_CHANGE", steps)
        changes, sets = judged(EXCHANGED.system, EXCHANGED.cells, EXCHANGED.places, set())
        assert "rows_exchanged" in [change.kind for change in changes]
        assert not sets.is_given_up
        assert bool(sets.explanations) == (steps > 0)


def test_no_exchange_is_named_beside_a_figure_that_breaks_a_rule_of_its_own() -> None:
    """Wherever it stood, it would break that rule."""
    accused = {next(iter(EXCHANGED.cells))}
    changes, sets = judged(EXCHANGED.system, EXCHANGED.cells, EXCHANGED.places, accused)
    assert changes == []
    assert all(accused <= set(one.cells) for one in sets.explanations)
