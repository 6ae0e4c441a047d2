"""True figures + layout -> the text of a report."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tests.editions.figures import Counts, Figures
from tests.editions.labels import MONTH_NAMES
from tests.editions.layout import SAMPLE_LAYOUT, Layout
from tests.editions.noise import near_labels, noisy
from tests.editions.pages import Piece, cut_anywhere, fill_pages
from tests.editions.series import Table, left_out, monthly_counts, rounded_means, tables_of

STAR = "*"
AVERAGE_LABEL = "Gjennom snitt hittil i år"
AVERAGE_LABEL_IN_FEWER_WORDS = "Gjennomsnitt hittil i år"
_ABOUT = (
    '"Om statistikken - Arbeidssøkere", "Om statistikken - Ledige stillinger" og "Om statistikken - '
    'Sesongjustering" finner du på nav.no ved å følge lenkene under relatert informasjon på siden '
    '"Hovedtall om arbeidsmarkedet".'
)


def _preamble(layout: Layout) -> list[str]:
    suppression = (
        f"I henhold til Statistikklovens § {layout.paragraph} har NAV valgt å erstatte verdier i celler hvor "
        f"tallene er mindre enn {layout.threshold} med spesialtegn «{STAR}». Dette for å sikre at verdiene "
        "ikke kan føres tilbake til identifiserbare enkeltpersoner."
    )
    return ["", "", "Innhold i rapporten", "", _ABOUT, "", suppression, ""]


def _figure_columns(counts: Counts, layout: Layout) -> list[str]:
    """Return, per series, the tab-separated figures of its row: the average, then the months."""
    separator, threshold = layout.thousands_separator, layout.threshold
    # The average is rounded first and suppressed after: 5, 3, 3, 3 prints "4".
    printed = np.column_stack([rounded_means(counts), counts]).tolist()
    return [
        "\t".join(
            STAR if number < threshold else f"{number:,}".replace(",", separator) if number > 999 else str(number)
            for number in row
        )
        for row in printed
    ]


def _printed_tables(figures: Figures, counts: Counts, layout: Layout) -> list[Table]:
    tables = list(tables_of(figures.family, figures.era))
    if layout.leave_out_zero_unknown:
        absent = left_out(figures, counts)
        tables = [
            Table(table.breakdown, table.total, tuple(row for row in table.rows if not absent[row.series]))
            for table in tables
        ]
    if layout.table_order_seed is not None:
        order = np.random.default_rng(layout.table_order_seed).permutation(len(tables))
        tables = [tables[at] for at in order]
    return tables


class _Labels:
    """Labels as printed: clean, or with the layout's share of noise."""

    def __init__(self, tables: Iterable[Table], share: float, rng: np.random.Generator) -> None:
        self._share = share
        self._rng = rng
        rows = (row for table in tables for row in (table.total, *table.rows))
        self._near = near_labels(frozenset(row.label for row in rows)) if share else {}

    def printed(self, label: str) -> str:
        """Return a row's label as it comes out of the scan."""
        if self._is_hit():
            return noisy(label, self._near[label], self._rng)
        return label

    def average(self) -> str:
        """Return the label of the first figure column, which scans spell in two ways."""
        return AVERAGE_LABEL_IN_FEWER_WORDS if self._is_hit() else AVERAGE_LABEL

    def _is_hit(self) -> bool:
        return self._share > 0 and bool(self._rng.random() < self._share)


def _pieces(tables: list[Table], layout: Layout, edition: tuple[int, int]) -> list[Piece]:
    if layout.cut_seed is None:
        return fill_pages(tables, layout.lines_per_page)
    return cut_anywhere(tables, np.random.default_rng([layout.cut_seed, *edition]))


def render(figures: Figures, months: int = 12, layout: Layout = SAMPLE_LAYOUT) -> str:
    """Return the report of `figures` from January to month `months` (1 to 12).

    Lines end as `layout` says and the text starts with U+FEFF if it asks for a byte order mark, so write it
    as UTF-8 without translating newlines. The same arguments always give the same text. Raises ValueError
    for months outside 1 to 12.
    """
    counts = monthly_counts(figures, months)
    tables = _printed_tables(figures, counts, layout)
    columns = _figure_columns(counts, layout)
    edition = (figures.year, months)
    labels = _Labels(tables, layout.label_noise, np.random.default_rng([layout.noise_seed, *edition]))
    month_names = "\t".join(MONTH_NAMES[:months])
    period = f"{MONTH_NAMES[0]} {figures.year} - {MONTH_NAMES[months - 1]} {figures.year}"
    lines = _preamble(layout)
    for piece in _pieces(tables, layout, edition):
        if piece.opens_page or layout.period_line_on_every_table:
            lines += [period, ""]
        lines.append(f"\t{labels.average()}\t{month_names}")
        lines += [f"{labels.printed(row.label)}\t{columns[row.series]}" for row in (piece.total, *piece.rows)]
        lines.append("")
    text = layout.line_ending.join(lines if layout.final_newline else lines[:-1])
    return "\ufeff" + text if layout.byte_order_mark else text
