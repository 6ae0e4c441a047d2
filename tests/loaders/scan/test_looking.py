"""A figure of a scan that nobody could read: from the scan to the readers, as docs/how-to/look-at-a-scan.md has it."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from PIL import Image

from loaders.parsing import parse_report
from tests.loaders.pdf.printing import printed
from tests.loaders.pdf.writers import WithReportlab
from tests.loaders.scan.scanning import Scan, as_pdf, pages_of
from tests.loaders.scan.test_scans import LAYOUT
from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse

FIGURE = "2321"
"""Of the fourth row, in January: so it is named by its row's sum and average alone."""


def smudged_sample() -> bytes:
    """Return the sample as a scan, a blot on the last digits of one figure."""
    pdf = printed(SAMPLE.read_text(encoding="utf-8"), replace(LAYOUT, bold_totals=False), WithReportlab)
    table = parse_report(pdf.content, "report.pdf").tables[0]
    assert table.rows[3].split("\t")[2].replace(" ", "") == FIGURE
    box = ((table.places or ())[3].boxes or ())[1]
    assert box is not None
    scan = Scan(askew=0, smudge=(box.right - 7, box.top, box.right - 1, box.bottom))
    return as_pdf(pages_of(pdf.content, scan), scan)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Load and build the scan, which leaves a figure open."""
    warehouse = Warehouse(tmp_path_factory.mktemp("smudged"))
    scan = warehouse.folder / "reports" / "smudged.pdf"
    scan.parent.mkdir()
    scan.write_bytes(smudged_sample())
    loaded = warehouse.load(scan)
    assert loaded.returncode == 0, loaded.stderr
    assert warehouse.dbt("build").returncode != 0
    return warehouse


def auditors(warehouse: Warehouse, *arguments: str | Path) -> tuple[int, str]:
    done = warehouse.run(sys.executable, "-m", "auditors", *arguments)
    return done.returncode, done.stdout + done.stderr


def test_the_page_has_a_picture_of_the_figure_and_the_command_that_settles_it(warehouse: Warehouse) -> None:
    page = warehouse.folder / "scan.html"
    code, said = auditors(warehouse, "scan", "2024-04", "--scan", warehouse.folder / "reports", "--to", page)
    assert (code, f"a picture of 1 figure: {page}" in said) == (0, True), said
    html = page.read_text(encoding="utf-8")
    [picture] = re.findall(r'src="data:image/png;base64,([^"]+)"', html)
    shown = Image.open(BytesIO(b64decode(picture))).convert("L")
    assert shown.width > shown.height > 40
    assert len(shown.getcolors() or ()) > 10
    assert f"<dt>The rules leave</dt><dd>{FIGURE}</dd>" in html
    [command] = re.findall(r"<code>python -m auditors accept (.+?) --value", html)
    assert f"python -m auditors accept {command} --value {FIGURE} --by NAME --reason TEXT" in said
    assert "http" not in html.replace("https://www.w3.org", "")


def test_a_scan_that_is_not_there_any_more_is_asked_for(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7")
    code, said = auditors(warehouse, "scan", "2024-04", "--scan", tmp_path)
    assert code == 1
    assert "found no file with the content of smudged.pdf as it was loaded; expected the scan itself" in said


def test_the_figure_that_the_rules_leave_is_accepted_and_reaches_readers(warehouse: Warehouse) -> None:
    [(line, column)] = warehouse.query("select line_number, column_number from audit.illegible_cells")
    code, said = auditors(
        warehouse, "accept", "2024-04", str(line), str(column), "--by", "A. Reader", "--reason", "seen on the page"
    )
    assert code == 0, said
    warehouse.build()
    published = warehouse.publish()
    assert published.returncode == 0, published.stderr
    with duckdb.connect(warehouse.readers_database, read_only=True) as readers:
        assert readers.execute("select participants from participants where status = 'corrected'").fetchall() == [
            (int(FIGURE),)
        ]
        assert readers.execute("select sum(participants) from participants where is_latest_month").fetchall() == [
            (19_039,)
        ]
