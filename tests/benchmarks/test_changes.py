"""The changed reports of a benchmark: drawn from all kinds alike, and printed as they are reasoned about."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.localising.changes import drawn
from benchmarks.localising.damages import Damage
from benchmarks.mutations.sample import Place, Sample, value_of
from benchmarks.mutations.workers import SAMPLE
from tests.reasoning.printed_report import PrintedReport
from tests.warehouse.warehouse import Warehouse

_COUNT = 60


@pytest.fixture(scope="module")
def printed(sample_build: Warehouse) -> PrintedReport:
    return PrintedReport.read(sample_build.build_database)


@pytest.fixture(scope="module")
def damages(printed: PrintedReport) -> list[Damage]:
    return list(drawn(Sample.read(SAMPLE), printed, printed.all_changes(), _COUNT))


def test_each_kind_comes_in_turn_and_no_text_twice(damages: list[Damage]) -> None:
    sample = Sample.read(SAMPLE)
    assert len({damage.mutant.content(sample) for damage in damages}) == len(damages) == _COUNT
    counts = Counter(damage.kind for damage in damages)
    assert {"rows_exchanged", "figures of another measure", "50 neighbouring lines misread"} <= counts.keys()
    assert max(counts.values()) - min(counts.values()) <= 1


def test_what_is_reasoned_about_is_what_the_text_prints(printed: PrintedReport, damages: list[Damage]) -> None:
    places = {place.cell: Place(place.line, place.column) for place in printed.places}
    printing = [damage for damage in damages if damage.prints]
    assert len(printing) > _COUNT / 2
    for damage in printing:
        wrong = {
            places[place.cell]: (place.lower, place.upper) for place in printed.printing(damage.prints or {}).places
        }
        for place, [text] in damage.mutant.figures.items():
            number = value_of(text)
            assert wrong[place] == ((0, 3) if number is None else (number, number)), damage.kind
