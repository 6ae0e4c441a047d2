"""Notes around and within tables are no rows; damaged rows are no notes; a lone month is no page."""

from __future__ import annotations

import pytest

from loaders.notes import is_note
from tests.loaders.report_texts import HEADER, PERIOD, complaints_about, excerpt, labels, parsed

NOTES = [
    "3",
    "- 3 -",
    "– 12 –",
    "Side 3",
    "side 3 av 24",
    "Side 3/24",
    "3 av 24",
    "3/24",
    "s. 3",
    "Page 3 of 24",
    "| 3",
    "Kilde: NAV",
    "Kilde:  NAV",
    "Kilder: NAV og Statistisk sentralbyrå.",
    "Kilde: Arbeids- og velferdsetaten (NAV)",
    "KILDE: NAV",
    "NAV",
    "NAV, Statistikk",
    "Arbeids- og velferdsdirektoratet",
    "© NAV 2024",
    "1) Omfatter også deltakere under 25 år",
    "¹ Foreløpige tall",
    "* Tall under 4 er erstattet med stjerne",
    "*) Færre enn 4",
    "** Se «Om statistikken»",
    "(2) Nye regler fra 2024",
    "a) Gjelder fra april 2024",
    "[1] Se side 4",
    "† Brudd i serien",
    "1 Tallene gjelder ved utgangen av måneden",
    "Tallene omfatter personer som er registrert ved utgangen av måneden.",
    "Merk: nye fylker fra 2024",
    "Note: foreløpige tall",
    "Avvik skyldes avrunding",
    "Tabellen fortsetter på neste side",
    "Foreløpige tall per april 2024",
    "Utskriftsdato: 07.05.2024",
    "07.05.2024",
    "7. mai 2024",
    "2024-05-07 08:15",
    "Oppdatert 7. mai 2024 kl. 10:00",
    "https://www.nav.no/statistikk",
    "www.nav.no",
    "nav.no/statistikk",
    "statistikk@nav.no",
    "Les mer på www.nav.no/statistikk",
]
ROWS = [
    "Mentor\t12\t7\t8\t13\t18",
    "Mentor 12 7 8 13 18",
    "Mentor   12   7   8",
    "56 Finnmark - Finnmárku\t15\t14",
    "03 Oslo\t801\t767",
    "NAV Oslo\t4\t5\t6",
    "1) Mentor\t12\t7\t8\t13\t18",
    "* Mentor 12 7 8 13 18",
    "Mentor",
    "Ukjent\t*\t*",
    "20-24 år\t12\t13",
    "Tall 4 5 6 7 8",
    "Individuell karrierestøtte (IPS Ung)",
    "18 Nordland - Nordlánnda",
]
MENTOR = "Mentor\t12\t7\t8\t13\t18"


@pytest.mark.parametrize("line", NOTES)
def test_notes_are_no_rows_wherever_they_stand(line: str) -> None:
    assert is_note(line)
    sound = parsed(excerpt("stars"))
    whole = excerpt("stars").rstrip("\n")
    padded = line + "\t" * 5
    for text in (
        f"{whole}\n{line}\n",
        f"{whole}\n\n{line}\n",
        f"{whole}\n{padded}",
        f"{whole}\n\t\t{line}\n{line}",
        whole.replace(MENTOR, f"{line}\n{MENTOR}"),
        whole.replace(MENTOR, f"\n{padded}\n\n{MENTOR}"),
        whole.replace(HEADER, f"{HEADER}\n{line}"),
    ):
        assert complaints_about(text) == []
        [table] = parsed(text).tables
        assert table.rows == sound.tables[0].rows
        lines = text.split("\n")
        assert [lines[number - 1] for number in table.line_numbers] == list(table.rows)


@pytest.mark.parametrize("line", ROWS)
def test_rows_are_no_notes(line: str) -> None:
    assert not is_note(line)


@pytest.mark.parametrize(
    "damaged",
    [
        "Mentor 12 7 8 13 18",
        "Mentor",
        "\t12\t7\t8\t13\t18",
        "Mentor\t\t\t\t\t",
        "Mentr",
        "Mentor\t12\t7",
        "Mentor  12  7  8  13  18",
    ],
)
def test_damaged_rows_are_told_also_where_a_note_could_stand(damaged: str) -> None:
    """The label of the row stands elsewhere in the report, as each label does."""
    other = f"\n{PERIOD}\n\n{HEADER}\nI alt\t1\t1\t1\t1\t1\n{MENTOR}\n"
    text = excerpt("stars")
    for place in (text.replace(MENTOR, damaged), text.replace(MENTOR + "\n", "") + damaged + "\n"):
        assert complaints_about(place + other) != [], place


def test_text_directly_below_a_table_is_no_row() -> None:
    [table] = parsed(excerpt("stars").rstrip("\n") + "\nStatistikkavdelingen\nOslo\n").tables
    assert labels(table)[-1] == "Oppfølging"


@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n\t\n"])
def test_blank_lines_between_rows_do_not_end_a_table(gap: str) -> None:
    sound = parsed(excerpt("stars"))
    for text in (
        excerpt("stars").replace(MENTOR, gap + MENTOR),
        excerpt("stars").replace(f"{HEADER}\n", f"{HEADER}\n{gap}"),
    ):
        assert [table.rows for table in parsed(text).tables] == [table.rows for table in sound.tables]


@pytest.mark.parametrize("lone", ["April 2024", "Mai 2024", "April 2023", "desember 2023"])
def test_a_lone_month_on_a_cover_or_in_a_footer_is_no_page(lone: str) -> None:
    sound = parsed(excerpt("table_over_page_break"))
    text = excerpt("table_over_page_break").replace(PERIOD, f"{lone}\n\n{PERIOD}")
    report = parsed(f"{lone}\n\nOm statistikken\n{text}\n{lone}\n")
    assert report.period == sound.period
    assert [table.page_number for table in report.tables] == [table.page_number for table in sound.tables]


def test_a_month_above_a_table_is_a_page_of_a_report_of_one_month() -> None:
    text = excerpt("stars").replace(PERIOD, "April 2024").replace("\tJanuar\tFebruar\tMars\tApril", "\tApril")
    rows = [line.split("\t") for line in text.split("\n")]
    text = "\n".join("\t".join([row[0], row[5], row[5]] if len(row) == 6 else row) for row in rows)
    assert str(parsed(f"Mai 2024\n\nOm statistikken\n{text}").period) == "April 2024"


@pytest.mark.parametrize(
    "line",
    [
        "Januar - April 2024",
        "januar–april 2024",
        "jan. 2024 - apr. 2024",
        "Januar til april 2024",
        "Januar 2024 - April 2024\t3",
        "Januar 2024 - April 2024   side 3 av 24",
        "Januar t.o.m. april 2024",
        "Deltakere på oppfølgingstiltak, januar 2024 - april 2024",
        "Tabell 1. Januar-april 2024. Antall deltakere",
    ],
)
def test_periods_are_read_in_the_forms_that_occur(line: str) -> None:
    report = parsed(excerpt("table_over_page_break").replace(PERIOD, line))
    assert str(report.period) == PERIOD
    assert [table.page_number for table in report.tables] == [1, 2]


def test_a_period_over_new_year_may_print_its_year_once() -> None:
    text = excerpt("stars").replace(PERIOD, "November - Februar 2024")
    text = text.replace("Januar\tFebruar\tMars\tApril", "November\tDesember\tJanuar\tFebruar")
    assert str(parsed(text).period) == "November 2023 - Februar 2024"


@pytest.mark.parametrize(
    "statement",
    [
        "tallene er mindre enn 4",
        "tallene er mindre enn fire",
        "tall under 4",
        "verdier 1–3",
        "verdier fra 1 til 3",
        "tallene er 3 eller færre",
        "antallet er færre enn 4",
        "celler med færre enn 4",
        "verdier på 0-3",
        "tall som er lavere enn 4",
    ],
)
def test_the_threshold_is_read_however_it_is_worded(statement: str) -> None:
    text = excerpt("stars").replace("tallene er mindre enn 4", statement)
    assert parsed(text).suppression_threshold == 4


@pytest.mark.parametrize("padding", ["\t", "\t\t\t", "\tNA"])
def test_empty_columns_are_left_out(padding: str) -> None:
    sound = parsed(excerpt("stars"))
    lines = excerpt("stars").split("\n")
    padded = [
        line + (padding if line.startswith("\t") else "\t" * padding.count("\t")) if "\t" in line else line
        for line in lines
    ]
    split = ["\t".join([*line.split("\t")[:2], "", *line.split("\t")[2:]]) if "\t" in line else line for line in lines]
    for text in ("\n".join(padded), "\n".join(split)):
        [table] = parsed(text).tables
        assert (table.header, table.rows) == (sound.tables[0].header, sound.tables[0].rows)


def test_months_to_come_are_left_out() -> None:
    sound = parsed(excerpt("stars"))
    text = excerpt("stars").replace(HEADER, f"{HEADER}\tMai\tJuni").replace("\n", "\t\t\n").replace("\t\t\n", "\n", 4)
    assert parsed(text).tables[0].header == sound.tables[0].header
