"""The connection string of a PostgreSQL database, of which a message shows the place and never the secret."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from psycopg import Error
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from warehouse.errors import DatabaseError, Problem, printable

_SECRETS = ("password", "sslpassword")
_NAMING = ("service", "host", "hostaddr", "port", "dbname", "user")
"""Settings that may be shown."""
_CONNECTING = 15
"""Seconds to wait for a server that does not answer, unless the connection string says otherwise."""


@dataclass(frozen=True, slots=True)
class Dsn:
    """Where a database is. `secrets` are texts that no message may hold."""

    conninfo: str = field(repr=False)
    place: str
    secrets: tuple[str, ...] = field(repr=False)

    @staticmethod
    def of(text: str) -> Dsn:
        """Take a connection string apart. Raises DatabaseError, which does not quote it, if that cannot be done."""
        try:
            settings = {name: str(value) for name, value in conninfo_to_dict(text).items() if value is not None}
        except Error:
            raise _unreadable() from None
        ports = settings.get("port", "").replace(",", "")
        # Where a password was not encoded, its end may have come to stand where a host, port or name should.
        if any("@" in settings.get(name, "") for name in ("host", "hostaddr", "dbname")) or (
            ports and not ports.isdecimal()
        ):
            raise _unreadable()
        shown = [f"{name}={settings[name]}" for name in _NAMING if settings.get(name)]
        secrets = [settings.get(name, "") for name in _SECRETS] + [os.environ.get("PGPASSWORD", "")]
        place = printable(f"PostgreSQL database ({' '.join(shown) or 'of the environment'})")
        patience = {} if "connect_timeout" in settings else {"connect_timeout": _CONNECTING}
        return Dsn(make_conninfo(text, **patience), place, tuple(secret for secret in secrets if secret))

    def without_secrets(self, message: str) -> str:
        """Return a message of the server or its library on one line, with dots in the place of each secret."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            message = message.replace(secret, "…")
        return printable(" ".join(message.split()))

    def error(self, found: str, expected: str, action: str) -> DatabaseError:
        """Return the error for a problem with this database."""
        return DatabaseError(self.place, Problem(found, expected, action))


def _unreadable() -> DatabaseError:
    return DatabaseError(
        "DSN",
        Problem(
            "a text that cannot be taken apart",
            "postgresql://USER@HOST:PORT/NAME, `host=… dbname=… user=…` or `service=…`",
            "write @, /, : and % in a user or password of an address as %40, %2F, %3A and %25",
        ),
    )
