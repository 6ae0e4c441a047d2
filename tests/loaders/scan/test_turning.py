"""A page that lies on its side or upside down in a scan is read as if it lay upright; places are those of the scan."""

from __future__ import annotations

import pytest

from loaders.parsing import parse_report
from loaders.report import Report
from tests.loaders.report_texts import rows_of
from tests.loaders.scan.scanning import Scan, as_pdf, pages_of
from tests.loaders.scan.test_scans import small

_WIDTH, _HEIGHT = 595, 842


def middles_of(report: Report) -> list[tuple[float, float]]:
    """Return the middle of each figure's box."""
    boxes = [box for table in report.tables for place in table.places or () for box in place.boxes or () if box]
    return [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in boxes]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_may_lie_in_any_direction(quarters: int) -> None:
    pdf, scan = small(), Scan(quarters=quarters, askew=0)
    report = parse_report(as_pdf(pages_of(pdf.content, scan), scan), "report.pdf")
    assert [figures for _, figures in rows_of(report)] == [figures for _, figures in pdf.rows]
    printed = middles_of(parse_report(pdf.content, "report.pdf"))
    for (across, down), (x, y) in zip(middles_of(report), printed, strict=True):
        turned = {1: (y, _WIDTH - x), 2: (_WIDTH - x, _HEIGHT - y), 3: (_HEIGHT - y, x)}[quarters]
        assert (across, down) == pytest.approx(turned, abs=4)
