"""The true figures, their truth tables, revisions and histories are what the generator promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.editions import (
    ERA_2018,
    ERA_2020,
    ERA_2024,
    ERA_TO_2017,
    FOLLOW_UP,
    Era,
    Family,
    Figures,
    Revision,
    add_people,
    era_of,
    history,
    make_figures,
    move_people,
    revise,
    sister_family,
    truth,
)
from tests.editions.commands import main
from tests.editions.labels import ALL, BREAKDOWNS, NO_BREAKDOWN
from tests.editions.series import rounded_means

FIRST_CATEGORIES = {
    "county": "03",
    "gender": "female",
    "age_group": "Y_LE19",
    "immigration_category": "immigrant",
    "country_background": "europe",
    "education": "upper_secondary",
}
TRAINING = sister_family("opplaering", [("amo", "Arbeidsmarkedsopplæring"), ("fagbrev", "Fag- og yrkesopplæring")])


def by_series(observations: pd.DataFrame) -> pd.Series:
    keys = ["participant_group_code", "measure_code", "breakdown", "category_code", "period_kind", "month"]
    return observations.set_index(keys)["true_value"]


@pytest.mark.parametrize("family", [FOLLOW_UP, TRAINING])
@pytest.mark.parametrize("year", [1950, 2017, 2019, 2022, 2024])
def test_months_add_up_in_every_rule_of_the_report(year: int, family: Family) -> None:
    observations = truth(make_figures(3, year, family=family), leave_out_zero_unknown=False)
    months = observations[observations["period_kind"] == "month"]
    columns = ["participant_group_code", "measure_code", "breakdown", "category_code", "month"]
    counts: list[int] = months["true_value"].tolist()
    people = dict(zip(map(tuple, months[columns].to_numpy().tolist()), counts, strict=True))
    sums: Counter[tuple[object, ...]] = Counter()
    for (group, measure, breakdown, category, month), count in people.items():
        if measure != ALL and breakdown == NO_BREAKDOWN:
            sums["measures", group, ALL, month] += count
        if group != ALL:
            sums["groups", ALL, measure, month] += count
        if category != ALL:
            sums[breakdown, ALL, measure, month] += count
    measures = len(family.measures)
    assert len(sums) == 12 * (4 + (1 + measures) + 6 * measures)
    for (rule, group, measure, month), count in sums.items():
        assert count == people[group, measure, NO_BREAKDOWN, ALL, month], f"{rule}: {measure} in {month}"


def test_figures_have_the_size_and_the_stars_of_the_real_report() -> None:
    for seed in range(20):
        observations = truth(make_figures(seed, 2024), 4)
        total = observations.query("measure_code == 'all' and participant_group_code == 'all'")["true_value"]
        assert total.between(16_000, 22_000).all()
        assert 0.03 < observations["is_suppressed"].mean() < 0.16
        assert (observations["true_value"] == 0).any()


def test_same_seed_same_figures_other_seed_or_year_other_figures() -> None:
    one, again = make_figures(1, 2022), make_figures(1, 2022)
    assert np.array_equal(one.groups, again.groups)
    assert all(np.array_equal(one.splits[name], again.splits[name]) for name in BREAKDOWNS)
    assert not np.array_equal(one.groups, make_figures(2, 2022).groups)
    assert not np.array_equal(one.groups, make_figures(1, 2023).groups)


@pytest.mark.parametrize(
    ("year", "era", "known"),
    [
        (1950, ERA_TO_2017, 19),
        (2017, ERA_TO_2017, 19),
        (2018, ERA_2018, 18),
        (2019, ERA_2018, 18),
        (2020, ERA_2020, 11),
        (2023, ERA_2020, 11),
        (2024, ERA_2024, 15),
        (2099, ERA_2024, 15),
    ],
)
def test_counties_are_those_in_force(year: int, era: Era, known: int) -> None:
    assert era_of(year) is era
    assert make_figures(1, year).era is era
    assert [county.label for county in era.counties][known:] == ["Ukjent"]
    assert len({county.code for county in era.counties}) == known + 1
    assert make_figures(1, year, ERA_2020).splits["county"].shape[2] == 12


def test_truth_stars_what_is_below_the_threshold_and_nothing_else() -> None:
    for threshold in (1, 4, 10):
        observations = truth(make_figures(1, 2022), 7, threshold)
        stars = observations[observations["is_suppressed"]]
        shown = observations[~observations["is_suppressed"]]
        assert stars["true_value"].max() == threshold - 1
        assert stars["value"].isna().all()
        assert (stars["value_lower"] == 0).all()
        assert (stars["value_upper"] == threshold - 1).all()
        assert shown["true_value"].min() >= threshold
        for column in ("value", "value_lower", "value_upper"):
            assert (shown[column] == shown["true_value"]).all()


def test_truth_has_the_columns_and_keys_of_the_contract() -> None:
    observations = truth(make_figures(1, 2024), 4, leave_out_zero_unknown=False)
    assert list(observations) == [
        *("participant_group_code", "measure_code", "breakdown", "category_code", "period_kind", "month"),
        *("value", "value_lower", "value_upper", "is_suppressed", "true_value"),
    ]
    assert len(observations) == 291 * 5
    assert by_series(observations).index.is_unique
    assert (observations["breakdown"] == NO_BREAKDOWN).sum() == 32 * 5
    assert set(observations["month"].dropna()) == {date(2024, month, 1) for month in range(1, 5)}
    assert (observations["month"].isna() == (observations["period_kind"] == "average")).all()
    assert len(truth(make_figures(1, 2024), 4)) == 290 * 5


def test_average_is_rounded_half_up() -> None:
    counts = np.array([[5, 3, 3, 3], [3, 3, 3, 4], [0, 0, 0, 2], [0, 0, 0, 0]])
    assert rounded_means(counts).tolist() == [4, 3, 1, 0]


def test_every_average_is_the_half_up_mean_of_its_months() -> None:
    observations = truth(make_figures(2, 2022), 8)
    for numbers in observations["true_value"].to_numpy().reshape(-1, 9).tolist():
        mean = Decimal(sum(numbers[1:])) / 8
        assert numbers[0] == mean.quantize(Decimal(1), ROUND_HALF_UP)


def test_moving_people_changes_two_figures_only() -> None:
    before = make_figures(1, 2024)
    after = move_people(
        before, month=2, measure_code="mentor", breakdown="gender", source="male", target="female", count=3
    )
    changed = by_series(truth(after, 4)) - by_series(truth(before, 4))
    month = changed[changed.index.get_level_values("period_kind") == "month"]
    assert sorted(month[month != 0]) == [-3, 3]
    regrouped = move_people(
        before,
        month=2,
        measure_code="mentor",
        breakdown="participant_group",
        source="job_seekers",
        target="others",
        count=1,
    )
    assert np.abs(regrouped.groups - before.groups).sum() == 2


def test_adding_people_keeps_every_sum() -> None:
    before = make_figures(1, 2024)
    after = add_people(before, month=1, measure_code="mentor", group="others", categories=FIRST_CATEGORIES, count=5)
    changed = by_series(truth(after, 1)) - by_series(truth(before, 1))
    month = changed[changed.index.get_level_values("period_kind") == "month"]
    assert list(month[month != 0]) == [5] * 10


def test_a_revision_changes_each_given_month_and_no_other() -> None:
    before = make_figures(1, 2022)
    after = revise(before, months=(1, 3), seed=5)
    changed = (after.groups.sum(axis=(1, 2)) != before.groups.sum(axis=(1, 2))).nonzero()[0] + 1
    assert list(changed) == [1, 3]
    assert np.array_equal(after.groups, revise(before, months=(1, 3), seed=5).groups)


@pytest.mark.parametrize(
    "impossible",
    [
        partial(revise, months=(13,), seed=1),
        partial(revise, months=(1,), seed=1, moves=0),
        partial(truth, months=0),
        partial(truth, months=13),
        partial(
            move_people,
            month=1,
            measure_code="mentor",
            breakdown="gender",
            source="male",
            target="female",
            count=9**9,
        ),
        partial(
            move_people,
            month=1,
            measure_code="?",
            breakdown="gender",
            source="male",
            target="female",
            count=1,
        ),
        partial(add_people, month=1, measure_code="mentor", group="others", categories={}, count=1),
    ],
)
def test_what_cannot_be_is_refused(impossible: Callable[[Figures], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        impossible(make_figures(1, 2022))


def test_a_family_needs_different_measures() -> None:
    for measures in ([], [("a", "A"), ("a", "B")], [("a", "A"), ("b", "A")]):
        with pytest.raises(ValueError, match="different"):
            sister_family("x", measures)


def test_history_follows_months_eras_revisions_and_reissues() -> None:
    change = partial(revise, months=(1,), seed=4)
    revisions = (Revision(2023, 11, change), Revision(2024, 2, change, is_reissue=True))
    editions = history(2023, 10, 6, revisions=revisions)
    assert [edition.file_name for edition in editions] == [
        "2023-10_oppfolging.txt",
        "2023-11_oppfolging.txt",
        "2023-12_oppfolging.txt",
        "2024-01_oppfolging.txt",
        "2024-02_oppfolging.txt",
        "2024-02_oppfolging_2.txt",
        "2024-03_oppfolging.txt",
    ]
    january = [int(edition.figures.groups[0].sum()) for edition in editions]
    assert january[0] < january[1] == january[2]
    assert january[3] == january[4] < january[5] == january[6]
    assert [edition.figures.era for edition in editions] == [ERA_2020] * 3 + [ERA_2024] * 4
    assert editions[4].text != editions[5].text
    assert len(editions[5].truth) % 3 == 0


def test_a_history_may_start_after_a_revision_but_not_end_before_it() -> None:
    change = partial(revise, months=(1,), seed=4)
    whole = history(2022, 1, 6, revisions=[Revision(2022, 2, change, is_reissue=True)])
    late = history(2022, 5, 2, revisions=[Revision(2022, 2, change, is_reissue=True)])
    assert [edition.text for edition in late] == [edition.text for edition in whole[-2:]]
    with pytest.raises(ValueError, match="no edition"):
        history(2022, 1, 6, revisions=[Revision(2022, 7, change)])
    with pytest.raises(ValueError, match="month 1 to 12"):
        history(2022, 13, 1)


def test_command_line_writes_one_file_or_many(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    assert main(["--year", "2022", "--months", "7", "--seed", "1", "--to", str(file)]) == 0
    folder = tmp_path / "many"
    assert main(["--year", "2022", "--months", "7", "--count", "7", "--to", str(folder)]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 7
    assert (names[0], names[-1]) == ("2022-07_oppfolging.txt", "2023-01_oppfolging.txt")
    assert (folder / names[0]).read_bytes() == file.read_bytes()
    with pytest.raises(SystemExit, match="2"):
        main(["--year", "2022", "--months", "7", "--count", "2", "--to", str(file)])
