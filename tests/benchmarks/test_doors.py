"""What is read of a file is counted as it is: exact, wrong, open, lost or refused; peers are read generously."""

from __future__ import annotations

import pytest

from benchmarks.doors.comparing import compared
from benchmarks.doors.pdfs import pdf_case
from benchmarks.doors.peers import Peer
from benchmarks.doors.rows_of_lines import by_thousands, by_wide_gaps
from benchmarks.doors.scores import Printed, Read, Refused, Score, score
from tests.editions import make_figures, render
from tests.loaders.pdf.layouts import PdfLayout
from tests.loaders.pdf.writers import WithReportlab
from tests.loaders.printed_tables import Row, short

ROWS: list[Row] = [("I alt", ("1 200", "7")), ("Mentor", ("300", "*")), ("Jobbklubb", ("900", "5"))]
PRINTED = Printed(ROWS, ("Gjennomsnitt", "Januar"))


def read(*rows: Row) -> Read:
    return Read(rows, [("Gjennomsnitt", "Januar")], 0.1)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (read(*ROWS), (1, 6, 0, 0, 0, 0)),
        (read(ROWS[0], ("Mentor", ("308", "*")), ROWS[2]), (0, 5, 0, 0, 0, 1)),
        (read(ROWS[0], ("Mentor", ("?", "*")), ROWS[2]), (0, 5, 0, 1, 0, 0)),
        (read(ROWS[0], ("Mentor", ("l1", "*")), ROWS[2]), (0, 5, 0, 1, 0, 0)),
        (read(ROWS[0], ROWS[2]), (0, 4, 0, 0, 2, 0)),
        (read(ROWS[0], ("Mentor", ("309", "*"))), (0, 3, 0, 0, 2, 1)),
        (read(*ROWS, ("Mentor", ("8", "9"))), (0, 6, 0, 0, 0, 2)),
        (Refused("found no table", 0.1), (0, 0, 6, 0, 0, 0)),
    ],
    ids=["exact", "wrong", "open", "no figure", "lost", "lost and wrong", "invented", "refused"],
)
def test_every_figure_is_counted_once(outcome: Read | Refused, counts: tuple[int, ...]) -> None:
    made = score(PRINTED, outcome)
    assert (made.exact_files, made.exact, made.refused, made.open, made.lost, made.wrong) == counts


def test_rows_of_tables_beside_each_other_may_come_in_another_order() -> None:
    rows = read(ROWS[0], ROWS[2], ROWS[1])
    assert score(PRINTED, rows, in_order=False).exact == 6
    assert score(PRINTED, rows).wrong == 4


def test_a_share_is_whole_only_where_all_of_it_is() -> None:
    one_of_many = Score(files=1, cells=100_000, exact=99_999, wrong=1, labels=1, exact_labels=1, seconds=(1.0,))
    assert "figures 99.99 % exact; 1 of 100,000 wrong; labels 100.00 %" in one_of_many.line()


def test_rows_are_read_by_wide_gaps_or_by_their_thousands() -> None:
    figures = ("1 118", "302", "1 192")
    assert by_wide_gaps("Over 4 år  1 118   302  1 192\nSide 2", 3) == [("Over 4 år", figures)]
    assert by_thousands("Over 4 år 1 118 302 1 192", 3) == [("Over 4 år", ("1 118 302", "1", "192"))]
    assert by_thousands("Over fire år 118 302 192", 3) == [("Over fire år", ("118", "302", "192"))]


def test_a_peer_that_is_not_installed_is_told_and_not_asked() -> None:
    case = pdf_case("flow", short(render(make_figures(1, 2024), 2)), PdfLayout(average_last=True), WithReportlab)
    lines = list(compared("PDFs", [case], [Peer("other", is_installed=False, settings=())]))
    assert lines[0] == "PDFs: 1 file"
    assert lines[1].startswith("  this loader: 1 of 1 files exact; figures 100.00 % exact; 0 of ")
    assert lines[2:] == ["  other: not installed"]
