"""A line of months is drawn to scale, with a band for a star, a cut at a break, and labels that do not meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from publishers.site.lines import LineChart
from publishers.site.statistics import Figure
from publishers.site.texts import Text
from publishers.site.wording import Wording, spaced
from tests.publishers.site_figures import MONTHS
from tests.publishers.site_pages import Element, read_page

WORDING = Wording("en", {number: Text(name, name) for number, name in enumerate(MONTHS["en"], start=1)})
STAR = "*"
ILLEGIBLE = "?"
BOTTOM = 220 - 24
"""Where 0 stands in a chart of 220 pixels."""
TOP = 26
"""Where the greatest number of the axis stands."""


def figure(index: int, printed: int | str, series: str = "a") -> Figure:
    """Return the figure of a month, counted from January 2024."""
    month = date(2024 + index // 12, index % 12 + 1, 1)
    if isinstance(printed, int):
        return Figure(month, printed, printed, spaced(printed), False, series, "r", index)
    is_star = printed == STAR
    return Figure(month, None, 3 if is_star else 0, "0–3" if is_star else "?", is_star, series, "r", index)


def figures(*printed: int | str) -> list[Figure]:
    return [figure(index, each) for index, each in enumerate(printed)]


def drawn(tmp_path: Path, some: Sequence[Figure], *, is_small: bool = False) -> Element:
    page = tmp_path / "chart.html"
    page.write_text(str(LineChart(WORDING, "Mentor", some, is_small=is_small).draw()), encoding="utf-8")
    return read_page(page)


def number(element: Element, attribute: str) -> float:
    return float(element.attributes[attribute].rstrip("%"))


def labels(chart: Element, kind: str) -> list[tuple[str, float, str]]:
    """Return texts with their place across and how they stand to it."""
    found = chart.all("text", class_=kind)
    return [(each.text(), number(each, "x"), each.attributes["text-anchor"]) for each in found]


def test_points_stand_at_their_month_and_their_number(tmp_path: Path) -> None:
    chart = drawn(tmp_path, figures(0, 100, 200), is_small=True)
    points = [(number(point, "cx"), number(point, "cy")) for point in chart.all("circle")]
    assert points == [(3, BOTTOM), (50, (BOTTOM + TOP) / 2), (97, TOP)]
    assert chart.all("path")[0].attributes["d"] == "M3.00 196.0h0L50.00 111.0L97.00 26.0"


def test_each_month_is_reached_over_its_own_width(tmp_path: Path) -> None:
    """Half a month to either side, and not beyond the chart; where there is one month only, over all of it."""
    reaches = drawn(tmp_path, figures(1, 2, 3), is_small=True).all("rect", class_="reach")
    assert [(number(each, "x"), number(each, "width")) for each in reaches] == [(0, 26.5), (26.5, 47), (73.5, 26.5)]
    [alone] = drawn(tmp_path, figures(5), is_small=True).all("rect", class_="reach")
    assert (number(alone, "x"), number(alone, "width")) == (3, 94)


def test_a_star_is_a_band_from_0_to_what_it_can_be_and_is_seen(tmp_path: Path) -> None:
    """Beside hundreds, 3 would be less than a pixel."""
    [band] = drawn(tmp_path, figures(0, STAR, 4)).all("rect", class_="band")
    assert (number(band, "y"), number(band, "height")) == pytest.approx((BOTTOM - 170 * 3 / 4, 170 * 3 / 4))
    [thin] = drawn(tmp_path, figures(900, STAR, 900)).all("rect", class_="band")
    assert (number(thin, "y"), number(thin, "height")) == (BOTTOM - 9, 9)


def test_a_figure_that_nobody_can_read_is_no_point_and_no_band(tmp_path: Path) -> None:
    chart = drawn(tmp_path, figures(7, ILLEGIBLE, 7))
    assert len(chart.all("a")) == 3
    assert len(chart.all("circle")) == 2
    assert chart.all("rect", class_="band") == []


def test_neighbouring_stars_have_one_label_and_none_beside_another(tmp_path: Path) -> None:
    stars: list[int | str] = [10, 10, 10, STAR, STAR, STAR, STAR, 10, 10, STAR, 10, 10]
    assert [text for text, _, _ in labels(drawn(tmp_path, figures(*stars)), "value")].count("0–3") == 2
    near: list[int | str] = [10, STAR, 10, 10, 10, 10, 10, 10, 10, 10, STAR, 10]
    assert [text for text, _, _ in labels(drawn(tmp_path, figures(*near)), "value")] == ["10", "10"]
    both: list[int | str] = [*[10] * 8, STAR, 10, 10, STAR, *[10] * 12]
    assert [text for text, _, _ in labels(drawn(tmp_path, figures(*both)), "value")].count("0–3") == 1


def test_the_ends_are_printed_above_the_line_near_them(tmp_path: Path) -> None:
    chart = drawn(tmp_path, figures(1, 30, *[0] * 20, 20, 1), is_small=True)
    [first, last] = chart.all("text", class_="value")
    assert (first.text(), last.text()) == ("1", "1")
    assert (number(first, "y"), number(last, "y")) == pytest.approx((TOP - 9, BOTTOM - 170 * 2 / 3 - 9), abs=0.1)
    assert labels(drawn(tmp_path, figures(5)), "value") == [("5", 50, "middle")]
    assert labels(drawn(tmp_path, figures(STAR, 5)), "value")[-1][0] == "5"


def test_few_months_are_all_named_and_of_many_the_ends_and_round_years(tmp_path: Path) -> None:
    six = [text for text, _, _ in labels(drawn(tmp_path, figures(*range(6))), "month")]
    assert six == ["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024", "May 2024", "Jun 2024"]
    assert [text for text, _, _ in labels(drawn(tmp_path, figures(*range(7))), "month")] == ["Jan 2024", "Jul 2024"]
    small = drawn(tmp_path, figures(1, 2, 3), is_small=True)
    assert labels(small, "month") == [("Jan 2024", 3, "start"), ("Mar 2024", 97, "end")]
    assert labels(drawn(tmp_path, figures(5), is_small=True), "month") == [("Jan 2024", 50, "middle")]
    long = labels(drawn(tmp_path, figures(*range(12 * 12))), "month")
    assert [text for text, _, _ in long] == ["Jan 2024", "Dec 2035", "2026", "2028", "2030", "2032"]


def test_points_of_many_months_are_there_for_the_pointer_only(tmp_path: Path) -> None:
    assert drawn(tmp_path, figures(*range(36))).all("circle", class_="unseen") == []
    assert len(drawn(tmp_path, figures(*range(37))).all("circle", class_="unseen")) == 37


def test_a_break_stands_between_the_months_that_cannot_be_compared(tmp_path: Path) -> None:
    some = [figure(0, 1), figure(1, 2), figure(2, 3, "b")]
    [cut] = drawn(tmp_path, some, is_small=True).all("line", class_="break")
    assert number(cut, "x1") == number(cut, "x2") == 73.5
