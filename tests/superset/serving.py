"""Superset as a person starts it, on a free port, and what its API answers."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.sample import PROJECT

PYTHON = PROJECT / ".venv-superset" / "bin" / "python"


@dataclass(slots=True)
class Server:
    """A running server: where it is, what it said, its process, and a token once somebody has logged in."""

    address: str
    password_file: Path
    process: subprocess.Popen[str]
    said: str
    token: str = ""
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor()))

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.address.split(":")[2].split("/")[0])

    def log_in(self) -> None:
        """Log in with the password that it printed."""
        [password] = re.findall(r"as admin with the password (\S+)", self.said)
        credentials = {"username": "admin", "password": password, "provider": "db"}
        self.token = self.call("/api/v1/security/login", credentials)["access_token"]

    def call(self, path: str, body: Mapping[str, Any] | None = None, **more: str) -> dict[str, Any]:
        """Return what the API answers, which is JSON; `more` are headers."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"} | more
        request = Request(f"http://127.0.0.1:{self.port}{path}", data=data, headers=headers)
        with self.opener.open(request, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def rows(self, query: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows that a chart would get."""
        [result] = self.call("/api/v1/chart/data", query)["result"]
        rows: list[dict[str, Any]] = result["data"]
        return rows

    def type_sql(self, sql: str) -> list[dict[str, Any]] | str:
        """Return the rows of a query that a person types into SQL Lab, or the message that it is refused with."""
        [database] = self.call("/api/v1/database/")["result"]
        query = {"database_id": database["id"], "sql": sql, "schema": "main", "runAsync": False}
        csrf = self.call("/api/v1/security/csrf_token/")["result"]
        try:
            rows: list[dict[str, Any]] = self.call("/api/v1/sqllab/execute/", query, **{"X-CSRFToken": csrf})["data"]
        except HTTPError as error:
            message: str = json.load(error)["errors"][0]["message"]
            return message
        return rows

    def processes(self) -> list[int]:
        """Return the ids of its process and of all processes below it."""
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
            found += [int(child) for child in children]
        return found


def command(database: Path, folder: Path, port: int) -> list[str | Path]:
    """Return what `make superset` types, with files of a test's own."""
    where: list[str | Path] = ["--database", database, "--folder", folder, "--port", str(port)]
    return [PYTHON, "-m", "bi.superset.serve", *where]


def free_port() -> int:
    """Return the number of a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def running(database: Path, folder: Path) -> Iterator[Server]:
    """Yield a server, which ends with the block."""
    typed = command(database, folder, free_port())
    process = subprocess.Popen(
        typed, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said = ""
        assert process.stdout
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        else:
            log = folder / "log"
            raise AssertionError(said + (log.read_text(encoding="utf-8")[-4000:] if log.exists() else ""))
        [address] = re.findall(r"http://\S+/", said)
        yield Server(address, folder / "password", process, said)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGINT)
        process.wait(60)
