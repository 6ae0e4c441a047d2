"""Mutants are as many as there are mistakes to make, and each differs from the sample exactly where it says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.mutations.landing import land_mutants
from benchmarks.mutations.making import all_mutants
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.running import drawn
from benchmarks.mutations.sample import Place, Sample, value_of
from benchmarks.mutations.workers import SAMPLE
from loaders.landing import land
from loaders.parsing import parse_report
from warehouse.errors import RejectedReportError

SIZES = {
    Kind.DIGIT: 31_080,
    Kind.DIGIT_OF_COPY: 39_145 - 31_080,
    Kind.DIGITS_SWAPPED: 2_487,
    Kind.STAR_TO_DIGIT: 142 * 6,
    Kind.STAR_TO_NUMBER: 142 * 3,
    Kind.FIGURE_TO_STAR: 1_568,
    Kind.ROWS_SWAPPED: 277,
    Kind.ROW_DROPPED: 342,
    Kind.ROW_DOUBLED: 342,
    Kind.COLUMN_DROPPED: (56 + 1) * 5,
    Kind.PAGE_DROPPED: 45,
}
KEEP_LAYOUT = [kind for kind in Kind if list(Kind).index(kind) <= list(Kind).index(Kind.ROWS_SWAPPED)]
CHANGE_LAYOUT = [kind for kind in Kind if kind not in KEEP_LAYOUT]


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample.read(SAMPLE)


@pytest.fixture(scope="module")
def mutants(sample: Sample) -> list[Mutant]:
    return list(all_mutants(sample))


def some(mutants: list[Mutant], kind: Kind, count: int = 30) -> list[Mutant]:
    """Return some mutants of a kind, the same ones every time."""
    return random.Random(7).sample([mutant for mutant in mutants if mutant.kind is kind], count)  # noqa: S311


def lines_of(mutant: Mutant, sample: Sample) -> list[str]:
    return mutant.content(sample).decode().split("\n")


def figures_of(lines: list[str]) -> Iterator[tuple[Place, str]]:
    """Yield the figures of a text that has the sample's layout, read without the loader."""
    for line_number, line in enumerate(lines, start=1):
        label, *texts = line.split("\t")
        if label:
            yield from ((Place(line_number, column), text) for column, text in enumerate(texts, start=1))


def rows_of(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[Any, ...]]]:
    """Return all that is landed but the time, in one order."""
    return [
        connection.execute("select * exclude (loaded_at) from raw.reports order by all").fetchall(),
        connection.execute("from raw.cells order by all").fetchall(),
    ]


def test_the_sample_is_read_as_printed(sample: Sample) -> None:
    assert (len(sample.tables), len(sample.pages)) == (56, 45)
    assert dict(figures_of(list(sample.lines))) == sample.figures
    assert len(sample.copies) == 342 - 290


def test_a_copy_of_a_total_prints_the_figures_of_its_measure(sample: Sample) -> None:
    for copy, first in sample.copies.items():
        assert sample.lines[copy - 1].startswith("I alt ")
        assert first <= sample.tables[0].first_line + 7
        assert sample.lines[copy - 1].split("\t")[1:] == sample.lines[first - 1].split("\t")[1:]


def test_each_universe_is_complete(mutants: list[Mutant]) -> None:
    assert Counter(mutant.kind for mutant in mutants) == SIZES


def test_no_two_mutants_are_the_same_text_and_none_is_the_sample(sample: Sample, mutants: list[Mutant]) -> None:
    few = [mutant for kind in Kind for mutant in mutants if mutant.kind is kind][::7]
    texts = {mutant.content(sample) for mutant in few}
    assert len(texts) == len(few)
    assert "\n".join(sample.lines).encode() not in texts


@pytest.mark.parametrize("kind", KEEP_LAYOUT)
def test_a_mutated_figure_is_the_only_difference(sample: Sample, mutants: list[Mutant], kind: Kind) -> None:
    for mutant in some(mutants, kind):
        now = dict(figures_of(lines_of(mutant, sample)))
        changed = {place: (text,) for place, text in now.items() if text != sample.figures[place]}
        assert now.keys() == sample.figures.keys()
        assert changed == mutant.figures


@pytest.mark.parametrize("kind", CHANGE_LAYOUT)
def test_a_mutated_layout_loses_or_doubles_the_figures_it_says(
    sample: Sample, mutants: list[Mutant], kind: Kind
) -> None:
    for mutant in some(mutants, kind):
        expected = Counter(
            text for place, printed in sample.figures.items() for text in mutant.figures.get(place, (printed,))
        )
        assert Counter(text for _, text in figures_of(lines_of(mutant, sample))) == expected


def test_a_replaced_digit_is_one_digit_and_never_a_leading_zero(sample: Sample, mutants: list[Mutant]) -> None:
    for mutant in mutants:
        if mutant.kind in (Kind.DIGIT, Kind.DIGIT_OF_COPY):
            [(place, (text,))] = mutant.figures.items()
            printed = sample.figures[place]
            assert sum(one != other for one, other in zip(text, printed, strict=True)) == 1
            assert len(str(value_of(text))) == len(str(value_of(printed)))


def test_swapped_digits_are_the_same_digits(sample: Sample, mutants: list[Mutant]) -> None:
    for mutant in some(mutants, Kind.DIGITS_SWAPPED, 300):
        [(place, (text,))] = mutant.figures.items()
        assert sorted(text) == sorted(sample.figures[place])


def test_mutants_land_as_the_loader_lands_their_files(tmp_path: Path, sample: Sample, mutants: list[Mutant]) -> None:
    few = dict(enumerate([mutant for kind in Kind for mutant in some(mutants, kind, 5)]))
    with duckdb.connect(tmp_path / "fast.duckdb") as connection:
        numbers, rejected = land_mutants(connection, sample, few)
        fast = rows_of(connection)
    by_the_loader, refused = [], []
    for number, mutant in few.items():
        try:
            report = parse_report(mutant.content(sample), f"mutant_{number:06}.txt")
            by_the_loader.append(report)
            assert numbers[report.report_id] == number
        except RejectedReportError:
            refused.append(number)
    with duckdb.connect(tmp_path / "loader.duckdb") as connection:
        land(connection, by_the_loader)
        assert fast == rows_of(connection)
    assert sorted(rejected) == refused
    assert {few[number].kind for number in refused} >= {Kind.COLUMN_DROPPED}


def test_a_share_is_drawn_from_each_kind_and_always_the_same(mutants: list[Mutant]) -> None:
    few = drawn(mutants, 0.001)
    assert Counter(mutant.kind for mutant in few) == {kind: max(1, round(0.001 * size)) for kind, size in SIZES.items()}
    assert [mutant.figures for mutant in few] == [mutant.figures for mutant in drawn(mutants, 0.001)]
    assert len(drawn(mutants, 1)) == len(mutants)
