"""Two years of editions over a county reform, with re-issues and revisions, in whatever order they come."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from tests.editions import Edition, Revision, history, revise
from tests.sample import PROJECT
from tests.warehouse.forked_commands import dbt, finish, loaders
from tests.warehouse.table_contents import FIGURES, Row, assert_same, rows_of, snapshot
from tests.warehouse.warehouse import UNRELATED, Warehouse

KEYS = ["month", "participant_group_code", "measure_code", "breakdown", "category_code"]

REVISIONS = (
    Revision(2023, 4, lambda figures: revise(figures, months=[3], seed=1)),
    Revision(2023, 9, lambda figures: revise(figures, months=[2, 7], seed=2), is_reissue=True),
    Revision(2024, 2, lambda figures: revise(figures, months=[1], seed=4), is_reissue=True),
    Revision(2024, 12, lambda figures: revise(figures, months=[4, 11], seed=5)),
)


@cache
def editions() -> tuple[Edition, ...]:
    """Return the 24 editions of 2023–2024 and the two re-issues, in the order in which they came out."""
    return tuple(history(2023, 1, 24, revisions=REVISIONS))


def months_of(edition: Edition) -> pd.DataFrame:
    truth = edition.truth
    return truth[truth["period_kind"] == "month"]


def expected_vintages(known: Iterable[Edition]) -> set[Row]:
    return {(edition.file_name, *row) for edition in known for row in rows_of(months_of(edition), [*KEYS, *FIGURES])}


def expected_newest(known: Sequence[Edition]) -> set[Row]:
    """Return the monthly figures of the last edition of each year that prints the month."""
    newest = set()
    for _, of_year in groupby(known, key=lambda edition: edition.year):
        left = list(of_year)
        printed: set[object] = set()
        for edition in reversed(left):
            frame = months_of(edition)
            newest |= {
                (edition.file_name, *row) for row in rows_of(frame[~frame["month"].isin(printed)], [*KEYS, *FIGURES])
            }
            printed |= set(frame["month"])
    return newest


def expected_revisions(known: Sequence[Edition]) -> set[Row]:
    """Return new and old file, keys, old and new number, and kind of each figure that changed."""
    changes = set()
    for older, newer in pairwise(known):
        if older.year != newer.year:
            continue
        before, after = months_of(older), months_of(newer)
        both = before[before["month"].isin(set(after["month"]))].merge(
            after[after["month"].isin(set(before["month"]))],
            on=KEYS, how="outer", suffixes=("_old", "_new"), indicator="side",
        )  # fmt: skip
        for kind, rows in revised(both).items():
            changes |= {
                (newer.file_name, older.file_name, *row, kind)
                for row in rows_of(rows, [*KEYS, "value_old", "value_new"])
            }
    return changes


def revised(both: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the figures that changed, by what happened to them."""
    printed_twice = both["side"] == "both"
    was, is_now = (both[f"is_suppressed_{side}"].eq(True) for side in ("old", "new"))
    return {
        "row_vanished": both[both["side"] == "left_only"],
        "row_appeared": both[both["side"] == "right_only"],
        "newly_suppressed": both[printed_twice & ~was & is_now],
        "newly_printed": both[printed_twice & was & ~is_now],
        "revised": both[printed_twice & ~was & ~is_now & (both["value_old"] != both["value_new"])],
    }


def assert_as_known(warehouse: Warehouse, known: Sequence[Edition]) -> None:
    figures = "participants, participants_lower, participants_upper, is_suppressed"
    keys = ", ".join(KEYS)
    assert set(
        warehouse.query(
            f"select file_name, {keys}, {figures} from marts.fct_participants_vintages "  # noqa: S608 - own names
            "join marts.dim_report using (report_id)"
        )
    ) == expected_vintages(known)
    newest = expected_newest(known)
    for fact, condition in facts():
        assert set(
            warehouse.query(
                f"select file_name, {keys}, {figures} from ({fact}) join marts.dim_report using (report_id)"  # noqa: S608
            )
        ) == {row for row in newest if condition(dict(zip(["file_name", *KEYS], row, strict=False)))}
    assert set(
        warehouse.query(
            f"select newer.file_name, older.file_name, {keys}, old_participants, new_participants, revision_kind "  # noqa: S608
            "from audit.revisions join raw.reports as newer on revisions.report_id = newer.report_id "
            "join raw.reports as older on revisions.previous_report_id = older.report_id"
        )
    ) == expected_revisions(known)


def assert_as_of(warehouse: Warehouse, edition: Edition) -> None:
    """Fail unless the query that the documentation gives finds what was known with that edition."""
    found = re.search(r"```sql\n(.*?)```", (PROJECT / "docs" / "time.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found
    query = found[1].replace("2024-03-01", f"{edition.year}-{edition.month:02}-01")
    as_of = warehouse.query(
        f"select file_name, {', '.join(KEYS)}, participants, participants_lower, participants_upper, is_suppressed "  # noqa: S608 - own names
        f"from ({query}) join marts.dim_report using (report_id)"
    )
    known = [each for each in editions() if (each.year, each.month) <= (edition.year, edition.month)]
    assert set(as_of) == expected_newest(known)
    assert len(as_of) == len(set(as_of))


def assert_revisions_are_told(warehouse: Warehouse) -> None:
    """Fail unless revisions warn with their number, and fail where they are a larger share than is expected."""
    [(count,)] = warehouse.query("select count(*) from audit.revisions")
    asked = dbt(warehouse, "--quiet", "test", "-s", "editions_revise_few_figures")
    finish(asked)
    told = asked.log.read_text()
    assert f"warns of {count}, the newest: 2024-12_oppfolging.txt differs from the edition before in " in told
    limited = ("--vars", "largest_revised_share: 0.001")
    asked = dbt(warehouse, "--quiet", "test", "-s", "editions_revise_few_figures", *limited)
    assert asked.wait() == 1
    assert "editions_revise_few_figures does not hold:" in asked.log.read_text()


def facts() -> list[tuple[str, Any]]:
    """Return each fact by month as a query with all key columns, and which of the known rows it should hold."""
    found: list[tuple[str, Any]] = [
        (
            "select *, 'all' as participant_group_code, 'none' as breakdown, 'all' as category_code "
            "from marts.fct_participants",
            lambda row: (
                row["breakdown"] == "none" and row["participant_group_code"] == "all" and row["measure_code"] != "all"
            ),
        ),
        (
            "select *, 'none' as breakdown, 'all' as category_code from marts.fct_participants_by_participant_group",
            lambda row: row["participant_group_code"] != "all" and row["measure_code"] != "all",
        ),
    ]
    found += [
        (
            f"select * exclude ({breakdown}_code), {breakdown}_code as category_code, '{breakdown}' as breakdown, "  # noqa: S608 - own names
            f"'all' as participant_group_code from marts.fct_participants_by_{breakdown}",
            lambda row, breakdown=breakdown: row["breakdown"] == breakdown,
        )
        for breakdown in ("county", "gender", "age_group", "immigration_category", "country_background", "education")
    ]
    return found


def write(folder: Path, some: Iterable[Edition]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [edition.write(folder) for edition in some]


def test_editions_in_order_give_the_known_facts_vintages_and_revisions(tmp_path: Path) -> None:
    warehouse = with_issues_numbered(tmp_path)
    finish(loaders(warehouse, *write(tmp_path / "inbox", editions())))
    finish(dbt(warehouse, "build"))
    assert len(editions()) == 26
    assert_as_known(warehouse, editions())
    for known in (3, 10, 20):
        assert_as_of(warehouse, editions()[known - 1])
    assert_revisions_are_told(warehouse)
    superseded = "select file_name from marts.dim_report where superseded_by_report_id is not null order by 1"
    assert warehouse.query(superseded) == [("2023-09_oppfolging.txt",), ("2024-02_oppfolging.txt",)]


def test_any_order_with_removals_gives_the_same_as_building_anew(tmp_path: Path) -> None:
    warehouse = with_issues_numbered(tmp_path)
    chance = random.Random(3)  # noqa: S311 - no secret
    waiting, loaded = chance.sample(list(by_name()), len(by_name())), list[str]()
    while waiting:
        lot, waiting = waiting[:9], waiting[9:]
        finish(loaders(warehouse, *write(tmp_path / "inbox", [by_name()[name] for name in lot])))
        loaded += lot
        # An edition without those before it differs in more figures from the one it is compared with.
        finish(dbt(warehouse, "build", *UNRELATED))
        assert_as_known(warehouse, [edition for edition in editions() if edition.file_name in loaded])
        if waiting:
            gone = chance.sample(loaded, 3)
            remove(warehouse, gone)
            loaded = [name for name in loaded if name not in gone]
            waiting += gone
    assert len(loaded) == len(editions())
    found = snapshot(warehouse)
    finish(dbt(warehouse, "build", "--full-refresh", *UNRELATED))
    assert_same(found, snapshot(warehouse))


@cache
def by_name() -> dict[str, Edition]:
    return {edition.file_name: edition for edition in editions()}


def with_issues_numbered(folder: Path) -> Warehouse:
    """Return a warehouse whose seed says which of two reports of a period was issued later."""
    warehouse = Warehouse(folder)
    warehouse.number_issues(*write(folder / "issued twice", [each for each in editions() if is_issued_twice(each)]))
    return warehouse


def is_issued_twice(edition: Edition) -> bool:
    return sum((each.year, each.month) == (edition.year, edition.month) for each in editions()) > 1


def remove(warehouse: Warehouse, names: Iterable[str]) -> None:
    """`python -m loaders remove NAME …`."""
    finish(loaders(warehouse, "remove", *names))
