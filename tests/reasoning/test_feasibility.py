"""Whether any whole numbers satisfy all rules: exact, and without the solver wherever a witness is found."""

from __future__ import annotations

import itertools
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.explaining import single_cells, smallest_sets
from reasoning.feasibility import contradictory_cells, find_witness, is_satisfiable
from reasoning.propagation import Propagation
from reasoning.rules import Rules, Term, components
from tests.reasoning.tables import CLASSIC, TWO_BLOCKS_AND_A_BRIDGE, cell, star_table
from tests.warehouse.project import PROJECT

IMPOSSIBLE = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 4, 4, 4, 4], [4, 4, 5, 4, 4, 3])
POSSIBLE = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 5, 4, 4, 4], [4, 4, 4, 5, 4, 4])


def test_an_impossible_table_that_propagation_passes_is_refuted() -> None:
    """Rows 1 to 3 sum to 12, columns 1 to 3 to 13: the star between the blocks would be −1."""
    assert Propagation(IMPOSSIBLE).tightened(IMPOSSIBLE.cells) == IMPOSSIBLE.cells
    assert find_witness(IMPOSSIBLE) is None
    assert not is_satisfiable(IMPOSSIBLE)
    assert contradictory_cells(IMPOSSIBLE) == set(IMPOSSIBLE.cells)


def test_a_possible_table_has_a_witness() -> None:
    witness = find_witness(POSSIBLE)
    assert witness is not None
    assert POSSIBLE.are_satisfied_by(witness)
    assert contradictory_cells(POSSIBLE) == set()


def test_a_witness_is_found_without_importing_the_solver() -> None:
    code = (
        "import sys; from tests.reasoning.test_feasibility import POSSIBLE, is_satisfiable; "
        "assert is_satisfiable(POSSIBLE); print('highspy' in sys.modules, 'numpy' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert printed.stdout.split()[0] == "False"


def test_a_star_can_be_determined_though_every_line_holds_two() -> None:
    table = star_table(CLASSIC, [3, 3, 3, 3], [3, 3, 3, 3])
    assert Propagation(table).tightened(table.cells) == table.cells
    middle = cell(1, 2)
    assert [number for number in range(4) if is_satisfiable(table.with_cells({middle: (number, number)}))] == [0]


def test_only_the_part_that_contradicts_itself_is_named() -> None:
    beside = Rules((Term(500, 500, 1), Term(500, 501, 1)), {500: (3, 3)}, {500: (0, 3), 501: (0, 3)})
    both = Rules(
        (*IMPOSSIBLE.terms, *beside.terms),
        {**IMPOSSIBLE.limits, **beside.limits},
        {**IMPOSSIBLE.cells, **beside.cells},
    )
    assert len(components(both)) == 2
    assert contradictory_cells(both) == set(IMPOSSIBLE.cells)


def test_every_single_cell_that_explains_a_hidden_contradiction_is_told() -> None:
    """The printed totals of the first three rows are one short of those of the first three columns."""
    table = star_table(TWO_BLOCKS_AND_A_BRIDGE, [0, 0, 0, 0, 0, 0], [4, 4, 5, 4, 4, 4])
    printed = Rules(
        (*table.terms, *(Term(row, 1000 + row, -1) for row in range(6))),
        table.limits,
        {**table.cells, **{1000 + row: (4, 4) for row in range(6)}},
    )
    explanations = single_cells(printed, contradictory_cells(printed))
    assert [list(found.cells) for found in explanations] == [[1000], [1001], [1002]]
    assert all(lower <= 5 <= upper for found in explanations for lower, upper in found.cells.values())


def test_two_wrong_cells_are_a_smallest_set() -> None:
    """Two sums of printed numbers, both wrong, with no cell in common; one cell of the first is accused already."""
    sums = Rules(
        tuple(Term(number // 2, number, -1 if number % 2 else 1) for number in range(4)),
        {0: (0, 0), 1: (0, 0)},
        {0: (9, 9), 1: (4, 4), 2: (20, 20), 3: (21, 21)},
    )
    found = [explanation.cells for explanation in smallest_sets(sums, accused={1})]
    assert sorted(found, key=max) == [{1: (9, 9), 2: (21, 21)}, {1: (9, 9), 3: (20, 20)}]


@st.composite
def small_rules(draw: st.DrawFn) -> Rules:
    cells = {number: (0, draw(st.integers(0, 3))) for number in range(draw(st.integers(1, 5)))}
    terms = []
    limits = {}
    for rule in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, unique=True))
        terms += [Term(rule, member, draw(st.sampled_from([1, 1, 1, -1, -3]))) for member in members]
        lower = draw(st.integers(-4, 6))
        limits[rule] = (lower, lower + draw(st.integers(0, 3)))
    return Rules(tuple(terms), limits, cells)


@given(small_rules())
@settings(max_examples=300, deadline=None)
def test_the_verdict_is_that_of_trying_everything(rules: Rules) -> None:
    everything = itertools.product(*(range(lower, upper + 1) for lower, upper in rules.cells.values()))
    solutions = [
        values
        for numbers in everything
        if rules.are_satisfied_by(values := dict(zip(rules.cells, numbers, strict=True)))
    ]
    assert is_satisfiable(rules) == bool(solutions)
    bounds = Propagation(rules).tightened(rules.cells)
    for values in solutions:
        assert bounds is not None
        assert all(bounds[cell][0] <= number <= bounds[cell][1] for cell, number in values.items())
