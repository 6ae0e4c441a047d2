"""However a command is stopped, and wherever its output goes, it ends with its exit code and without a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from tests.database_files import query
from tests.loaders.report_texts import EXCERPTS, excerpt
from tests.sample import PROJECT
from warehouse.process import ExitCode

PROGRAM = """
from warehouse import interrupts
interrupts.answer_by_ending()
from warehouse.process import run_as_process
run_as_process("command")
"""
PARTS = """
import time
from warehouse.errors import DatabaseError, Problem
from warehouse.process import ExitCode, carry_out, say, tell

def wait(seconds=60):
    print("ready", flush=True)
    time.sleep(seconds)

def wait_and_fail():
    try:
        wait()
    except KeyboardInterrupt:
        raise DatabaseError("tiltak.duckdb", Problem("a", "b", "c"))

def wait_and_refuse():
    try:
        wait()
    except KeyboardInterrupt:
        return ExitCode.REFUSED

class Waiting:
    def __del__(self):
        wait()
"""


def answer_ctrl_c() -> None:
    """Let a new process answer Ctrl-C as in a terminal, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    """Start Python in the project, with the modules in `folder` before all others."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=answer_ctrl_c,
    )


def interrupted(process: subprocess.Popen[str], times: int = 1) -> tuple[int, str]:
    """Press Ctrl-C whenever a process says that it is ready, and return its exit code and what it told."""
    assert process.stdout is not None
    for _ in range(times):
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    return process.returncode, told


def command(folder: Path, body: str) -> list[str]:
    """Return the arguments that run `body` as the function `main` of a command."""
    (folder / "command.py").write_text(f"{PARTS}\ndef main():\n{indent(body, '    ')}\n", encoding="utf-8")
    return ["-c", PROGRAM]


def test_every_command_line_starts_and_ends_alike() -> None:
    starts: dict[str, list[str]] = {}
    for path in PROJECT.glob("[!.]*/**/__main__.py"):
        package = ".".join(path.relative_to(PROJECT).parent.parts)
        starts.setdefault(path.read_text(encoding="utf-8").replace(package, "PACKAGE"), []).append(package)
    [packages] = starts.values()
    assert {"auditors", "benchmarks", "loaders", "publishers"} <= set(packages)


@pytest.mark.parametrize(
    ("package", "library"),
    [("loaders", "pandas"), ("publishers", "tqdm"), ("auditors", "duckdb"), ("benchmarks", "duckdb")],
)
def test_interrupt_while_a_command_imports_ends_it(tmp_path: Path, package: str, library: str) -> None:
    (tmp_path / f"{library}.py").write_text(
        'import time\nprint("ready", flush=True)\ntime.sleep(60)\n', encoding="utf-8"
    )
    assert interrupted(start(["-m", package], tmp_path)) == (130, "interrupted\n")


@pytest.mark.parametrize(
    "body",
    [
        "wait()",
        "try:\n    wait()\nexcept KeyboardInterrupt:\n    raise RuntimeError('Query interrupted')",
        "return carry_out(wait)",
        "return carry_out(wait_and_fail)",
        "return carry_out(wait_and_refuse)",
        "thing = Waiting()\ndel thing\ntime.sleep(60)",
    ],
    ids=["plain", "another error", "carried out", "an error of ours", "a refusal", "where nothing can be raised"],
)
def test_interrupt_at_work_is_told_whatever_a_library_makes_of_it(tmp_path: Path, body: str) -> None:
    assert interrupted(start(command(tmp_path, body), tmp_path)) == (130, "interrupted\n")


def test_second_interrupt_ends_what_the_first_one_waits_for(tmp_path: Path) -> None:
    body = "try:\n    wait()\nfinally:\n    wait()"
    assert interrupted(start(command(tmp_path, body), tmp_path), times=2) == (130, "interrupted\n")


def test_interrupt_that_comes_too_late_changes_nothing(tmp_path: Path) -> None:
    body = "import atexit\natexit.register(wait, 0.5)\nreturn 1"
    assert interrupted(start(command(tmp_path, body), tmp_path)) == (1, "")


def test_interrupt_while_reports_land_leaves_them_whole_and_the_next_run_loads_the_rest(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(6):
        (inbox / f"{number}.txt").write_text(excerpt("stars").replace("2024", str(1900 + number)), encoding="utf-8")
    # The first lot lands slowly, and Ctrl-C comes while it does, not while its thread is still being started.
    body = """\
import loaders.landing as landing
from loaders.commands import main as load
landing.CELLS_PER_TRANSACTION = 100
land = landing.land
def slowly(*arguments):
    time.sleep(1)
    print("ready", flush=True)
    time.sleep(0.5)
    land(*arguments)
landing.land = slowly
return load()"""
    database = tmp_path / "tiltak.duckdb"
    arguments = [str(inbox), "--database", str(database)]
    told = "interrupted: each report is loaded whole or not at all; the same command again loads the rest\n"
    assert interrupted(start([*command(tmp_path, body), *arguments], tmp_path)) == (130, told)
    assert query(database, "select count(*) from raw.cells group by report_id") == [(40,)] * 3
    finished = subprocess.run(
        [sys.executable, "-m", "loaders", *arguments], cwd=PROJECT, check=True, text=True, capture_output=True
    )
    assert finished.stdout.endswith("loaded 3 reports, 120 cells; 3 already loaded; 0 rejected\n")
    assert query(database, "select count(*) from raw.cells group by report_id") == [(40,)] * 6


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_reader_that_has_had_enough_changes_no_exit_code(tmp_path: Path, stream: str) -> None:
    body = f"for number in range(20_000):\n    {'say' if stream == 'stdout' else 'tell'}('line %d' % number)\nreturn 1"
    with start(command(tmp_path, body), tmp_path) as process:
        pipe = getattr(process, stream)
        assert pipe.readline() == "line 0\n"
        pipe.close()
        rest = process.stderr.read() if stream == "stdout" and process.stderr else ""
        assert (process.wait(timeout=30), rest) == (1, "")


def shell(arguments: list[str], folder: Path, redirection: str, *, at_once: bool = False) -> tuple[int, str, str]:
    """Run Python in the project by a shell, with a redirection; return exit code, stdout and stderr."""
    finished = subprocess.run(
        ["sh", "-c", f'exec "$0" "$@" {redirection}', sys.executable, *arguments],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1" if at_once else ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout, finished.stderr


FULL = (
    "standard output: found a place that cannot be written (No space left on device); expected room for what is "
    "printed; the work itself is done\n"
)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_result_that_cannot_be_printed_is_told_and_is_no_success(tmp_path: Path) -> None:
    for lines in (1, 10_000):
        arguments = command(tmp_path, f"for number in range({lines}):\n    say('line')\nreturn 0")
        for at_once in (False, True):
            assert shell(arguments, tmp_path, ">/dev/full", at_once=at_once) == (1, "", FULL)
    arguments = command(tmp_path, "say('line')\ntell('wrong')\nreturn 2")
    assert shell(arguments, tmp_path, ">/dev/full") == (2, "", f"wrong\n{FULL}")
    assert shell(arguments, tmp_path, "2>/dev/full") == (2, "line\n", "")
    assert shell(arguments, tmp_path, ">/dev/full 2>&1") == (2, "", "")
    assert shell(["-m", "loaders", "--help"], tmp_path, ">/dev/full") == (1, "", FULL)
    assert shell(["-m", "loaders", "--unknown"], tmp_path, "2>/dev/full") == (2, "", "")


def test_closed_stream_is_never_mistaken_for_the_database(tmp_path: Path) -> None:
    report, database = EXCERPTS / "stars.txt", tmp_path / "tiltak.duckdb"
    bad = tmp_path / "bad.txt"
    bad.write_text("no report", encoding="utf-8")
    arguments = ["-m", "loaders", str(report), str(bad), "--database", str(database)]
    assert shell(arguments, tmp_path, "<&- >&- 2>&-") == (1, "", "")
    assert query(database, "select count(*) from raw.cells") == [(40,)]


def test_exit_codes_are_those_that_every_command_promises() -> None:
    assert {code.name: int(code) for code in ExitCode} == {"DONE": 0, "REFUSED": 1, "UNUSABLE": 2, "INTERRUPTED": 130}
