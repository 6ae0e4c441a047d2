"""The period of a report file is read once, and again where the file, or the code that reads it, is another one."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from builders import reading
from builders.reading import Reading, read_reports
from tests.sample import SAMPLE


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "sample.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "other.txt").write_bytes(SAMPLE.read_bytes())
    return tmp_path


class Files:
    """Reads two files, and says which of them were read and not only looked up."""

    def __init__(self, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep the notes beside the files."""
        self.names = ["sample.txt", "other.txt"]
        self.opened: list[str] = []
        self.notes = inbox / "notes"
        self._inbox = inbox
        read_one = reading._read_one

        def read(file: Path) -> object:
            self.opened.append(file.name)
            return read_one(file)

        monkeypatch.setattr(reading, "_read_one", read)

    def read(self, state: str = "code") -> Reading:
        self.opened.clear()
        return read_reports([self._inbox / name for name in self.names], 1, self.notes, state)


@pytest.fixture
def files(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    return Files(inbox, monkeypatch)


def test_files_that_did_not_change_are_not_read_again(files: Files) -> None:
    first = files.read()
    assert files.opened == files.names
    assert [(report.file_name, report.report_id) for report in first.reports] == [
        (name, "2024-04_4909a99b90d9") for name in files.names
    ]
    assert {(report.period_start, report.period_end) for report in first.reports} == {
        (date(2024, 1, 1), date(2024, 4, 1))
    }
    assert files.read() == first
    assert files.opened == []


@pytest.mark.parametrize("change", ["size", "time"])
def test_a_file_that_changed_is_read_again(files: Files, inbox: Path, change: str) -> None:
    files.read()
    status = (inbox / "other.txt").stat()
    if change == "size":
        with (inbox / "other.txt").open("a", encoding="utf-8") as text:
            text.write("\n")
        os.utime(inbox / "other.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    else:
        os.utime(inbox / "other.txt", ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    files.read()
    assert files.opened == ["other.txt"]
    files.read()
    assert files.opened == []


def test_what_other_code_has_read_is_read_again(files: Files) -> None:
    first = files.read()
    assert files.read("other code") == first
    assert files.opened == files.names
    files.notes.write_text("other code\n{", encoding="utf-8")
    assert files.read("other code") == first
    assert files.opened == files.names


def test_a_rejected_file_is_told_each_time(files: Files, inbox: Path) -> None:
    (inbox / "other.txt").write_text("no report", encoding="utf-8")
    for _ in range(2):
        found = files.read()
        assert [report.file_name for report in found.reports] == ["sample.txt"]
        [rejection] = found.rejections
        assert rejection.complaints[0].file == str(inbox / "other.txt")
    assert files.opened == ["other.txt"]


def test_a_file_that_is_gone_is_forgotten(files: Files) -> None:
    files.read()
    files.names = ["sample.txt"]
    files.read()
    assert files.opened == []
    assert "other.txt" not in files.notes.read_text(encoding="utf-8")
