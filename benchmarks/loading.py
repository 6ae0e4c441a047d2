"""What a hundred years of editions cost to load."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.building import PROJECT
from benchmarks.timing import Comparison, compare, run
from tests.editions import history

EDITIONS = 1_200
_FIRST_YEAR = 1950
_ROUNDS = 3

# The floor reads the same bytes with DuckDB's own reader and stores one row per figure; it knows nothing of pages,
# tables or mistakes. An edition has up to 14 columns: label, average and twelve months.
_FLOOR = """
import sys
import duckdb
folder, database = sys.argv[1:]
columns = ", ".join(f"'column_{number:02}': 'varchar'" for number in range(14))
with duckdb.connect(database) as connection:
    connection.execute(
        "create table cells as unpivot (select * from read_csv(?, delim = '\\t', header = false, quote = '', "
        "escape = '', auto_detect = false, strict_mode = false, null_padding = true, filename = true, "
        f"columns = {{{columns}}})) on columns('column_(0[1-9]|1.)') into name column_label value value_text",
        [f"{folder}/*.txt"],
    )
"""


def load_many(folder: Path) -> Comparison:
    """Load 1,200 generated editions, against DuckDB's `read_csv` and `unpivot` of the same bytes."""
    inbox = folder / "editions"
    inbox.mkdir()
    for edition in history(_FIRST_YEAR, 1, EDITIONS):
        edition.write(inbox / edition.file_name)
    database = folder / "many.duckdb"
    floor_database = folder / "floor.duckdb"

    def measured() -> None:
        database.unlink(missing_ok=True)
        run([sys.executable, "-m", "loaders", inbox, "--database", database], PROJECT)

    def floor() -> None:
        floor_database.unlink(missing_ok=True)
        run([sys.executable, "-c", _FLOOR, inbox, floor_database], PROJECT)

    return compare(f"load of {EDITIONS:,} editions", measured, floor, _ROUNDS)
