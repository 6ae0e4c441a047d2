"""Ten years of editions on a Spark cluster whose executor is killed: what fails, what is told, and what comes of it."""

from __future__ import annotations

import os
import signal
import time
from functools import cache
from pathlib import Path

import pytest

from builders.engines.spark import SparkEngine
from tests.builders.building import Releases
from tests.builders.reports import TRAINING
from tests.cluster.cluster import Cluster, descendants
from tests.editions import Edition, Layout, Revision, history, revise
from tests.sample import SAMPLE, with_cell
from warehouse.errors import DatabaseError

REISSUE = Revision(2022, 5, lambda figures: revise(figures, months=[3], seed=2), is_reissue=True)
REVISION = Revision(2017, 9, lambda figures: revise(figures, months=[8], seed=1))
MISPRINTED = "2019-06_oppfolging.txt"
_PATIENCE = 240.0


@cache
def editions() -> tuple[Edition, ...]:
    """Return the editions of 2015 to 2024, and of another family two a year; one is issued again, labels have noise."""
    noisy = Layout(label_noise=0.05, noise_seed=4)
    own = history(2015, 1, 120, revisions=[REVISION, REISSUE], layout=noisy)
    others = [edition for year in range(2015, 2025) for edition in history(year, 5, 2, family=TRAINING, seed=year)]
    return (*own, *others)


def misprinted(text: str) -> str:
    """Return a report in which one printed figure of its first table is another one."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines, start=1) if line.startswith("I alt\t"))
    figure = lines[at - 1].split("\t")[2]
    return "\n".join(with_cell(lines, at, 2, figure[:-1] + str((int(figure[-1]) + 1) % 10)))


def wait_for_a_part(cluster: Cluster) -> int:
    """Return the number of an executor that is building a part, two generations of processes below it."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for executor in cluster.executors():
            commands = [command_of(process) for process in descendants(executor)]
            if sum("builders.worker" in command for command in commands) > 1:
                return executor
        time.sleep(0.1)
    raise TimeoutError


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def test_a_killed_executor_and_a_misprint_change_nothing_but_what_they_should(cluster: Cluster, tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    texts = {edition.file_name: edition.text for edition in editions()}
    releases.receive(texts | {MISPRINTED: misprinted(texts[MISPRINTED])})
    reissue = "2022-05_oppfolging.txt", "2022-05_oppfolging_2.txt"
    releases.warehouse.number_issues(*(releases.inbox / name for name in reissue))
    options = ("--engine", "spark", "--master", cluster.master, "--reports-per-part", "40")

    started = releases.start(*options)
    os.kill(wait_for_a_part(cluster), signal.SIGKILL)
    printed, told = started.communicate(timeout=_PATIENCE * 2)
    assert started.returncode == 1, told
    assert "planned 141 reports in 6 parts: 6 to build, 0 taken over" in printed
    assert not releases.release.exists()

    loaded = releases.warehouse.load(releases.inbox)
    assert loaded.returncode == 0, loaded.stderr
    assert releases.warehouse.dbt("--quiet", "build").returncode == 1
    verdict = releases.run("auditors", "verdict")
    assert verdict.returncode == 1
    assert f"part of 2018–2019, 28 reports, is not built:\n{verdict.stderr}" in told
    assert told.count("is not built") == 1

    releases.receive({MISPRINTED: texts[MISPRINTED]})
    mended = releases.build(*options)
    assert mended.returncode == 0, mended.stderr
    assert "planned 141 reports in 6 parts: 1 to build, 5 taken over" in mended.stdout
    assert releases.run("loaders", "remove", MISPRINTED).returncode == 0
    releases.build_on_one_machine()
    assert releases.differences() == {}


def test_a_cluster_that_does_not_answer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DatabaseError, match=r"spark://127\.0\.0\.1:1: found no answer .*; expected the master"):
        SparkEngine("spark://127.0.0.1:1").run([], lambda _: None)
    assert capsys.readouterr().out == ""


def test_the_sample_is_built_as_on_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    releases.receive({SAMPLE.name: SAMPLE.read_text(encoding="utf-8")})
    built = releases.build("--engine", "spark", "--master", cluster.master)
    assert built.returncode == 0, built.stderr
    assert built.stderr.count("\n") < 10
    releases.build_on_one_machine()
    assert releases.differences() == {}
