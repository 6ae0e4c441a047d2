"""A part whose worker dies is built by another one, three times at most."""

from __future__ import annotations

from threading import Event

import pytest

from builders.building import WorkerError
from builders.engines import local
from builders.engines.engine import ATTEMPTS
from builders.engines.local import LocalEngine
from builders.tasks import Outcome, Task, TaskReport

_PATIENCE = 5.0


class Worker:
    """Stands for a process that dies of each part whose key is one of `deadly`, so many times."""

    deadly: dict[str, int] = {}  # noqa: RUF012 - set by each test
    refused: frozenset[str] = frozenset()
    """Keys of parts whose reports cannot be used."""
    built: list[str] = []  # noqa: RUF012 - set by each test
    started = 0
    ended = 0

    def __init__(self, _project: str) -> None:
        """Count the processes."""
        Worker.started += 1

    def build(self, task: Task) -> Outcome:
        if Worker.deadly.get(task.key, 0):
            Worker.deadly[task.key] -= 1
            raise WorkerError(f"{task.key}: gone")
        Worker.built.append(task.key)
        return Outcome(task.key, "a wrong figure" if task.key in Worker.refused else None)

    def kill(self) -> None:
        raise AssertionError

    def close(self) -> None:
        Worker.ended += 1


def tasks() -> list[Task]:
    """Return parts of one report, two and three."""
    return [Task(key, "2024", (TaskReport("", "", key),) * many, "", "", "") for many, key in enumerate("abc", start=1)]


def build(
    monkeypatch: pytest.MonkeyPatch, deadly: dict[str, int], refused: str = "", workers: int = 2
) -> dict[str, Outcome]:
    monkeypatch.setattr(local, "WorkerProcess", Worker)
    Worker.deadly, Worker.refused, Worker.built, Worker.started, Worker.ended = deadly, frozenset(refused), [], 0, 0
    outcomes: list[Outcome] = []
    LocalEngine(workers).run(tasks(), outcomes.append)
    assert Worker.started == Worker.ended
    assert len(outcomes) == len(tasks())
    return {outcome.key: outcome for outcome in outcomes}


def test_a_part_goes_to_another_worker_where_its_own_died(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = build(monkeypatch, {"b": ATTEMPTS - 1})
    assert [outcome.problem for outcome in outcomes.values()] == [None] * 3


def test_a_part_that_kills_its_workers_is_given_up_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = build(monkeypatch, {"b": ATTEMPTS})
    assert {key: outcome.problem for key, outcome in outcomes.items()} == {"a": None, "b": "b: gone", "c": None}
    assert Worker.deadly == {"b": 0}


def test_a_part_whose_reports_cannot_be_used_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = build(monkeypatch, {}, refused="b")
    assert outcomes["b"].problem == "a wrong figure"
    assert sorted(Worker.built) == ["a", "b", "c"]


def test_the_largest_part_is_built_first_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(build(monkeypatch, {}, workers=1)) == ["c", "b", "a"]
    assert Worker.started == 1


def test_what_stops_the_driver_kills_the_processes_and_nothing_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One part is done, the other goes on until its process is killed, and a third one waits."""
    at_work, killed = Event(), Event()

    class Slow(Worker):
        def build(self, task: Task) -> Outcome:
            if task.key == "c":
                at_work.wait(_PATIENCE)
                return Outcome(task.key, None)
            at_work.set()
            if killed.wait(_PATIENCE):
                raise WorkerError(f"{task.key}: gone")
            return Outcome(task.key, None)

        def kill(self) -> None:
            killed.set()

    told: list[str] = []

    def interrupted(outcome: Outcome) -> None:
        told.append(outcome.key)
        raise KeyboardInterrupt

    monkeypatch.setattr(local, "WorkerProcess", Slow)
    Worker.started = Worker.ended = 0
    with pytest.raises(KeyboardInterrupt):
        LocalEngine(2).run(tasks(), interrupted)
    assert told == ["c"]
    assert Worker.started == Worker.ended == 2
