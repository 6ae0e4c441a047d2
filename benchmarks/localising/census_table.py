"""A table as censuses print them: places by sex by age, with a total for each, every sum exact and nothing starred."""

from __future__ import annotations

import random
from itertools import product

from reasoning.printed import PrintedCell
from reasoning.rules import Rule, System
from tests.reasoning.printed_report import PrintedReport

PLACES, SEXES, AGES = 20, 2, 6
_SEED = 1900
_LARGEST = 2_000


def census_table() -> PrintedReport:
    """Return the table with made-up figures, a line for each place and sex; index 0 is a total in each direction."""
    generator = random.Random(_SEED)  # noqa: S311
    sizes = (PLACES, SEXES, AGES)
    inner = {index: generator.randint(5, _LARGEST) for index in product(*(range(1, size + 1) for size in sizes))}
    indexes = list(product(*(range(size + 1) for size in sizes)))
    cells = {index: number for number, index in enumerate(indexes)}
    figures = {
        index: sum(
            figure
            for other, figure in inner.items()
            if all(at in (0, other_at) for at, other_at in zip(index, other, strict=True))
        )
        for index in indexes
    }
    rules = []
    for axis, size in enumerate(sizes):
        for index in indexes:
            if index[axis] == 0:
                parts = [(*index[:axis], part, *index[axis + 1 :]) for part in range(1, size + 1)]
                rules.append(Rule({cells[index]: -1, **{cells[part]: 1 for part in parts}}, 0, 0))
    lines = {place_and_sex: line for line, place_and_sex in enumerate(product(range(PLACES + 1), range(SEXES + 1)), 1)}
    places = [
        PrintedCell(
            cells[place, sex, age],
            sex + 1,
            lines[place, sex],
            age + 1,
            is_average=False,
            is_total_row=place == 0,
            breakdown="place",
            category=str(place),
            lower=figures[place, sex, age],
            upper=figures[place, sex, age],
        )
        for place, sex, age in indexes
    ]
    return PrintedReport(
        System(dict(enumerate(rules))), {place.cell: (place.lower, place.upper) for place in places}, places
    )
