"""Made-up editions of the report with known truth: an oracle that shares no code with the product.

`make_figures` draws the true numbers of a year, `render` prints them as NAV does, `truth` says what a
correct reading finds, and `history` strings editions together with revisions and re-issues.
"""

from __future__ import annotations

from tests.editions.counties import (
    ERA_2018,
    ERA_2020,
    ERA_2024,
    ERA_TO_2017,
    ERAS,
    County,
    Era,
    era_of,
)
from tests.editions.figures import Figures, make_figures
from tests.editions.history import Edition, Revision, history
from tests.editions.labels import FOLLOW_UP, Family, Measure, sister_family
from tests.editions.layout import (
    NARROW_NO_BREAK_SPACE,
    NO_BREAK_SPACE,
    NO_SEPARATOR,
    SPACE,
    THIN_SPACE,
    THOUSANDS_SEPARATORS,
    Layout,
)
from tests.editions.rendering import render
from tests.editions.revising import add_people, move_people, revise
from tests.editions.truth import truth

__all__ = [
    "ERAS",
    "ERA_2018",
    "ERA_2020",
    "ERA_2024",
    "ERA_TO_2017",
    "FOLLOW_UP",
    "NARROW_NO_BREAK_SPACE",
    "NO_BREAK_SPACE",
    "NO_SEPARATOR",
    "SPACE",
    "THIN_SPACE",
    "THOUSANDS_SEPARATORS",
    "County",
    "Edition",
    "Era",
    "Family",
    "Figures",
    "Layout",
    "Measure",
    "Revision",
    "add_people",
    "era_of",
    "history",
    "make_figures",
    "move_people",
    "render",
    "revise",
    "sister_family",
    "truth",
]
