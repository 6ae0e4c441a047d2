"""What tables and things are called in Norwegian and English; a new one is called as its column or table is."""

from __future__ import annotations

from typing import NamedTuple


class Label(NamedTuple):
    """A name in both languages."""

    norwegian: str
    english: str


_TABLES = {
    "average_participants": Label("Gjennomsnittlig antall deltakere hittil i år", "Average participants, year so far"),
    "main_groups": Label("Deltakere etter hovedgruppe av tiltak", "Participants by main group of measures"),
    "participants": Label("Deltakere etter tiltak", "Participants by measure"),
    "participants_by_age_group": Label("Deltakere etter tiltak og alder", "Participants by measure and age group"),
    "participants_by_country_background": Label(
        "Deltakere etter tiltak og landbakgrunn", "Participants by measure and country background"
    ),
    "participants_by_county": Label("Deltakere etter tiltak og fylke", "Participants by measure and county"),
    "participants_by_county_2024": Label(
        "Deltakere etter tiltak og fylke, fylkene fra 2024", "Participants by measure and county, counties of 2024"
    ),
    "participants_by_education": Label("Deltakere etter tiltak og utdanning", "Participants by measure and education"),
    "participants_by_gender": Label("Deltakere etter tiltak og kjønn", "Participants by measure and gender"),
    "participants_by_immigration_category": Label(
        "Deltakere etter tiltak og innvandringskategori", "Participants by measure and immigration category"
    ),
    "participants_by_participant_group": Label(
        "Deltakere etter tiltak og deltakergruppe", "Participants by measure and participant group"
    ),
    "reports": Label("Rapporter", "Reports"),
}  # fmt: skip
_THINGS = {
    "age_group": Label("Alder", "Age group"),
    "breakdown": Label("Fordeling", "Breakdown"),
    "category": Label("Kategori", "Category"),
    "country_background": Label("Landbakgrunn", "Country background"),
    "county": Label("Fylke", "County"),
    "education": Label("Utdanning", "Education"),
    "gender": Label("Kjønn", "Gender"),
    "immigration_category": Label("Innvandringskategori", "Immigration category"),
    "main_group": Label("Hovedgruppe", "Main group"),
    "measure": Label("Tiltak", "Measure"),
    "month": Label("Måned", "Month"),
    "participant_group": Label("Deltakergruppe", "Participant group"),
    "participants": Label("Deltakere", "Participants"),
    "participants_lower": Label("Deltakere, minst", "Participants, at least"),
    "participants_upper": Label("Deltakere, høyst", "Participants, at most"),
    "report_id": Label("Rapport", "Report"),
}


def label_of_table(table: str) -> Label:
    """Return what a table is called."""
    return _TABLES.get(table, _words(table))


def label_of_column(column: str) -> Label:
    """Return what a column of codes or figures is called: the thing that it is about."""
    thing = column.removesuffix("_code")
    return _THINGS.get(thing, _words(thing))


def _words(name: str) -> Label:
    words = name.replace("_", " ").capitalize()
    return Label(words, words)
