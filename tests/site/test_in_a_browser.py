"""The site in headless Chromium, on a phone and a desk: nothing complains, nothing is asked for, nothing runs over."""

from __future__ import annotations

import os
from base64 import b64decode
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser import complaints, requests
from tests.site.looking import OPEN_ALL, WIDTHS, ask, show

PICTURE_WIDTH = 1200
RUNS_OVER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT_OFF = """
[...document.querySelectorAll('svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width > 0 && (box.left < 0 || box.right > document.documentElement.clientWidth);
}).map(text => text.textContent)
"""
OVERLAPPING = """
[...document.querySelectorAll('svg[role]')].flatMap(chart => {
    const boxes = [...chart.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    const visible = boxes.filter(([, box]) => box.width > 0);
    return visible.flatMap(([one, a], position) => visible.slice(position + 1)
        .filter(([, b]) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
        .map(([other]) => one + ' / ' + other));
})
"""
FIRST_STOP = """
(() => {
    const [first] = document.querySelectorAll('a[href], summary, [tabindex="0"]');
    first.focus();
    return document.activeElement.getAttribute('href');
})()
"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_runs_over_complains_or_asks_another_host(site: Path, browser: webdriver.Chrome, width: int) -> None:
    for path in sorted(site.rglob("*.html")):
        show(browser, path, width)
        for _ in range(2):
            assert ask(browser, RUNS_OVER) is False, path
            assert ask(browser, CUT_OFF) == [], path
            assert ask(browser, OVERLAPPING) == [], path
            ask(browser, OPEN_ALL)
    assert complaints(browser) == []
    assert [asked["url"] for asked in requests(browser) if not asked["url"].startswith(("file://", "data:"))] == []


def test_from_a_countys_star_a_click_leads_to_the_line_of_the_report(site: Path, browser: webdriver.Chrome) -> None:
    """Finnmark's mentors in April: line 212, which is then marked."""
    show(browser, site / "measure-mentor.html", 1280)
    address = ask(
        browser,
        "[...document.querySelectorAll('svg.map a')].find(tile => tile.textContent.startsWith('Finnmark'))"
        ".getAttribute('href')",
    )
    assert isinstance(address, str)
    name, _, line = address.partition("#")
    assert line == "L212"
    show(browser, site / name, 1280, fragment=f"#{line}")
    assert (
        ask(browser, "document.querySelector(':target').textContent") == "21256 Finnmark - Finnmärku - Finmarkku45***"
    )
    assert ask(browser, "document.querySelector(':target').getBoundingClientRect().top < window.innerHeight") is True


def test_a_keyboard_begins_with_a_way_past_the_navigation(site: Path, browser: webdriver.Chrome) -> None:
    show(browser, site / "index.html", 390)
    assert ask(browser, FIRST_STOP) == "#content"
    assert ask(browser, "document.querySelector('.skip').getBoundingClientRect().top >= 0") is True


def test_print_shows_the_tables_and_no_navigation(site: Path, browser: webdriver.Chrome) -> None:
    show(browser, site / "measure-mentor.html", 1280)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert ask(browser, "getComputedStyle(document.querySelector('header')).display") == "none"
        heights = "[...document.querySelectorAll('table')].map(table => table.getBoundingClientRect().height > 0)"
        shown = ask(browser, heights)
        assert isinstance(shown, list)
        assert all(shown)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_picture_of_the_readme_goes_to_the_end_of_the_map(
    site: Path, browser: webdriver.Chrome, tmp_path: Path
) -> None:
    """It is taken anew where TILTAK_SITE_PICTURE names a file; see CONTRIBUTING.md."""
    show(browser, site / "en" / "measure-mentor.html", PICTURE_WIDTH)
    height = ask(browser, "Math.ceil(document.querySelector('svg.map').getBoundingClientRect().bottom + 16)")
    part = {"x": 0, "y": 0, "width": PICTURE_WIDTH, "height": height, "scale": 1}
    taken = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": part}
    )
    picture = Path(os.environ.get("TILTAK_SITE_PICTURE") or tmp_path / "site.png")
    picture.write_bytes(b64decode(taken["data"]))
    content = picture.read_bytes()
    assert [int.from_bytes(content[start : start + 4]) for start in (16, 20)] == [PICTURE_WIDTH, height]
    assert len(content) < 200_000
