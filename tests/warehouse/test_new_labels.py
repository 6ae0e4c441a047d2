"""A message on a label or a row leads to the file that it belongs in, with the row ready to paste."""

from __future__ import annotations

import pytest

from tests.sample import find_line, sample_lines
from tests.warehouse.warehouse import Warehouse

MENTOR = "I alt mentor"


def relabelled(label: str, new: str, total: str = MENTOR) -> str:
    """Return the sample with another label of one row, in one table."""
    lines = sample_lines()
    number = find_line(lines, label, total)
    lines[number - 1] = new + "\t" + lines[number - 1].partition("\t")[2]
    return "\n".join(lines)


def without(label: str, total: str) -> str:
    lines = sample_lines()
    del lines[find_line(lines, label, total) - 1]
    return "\n".join(lines)


def of_another_family() -> str:
    """Return a report whose rows name no measure that is known."""
    texts = {"støtte": "x", "oppfølging": "y", "klubb": "z", "mentor": "w", "karriere": "v"}
    lines = sample_lines()
    for number, line in enumerate(lines):
        label, tab, figures = line.partition("\t")
        if tab and any(word in label.lower() for word in texts):
            total = "I alt " if label.startswith("I alt") else ""
            lines[number] = f"{total}Qwxz {abs(hash(label.lower().removeprefix('i alt '))) % 7 * 1111}\t{figures}"
    return "\n".join(lines)


REPORTS = {
    "county.txt": relabelled("11 Rogaland", "57 Nyfylket"),
    "measure.txt": relabelled("Jobbklubb", "Grønt arbeid på prøve", total="I alt"),
    "spelling.txt": relabelled("Grunnskolenivå", "Grunnskole nivaaer"),
    "category.txt": relabelled("Innvandrere", "Norskfødte, med to utenlandsfødte foreldre"),
    "left out.txt": without("Menn", MENTOR),
    "family.txt": of_another_family(),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("new_labels"))
    warehouse.receive(REPORTS)
    assert warehouse.dbt("build").returncode == 1
    return warehouse


def told(warehouse: Warehouse, file_name: str, rule: str = "labels_are_known") -> list[str]:
    return [
        explanation
        for (explanation,) in warehouse.query(
            "select explanation from audit.reconciliation_checks join raw.reports using (report_id) "
            "where file_name = ? and rule_code = ? and verdict not in ('proven', 'possible') order by line_numbers",
            [file_name, rule],
        )
    ]


@pytest.mark.parametrize(
    ("file_name", "advice"),
    [
        ("county.txt", "if it is a new county or area, add to seeds/counties.csv the row `57,Nyfylket,ENGLISH NAME,…`"),
        (
            "measure.txt",
            "if it is a new measure, add to seeds/measures.csv the row "
            "`CODE,Grønt arbeid på prøve,ENGLISH NAME,oppfolging,,,,,ORDER,false`",
        ),
        (
            "spelling.txt",
            'if it is another spelling of "Grunnskolenivå", add to seeds/printed_labels.csv the row '
            "`education,primary_lower_secondary,Grunnskole nivaaer,NOTE`",
        ),
        (
            "category.txt",
            "add to seeds/categories.csv the row "
            '`immigration_category,CODE,"Norskfødte, med to utenlandsfødte foreldre",ENGLISH NAME,ORDER,,,,`',
        ),
    ],
)
def test_a_new_label_leads_to_the_file_it_belongs_in(built: Warehouse, file_name: str, advice: str) -> None:
    [message] = told(built, file_name)
    assert message.startswith(f"{file_name}:")
    assert advice in message


def test_labels_that_are_not_near_are_not_proposed(built: Warehouse) -> None:
    for file_name in ("county.txt", "measure.txt", "category.txt"):
        assert "another spelling of" not in told(built, file_name)[0]


def test_a_row_left_out_leads_to_the_optional_rows(built: Warehouse) -> None:
    [message] = told(built, "left out.txt", "rows_are_complete")
    assert "add to seeds/optional_rows.csv the row `oppfolging,mentor,all,gender,male,,,REASON`" in message


def test_an_unknown_family_is_one_message(built: Warehouse) -> None:
    [message] = told(built, "family.txt")
    assert "add the family to seeds/measure_families.csv and its measures to seeds/measures.csv" in message
