"""Look at a page at the width of a phone or a desk, and ask it something."""

from __future__ import annotations

from pathlib import Path

from selenium import webdriver

WIDTHS = (390, 1280)
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"


def show(browser: webdriver.Chrome, page: Path, width: int, *, fragment: str = "") -> None:
    """Load a file at a width of the window; below 600 points it is a phone's."""
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get(f"{page.absolute().as_uri()}{fragment}")


def ask(browser: webdriver.Chrome, expression: str) -> object:
    """Return what a JavaScript expression gives in the page."""
    return browser.execute_script(f"return ({expression})")
