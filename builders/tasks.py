"""What a driver asks of a worker, and what the worker answers: records that pass between machines as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class TaskReport:
    """A report of a part."""

    path: str
    """Absolute."""
    name: str
    """The path as the user gave it."""
    report_id: str
    """What the file holds, as the driver has read it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One part to build."""

    key: str
    years: str
    """Its years, for messages."""
    reports: tuple[TaskReport, ...]
    store: str
    """Folder of the release's parts, absolute: see `builders.store`."""
    project: str
    """Folder of the dbt project, absolute."""
    state: str
    """See `builders.state`; a worker of another state refuses the task."""

    def to_json(self) -> str:
        """Return the task as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Task:
        """Return the task of a line."""
        given = json.loads(line)
        return cls(**given | {"reports": tuple(TaskReport(**report) for report in given["reports"])})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part."""

    key: str
    problem: str | None
    """Why it was not built, a line for each problem, as on one machine; None where it was."""
    may_be_tried_again: bool = False
    """Whether the problem is one of the worker, not of the reports: another attempt, or another worker, may do it."""
    processor_seconds: float = 0.0
    peak_bytes: int = 0
    """Most memory that the part held at once; 0 where that is not known."""

    def to_json(self) -> str:
        """Return the outcome as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Outcome:
        """Return the outcome of a line."""
        return cls(**json.loads(line))
