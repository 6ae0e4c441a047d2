"""Open the dashboard in headless Chromium: pictures, what the console says, and what each chart asks for."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser import chromium, complaints, requests

WIDTH, HEIGHT = 1440, 2300
TOP_HEIGHT = 1452
"""How far the README's picture goes: to the end of the table by county."""
_SECONDS = 120
_LOADED = """
const charts = [...document.querySelectorAll('[data-test="chart-grid-component"]')];
return charts.length > 0 && charts.every(chart => chart.querySelector('canvas, table, .header-line, [role=alert]'))
    && !document.querySelector('.loading, [data-test="loading-indicator"]');
"""
_HEIGHT = "return Math.ceil(document.querySelector('[data-test=grid-content]').getBoundingClientRect().bottom)"
_FRAME = "return window.outerHeight - window.innerHeight"


@dataclass(frozen=True, slots=True)
class Photographed:
    """The messages of the console, all addresses asked, what was asked of `chart/data`, and the words on the page."""

    console: list[str]
    addresses: list[str]
    queries: list[dict[str, Any]]
    text: str


def _log_in(browser: webdriver.Chrome, address: str, password: str) -> None:
    parts = urlsplit(address)
    browser.get(f"{parts.scheme}://{parts.netloc}/login/")
    wait = WebDriverWait(browser, _SECONDS)
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "input[type=password]"))
    fields = browser.find_elements(By.CSS_SELECTOR, "form input:not([type=hidden])")
    fields[0].send_keys("admin")
    fields[1].send_keys(password)
    browser.find_element(By.CSS_SELECTOR, "form button[type=submit], form input[type=submit]").click()
    wait.until(lambda page: "/login" not in page.current_url)


def photograph(address: str, password: str, whole: Path, top: Path) -> Photographed:
    """Write pictures of the whole dashboard and of its top, and return what else a browser tells of it."""
    with chromium(WIDTH, HEIGHT) as browser:
        _log_in(browser, address, password)
        complaints(browser)
        asked = requests(browser)
        browser.get(address)
        WebDriverWait(browser, _SECONDS).until(lambda page: page.execute_script(_LOADED))
        for height, picture in ((browser.execute_script(_HEIGHT), whole), (TOP_HEIGHT, top)):
            browser.set_window_size(WIDTH, height + browser.execute_script(_FRAME))
            time.sleep(2)  # Charts are drawn as an animation.
            browser.save_screenshot(str(picture))
        asked += requests(browser)
        return Photographed(
            complaints(browser),
            sorted({request["url"] for request in asked}),
            [json.loads(request["postData"]) for request in asked if "/api/v1/chart/data" in request["url"]],
            browser.find_element(By.TAG_NAME, "body").text,
        )
