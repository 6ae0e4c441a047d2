"""The README of the folder: what each file is, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence

from publishers.files.labels import label_of_table
from publishers.files.provenance import STAR, TITLE, TITLE_EN, Provenance
from publishers.files.tables import Table


def guide(tables: Sequence[Table], provenance: Provenance) -> str:
    """Return the text of the README."""
    facts = "\n".join(f"* {name}: {text}" for name, text in provenance.as_texts().items() if name != "citation")
    rows = "\n".join(
        f"| `{table.name}` | {label_of_table(table.name).english} | {table.row_count:,} |" for table in tables
    )
    return f"""# {TITLE_EN} ({TITLE})

{provenance.citation}

{facts}

{STAR} An empty figure is no zero. Figures are stocks at the end of a month: choose a month, never add months.

| file | what it is |
| --- | --- |
| `tiltak.xlsx` | all tables in one Excel workbook, with a cover |
| `TABLE.parquet` | a table with its types, for programs |
| `TABLE.csv` | a table as comma-separated UTF-8 text with a byte order mark |
| `datapackage.json` | what each column of the CSV files is (Frictionless) |
| `json-stat/TABLE.json` | figures as a JSON-stat 2 cube; the status of a star is `:` |
| `sdmx/TABLE.csv`, `sdmx/structure.xml` | figures as SDMX-CSV 2 with OBS_STATUS and CONF_STATUS, and their structure |
| `croissant.json`, `dcat-ap-no.jsonld` | metadata for machine-learning tools, and for data portals |

| table | figures | rows |
| --- | --- | --- |
{rows}

In CSV and Excel, a text that a spreadsheet would run as a formula (it begins with =, +, -, @, a tab or a carriage
return) has an apostrophe in front. Excel takes codes such as 03 in a CSV file for numbers: open the workbook there.
"""
