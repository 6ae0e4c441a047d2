"""What the loader says about reports it cannot load: place, found, expected, what to do."""

from __future__ import annotations

import gzip
import io
import re
import zipfile

import pytest

from tests.loaders.report_texts import HEADER, PERIOD, complaints_about, excerpt
from warehouse.errors import MAX_COMPLAINTS

MENTOR = "Mentor\t12\t7\t8\t13\t18"


def assert_one_message(text: str, line: int | None, found: str, expected: str, action: str) -> None:
    """Assert that a text is rejected for one problem, told with its place and what to do."""
    [message] = complaints_about(text)
    place = "report.txt:" if line is None else f"report.txt:{line}:"
    assert re.fullmatch(rf"{place} found .+; expected .+; .+", message)
    told_found, told_expected, told_action = message.rsplit("; ", 2)
    assert found in told_found
    assert expected in told_expected
    assert action in told_action


def stars_with(old: str, new: str) -> str:
    """Return the excerpt `stars` with one change.

    Unchanged it has the threshold in line 1, the period in 3, the header in 5, rows in 6 to 13, Mentor in 12.
    """
    text = excerpt("stars")
    assert complaints_about(text) == []
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("figure", "found", "expected"),
    [
        (
            "1O",
            '"O" (LATIN CAPITAL LETTER O, U+004F) in the figure "1O" in column 4 (Mars)',
            "a whole number",
        ),
        ("-13", "HYPHEN-MINUS", "a whole number such as 1 234, or *"),
        ("1,3", "COMMA", "a whole number"),
        ("١٣", "ARABIC-INDIC DIGIT ONE", "a whole number"),
        ("*3", "ASTERISK", "a whole number"),
        ("**", "ASTERISK", "a whole number"),
        ("=1+2", "EQUALS SIGN", "a whole number"),
        ("", "an empty cell in column 4 (Mars)", "a whole number"),
        ("  ", "an empty cell in column 4 (Mars)", "a whole number"),
        ("1 23", 'a space that does not part thousands in the figure "1 23"', "such as 1 234"),
        ("1  234", "a space that does not part thousands", "such as 1 234"),
        ("1" * 10, "more than 9 digits", "at most 9 digits"),
        ("1 234 567 890", "more than 9 digits", "at most 9 digits"),
    ],
)
def test_figure_that_is_none_names_character_and_column(figure: str, found: str, expected: str) -> None:
    text = stars_with(MENTOR, MENTOR.replace("13", figure))
    assert_one_message(text, 12, found, expected, "restore the figure that the report prints")


@pytest.mark.parametrize(
    ("row", "found", "expected", "action"),
    [
        ("Mentor\t12\t7\t8\t13", "4 figures in the row", "5: Gjennom snitt", "restore what is missing"),
        ("Mentor\t", "1 figure in the row", "5: Gjennom snitt", "restore what is missing"),
        (MENTOR + "\t1", "6 figures in the row", "5: Gjennom snitt", "remove the spare figure"),
        ("Mentor 12 7 8 13 18", '"Mentor 12 7 8 13 18" without tabs', "parted by tabs", "restore the tabs"),
        (MENTOR[6:], "a row without a label", "a label before the first tab", "restore the label"),
        (f"I alt{MENTOR[6:]}", 'the total row "I alt" inside', "at the top", "remove the row, or restore"),
        ("Men\x0btor", "the control character", "without control characters", "remove it"),
        ("Men\rtor", "U+000D", "without control characters", "remove it"),
        ("Men\x85tor", "U+0085", "without control characters", "remove it"),
        ("Mentor" * 11_000, "a line of 66,000 characters", "at most 65,536", "restore the line ends"),
    ],
)
def test_row_that_does_not_fit(row: str, found: str, expected: str, action: str) -> None:
    assert_one_message(stars_with(MENTOR, row), 12, found, expected, action)


@pytest.mark.parametrize(
    ("old", "new", "found", "expected", "action"),
    [
        (HEADER, "\tJanuar\tFebruar\tMars\tApril", 'column "Januar"', "the average", "restore the column"),
        ("Gjennom snitt hittil i år", "Sum", 'the first column "Sum"', "the average", "correct the label"),
        ("\tJanuar\tFebruar\tMars\tApril", "", "without months", "1 to 12 months", "restore the months"),
        ("\tMars", "\tMarz", '"Marz" in column 4', "a Norwegian month, perhaps Mars", "correct the month"),
        ("\tMars", "\tSum", '"Sum" in column 4', "a Norwegian month", "correct the month"),
        ("\tMars", "\t", "no month in column 4", "a Norwegian month", "restore the month"),
        ("\tMars", "\tFebruar", "Februar a second time, in column 4", "each month once", "correct"),
        ("Februar\tMars", "Mars\tFebruar", "(Januar, Mars, Febr", "(Januar, Februar, M", "correct"),
        (PERIOD, "Januar 2024 - Mars 2024", "4 months", "3 months (Januar, Feb", "correct the months"),
        (
            PERIOD,
            "Mai 2024",
            "4 months",
            "1 month (Mai), as the page's period Mai 2024",
            "correct the months",
        ),
        (HEADER, HEADER.replace("\t", " "), "without tabs", "a header line", "restore the tabs"),
        (HEADER, HEADER[1:], "without its empty first field", "a header line", "restore the tab"),
    ],
)
def test_header_that_is_unsound_or_contradicts_its_page(
    old: str, new: str, found: str, expected: str, action: str
) -> None:
    assert_one_message(stars_with(old, new), 5, found, expected, action)


@pytest.mark.parametrize(
    ("old", "new", "line", "found", "expected", "action"),
    [
        ("April 2024", "Aprl 2024", 3, '"Aprl" in the period', "perhaps April", "correct the month"),
        (PERIOD, "April 2024 - Januar 2024", 3, "ends before it begins", "the earlier month", "correct"),
        (PERIOD, "Januar 2023 - April 2024", 3, "of 16 months", "1 to 12 months", "correct"),
        (PERIOD, "Januar 0024 - April 0024", 3, "the year 0024", "1900 to 2199", "correct the year"),
        (PERIOD, "", None, "no page with a period", "Januar 2024 - April 2024", "restore the period"),
        ("mindre enn 4", "små", None, "no statement", "tallene er mindre enn 4", "restore"),
        ("mindre enn 4", "mindre enn 400", 1, "threshold 400", "2 to 100", "restore the number"),
        ("I alt Andre", "Andre", 6, '"Andre på tiltak" at the top', "I alt", "restore the total row"),
        (HEADER, "", 6, '"I alt Andre på tiltak" outside any table', "a header line", "restore the header"),
        (MENTOR, "\nI alt mentor" + MENTOR[6:], 13, 'the row "I alt mentor" outside any table', "a header", "restore"),
    ],
)
def test_page_or_table_that_is_incomplete(
    old: str, new: str, line: int | None, found: str, expected: str, action: str
) -> None:
    assert_one_message(stars_with(old, new), line, found, expected, action)


def test_header_that_lost_a_month_is_told_once_not_per_row() -> None:
    columns, months = complaints_about(stars_with("\tApril", ""))
    assert "report.txt:5: found a header of 4 columns above rows of 5 figures; expected one column" in columns
    assert "report.txt:5: found a header with 3 months" in months


def test_header_without_rows_is_told() -> None:
    [header] = complaints_about(stars_with(HEADER, f"{HEADER}\n\n{HEADER}"))
    assert "report.txt:5: found a header without rows; expected the total row" in header


def test_text_without_any_table_is_one_message() -> None:
    [message] = complaints_about("Dette er en helt vanlig tekst.\nUten tabeller.\n")
    assert "found no table in the text; expected a header line" in message


FIRST_PAGE = (
    "Verdier i celler hvor tallene er mindre enn 4 er erstattet med *.\nJanuar 2024 - Februar 2024\nGjennomsnitt\n"
)


@pytest.mark.parametrize(
    ("rows", "line", "first"),
    [
        (
            ["hittil i år Januar Februar", *[f"Mentor {number} 1 118 290" for number in range(10, 15)]],
            5,
            "Mentor 10 1 118",
        ),
        (["Januar", "Mentor", "1 118", "*", "302", "297", "290"], 6, "1 118"),
    ],
    ids=["single spaces", "a figure a line"],
)
def test_text_that_a_tool_took_out_of_a_pdf_is_named_with_its_first_figures(
    rows: list[str], line: int, first: str
) -> None:
    [message] = complaints_about((FIRST_PAGE + "\n".join(rows)).encode())
    assert f'report.txt:{line}: found 5 lines of figures without tabs or a header, the first "{first}' in message
    assert "give the PDF or the workbook itself" in message


def test_all_problems_are_told_at_once_sorted_by_line() -> None:
    text = excerpt("two_tables_on_a_page")
    text = text.replace("2 830", "2 83O").replace("mindre enn 4", "små").replace("\t230\t", "\t")
    text = text.replace("Gjennom snitt hittil i år", "Sum", 1)
    messages = complaints_about(text)
    assert [message.split(" ")[0] for message in messages] == [
        "report.txt:",
        "report.txt:5:",
        "report.txt:8:",
        "report.txt:12:",
    ]


def test_pages_that_disagree_are_told_against_the_majority() -> None:
    page = "\n" + "\n".join(excerpt("stars").split("\n")[2:])
    text = excerpt("stars").replace(PERIOD, "Januar 2024 - Mars 2024") + page + page
    [message] = complaints_about(text)
    assert message.startswith(
        "report.txt:3: found the period Januar 2024 - Mars 2024; expected Januar 2024 - April 2024"
    )


def test_thresholds_that_disagree_are_told() -> None:
    [message] = complaints_about(excerpt("stars") + "\nTallene er mindre enn 5.\n")
    assert message.startswith("report.txt:15: found the suppression threshold 5; expected 4, as in line 1")


def test_rows_without_a_header_are_told_once() -> None:
    [message] = complaints_about(excerpt("table_over_page_break").replace(f"{HEADER}\nI alt", "I alt", 1))
    assert "report.txt:5: found the row" in message


def test_columns_of_rows_with_spaces_for_tabs_are_told() -> None:
    text = excerpt("stars").replace("\t", "    ")
    [header] = complaints_about(text)
    assert header.startswith("report.txt:5: found the header")
    [row] = complaints_about(excerpt("stars") + "\nMenn   2 830   2 836\nKvinner   1   2\n")
    assert row.startswith("report.txt:15: found the line")


def test_complaints_are_bounded_and_equal_ones_are_one_message() -> None:
    text = excerpt("stars") + f"{HEADER}\n" * (MAX_COMPLAINTS + 500)
    message, omitted = complaints_about(text)
    assert message.startswith("report.txt:14: found a header without rows; expected the total row")
    assert message.endswith("(and 999 more like it, in lines 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, …)")
    assert omitted == "report.txt: and 500 more problems, not shown"


def test_each_problem_of_a_few_is_told_in_its_place() -> None:
    text = stars_with(MENTOR, MENTOR.replace("13", "1O").replace("18", "l8"))
    assert [message.split("; ")[0].split(" in the ")[0] for message in complaints_about(text)] == [
        'report.txt:12: found the character "O" (LATIN CAPITAL LETTER O, U+004F)',
        'report.txt:12: found the character "l" (LATIN SMALL LETTER L, U+006C)',
    ]


@pytest.mark.parametrize("sign", ["-", "–", "..", ":"])
def test_signs_of_other_publishers_are_refused_once_with_a_hint(sign: str) -> None:
    [message] = complaints_about(excerpt("stars").replace(MENTOR, "\t".join(["Mentor", *[sign] * 5])))
    assert f'NAV prints no "{sign}" for a figure, so that its meaning is unknown' in message
    assert message.endswith("(and 4 more like it, in line 12)")


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (b"Mentor p\x81", 1, "the byte 0x81 at position 9 of the line"),
        ("\n\nså på".encode() + "så".encode("cp1252"), 3, "in Latin-1 it is"),
        (b"\x00\x01" + bytes(range(256)) * 9, 1, "as in a binary file"),
        (b"ok\nPK\x03\x04\x00\xff\xfeabcdefgh", 2, "as in a binary file"),
    ],
)
def test_wrong_encoding_is_one_message(content: bytes, line: int, found: str) -> None:
    [message] = complaints_about(content)
    assert message.startswith(f"report.txt:{line}: found ")
    assert found in message
    assert "expected text in UTF-8" in message


def _zipped(*members: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for member in members:
            opened.writestr(member, excerpt("stars"))
    return archive.getvalue()


@pytest.mark.parametrize(
    ("content", "found", "action"),
    [
        (excerpt("stars").encode("utf-16")[:-1], "text in UTF-16 that is cut off or damaged", "as UTF-8"),
        (excerpt("stars").encode("utf-32"), "text in UTF-32", "as UTF-8"),
        (excerpt("stars").encode("utf-32-be"), "text in UTF-32", "as UTF-8"),
        (gzip.compress(excerpt("stars").encode()), "a gzip archive", "unpack it"),
        (_zipped("report.txt"), "a zip archive", "unpack it"),
        (_zipped("[Content_Types].xml", "xl/workbook.xml"), "a workbook that cannot be read", "save it again"),
        (_zipped("[Content_Types].xml", "word/document.xml"), "a Word document", "as plain text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF that is cut off", "fetch it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "an old Office document", "as plain text"),
        (b"{\\rtf1\\ansi I alt}", "a document in Rich Text Format", "as plain text"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "a web page (HTML)", "as plain text"),
        (b"GIF89a" + bytes(40), "a picture that is no PNG, JPEG or TIFF", "as PNG"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 9, "a program", "as plain text"),
    ],
)
def test_files_of_other_kinds_are_called_by_their_names(content: bytes, found: str, action: str) -> None:
    [message] = complaints_about(content)
    assert message.startswith(f"report.txt: found {found}")
    assert action in message.rsplit("; ", 1)[1]
