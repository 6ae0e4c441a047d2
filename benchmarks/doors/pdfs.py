"""PDFs with text: an edition in many layouts by each of three libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec

from benchmarks.doors.comparing import Case, compared
from benchmarks.doors.peers import PDF_PEERS
from benchmarks.doors.scores import Printed
from tests.editions import make_figures, render
from tests.loaders.pdf.layouts import GRID, LAYOUTS, PdfLayout, random_layout
from tests.loaders.pdf.printing import printed
from tests.loaders.pdf.writers import Pages, WithFpdf, WithReportlab
from tests.loaders.printed_tables import short, tables_of_text
from tests.loaders.sheets.layouts import AVERAGE

_RANDOM_LAYOUTS = 20
_LONG = replace(GRID, font="Vera", size=7, header_size=5)
_Libraries = dict[str, Callable[[str], Pages]]


def read_pdfs(share: float) -> Iterator[str]:
    """Return the lines on PDFs with text; `share` is that of the layouts drawn at random."""
    libraries = _libraries()
    if "PyMuPDF" not in libraries:
        yield "PyMuPDF: not installed, so that it writes no PDFs"
    names = ", ".join(libraries)
    named = [
        case
        for place, (name, layout) in enumerate(LAYOUTS.items())
        for case in _cases(name, layout, 1 + place * 5 % 12, libraries)
    ]
    yield from compared(f"PDFs, {len(LAYOUTS)} layouts by {names}", named, PDF_PEERS)
    seeds = range(max(1, round(_RANDOM_LAYOUTS * share)))
    drawn = [case for seed in seeds for case in _cases(f"{seed}", random_layout(seed), 1 + seed * 7 % 12, libraries)]
    yield from compared(f"PDFs, {len(seeds)} layouts drawn at random by {names}", drawn, PDF_PEERS)
    long = pdf_case("long", render(make_figures(7, 2024), 12), _LONG, WithReportlab)
    yield from compared(f"PDF of {_page_count(long.content)} pages", [long], PDF_PEERS)


def pdf_case(name: str, text: str, layout: PdfLayout, library: Callable[[str], Pages]) -> Case:
    """Return an edition's text as a PDF."""
    pdf = printed(text, layout, library)
    header = [AVERAGE, *tables_of_text(text)[1][0][0][1:]]
    logical = Printed(pdf.rows, header)
    shown = Printed([(label, tuple(layout.ordered(figures))) for label, figures in pdf.rows], layout.ordered(header))
    return Case(name, pdf.content, logical, shown)


def _libraries() -> _Libraries:
    libraries: _Libraries = {"reportlab": WithReportlab, "fpdf2": WithFpdf}
    if find_spec("pymupdf"):
        from tests.loaders.pdf.pymupdf_writer import WithPymupdf

        libraries["PyMuPDF"] = WithPymupdf
    return libraries


def _cases(name: str, layout: PdfLayout, months: int, libraries: _Libraries) -> Iterator[Case]:
    text = short(render(make_figures(months, 2024), months))
    for library, writer in libraries.items():
        # fpdf2 cannot turn pages for display.
        shown = replace(layout, rotation=0) if library == "fpdf2" else layout
        yield pdf_case(f"{name}, by {library}", text, shown, writer)


def _page_count(content: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(content))
