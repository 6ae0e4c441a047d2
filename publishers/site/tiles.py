"""Where each county stands in the tile map: by code, over all eras, as no two counties of one era share a tile."""

from __future__ import annotations

from collections.abc import Mapping

TILE = 78
TILES_ACROSS = 5
TILES_DOWN = 7

TILES: Mapping[str, tuple[int, int]] = {
    # column from the west, row from the north
    "20": (4, 0), "56": (4, 0), "54": (4, 0),
    "19": (3, 0), "55": (3, 0),
    "18": (3, 1),
    "17": (3, 2), "16": (2, 2), "50": (2, 2),
    "14": (0, 3), "15": (1, 3), "05": (2, 3), "04": (3, 3), "34": (2, 3),
    "12": (0, 4), "46": (0, 4), "06": (1, 4), "33": (1, 4), "03": (2, 4), "02": (3, 4), "32": (3, 4), "30": (3, 4),
    "11": (0, 5), "08": (1, 5), "40": (1, 5), "07": (2, 5), "39": (2, 5), "38": (2, 5), "01": (3, 5), "31": (3, 5),
    "10": (0, 6), "09": (1, 6), "42": (1, 6),
}  # fmt: skip
"""County codes and their tiles; areas that are no county have none."""

_LONGEST = 13
"""Letters that fit across a tile."""


def label_lines(name: str) -> list[str]:
    """Return a county's name as the lines that fit a tile, without what tells its era."""
    name = name.split(" (")[0]
    if len(name) <= _LONGEST:
        return [name]
    if " " in name:
        first, _, last = name.rpartition(" ")
        return [first, last]
    first, _, last = name.partition("-")
    return [f"{first}-", last]
