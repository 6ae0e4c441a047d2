"""Headless Chromium by Selenium: pages as a reader's browser lays them out, what it asks for and complains of."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en",
    "--disable-background-networking", "--disable-component-update", "--no-first-run",
)  # fmt: skip


@contextmanager
def chromium(width: int, height: int) -> Iterator[webdriver.Chrome]:
    """Yield Debian's Chromium with its driver, which asks nothing of the network; it ends with the block."""
    os.environ["SE_AVOID_STATS"] = "true"
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for argument in (*_OPTIONS, f"--window-size={width},{height}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield browser
    finally:
        browser.quit()


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Return the messages of the console since they were last asked for."""
    return [f"{entry['level']}: {entry['message']}" for entry in _log(browser, "browser")]


def requests(browser: webdriver.Chrome) -> list[dict[str, Any]]:
    """Return what was asked of any address since that was last asked for, as the DevTools protocol tells it."""
    events = [json.loads(entry["message"])["message"] for entry in _log(browser, "performance")]
    return [event["params"]["request"] for event in events if event["method"] == "Network.requestWillBeSent"]


def _log(browser: webdriver.Chrome, kind: str) -> list[dict[str, Any]]:
    # Without annotations in Selenium.
    answer: dict[str, list[dict[str, Any]]] = browser.execute("getLog", {"type": kind})
    return answer["value"]
