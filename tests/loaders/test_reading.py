"""Files that are no reports are refused at once, without waiting and in little memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders.finding import find_reports
from loaders.reading import MAX_BYTES, MAX_BYTES_OF_PAGES, read_bytes
from tests.loaders.report_texts import complaints_about, excerpt
from tests.sample import PROJECT
from warehouse.errors import RejectedReportError

SOON = 0.5
"""Seconds; refusing takes a few thousandths of one."""


def refusal(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(RejectedReportError) as caught:
        read_bytes(path, str(path))
    return str(caught.value)


def test_missing_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "missing.txt"
    assert refusal(path) == f"{path}: found no such file; expected a report file; check the path"


def test_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert "found an empty file; expected the text of a report; fetch the report again" in refusal(path)


def test_folder_and_device_are_told(tmp_path: Path) -> None:
    assert "found a folder; expected a regular file" in refusal(tmp_path)
    assert "found a device; expected a regular file" in refusal(Path(os.devnull))


def test_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "found a named pipe; expected a regular file" in refusal(path)


def test_path_through_a_file_or_too_long_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "found a file that cannot be read (Not a directory)" in refusal(tmp_path / "file" / "report.txt")
    assert "found a file that cannot be read (File name too long)" in refusal(tmp_path / ("x" * 5_000))


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    start = time.perf_counter()
    assert f"found a file of 200,000,000 bytes; expected at most {MAX_BYTES:,} bytes" in refusal(path)
    assert time.perf_counter() - start < SOON


@pytest.mark.parametrize("beginning", [b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"II*\x00"], ids=["PDF", "JPEG", "TIFF"])
def test_a_scan_may_be_larger_than_a_text(tmp_path: Path, beginning: bytes) -> None:
    path = tmp_path / "scan"
    path.write_bytes(beginning)
    with path.open("ab") as file:
        file.truncate(2 * MAX_BYTES)
    content = read_bytes(path, str(path))
    assert (content[: len(beginning)], len(content)) == (beginning, 2 * MAX_BYTES)
    with path.open("ab") as file:
        file.truncate(MAX_BYTES_OF_PAGES + 1)
    assert "at most 268,435,456 bytes (a page scanned at 200 dpi" in refusal(path)


def test_file_of_unknown_size_is_read_to_the_limit_only() -> None:
    path = Path("/proc/self/environ")  # a regular file that claims to have no bytes
    if not path.exists():
        pytest.skip("no /proc on this system")
    assert read_bytes(path, str(path))


def test_line_of_ten_megabytes_is_refused_at_once() -> None:
    content = (excerpt("stars") + "x" * 10_000_000).encode()
    start = time.perf_counter()
    [message] = complaints_about(content)
    assert "report.txt:14: found a line of 10,000,000 characters; expected at most 65,536" in message
    assert time.perf_counter() - start < SOON


def test_file_of_too_many_lines_is_refused_at_once() -> None:
    content = (excerpt("stars") + "I alt\t1\n" * 1_000_000).encode()
    start = time.perf_counter()
    [message] = complaints_about(content)
    assert "report.txt: found 1,000,013 lines; expected at most 100,000" in message
    assert time.perf_counter() - start < SOON


def test_command_refuses_large_files_in_little_memory(tmp_path: Path) -> None:
    with (tmp_path / "file of 200 MB.txt").open("wb") as file:
        file.truncate(200_000_000)
    (tmp_path / "line of 10 MB.txt").write_text(excerpt("stars") + "x" * 10_000_000, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    command = [sys.executable, "-m", "loaders", str(tmp_path), "--check"]
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert finished.returncode == 1
    assert finished.stderr.count("\n") == 2
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes <= max(before, 300_000)


def test_folder_means_all_its_files_but_notes_and_lock_files(tmp_path: Path) -> None:
    """What a name ends in says little: reading a file says whether it is a report."""
    reports = ["a.TXT", "b.txt", "e.text", "no ending", "report.csv", "report.zip", "sub/c.txt", "sub.txt/d.txt"]
    others = ["README.txt", "readme", ".hidden.txt", "~$b.xlsx", ".~lock.b.ods#", "Thumbs.db", ".git/config.txt"]
    for name in (*reports, *others):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    files, errors = find_reports([tmp_path])
    assert [str(file.relative_to(tmp_path)) for file in files] == reports
    assert errors == []


def test_a_link_to_a_folder_is_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (inbox := tmp_path / "inbox").mkdir()
    (inbox / "a.txt").touch()
    (inbox / "linked").symlink_to(tmp_path / "elsewhere")
    files, [error] = find_reports([inbox])
    assert files == [inbox / "a.txt"]
    assert str(error).startswith(f"{inbox / 'linked'}: found a link to a folder; expected report files")


def test_folder_without_reports_is_told(tmp_path: Path) -> None:
    files, [error] = find_reports([tmp_path, tmp_path / "missing.txt"])
    assert files == [tmp_path / "missing.txt"]
    assert str(error) == (
        f"{tmp_path}: found no report in the folder; expected report files; put a report there, or give another path"
    )
