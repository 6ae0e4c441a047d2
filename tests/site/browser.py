"""Headless Chromium over a pipe: pages as a reader's browser lays them out, and what it asks for and complains of."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

_COMPLAINTS = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}


def program() -> str | None:
    """Return the browser's program; None where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@dataclass
class Browser:
    """One page of a browser. `complaints` are its console messages, `requests` the addresses that it asked for."""

    commands: int
    answers: int
    session: str = ""
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    _number: int = 0
    _rest: bytes = b""
    _events: list[dict[str, Any]] = field(default_factory=list)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the result of a command of the DevTools protocol."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self._receive()
            if message.get("id") == self._number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
            self._note(message)

    def open(self, page: Path, width: int, *, fragment: str = "") -> None:
        """Load a file at a width of the window, and wait until it is laid out."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self._events.clear()
        self.call("Page.navigate", url=f"{page.absolute().as_uri()}{fragment}")
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._note(self._receive())

    def ask(self, expression: str) -> object:
        """Return what a JavaScript expression gives in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        result: object = answer["result"].get("value")
        return result

    def picture(self, path: Path) -> None:
        """Write the whole page as PNG."""
        picture = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(picture["data"]))

    def _note(self, message: dict[str, Any]) -> None:
        self._events.append(message)
        if message["method"] in _COMPLAINTS:
            self.complaints.append(json.dumps(message["params"])[:500])
        if message["method"] == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            received = os.read(self.answers, 1 << 20)
            assert received, "the browser ended"
            self._rest += received
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Yield a browser with a folder for its files, which ends with the block."""
    found = program()
    assert found, f"found no browser; expected one of {', '.join(PROGRAMS)}; install the package chromium"
    to_browser, commands = os.pipe()
    answers, from_browser = os.pipe()
    # The browser reads commands from descriptor 3 and answers on 4.
    launch = (
        "import os, sys; to_browser, from_browser = int(sys.argv[1]), int(sys.argv[2]); "
        "a, b = os.dup(to_browser), os.dup(from_browser); os.dup2(a, 3); os.dup2(b, 4); "
        "os.set_inheritable(3, True); os.set_inheritable(4, True); "
        "os.execvp(sys.argv[3], sys.argv[3:])"
    )
    options = [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--remote-debugging-pipe", f"--user-data-dir={profile}",
    ]  # fmt: skip
    process = subprocess.Popen(
        ["python3", "-c", launch, str(to_browser), str(from_browser), found, *options],
        pass_fds=(to_browser, from_browser),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser)
    os.close(from_browser)
    page = Browser(commands, answers)
    try:
        target = page.call("Target.createTarget", url="about:blank")["targetId"]
        page.session = page.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        yield page
    finally:
        os.close(commands)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(answers)
