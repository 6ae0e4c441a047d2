"""What the published figures of one edition tell about its stars, as a function that SQL can call."""

from __future__ import annotations

from typing import Any, TypedDict

import duckdb

from reasoning.bounds import ContradictionError, exact_bounds
from reasoning.narrowing import narrowing_rules
from reasoning.rules import Rule, System


class Star(TypedDict):
    """The interval that a suppressed figure has by itself."""

    lower: int
    upper: int


class Sum(TypedDict):
    """The claim that `lower` <= the sum of coefficient times star <= `upper`; stars are numbered from 1."""

    stars: list[int]
    coefficients: list[int]
    lower: int
    upper: int


class Exposure(TypedDict):
    """The exact bounds of a star, and the numbers, from 1, of sums that narrow it to them."""

    lower: int
    upper: int
    sums: list[int]


def exposures(stars: list[Star], sums: list[Sum]) -> list[Exposure]:
    """Return what the sums tell about each star, in their order; nothing where they contradict each other."""
    cells = {number: (star["lower"], star["upper"]) for number, star in enumerate(stars, start=1)}
    system = System(
        {
            number: Rule(dict(zip(each["stars"], each["coefficients"], strict=True)), each["lower"], each["upper"])
            for number, each in enumerate(sums, start=1)
        }
    )
    try:
        bounds = exact_bounds(system, cells)
    except ContradictionError:
        return []
    return [
        {"lower": found[0], "upper": found[1], "sums": narrowing_rules(system, cells, cell, found)}
        for cell, found in bounds.items()
    ]


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Let SQL on this connection call `exposures(stars, sums)`."""
    parameters: list[Any] = [
        """struct("lower" integer, "upper" integer)[]""",
        """struct(stars integer[], coefficients integer[], "lower" integer, "upper" integer)[]""",
    ]
    result: Any = """struct("lower" integer, "upper" integer, sums integer[])[]"""
    connection.create_function("exposures", exposures, parameters, result)
