"""What the loader makes of sound reports: pages, tables, rows and cells, as printed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.loaders.report_texts import HEADER, PERIOD, complaints_about, excerpt, labels, parsed
from tests.sample import SAMPLE
from warehouse.period import MONTH_NAMES


def test_sample_has_all_its_tables_rows_cells_and_stars() -> None:
    report = parsed(SAMPLE.read_text(encoding="utf-8"))
    figures = [text for table in report.tables for row in table.rows for text in row.split("\t")[1:]]
    assert len(report.tables) == 56
    assert sum(len(table.rows) for table in report.tables) == 342
    assert report.cell_count == len(figures) == 1_710
    assert figures.count("*") == 142
    assert report.suppression_threshold == 4
    assert (report.period.start, report.period.end) == (date(2024, 1, 1), date(2024, 4, 1))


def test_cells_stand_where_the_sample_prints_them() -> None:
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    for table in parsed("\n".join(lines)).tables:
        assert lines[table.first_line - 1 :][: len(table.rows)] == list(table.rows)
        assert lines[table.first_line - 2] == f"\t{table.header}"


def test_labels_and_stars_are_kept_as_printed() -> None:
    [table] = parsed(excerpt("noisy_labels")).tables
    assert labels(table)[2] == "Digital oppfølging/iobbklubb"
    assert labels(table)[4] == "Individuell Karrierestøtte (IPS Una)"
    [stars] = parsed(excerpt("stars")).tables
    assert stars.rows[2].endswith("\t4\t7\t*\t*\t6")


def test_table_over_a_page_break_is_two_tables_on_two_pages() -> None:
    first, second = parsed(excerpt("table_over_page_break")).tables
    assert (first.page_number, second.page_number) == (1, 2)
    assert labels(first)[0] == labels(second)[0] == "I alt arbeid med støtte"
    assert (len(first.rows), len(second.rows)) == (12, 6)


def test_page_may_hold_a_total_and_one_row() -> None:
    [table] = parsed(excerpt("total_and_one_row")).tables
    assert labels(table) == ["I alt digital oppfølging/ jobbklubb", "Ukjent"]


def test_page_may_break_directly_after_the_total_row() -> None:
    lines = excerpt("stars").split("\n")
    broken = "\n".join([*lines[:6], "", PERIOD, "", *lines[4:]])
    first, second = parsed(broken).tables
    assert first.rows == (second.rows[0],)
    assert (first.page_number, second.page_number) == (1, 2)


def test_page_may_hold_two_tables() -> None:
    first, second = parsed(excerpt("two_tables_on_a_page")).tables
    assert (first.page_number, second.page_number) == (1, 1)
    assert (first.first_line, second.first_line) == (6, 11)


@pytest.mark.parametrize("separator", ["", "\n"], ids=["at once", "after a blank line"])
def test_page_or_header_ends_a_table(separator: str) -> None:
    text = excerpt("two_tables_on_a_page").replace(f"\n\n{HEADER}\nI alt digital", f"\n{HEADER}\nI alt digital")
    assert len(parsed(text).tables) == 2
    text = excerpt("table_over_page_break").replace(f"\n\n{PERIOD}\n\n{HEADER}\n", f"\n{PERIOD}\n{separator}{HEADER}\n")
    assert [table.page_number for table in parsed("\n\n" + text).tables][-1] == 2


@pytest.mark.parametrize(
    "average",
    [
        "Gjennomsnitt hittil i år",
        "Gjennom snitt  hittil i ar",
        "GJENNOMSNITT HITTIL I ÅR",
        "Gjennomsnltt hittii i år",
    ],
)
def test_average_may_be_spelled_in_many_ways(average: str) -> None:
    [table] = parsed(excerpt("average_in_one_word").replace("Gjennomsnitt hittil i år", average)).tables
    assert table.header.startswith(average)


@pytest.mark.parametrize("total", ["l alt Andre", "1 alt Andre", "| alt Andre", "Ialt Andre", "I ALT", " I alt"])
def test_total_row_may_carry_scanning_noise(total: str) -> None:
    [table] = parsed(excerpt("stars").replace("I alt Andre på tiltak", total)).tables
    assert labels(table)[0] == total


@pytest.mark.parametrize("months", range(1, 13))
@pytest.mark.parametrize("dash", [" - ", " – ", "-"])
def test_period_has_one_to_twelve_months(months: int, dash: str) -> None:
    period = "Januar 2023" if months == 1 else f"Januar 2023{dash}{MONTH_NAMES[months - 1]} 2023"
    header = "\t".join(["", "Gjennomsnitt hittil i år", *MONTH_NAMES[:months]])
    row = "\t".join(["I alt", "12 345", *["*"] * months])
    report = parsed(f"tallene er mindre enn 10\n{period}\n\n{header}\n{row}\n")
    assert report.cell_count == months + 1
    assert report.period.months == tuple(range(1, months + 1))
    assert report.suppression_threshold == 10
    assert report.report_id.startswith(f"2023-{months:02}_")


def test_period_may_cross_a_new_year() -> None:
    text = excerpt("stars").replace(PERIOD, "November 2023 - Februar 2024")
    report = parsed(text.replace("Januar\tFebruar\tMars\tApril", "November\tDesember\tJanuar\tFebruar"))
    assert report.period.months == (11, 12, 1, 2)


def test_header_before_any_period_is_on_page_one() -> None:
    text = excerpt("two_tables_on_a_page")
    moved = text.replace(f"{PERIOD}\n\n", "", 1).replace(
        f"\n\n{HEADER}\nI alt dig", f"\n\n{PERIOD}\n{HEADER}\nI alt dig"
    )
    assert [table.page_number for table in parsed(moved).tables] == [1, 1]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_thousands_may_be_parted_by_any_space(space: str) -> None:
    text = excerpt("noisy_labels").replace("19 014", f"{space}19{space}014{space}")
    [table] = parsed(text).tables
    assert table.rows[0].split("\t")[1] == f"{space}19{space}014{space}"


def test_leading_zeros_and_large_numbers_are_landed_as_printed() -> None:
    [table] = parsed(excerpt("noisy_labels").replace("19 014\t18 793", "0019\t123 456 789")).tables
    assert table.rows[0].startswith("I alt\t0019\t123 456 789\t")


def test_line_ends_byte_order_mark_and_form_feeds_change_nothing() -> None:
    text = excerpt("table_over_page_break")
    plain = parsed(text).tables
    assert parsed("\ufeff" + text).tables == plain
    assert parsed(text.replace("\n", "\r\n")).tables == plain
    assert parsed(text.replace(PERIOD, "\f" + PERIOD)).tables == plain
    assert parsed(text.rstrip("\n")).tables == plain


def test_only_line_feeds_end_a_line() -> None:
    [table] = parsed(excerpt("stars").replace("Mentor", "Men\u2028tor")).tables
    assert labels(table)[-2] == "Men\u2028tor"
    assert table.first_line + len(table.rows) == 14


@pytest.mark.parametrize(
    "label",
    [
        "'; drop table raw.cells; --",
        '=HYPERLINK("http://example.invalid")',
        '"quoted", and \\ escaped',
        "Mentor    for    ungdom",
        "  Mentor  ",
        "{{ ref('x') }}",
        "مرشد\u202e\u200b",
    ],
)
def test_label_is_text_whatever_it_holds(label: str) -> None:
    [table] = parsed(excerpt("stars").replace("Mentor", label)).tables
    assert labels(table)[-2] == label


@pytest.mark.parametrize(
    "statement",
    [
        "celler hvor\ntallene er\nmindre\n enn 5 med",
        "tall som er færre enn 5",
        "verdiene er lavere enn 5.",
        "Tallene er under 5",
    ],
)
def test_threshold_is_read_from_the_text(statement: str) -> None:
    text = excerpt("stars").split("\n", 1)[1]
    assert parsed(f"Gjelder dem under 25 år.\n{statement}\n{text}").suppression_threshold == 5


@pytest.mark.parametrize(
    "text",
    [
        "Innhold\t3",
        "\tInnrykket tekst",
        "Telefon 55 55 33 33",
        "Om tallene  2024",
        "Desember",
        "Rapport 2024",
    ],
)
def test_other_text_outside_tables_is_no_problem(text: str) -> None:
    assert complaints_about(f"{text}\n\n{excerpt('stars')}\n{text}\n") == []


def test_same_content_has_the_same_id_and_other_content_another() -> None:
    text = excerpt("stars")
    assert parsed(text).report_id == parsed(text).report_id
    assert parsed(text).report_id != parsed(text + "\n").report_id
