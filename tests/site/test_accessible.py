"""axe-core finds nothing on any kind of page that WCAG 2.1 A or AA forbids: phone and desk, both languages."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from tests.site.looking import OPEN_ALL, WIDTHS, ask, show

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(done, error => done(String(error)));
"""
PAGES = (
    "index.html", "measure-mentor.html", "measure-digital_oppfolging_jobbklubb.html", "county-56.html", "report.html",
    "editions.html", "edition-2024-04_4909a99b90d9.html", "stars.html", "sources.html",
)  # fmt: skip
FAULTY = """
<!doctype html><html><head><title>A page</title></head>
<body><p style="color: #bbb; background: #fff">Hardly seen</p><a href="#"></a></body></html>
"""


def audit(browser: webdriver.Chrome) -> tuple[set[str], int]:
    """Return what axe-core finds wrong with the page shown, as rules and elements, and how many rules it passes."""
    browser.execute_script(AXE)
    results: dict[str, Any] = browser.execute_async_script(RUN)
    wrong = {f"{rule['id']}: {node['html']}" for rule in results["violations"] for node in rule["nodes"]}
    return wrong, len(results["passes"])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_wrong(site: Path, browser: webdriver.Chrome, page: str, language: str, width: int) -> None:
    show(browser, (site if language == "nb" else site / "en") / page, width)
    ask(browser, OPEN_ALL)
    wrong, passed = audit(browser)
    assert wrong == set()
    assert passed > 10


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    assert {path.stem.partition("-")[0] for path in site.glob("*.html")} == {
        name.partition(".")[0].partition("-")[0] for name in PAGES
    }


def test_axe_finds_what_is_wrong(tmp_path: Path, browser: webdriver.Chrome) -> None:
    (tmp_path / "faulty.html").write_text(FAULTY, encoding="utf-8")
    show(browser, tmp_path / "faulty.html", 1280)
    wrong, _ = audit(browser)
    assert {each.partition(":")[0] for each in wrong} == {"color-contrast", "html-has-lang", "link-name"}
