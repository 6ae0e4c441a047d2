"""The sample report, and reports made of it by changing a line or a figure."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "reports" / "2024-04_oppfolging.txt"


def sample_lines() -> list[str]:
    """Return the lines of the sample report, the first at index 0."""
    return SAMPLE.read_text(encoding="utf-8").split("\n")


def write_report(path: Path, lines: list[str]) -> Path:
    """Write lines as a report file and return its path."""
    path.write_bytes("\n".join(lines).encode())
    return path


def with_cell(lines: list[str], line_number: int, column_number: int, value_text: str) -> list[str]:
    """Return the lines with one figure replaced; both numbers count from 1, as in `raw.cells`."""
    cells = lines[line_number - 1].split("\t")
    cells[column_number] = value_text
    return [*lines[: line_number - 1], "\t".join(cells), *lines[line_number:]]


def find_line(lines: list[str], label: str, total_label: str) -> int:
    """Return the number of the line with `label` in the first table under `total_label` that has it."""
    total = ""
    for number, line in enumerate(lines, start=1):
        first = line.split("\t")[0]
        if first.startswith("I alt"):
            total = first
        if first == label and total == total_label:
            return number
    message = f"no row {label!r} under {total_label!r}"
    raise ValueError(message)
