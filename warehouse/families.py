"""The family of a report, by the measures that it prints: every family has measures of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from warehouse.folding import fold
from warehouse.seeds import rows_of_seed, seeds_folder

_TOTAL = fold("I alt")


def family_of(labels: Iterable[str]) -> str | None:
    """Return the code of the family whose measures most of the labels name; None where they name none.

    Labels are those of rows as printed, "I alt …" among them. Of two families that are named as often, the last one
    by its code counts, as in the model `int_reports`.
    """
    families = _families_of_labels(seeds_folder())
    named = Counter(family for label in set(labels) for family in families.get(fold(label).removeprefix(_TOTAL), ()))
    return max(named, key=lambda family: (named[family], family)) if named else None


@lru_cache(maxsize=2)
def _families_of_labels(_seeds: Path) -> dict[str, set[str]]:
    """Return the families that print a label, folded, as the name of a measure."""
    families: dict[str, set[str]] = {}
    family_of_measure: dict[str, str] = {}
    for _, row in rows_of_seed("measures"):
        if row["family_code"]:
            family_of_measure[row["measure_code"]] = row["family_code"]
            families.setdefault(fold(row["measure_name"]), set()).add(row["family_code"])
    for _, family in rows_of_seed("measure_families"):
        if family["holds_main_groups"] == "true":
            for _, row in rows_of_seed("main_groups"):
                families.setdefault(fold(row["main_group_name"]), set()).add(family["family_code"])
    for _, row in rows_of_seed("printed_labels"):
        if row["label_kind"] == "measure" and (code := family_of_measure.get(row["category_code"])):
            families.setdefault(fold(row["printed_label"]), set()).add(code)
    return families
