"""What is printed is the truth, laid out as the parameters say."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
import pytest

from tests.editions import (
    ERAS,
    FOLLOW_UP,
    THOUSANDS_SEPARATORS,
    Era,
    Family,
    Figures,
    Layout,
    make_figures,
    move_people,
    render,
    sister_family,
    truth,
)
from tests.editions.labels import ALL, BREAKDOWNS, NO_BREAKDOWN, PARTICIPANT_GROUPS
from tests.editions.noise import edit_distance, fold, near_labels, noisy
from tests.editions.series import tables_of
from tests.sample import SAMPLE

TRAINING = sister_family("opplaering", [("amo", "Arbeidsmarkedsopplæring"), ("fagbrev", "Fag- og yrkesopplæring")])

Printed = list[list[str]]


def blocks_of(text: str) -> list[Printed]:
    """Split the lines on tabs and keep the rows below each header."""
    blocks: list[Printed] = []
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) > 1 and not fields[0]:
            blocks.append([])
        elif len(fields) > 1:
            blocks[-1].append(fields)
    return blocks


def tables_in(text: str) -> list[Printed]:
    """Join each block with the one before where the total row is the same."""
    joined = []
    for total, blocks in groupby(blocks_of(text), key=lambda block: block[0]):
        joined.append([total, *(row for block in blocks for row in block[1:])])
    return joined


def as_printed(observations: pd.DataFrame, label: str, separator: str = " ") -> list[str]:
    cells = ["*" if pd.isna(value) else f"{value:,}".replace(",", separator) for value in observations["value"]]
    return [label, *cells]


def expected_tables(figures: Figures, months: int, layout: Layout) -> list[Printed]:
    """Write down the tables in the report's order from the truth alone."""
    observations = truth(figures, months, layout.threshold, leave_out_zero_unknown=layout.leave_out_zero_unknown)
    keys = ["participant_group_code", "measure_code", "breakdown", "category_code"]
    series = dict(iter(observations.groupby(keys, sort=False)))
    names = {measure.code: measure.label for measure in figures.family.measures}
    separator = layout.thousands_separator
    expected = []
    for group, name in ((ALL, ""), *PARTICIPANT_GROUPS.items()):
        codes = {ALL: f"I alt {name}".strip()} | names
        expected.append([as_printed(series[group, code, NO_BREAKDOWN, ALL], codes[code], separator) for code in codes])
    for breakdown in BREAKDOWNS:
        for measure, name in names.items():
            total = as_printed(series[ALL, measure, NO_BREAKDOWN, ALL], f"I alt {name.lower()}", separator)
            rows = [
                as_printed(series[ALL, measure, breakdown, code], label, separator)
                for code, label in figures.categories(breakdown).items()
                if (ALL, measure, breakdown, code) in series
            ]
            expected.append([total, *rows])
    return expected


def shape_of(text: str) -> str:
    """P, H, r and _ for period lines, headers, rows and blank lines, below the preamble."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if re.match(r"\w+ \d{4} - ", line))
    return "".join(
        "_" if not line else "P" if "\t" not in line else "H" if line[0] == "\t" else "r" for line in lines[start:]
    )


@pytest.mark.parametrize("family", [FOLLOW_UP, TRAINING])
@pytest.mark.parametrize("months", [1, 7, 12])
@pytest.mark.parametrize("year", [2017, 2019, 2022, 2024])
def test_every_printed_figure_is_the_truth(year: int, months: int, family: Family) -> None:
    figures = make_figures(1, year, family=family)
    for layout in (Layout(), Layout(lines_per_page=5), Layout(cut_seed=1), Layout(threshold=10)):
        assert tables_in(render(figures, months, layout)) == expected_tables(figures, months, layout)


def test_structure_is_that_of_the_real_report() -> None:
    real = SAMPLE.read_text(encoding="utf-8")
    made = render(make_figures(1, 2024), 4)
    assert shape_of(made) == shape_of(real)
    assert made.split("\n")[:11] == real.split("\n")[:11]
    assert len(tables_in(made)) == 46
    assert len(blocks_of(made)) == 56
    for own, scanned in zip(made.split("\n"), real.split("\n"), strict=True):
        assert edit_distance(fold(own.split("\t")[0]), fold(scanned.split("\t")[0])) <= 2


def test_average_is_suppressed_after_rounding() -> None:
    figures = make_figures(1, 2024)
    for month, people in enumerate((5, 3, 3, 3), start=1):
        mentor_by_county = figures.splits["county"][month - 1, 5]
        there = int(mentor_by_county[-1])
        largest = figures.era.counties[int(mentor_by_county.argmax())].code
        source, target = (largest, "99") if people >= there else ("99", largest)
        figures = move_people(
            figures,
            month=month,
            measure_code="mentor",
            breakdown="county",
            source=source,
            target=target,
            count=abs(people - there),
        )
    assert ["Ukjent", "4", "5", "*", "*", "*"] in [row for table in tables_in(render(figures, 4)) for row in table]


@pytest.mark.parametrize("separator", THOUSANDS_SEPARATORS)
def test_thousands_separator(separator: str) -> None:
    figures = make_figures(1, 2022)
    layout = Layout(thousands_separator=separator)
    text = render(figures, 2, layout)
    assert tables_in(text) == expected_tables(figures, 2, layout)
    assert re.search(rf"I alt\t\d\d{separator}\d\d\d\t", text)


def test_line_endings_byte_order_mark_and_last_newline() -> None:
    figures = make_figures(1, 2022)
    plain = render(figures, 2)
    assert not plain.endswith("\n")
    assert render(figures, 2, Layout(final_newline=True)) == plain + "\n"
    assert render(figures, 2, Layout(line_ending="\r\n")) == plain.replace("\n", "\r\n")
    assert render(figures, 2, Layout(byte_order_mark=True)) == "\ufeff" + plain


def test_preamble_says_threshold_and_paragraph() -> None:
    text = render(make_figures(1, 2018), 2, Layout(threshold=10, paragraph="2-6"))
    assert "Statistikklovens § 2-6 har" in text
    assert "mindre enn 10 med" in text
    assert "\nJanuar 2018 - Februar 2018\n" in text


def test_pages_hold_no_more_than_they_can() -> None:
    for lines_per_page in (3, 5, 8, 13, 40):
        text = render(make_figures(1, 2024), 4, Layout(lines_per_page=lines_per_page))
        pages = shape_of(text).split("P")
        assert max(page.count("H") + page.count("r") for page in pages) <= lines_per_page


def test_random_cuts_fall_everywhere_and_each_opens_a_page() -> None:
    figures = make_figures(1, 2024)
    seen = set()
    for seed in range(10):
        shape = shape_of(render(figures, 4, Layout(cut_seed=seed)))
        seen |= set(re.findall("H(r+)(?=_|$)", shape))
    assert {"r" * length for length in range(1, 12)} <= seen
    text = render(figures, 4, Layout(cut_seed=1))
    assert text != render(figures, 4, Layout(cut_seed=2))
    for page in re.split(r"\n(?=Januar 2024 - )", text)[1:]:
        totals = [block[0][0] for block in blocks_of(page)]
        assert all(one != other for one, other in pairwise(totals))
    assert re.search(r"\tApril\nI alt [^\n]*\nUkjent\t[^\n]*\n\n", text)
    assert re.search(r"\tApril\nI alt [^\n]*\n\n", text)


def test_period_line_may_stand_on_every_table() -> None:
    figures = make_figures(1, 2024)
    assert "_Hr" in shape_of(render(figures, 4)).replace("P_H", "")
    shape = shape_of(render(figures, 4, Layout(period_line_on_every_table=True)))
    assert shape.count("P_H") == shape.count("H")


def test_tables_may_be_shuffled_with_their_continuations() -> None:
    figures = make_figures(1, 2024)
    text = render(figures, 4, Layout(table_order_seed=3, lines_per_page=7))
    made = [row for block in blocks_of(text) for row in block]
    plain = [row for block in blocks_of(render(figures, 4, Layout(lines_per_page=7))) for row in block]
    assert made != plain
    unordered = sorted(map(tuple, (row for row in made if not row[0].startswith("I alt"))))
    assert unordered == sorted(map(tuple, (row for row in plain if not row[0].startswith("I alt"))))
    counties = [county.label for county in figures.era.counties]
    rows = [row[0] for row in made if not row[0].startswith("I alt")]
    starts = [at for at, label in enumerate(rows) if label == counties[0]]
    assert len(starts) == 7
    assert all(rows[at : at + len(counties)] == counties for at in starts)


def test_only_the_zero_row_of_unknown_background_is_left_out() -> None:
    figures = make_figures(1, 2024)
    short, full = render(figures, 4), render(figures, 4, Layout(leave_out_zero_unknown=False))
    assert len(tables_in(full)[36]) == len(tables_in(short)[36]) == 6
    lengths = [(len(one), len(other)) for one, other in zip(tables_in(short), tables_in(full), strict=True)]
    assert [at for at, (one, other) in enumerate(lengths) if one != other] == [4 + 7 * 4 + 5]
    dropped = [row for row in tables_in(full)[37] if row not in tables_in(short)[37]]
    assert dropped == [["Ukjent", "*", "*", "*", "*", "*"]]


@pytest.mark.parametrize("era", ERAS)
def test_noise_never_makes_a_label_like_another(era: Era) -> None:
    tables = tables_of(FOLLOW_UP, era)
    labels = frozenset(row.label for table in tables for row in (table.total, *table.rows))
    near = near_labels(labels)
    folded = {label: fold(label) for label in labels}
    rng = np.random.default_rng(1)
    for label in sorted(labels):
        results = {noisy(label, near[label], rng) for _ in range(12)}
        assert label == "I alt" or any(result != label for result in results)
        for result in results:
            assert re.sub(r"\D", "", result) == re.sub(r"\D", "", label)
            assert result[:3] == label[:3] or not label[:2].isdigit()
            own = edit_distance(fold(result), folded[label])
            assert own <= 1
            if own:
                others = [edit_distance(fold(result), folded[other]) for other in labels - {label}]
                assert min(others) >= own + 2


def test_noise_touches_its_share_of_labels_and_no_figure() -> None:
    figures = make_figures(1, 2024)
    clean = blocks_of(render(figures, 4))
    for share in (0.0, 0.3, 1.0):
        text = render(figures, 4, Layout(label_noise=share))
        assert [[row[1:] for row in block] for block in blocks_of(text)] == [
            [row[1:] for row in block] for block in clean
        ]
        rows = zip((r for b in blocks_of(text) for r in b), (r for b in clean for r in b), strict=True)
        noised = np.mean([one[0] != other[0] for one, other in rows])
        assert share - 0.1 <= noised <= share + 0.1
        assert ("Gjennomsnitt hittil" in text) == (share > 0)
        assert text == render(figures, 4, Layout(label_noise=share))
    assert render(figures, 4, Layout(label_noise=0.3, noise_seed=1)) != render(figures, 4, Layout(label_noise=0.3))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("thousands_separator", lambda: Layout(thousands_separator=".")),
        ("line_ending", lambda: Layout(line_ending="\r")),
        ("lines_per_page", lambda: Layout(lines_per_page=2)),
        ("label_noise", lambda: Layout(label_noise=1.5)),
        ("threshold", lambda: Layout(threshold=0)),
    ],
)
def test_a_layout_out_of_range_is_refused(name: str, wrong: Callable[[], Layout]) -> None:
    with pytest.raises(ValueError, match=name):
        wrong()
