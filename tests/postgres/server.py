"""A PostgreSQL server of a test's own: in a temporary folder, on the loopback interface and a socket."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")
_ACCESS = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `folder` holds its socket."""

    folder: Path
    port: int

    def dsn(self, database: str, user: str = "postgres") -> str:
        """Return a connection string by the socket, where no password is asked for."""
        return f"host={self.folder} port={self.port} dbname={database} user={user}"

    def address(self, database: str, user: str, password: str) -> str:
        """Return a connection string by the loopback interface, where a password is asked for."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def do(self, database: str, *statements: str) -> None:
        """Have the server do something, as its superuser."""
        with psycopg.connect(self.dsn(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def ask(self, database: str, query: str, user: str = "postgres") -> list[tuple[Any, ...]]:
        """Return the rows of a query, in a session of its own."""
        with psycopg.connect(self.dsn(database, user), autocommit=True) as connection:
            found: list[tuple[Any, ...]] = connection.execute(query.encode()).fetchall()
            return found


@contextmanager
def running() -> Iterator[Server]:
    """Yield a server, which ends with the block. As root, its processes are those of the user postgres."""
    folder = Path(tempfile.mkdtemp(prefix="tiltak-postgres-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    making = [_program("initdb"), f"--pgdata={data}", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    making += ["--auth=trust", "--no-sync"]
    subprocess.run(making, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (data / "pg_hba.conf").write_text(_ACCESS, encoding="utf-8")
    settings = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off",
    }  # fmt: skip
    options = [part for name, setting in settings.items() for part in ("-c", f"{name}={setting}")]
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [_program("postgres"), "-D", data, *options], user=user, cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        server = Server(folder, port)
        _wait_for(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        shutil.rmtree(folder)


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            server.ask("postgres", "select 1")
        except psycopg.OperationalError:
            assert process.poll() is None, (server.folder / "log").read_text(encoding="utf-8")
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


def _program(name: str) -> str:
    """Return the path of a program of PostgreSQL, of the newest version that Debian's packages have put there."""
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3])))
    program = str(found[-1]) if found else shutil.which(name)
    assert program, f"no {name}: install the package postgresql"
    return program
