"""A command that needs a package of an extra says which, where it is missing."""

from __future__ import annotations

import importlib.util

import pytest

from publishers.commands import main


def test_publishing_to_postgresql_says_which_package_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert main(["postgres", "host=127.0.0.1 password=hunter2"]) == 2
    printed = capsys.readouterr()
    assert printed.err == (
        "psycopg: found no such package; expected psycopg 3; run `pip install -r requirements-postgres.txt`\n"
    )
