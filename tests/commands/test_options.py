"""Options that commands share mean the same in each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditors.commands import main as audit
from loaders.commands import main as load
from publishers.commands import main as publish


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (load, ["--database", ""]),
        (load, ["list", "--database", ""]),
        (audit, ["verdict", "--database", ""]),
        (audit, ["verdict", "--dbt-log", ""]),
        (publish, ["database", "--from", ""]),
        (publish, ["database", "--to", ""]),
    ],
)
def test_an_empty_text_is_no_path(
    command: Callable[[list[str]], int], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command(arguments)
    assert f"argument {arguments[-2]}: expected a path, found an empty text" in capsys.readouterr().err
