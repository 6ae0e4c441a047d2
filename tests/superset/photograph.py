"""Open the dashboard in headless Chromium: pictures, what the console says, and what each chart asks for.

Runs in Superset's environment, which has Selenium: `python photograph.py ADDRESS PASSWORD_FILE WHOLE TOP`; tells JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

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


def _browser() -> webdriver.Chrome:
    """Start Debian's Chromium with its driver, which asks nothing of the network."""
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en",
        "--disable-background-networking", "--disable-component-update", "--no-first-run",
        f"--window-size={WIDTH},{HEIGHT}",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


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


def _events(browser: webdriver.Chrome) -> list[dict[str, Any]]:
    return [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]


def photograph(address: str, password: str, whole: Path, top: Path) -> dict[str, Any]:
    """Return the messages of the console, all addresses asked, and the bodies of what was asked of `chart/data`."""
    browser = _browser()
    try:
        _log_in(browser, address, password)
        browser.get_log("browser")
        events = _events(browser)
        browser.get(address)
        WebDriverWait(browser, _SECONDS).until(lambda page: page.execute_script(_LOADED))
        for height, picture in ((browser.execute_script(_HEIGHT), whole), (TOP_HEIGHT, top)):
            browser.set_window_size(WIDTH, height + browser.execute_script(_FRAME))
            time.sleep(2)  # Charts are drawn as an animation.
            browser.save_screenshot(str(picture))
        events += _events(browser)
        asked = [event["params"]["request"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return {
            "console": [f"{entry['level']}: {entry['message']}" for entry in browser.get_log("browser")],
            "addresses": sorted({request["url"] for request in asked}),
            "queries": [json.loads(request["postData"]) for request in asked if "/api/v1/chart/data" in request["url"]],
            "text": browser.find_element(By.TAG_NAME, "body").text,
        }
    finally:
        browser.quit()


if __name__ == "__main__":
    os.environ["SE_AVOID_STATS"] = "true"
    address, password_file, *pictures = sys.argv[1:]
    seen = photograph(address, Path(password_file).read_text(encoding="utf-8"), *map(Path, pictures))
    json.dump(seen, sys.stdout)
