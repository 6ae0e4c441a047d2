"""The page on Superset is followed to the letter, and works."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.request import urlopen

from tests.how_to_pages import Commands, steps
from tests.sample import PROJECT
from tests.superset.serving import PYTHON, free_port
from tests.test_how_to import PAGES, copy_of_project


def test_what_the_page_says_to_type_serves_the_dashboard_until_ctrl_c(database: Path, tmp_path: Path) -> None:
    project = copy_of_project(tmp_path / "project")
    shutil.copy(database, project / "tiltak.duckdb")
    (project / ".venv-superset").symlink_to(PYTHON.parents[1])
    [step] = steps(PAGES / "superset.md")
    assert isinstance(step, Commands)
    [line] = step.lines
    unset = {"TILTAK_DATABASE", "DBT_TARGET_PATH", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL"}
    environment = {name: text for name, text in os.environ.items() if name not in unset}
    typed = subprocess.Popen(
        ["bash", "-c", line],
        cwd=project,
        env=environment | {"PORT": str(free_port())},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert typed.stdout
        said = ""
        for printed in typed.stdout:
            said += printed
            if "Ctrl-C stops" in printed:
                break
        [address] = re.findall(r"(http://\S+/):", said)
        with urlopen(address, timeout=60) as page:  # noqa: S310
            assert "login" in page.url
    finally:
        os.killpg(typed.pid, signal.SIGINT)
        typed.wait(60)
    assert (project / "build" / "superset" / "password").stat().st_mode & 0o777 == 0o600


def test_the_page_names_every_chart_and_metric() -> None:
    page = (PAGES / "superset.md").read_text(encoding="utf-8")
    bundle = PROJECT / "bi" / "superset" / "bundle"
    titles = [re.findall(r"^slice_name: (.+)$", _text(file), flags=re.MULTILINE) for file in bundle.glob("charts/*")]
    for [title] in titles:
        assert title in page, title
    for metric in re.findall(
        r"metric_name: (participants\w*|suppressed\w*)", "".join(map(_text, bundle.rglob("*.yaml")))
    ):
        assert f"`{metric}`" in page


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
