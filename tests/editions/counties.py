"""The four county structures that editions have been printed in, as NAV writes them."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN_COUNTY = "99"


@dataclass(frozen=True)
class County:
    """One row of a county table.

    `size` is a rough weight (thousands of inhabitants); it only gives the figures a likely shape.
    """

    code: str
    name: str
    size: int

    @property
    def label(self) -> str:
        """What is printed: "03 Oslo"; "Ukjent" alone is printed without its code."""
        return self.name if self.code == UNKNOWN_COUNTY else f"{self.code} {self.name}"


@dataclass(frozen=True)
class Era:
    """The counties in force from January of `first_year` until the next era, "Ukjent" last."""

    first_year: int
    counties: tuple[County, ...]


def _era(first_year: int, *counties: tuple[str, str, int]) -> Era:
    known = tuple(County(*county) for county in counties)
    return Era(first_year, (*known, County(UNKNOWN_COUNTY, "Ukjent", 0)))


_UNCHANGED_UNTIL_2019_BELOW_16 = (
    ("01", "Østfold", 295),
    ("02", "Akershus", 604),
    ("03", "Oslo", 667),
    ("04", "Hedmark", 197),
    ("05", "Oppland", 190),
    ("06", "Buskerud", 280),
    ("07", "Vestfold", 248),
    ("08", "Telemark", 173),
    ("09", "Aust-Agder", 117),
    ("10", "Vest-Agder", 185),
    ("11", "Rogaland", 473),
    ("12", "Hordaland", 522),
    ("14", "Sogn og Fjordane", 110),
    ("15", "Møre og Romsdal", 266),
)
_UNCHANGED_UNTIL_2019_ABOVE_17 = (
    ("18", "Nordland", 243),
    ("19", "Troms", 166),
    ("20", "Finnmark", 76),
)

ERA_TO_2017 = _era(
    1972,
    *_UNCHANGED_UNTIL_2019_BELOW_16,
    ("16", "Sør-Trøndelag", 317),
    ("17", "Nord-Trøndelag", 137),
    *_UNCHANGED_UNTIL_2019_ABOVE_17,
)
ERA_2018 = _era(
    2018,
    *_UNCHANGED_UNTIL_2019_BELOW_16,
    *_UNCHANGED_UNTIL_2019_ABOVE_17,
    ("50", "Trøndelag", 458),
)
ERA_2020 = _era(
    2020,
    ("03", "Oslo", 694),
    ("11", "Rogaland", 480),
    ("15", "Møre og Romsdal", 265),
    ("18", "Nordland", 241),
    ("30", "Viken", 1241),
    ("34", "Innlandet", 371),
    ("38", "Vestfold og Telemark", 420),
    ("42", "Agder", 307),
    ("46", "Vestland", 637),
    ("50", "Trøndelag", 469),
    ("54", "Troms og Finnmark", 243),
)
ERA_2024 = _era(
    2024,
    ("03", "Oslo", 717),
    ("11", "Rogaland", 499),
    ("15", "Møre og Romsdal", 270),
    ("18", "Nordland - Nordlánnda", 243),
    ("31", "Østfold", 312),
    ("32", "Akershus", 728),
    ("33", "Buskerud", 269),
    ("34", "Innlandet", 376),
    ("39", "Vestfold", 257),
    ("40", "Telemark", 177),
    ("42", "Agder", 319),
    ("46", "Vestland", 651),
    ("50", "Trøndelag - Trööndelage", 482),
    ("55", "Troms - Romsa - Tromssa", 170),
    ("56", "Finnmark - Finnmárku - Finmarkku", 75),
)
ERAS = (ERA_TO_2017, ERA_2018, ERA_2020, ERA_2024)


def era_of(year: int) -> Era:
    """Return the county structure in force in `year`; years before 1972 get the oldest one."""
    in_force = [era for era in ERAS if era.first_year <= year]
    return in_force[-1] if in_force else ERAS[0]
