"""A part whose worker dies is built by another one, three times at most."""

from __future__ import annotations

import pytest

from builders.building import WorkerError
from builders.engines import local
from builders.engines.engine import ATTEMPTS
from builders.engines.local import LocalEngine
from builders.tasks import Outcome, Task, TaskReport


class Worker:
    """Stands for a process that dies of each part whose key is one of `deadly`, so many times."""

    deadly: dict[str, int] = {}  # noqa: RUF012 - set by each test
    started = 0
    ended = 0

    def __init__(self, _project: str) -> None:
        """Count the processes."""
        Worker.started += 1

    def build(self, task: Task) -> Outcome:
        if Worker.deadly.get(task.key, 0):
            Worker.deadly[task.key] -= 1
            raise WorkerError(f"{task.key}: gone")
        return Outcome(task.key, None)

    def kill(self) -> None:
        raise AssertionError

    def close(self) -> None:
        Worker.ended += 1


def build(monkeypatch: pytest.MonkeyPatch, deadly: dict[str, int]) -> dict[str, Outcome]:
    monkeypatch.setattr(local, "WorkerProcess", Worker)
    Worker.deadly, Worker.started, Worker.ended = deadly, 0, 0
    outcomes: list[Outcome] = []
    tasks = [Task(key, "2024", (TaskReport("", "", key),), "", "", "") for key in "abc"]
    LocalEngine(2).run(tasks, outcomes.append)
    assert Worker.started == Worker.ended
    assert len(outcomes) == len(tasks)
    return {outcome.key: outcome for outcome in outcomes}


def test_a_part_goes_to_another_worker_where_its_own_died(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = build(monkeypatch, {"b": ATTEMPTS - 1})
    assert [outcome.problem for outcome in outcomes.values()] == [None] * 3


def test_a_part_that_kills_its_workers_is_given_up_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = build(monkeypatch, {"b": ATTEMPTS})
    assert {key: outcome.problem for key, outcome in outcomes.items()} == {"a": None, "b": "b: gone", "c": None}
    assert Worker.deadly == {"b": 0}
