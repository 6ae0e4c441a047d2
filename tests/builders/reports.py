"""A small history with all that ties reports together: two families, a re-issue, a revision, a period over New Year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tests.editions import Layout, Revision, history, revise, sister_family
from tests.editions.labels import MONTH_NAMES

TRAINING = sister_family(
    "opplaering",
    [
        ("amo_kurs", "AMO Kurs"),
        ("vgs_yrkesfaglig_utdanning", "Vgs/yrkesfaglig utdanning"),
        ("hoyere_utdanning", "Høyere utdanning"),
    ],
)
ISSUED_TWICE = ("2023-02_oppfolging.txt", "2023-02_oppfolging_2.txt")
OVER_NEW_YEAR = "2021-02_opplaering.txt"
MISPRINTED = "2019-04_opplaering.txt"
NEWEST = "2024-03_oppfolging.txt"


@cache
def reports() -> Mapping[str, str]:
    """Return texts by file name, of 2018, 2020–2021, 2023 and 2024; of each family the newest month is another one."""
    reissue = Revision(2023, 2, lambda figures: revise(figures, months=[1], seed=2), is_reissue=True)
    revision = Revision(2024, 3, lambda figures: revise(figures, months=[1], seed=3))
    noisy = Layout(label_noise=0.1, noise_seed=3)
    editions = [
        *history(2018, 10, 1, layout=noisy),
        *history(2020, 3, 1, family=TRAINING),
        *history(2021, 1, 1),
        *history(2023, 2, 2, revisions=[reissue]),
        *history(2024, 2, 2, revisions=[revision]),
        *history(2023, 2, 1, family=TRAINING, layout=noisy),
        *history(2024, 1, 1, family=TRAINING),
    ]
    texts = {edition.file_name: edition.text for edition in editions}
    return texts | {OVER_NEW_YEAR: _over_new_year()}


def misprinted() -> str:
    """Return a report of January to April 2019, one figure of which is not what its sums say."""
    [edition] = history(2019, 4, 1, family=TRAINING)
    row = next(line for line in edition.text.split("\n") if line.startswith("Kvinner\t"))
    [label, average, *months] = row.split("\t")
    return edition.text.replace(row, "\t".join([label, average, *months[:-1], "9 999"]), 1)


def _over_new_year() -> str:
    """Return a report of November 2020 to February 2021."""
    [edition] = history(2021, 4, 1, family=TRAINING)
    moved = edition.text.replace("Januar 2021 - April 2021", "November 2020 - Februar 2021")
    months = "\t".join(MONTH_NAMES[:4]), "\t".join([*MONTH_NAMES[10:], *MONTH_NAMES[:2]])
    assert moved != edition.text
    assert months[0] in moved
    return moved.replace(*months)
