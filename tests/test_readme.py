"""What README.md quotes is what the project does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import PROJECT, SAMPLE
from tests.warehouse.warehouse import Warehouse

README = (PROJECT / "README.md").read_text(encoding="utf-8")

QUERIES = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", README, flags=re.DOTALL)
"""What is typed, with the result shown."""


@pytest.fixture(scope="module")
def warehouse(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    built = sample_build.copy(tmp_path_factory.mktemp("readme"))
    assert built.publish().returncode == 0
    return built


@pytest.mark.parametrize(("code", "shown"), QUERIES)
def test_what_is_typed_gives_the_result_shown(warehouse: Warehouse, code: str, shown: str) -> None:
    typed = subprocess.run(
        [sys.executable, "-c", code], cwd=warehouse.folder, capture_output=True, text=True, check=True
    )
    assert typed.stdout.strip() == shown.strip()


def test_the_second_query_is_on_a_table_for_readers() -> None:
    assert len(QUERIES) == 2
    assert "from participants_by_county\n" in QUERIES[1][0]


def test_every_page_is_linked_and_every_link_leads_somewhere() -> None:
    pages = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *(PROJECT / "docs").rglob("*.md")]
    targets = {
        page: {
            (page.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        }
        for page in pages
    }
    assert [target for links in targets.values() for target in links if not target.exists()] == []
    assert set(pages[2:]) <= targets[PROJECT / "README.md"]


def test_the_line_named_is_the_line_that_says_so() -> None:
    number = int(re.search(r"as line (\d+) of the report", README)[1])  # type: ignore[index]
    assert SAMPLE.read_text(encoding="utf-8").split("\n")[number - 1].startswith("56 Finnmark")


def test_every_command_named_is_a_target_or_a_module() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
    for module in re.findall(r"python -m ([a-z]+)", README):
        assert (PROJECT / module / "__main__.py").is_file(), module


def test_every_command_named_of_a_module_is_one() -> None:
    commands = set(re.findall(r"python -m ([a-z]+ [a-z]+)", README))
    assert {"loaders list", "loaders remove"} < commands
    for command in commands:
        told = subprocess.run(
            [sys.executable, "-m", *command.split(), "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
        )
        assert told.stdout.startswith(f"usage: python -m {command} "), command


def test_every_folder_and_file_named_is_there() -> None:
    for name in re.findall(r"`([\w./]+(?:/|\.md|\.csv))`", README):
        assert (PROJECT / Path(name)).exists(), name
