"""The sample as tools and typesetters write it gives exactly the facts of the sample, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.loaders.printed_tables import Tables, tables_of_text
from tests.loaders.sheets.layouts import TITLE, fill, matrix, saved, stacked
from tests.loaders.sheets.writers import WithOpenpyxl, Workbook
from tests.sample import SAMPLE
from tests.warehouse.table_contents import observations_of
from tests.warehouse.warehouse import Warehouse

TEXT = SAMPLE.read_text(encoding="utf-8")
PERIOD, TABLES = tables_of_text(TEXT)
HEADER = "\tGjennom snitt hittil i år\tJanuar\tFebruar\tMars\tApril\n"
MUNICIPALITIES = (
    f"\n\nJanuar 2024 - April 2024\n\n{HEADER}I alt mentor\t302\t297\t290\t300\t322\n"
    "0301 Oslo - Oslove\t48\t47\t46\t48\t51\n1103 Stavanger\t*\t*\t*\t*\t*\nUkjent\t*\t*\t*\t*\t*\n"
)


def rows(change: Callable[[list[str]], str]) -> str:
    """Return the sample with each row and header of a table changed, given as its fields."""
    return "\n".join(change(line.split("\t")) if "\t" in line else line for line in TEXT.split("\n"))


def wrapped(before: str, behind: str, *, figures_first: bool) -> str:
    """Return the sample with a label in two lines, the figures in the first or in the second."""
    return re.sub(
        rf"^{re.escape(before)} {re.escape(behind)}(\t.*)$",
        rf"{before}\1\n{behind}" if figures_first else rf"{before}\n{behind}\1",
        TEXT,
        flags=re.MULTILINE,
    )


PART = "groups and counties.xlsx"
"""A workbook without some of the report's breakdowns."""

VARIANTS: dict[str, str | bytes] = {
    "sign of another tool.txt": TEXT.replace("\t*", "\t∗"),
    "threshold as sign.txt": TEXT.replace("\t*", "\t<4"),
    "superscripts.txt": TEXT.replace("Mentor\t", "Mentor²\t").replace("\t297\t", "\t297¹\t"),
    "notes in brackets.txt": TEXT.replace("Mentor\t", "Mentor 1)\t").replace("\t8 407\t", "\t8 407 1)\t"),
    "notes in the header.txt": TEXT.replace("\tApril\n", "\tApril*\n").replace("\tMars\t", "\tMars 1)\t"),
    "label wrapped before.txt": wrapped("Individuell Karrierestøtte", "(IPS Una)", figures_first=True),
    "label wrapped after.txt": wrapped("Individuell Karrierestøtte", "(IPS Una)", figures_first=False),
    "label wrapped at a comma.txt": wrapped("Nord-Amerika,", "Sør-Amerika og Oceania", figures_first=False),
    "label wrapped at a dash.txt": wrapped("56 Finnmark - Finnmärku -", "Finmarkku", figures_first=False),
    "header in two lines.txt": TEXT.replace(HEADER, HEADER.replace(" hittil", "\n\thittil")),
    "header in two lines, padded.txt": TEXT.replace(HEADER, HEADER.replace(" hittil", "\t\t\t\t\n\thittil")),
    "semicolons.csv": rows(";".join),
    "quoted.csv": rows(lambda fields: ",".join(f'"{field}"' for field in fields)),
    "quoted where needed.tsv": rows(lambda fields: "\t".join(f'"{it}"' if "," in it else it for it in fields)),
    "bars.md": rows(lambda fields: f"| {' | '.join(fields)} |"),
    "windows.txt": TEXT.replace("Finnmärku", "Finnmarku").encode("cp1252"),
    "wide.txt": TEXT.encode("utf-16"),
    "wide without a mark.txt": TEXT.encode("utf-16-be"),
    "nynorsk.txt": TEXT.replace("Ikke innvandrere", "Ikkje innvandrarar").replace(
        "celler hvor tallene er mindre enn 4", "celler der tala er mindre enn 4"
    ),
    "others.txt": TEXT.replace("I alt Andre på tiltak", "I alt Andre tiltaksdeltakere:"),
    "reduced.txt": TEXT.replace("Nedsatt arbeidsevne, på tiltak", "Personer med nedsatt arbeidsevne."),
    "municipalities.txt": TEXT + MUNICIPALITIES,
    "stacked.xlsx": saved(WithOpenpyxl, stacked, PERIOD, TABLES),
    "matrix.xlsx": saved(WithOpenpyxl, matrix, PERIOD, TABLES),
}


def groups_and_counties(workbook: Workbook, period: str, tables: Tables) -> None:
    """Write the tables that NAV's own workbooks hold: measures by group, and counties by measure."""
    sheet = workbook.sheet("Tiltak og fylke")
    sheet.put(1, 1, TITLE.format(period=period.replace("2024", "2025")))
    row = 3
    for header, rows in tables:
        by_county = any(re.match(r"[0-9]{2} (?!år)", label) for label, _ in rows)
        if by_county or rows[1][0] == "Arbeid med støtte":
            row = fill(sheet, header, rows, row) + 2


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("layouts"))
    inbox = warehouse.folder / "reports"
    inbox.mkdir()
    files = [SAMPLE]
    for name, content in VARIANTS.items():
        assert content != TEXT, name
        (inbox / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        files.append(inbox / name)
    (inbox / PART).write_bytes(saved(WithOpenpyxl, groups_and_counties, PERIOD, TABLES))
    warehouse.number_issues(*files, inbox / PART)
    loaded = warehouse.load(SAMPLE, inbox)
    assert (loaded.returncode, loaded.stderr.strip()) == (0, "")
    return warehouse


@pytest.fixture(scope="module")
def told(built: Warehouse) -> str:
    build = built.dbt("build")
    assert build.returncode == 0, build.stdout
    return build.stdout


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("name", VARIANTS)
def test_it_gives_the_observations_of_the_sample(built: Warehouse, name: str) -> None:
    assert observations_of(built, name) == observations_of(built, SAMPLE.name)


def test_rows_on_municipalities_are_told_once_and_reach_no_fact(built: Warehouse, told: str) -> None:
    first = TEXT.count("\n") + 7
    [notice] = [line for line in told.splitlines() if "rows on municipalities" in line]
    assert f"municipalities.txt:{first}: 3 rows on municipalities, down to line {first + 2}, are kept in" in notice
    assert built.query(
        "select count(*) from raw.cells join raw.reports using (report_id) "
        "where file_name = 'municipalities.txt' and row_label like '1103 Stavanger'"
    ) == [(5,)]


@pytest.mark.usefixtures("told")
def test_a_workbook_need_not_hold_every_breakdown(built: Warehouse) -> None:
    whole = {row for row in observations_of(built, SAMPLE.name) if row[2] in ("none", "county")}
    found = {(*row[:5], row[5] and row[5].replace(year=2024), *row[6:]) for row in observations_of(built, PART)}
    assert found == whole
