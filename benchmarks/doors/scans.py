"""Scans: an edition printed, and scanned at several resolutions with draws of noise, read by the loader and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.doors.clock import processor_seconds
from benchmarks.doors.comparing import Case
from benchmarks.doors.pdfs import pdf_case
from benchmarks.doors.rows_of_lines import by_thousands, by_wide_gaps
from benchmarks.doors.scan_words import read_scan_words
from benchmarks.doors.scores import Printed, Read, Refused, Score, score
from loaders.formats.scan.installed import LANGUAGE, data_folder, is_installed
from tests.editions import make_figures, render
from tests.loaders.pdf.layouts import PdfLayout
from tests.loaders.pdf.writers import WithReportlab
from tests.loaders.printed_tables import Row, short

if TYPE_CHECKING:
    from tests.loaders.scan.scanning import Scan

_FONTS = ("Vera", "Times-Roman", "Helvetica")
_MONTHS = 4
_LAYOUT = PdfLayout(label_width=210, padding=4, repeated="header")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    change: Callable[[Scan], Scan]
    resolutions: tuple[int, ...]


_KINDS = (
    _Kind("grey", lambda scan: scan, (300, 200, 150, 100)),
    _Kind("much noise", lambda scan: replace(scan, noise=10), (200, 150)),
    _Kind("photocopied", lambda scan: replace(scan, photocopied=True), (300, 200, 150)),
    _Kind("ruled and striped", lambda scan: replace(scan, rulings=True, stripes=True), (300, 200, 150)),
)


def read_scans(draws: int) -> Iterator[str]:
    """Return the lines on scans, each kind and resolution in so many draws of figures and noise."""
    if not is_installed():
        yield "scans: what reads scans is not installed; run `make scan` once"
        return
    from tests.loaders.scan.scanning import Scan

    cases = [_case(draw) for draw in range(draws)]
    yield f"scans, {draws} draws of each: figures beneath, then what became of the files"
    for kind in _KINDS:
        for dpi in kind.resolutions:
            scans = [kind.change(Scan(dpi=dpi, seed=draw)) for draw in range(draws)]
            yield from _of_kind(f"{dpi} dpi, {kind.name}", cases, scans)


def _case(draw: int) -> Case:
    text = short(render(make_figures(draw + 1, 2024), _MONTHS))
    return pdf_case(str(draw), text, replace(_LAYOUT, font=_FONTS[draw % len(_FONTS)]), WithReportlab)


def _of_kind(title: str, cases: list[Case], scans: list[Scan]) -> Iterator[str]:
    from tests.loaders.scan.scanning import as_pdf, pages_of

    beneath, plain = Score(), Score()
    outcomes: list[str] = []
    for case, scan in zip(cases, scans, strict=True):
        content = as_pdf(pages_of(case.content, scan), scan)
        reading = read_scan_words(content, "report.pdf")
        beneath += score(case.logical, reading.beneath)
        outcomes.append(_outcome(case.name, reading.outcome))
        plain += _by_tesseract(content, case.shown)
    yield f"  {title}, this loader: {beneath.line()}"
    yield from outcomes
    yield f"  {title}, Tesseract alone: {plain.line()}"


def _outcome(name: str, outcome: Read | Refused) -> str:
    if isinstance(outcome, Refused):
        return f"    draw {name}: refused: {outcome.reason}"
    return f"    draw {name}: taken"


def _by_tesseract(content: bytes, printed: Printed) -> Score:
    """Return what Tesseract reads of whole pages, by the better of two ways to part its lines."""
    import tesserocr

    from loaders.formats.scan.pictures import pictures_of

    started = processor_seconds()
    texts: list[str] = []
    with tesserocr.PyTessBaseAPI(path=f"{data_folder()}/", lang=LANGUAGE, psm=tesserocr.PSM.SINGLE_BLOCK) as reader:
        reader.SetVariable("preserve_interword_spaces", "1")
        for picture in pictures_of(content):
            height, width = picture.pixels.shape
            reader.SetImageBytes(picture.pixels.tobytes(), width, height, 1, width)
            reader.SetSourceResolution(round(picture.dpi))
            texts.append(reader.GetUTF8Text())
    seconds = processor_seconds() - started
    ways: tuple[Callable[[str, int], list[Row]], ...] = (by_wide_gaps, by_thousands)
    readings = [way("\n".join(texts), len(printed.header)) for way in ways]
    return max((score(printed, Read(rows, (), seconds)) for rows in readings), key=lambda made: made.exact)
