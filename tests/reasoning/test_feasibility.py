"""Whether any whole numbers satisfy all rules: exact, and without the solver wherever a witness is found."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning import feasibility
from reasoning.budget import STEPS_OF_A_REPORT, Budget, GaveUpError
from reasoning.explaining import Explained, single_cells, smallest_sets
from reasoning.feasibility import contradictory_cells, is_satisfiable
from reasoning.opening import OPEN_UPPER
from reasoning.propagation import narrow
from reasoning.rules import Rule, System
from reasoning.searching import find_witness
from reasoning.solver import SolverError
from tests.reasoning.tables import CLASSIC, TWO_BLOCKS_AND_A_BRIDGE, Table, cell, solutions, star_table, table
from tests.sample import PROJECT

IMPOSSIBLE = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 4, 4, 4, 4], [4, 4, 5, 4, 4, 3])
POSSIBLE = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 5, 4, 4, 4], [4, 4, 4, 5, 4, 4])


def propagation_sees_nothing(seen: Table) -> bool:
    narrowed = dict(seen.cells)
    return narrow(seen.system, narrowed) is None and narrowed == seen.cells


def test_an_impossible_table_that_propagation_passes_is_refuted() -> None:
    """Rows 1 to 3 sum to 12, columns 1 to 3 to 13: the star between the blocks would be −1."""
    assert propagation_sees_nothing(IMPOSSIBLE)
    assert find_witness(*IMPOSSIBLE) is None
    assert not is_satisfiable(*IMPOSSIBLE, Budget())
    assert contradictory_cells(*IMPOSSIBLE, Budget()) == set(IMPOSSIBLE.cells)


def test_a_possible_table_has_a_witness() -> None:
    witness = find_witness(*POSSIBLE)
    assert witness is not None
    assert POSSIBLE.system.is_satisfied_by(witness, POSSIBLE.cells)
    assert contradictory_cells(*POSSIBLE, Budget()) == set()


def test_a_witness_is_found_without_importing_the_solver() -> None:
    code = (
        "import sys; from tests.reasoning.test_feasibility import POSSIBLE, Budget, is_satisfiable; "
        "assert is_satisfiable(*POSSIBLE, Budget()); print('highspy' in sys.modules, 'numpy' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert printed.stdout.split()[0] == "False"


def test_nothing_is_held_against_a_report_where_the_solver_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, nodes: int) -> None:
        assert nodes > 0
        raise SolverError

    monkeypatch.setattr(feasibility, "solve", gives_up)
    assert is_satisfiable(*IMPOSSIBLE, Budget())


def test_a_search_ends_when_its_steps_are_used_up() -> None:
    with pytest.raises(GaveUpError):
        is_satisfiable(*IMPOSSIBLE, Budget(10))
    printed = {number: (number, number) for number in range(40)}
    pairs = table(printed, *[Rule({number: 1, number + 1: -1}, 0, 0) for number in range(0, 40, 2)])
    for steps in (0, 30, 100, 300):
        given_up = smallest_sets(*pairs, set(), Budget(steps))
        assert given_up.is_given_up
        assert given_up == smallest_sets(*pairs, set(), Budget(steps))
    assert not smallest_sets(*pairs, set(), Budget()).is_given_up
    assert single_cells(*IMPOSSIBLE, set(IMPOSSIBLE.cells), Budget(10)) == Explained([], is_given_up=True)


def test_a_star_can_be_determined_though_every_line_holds_two() -> None:
    classic = star_table(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3])
    assert propagation_sees_nothing(classic)
    middle = cell(1, 2)
    possible = [
        number
        for number in range(4)
        if is_satisfiable(classic.system, {**classic.cells, middle: (number, number)}, Budget())
    ]
    assert possible == [0]


def test_only_the_part_that_contradicts_itself_is_named() -> None:
    beside = {500: Rule({500: 1, 501: 1}, 3, 3)}
    system, cells = System({**IMPOSSIBLE.system.rules, **beside}), {**IMPOSSIBLE.cells, 500: (0, 3), 501: (0, 3)}
    assert [len(within) for _, within in system.parts(cells)] == [2, len(IMPOSSIBLE.cells)]
    assert contradictory_cells(system, cells, Budget()) == set(IMPOSSIBLE.cells)


def test_parts_do_not_hang_together_in_a_cell_that_is_one_number() -> None:
    shared = table(
        {0: (0, 3), 1: (2, 2), 2: (0, 3)}, Rule({0: 1, 1: 1}, 3, 4), Rule({1: -1, 2: 2}, 0, 4), Rule({1: 1}, 2, 2)
    )
    parts = [(part.rules, within) for part, within in shared.system.parts(shared.cells)]
    assert sorted(parts, key=lambda part: min(part[0])) == [
        ({0: Rule({0: 1}, 1, 2)}, {0: (0, 3)}),
        ({1: Rule({2: 2}, 2, 6)}, {2: (0, 3)}),
    ]


def test_a_contradiction_names_rules_that_suffice_for_it() -> None:
    cells = dict.fromkeys(range(4), (0, 3))
    chain = table(cells, Rule({0: 1}, 2, 3), Rule({3: 1}, 0, 1), Rule({0: 1, 1: -1}, 0, 0), Rule({1: 1, 2: 1}, 0, 1))
    contradiction = narrow(chain.system, dict(cells))
    assert contradiction is not None
    assert contradiction.rules() == {0, 2, 3}


def test_bounds_that_creep_are_left_to_the_solver() -> None:
    """Each of two cells must exceed the other by one: their bounds would take ten million steps to cross."""
    cells = {0: (0, OPEN_UPPER), 1: (0, OPEN_UPPER), 2: (5, 5)}
    creeping = table(cells, Rule({0: 1, 1: -1}, 1, 1), Rule({0: -1, 1: 1}, 1, 1), Rule({0: 1, 2: 1}, 0, OPEN_UPPER))
    assert narrow(creeping.system, dict(cells)) is None
    assert not is_satisfiable(*creeping, Budget())
    assert contradictory_cells(*creeping, Budget()) == {0, 1}


def test_cells_that_would_creep_when_opened_are_no_set() -> None:
    """Both rules say what cells 0 and 1 differ by, and say otherwise: cell 2 is wrong, and one of the two."""
    printed = {0: (5, 5), 1: (5, 5), 2: (3, 3)}
    rules = table(printed, Rule({0: 1, 1: -1, 2: -1}, 0, 0), Rule({0: 1, 1: -1}, 1, 1))
    found = [explanation.cells for explanation in smallest_sets(*rules, set(), Budget()).explanations]
    assert sorted(found, key=min) == [{0: (6, 6), 2: (1, 1)}, {1: (4, 4), 2: (1, 1)}]


def test_every_single_cell_that_explains_a_hidden_contradiction_is_told() -> None:
    """The printed totals of the first three rows are one short of those of the first three columns."""
    stars = star_table(TWO_BLOCKS_AND_A_BRIDGE, [0, 0, 0, 0, 0, 0], [4, 4, 5, 4, 4, 4])
    totals = {row: Rule({**stars.system.rules[row].coefficients, 1000 + row: -1}, 0, 0) for row in range(6)}
    system = System({**stars.system.rules, **totals})
    cells = {**stars.cells, **{1000 + row: (4, 4) for row in range(6)}}
    budget, contradictory = Budget(), contradictory_cells(system, cells, Budget())
    found = single_cells(system, cells, contradictory, budget)
    assert [list(one.cells) for one in found.explanations] == [[1000], [1001], [1002]]
    assert all(lower <= 5 <= upper for one in found.explanations for lower, upper in one.cells.values())
    assert found.certain == {}
    # One of three, where the search ends before the others are tried, would look like the only one.
    for steps in range(0, STEPS_OF_A_REPORT - budget.left, (STEPS_OF_A_REPORT - budget.left) // 8):
        given_up = single_cells(system, cells, contradictory, Budget(steps))
        assert given_up == Explained([], is_given_up=True)


def test_what_pins_a_star_beside_a_hidden_contradiction_may_explain_it() -> None:
    """The first row leaves out a star that a printed 0 pins: were that a 1, rows and columns would agree."""
    stars = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 4, 4, 4, 4], [4, 4, 5, 4, 4, 4])
    pinned, printed = 2000, 2001
    first_row = Rule({**stars.system.rules[0].coefficients, pinned: -1}, 4, 4)
    system = System({**stars.system.rules, 0: first_row, 200: Rule({pinned: 1, printed: -1}, 0, 0)})
    cells = {**stars.cells, pinned: (0, 3), printed: (0, 0)}
    narrowed = dict(cells)
    assert narrow(system, narrowed) is None
    contradictory = contradictory_cells(system, narrowed, Budget())
    assert pinned not in contradictory
    found = single_cells(system, cells, contradictory, Budget())
    assert [list(one.cells) for one in found.explanations] == [[printed]]
    assert found.certain == found.explanations[0].cells


def test_two_wrong_cells_are_a_smallest_set() -> None:
    """Two sums of printed numbers, both wrong, with no cell in common; one cell of the first is accused already."""
    printed = {0: (9, 9), 1: (4, 4), 2: (20, 20), 3: (21, 21)}
    sums = table(printed, Rule({0: 1, 1: -1}, 0, 0), Rule({2: 1, 3: -1}, 0, 0))
    found = [explanation.cells for explanation in smallest_sets(*sums, {1}, Budget()).explanations]
    assert sorted(found, key=max) == [{1: (9, 9), 2: (21, 21)}, {1: (9, 9), 3: (20, 20)}]


@st.composite
def small_tables(draw: st.DrawFn) -> Table:
    cells = {number: (0, draw(st.integers(0, 3))) for number in range(draw(st.integers(1, 5)))}
    rules = []
    for _ in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, unique=True))
        coefficients = {member: draw(st.sampled_from([1, 1, 1, -1, -3])) for member in members}
        lower = draw(st.integers(-4, 6))
        rules.append(Rule(coefficients, lower, lower + draw(st.integers(0, 3))))
    return table(cells, *rules)


@given(small_tables())
@settings(max_examples=300, deadline=None)
def test_the_verdict_is_that_of_trying_everything(drawn: Table) -> None:
    system, cells = drawn
    found = solutions(system, cells)
    assert is_satisfiable(system, cells, Budget()) == bool(found)
    bounds = dict(cells)
    contradiction = narrow(system, bounds)
    if contradiction is not None:
        assert found == []
        assert solutions(System({number: system.rules[number] for number in contradiction.rules()}), cells) == []
    for values in found:
        assert all(bounds[name][0] <= number <= bounds[name][1] for name, number in values.items())


@given(small_tables())
@settings(max_examples=40, deadline=None)
def test_no_smaller_set_explains_what_a_smallest_set_does(drawn: Table) -> None:
    system, cells = drawn
    anything = (0, 100)  # for rules of such small numbers
    explaining = [
        set(opened)
        for size in range(len(cells) + 1)
        for opened in combinations(cells, size)
        if is_satisfiable(system, {**cells, **dict.fromkeys(opened, anything)}, Budget())
    ]
    smallest = [opened for opened in explaining if opened and len(opened) == len(explaining[0])]
    found = [set(explanation.cells) for explanation in smallest_sets(system, cells, set(), Budget()).explanations]
    assert len(found) == min(len(smallest), 2)
    assert all(opened in smallest for opened in found)
