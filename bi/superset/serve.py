"""Serve the dashboard on the loopback interface until Ctrl-C: `python -m bi.superset.serve`, with Superset's Python."""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TextIO

from bi.superset.prepare import USER

PROJECT = Path(__file__).resolve().parents[2]
CODE = Path(__file__).resolve().parent
BUNDLE = CODE / "bundle"
PINS = PROJECT / "requirements-superset.txt"
HOST = "127.0.0.1"
DASHBOARD = "/superset/dashboard/tiltak/"
_DATABASE_URI = "duckdb:///tiltak.duckdb?"
_SECONDS_TO_START = 300


class RefusedError(Exception):
    """What stands in the way, for a person."""


@dataclass(frozen=True, slots=True)
class State:
    """What Superset keeps between two starts, in a folder of its own."""

    folder: Path

    @property
    def password_file(self) -> Path:
        """Where the password stands."""
        return self.folder / "password"

    @property
    def log_file(self) -> Path:
        """Where Superset writes what it does."""
        return self.folder / "log"

    @property
    def bundle(self) -> Path:
        """The bundle as imported, with the path of the database in it."""
        return self.folder / "bundle"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of Superset's processes."""
        return os.environ | {
            "SUPERSET_HOME": str(self.folder),
            "SUPERSET_CONFIG_PATH": str(CODE / "superset_config.py"),
            "SCARF_ANALYTICS": "false",
            "PYTHONPATH": str(PROJECT),
        }

    def make_secrets(self) -> None:
        """Make the folder, the password and the key of sessions where they are missing, for their owner to read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for file, byte_count in ((self.password_file, 12), (self.folder / "secret_key", 42)):
            if not file.exists():
                descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                    out.write(secrets.token_urlsafe(byte_count))

    def import_bundle(self, database: Path) -> None:
        """Import the bundle, unless it is what was imported last: then changes made by hand stay."""
        shutil.rmtree(self.bundle, ignore_errors=True)
        shutil.copytree(BUNDLE, self.bundle)
        for file in (self.bundle / "databases").glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(_DATABASE_URI, f"duckdb:///{database.resolve()}?"), encoding="utf-8")
        mark = self.folder / "imported"
        read = (*sorted(self.bundle.rglob("*.yaml")), *sorted(CODE.glob("*.py")), PINS, self.password_file)
        fingerprint = hashlib.sha256(b"\0".join(file.read_bytes() for file in read)).hexdigest()
        if mark.exists() and mark.read_text(encoding="utf-8") == fingerprint:
            return
        _say("making Superset's own database and importing the dashboard: about half a minute")
        command = [sys.executable, "-m", "bi.superset.prepare", str(self.bundle), str(self.password_file)]
        with self.log_file.open("w", encoding="utf-8") as log:
            made = subprocess.run(command, env=self.environment, stdout=log, stderr=log, check=False)  # noqa: S603
        if made.returncode:
            raise RefusedError(f"{self.log_file}: found a failed import; expected the dashboard; read the end of it")
        mark.write_text(fingerprint, encoding="utf-8")


def serve(state: State, port: int) -> int:
    """Start Superset, say where it is, and wait until it ends or a signal ends it. Returns its exit code."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", "1", "--threads", "8"]
    command += ["--timeout", "120", "--graceful-timeout", "5", "--no-control-socket"]
    command += ["--error-logfile", str(state.log_file), "superset.app:create_app()"]
    with state.log_file.open("a", encoding="utf-8") as log:
        server = subprocess.Popen(command, env=state.environment, cwd=state.folder, stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_for(server, port, state)
            password = state.password_file.read_text(encoding="utf-8")
            _say(f"http://{HOST}:{port}{DASHBOARD}: log in as {USER} with the password {password}")
            _say(f"the password stands in {state.password_file}, the log in {state.log_file}; Ctrl-C stops")
            return server.wait()
        finally:
            server.terminate()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int, state: State) -> None:
    """Wait until Superset answers."""
    end = time.monotonic() + _SECONDS_TO_START
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    raise RefusedError(f"{state.log_file}: found that Superset did not start; expected an answer; read the end of it")


def _expect_free(port: int) -> None:
    """Refuse a port that somebody listens on."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            message = f"{HOST}:{port}: found another server; expected a free port; name one: make superset PORT=8089"
            raise RefusedError(message) from None


def _say(message: str, stream: TextIO = sys.stdout) -> None:
    """Write a line at once, also where the output is a pipe."""
    print(message, file=stream, flush=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; 0 if Ctrl-C ended it, 1 if Superset ended by itself, 2 if it could not be started."""
    parser = argparse.ArgumentParser(prog="python -m bi.superset.serve", description=__doc__)
    parser.add_argument("--database", type=Path, default=PROJECT / "tiltak.duckdb", help="what readers open")
    parser.add_argument("--folder", type=Path, default=PROJECT / "build" / "superset", help="what Superset keeps")
    parser.add_argument("--port", type=int, default=8088)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if not options.database.is_file():
            raise RefusedError(
                f"{options.database}: found no such file; expected a published database; run `make build`"
            )
        _expect_free(options.port)
        state = State(options.folder.resolve())
        state.make_secrets()
        state.import_bundle(options.database)
        serve(state, options.port)
    except KeyboardInterrupt:
        return 0
    except RefusedError as refusal:
        _say(str(refusal), sys.stderr)
        return 2
    return 1


if __name__ == "__main__":
    sys.exit(main())
