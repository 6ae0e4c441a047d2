"""What is printed for each code, except counties (which change with time, see `counties`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ALL = "all"
NO_BREAKDOWN = "none"
COUNTY = "county"
COUNTRY_BACKGROUND = "country_background"
UNKNOWN_BACKGROUND = "unknown"

MONTH_NAMES = (
    "Januar",
    "Februar",
    "Mars",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Desember",
)

PARTICIPANT_GROUPS = {
    "job_seekers": "Arbeidssøkere på tiltak",
    "reduced_work_capacity": "Nedsatt arbeidsevne, på tiltak",
    "others": "Andre på tiltak",
}

# In the order of the report, which prints the county tables before these.
FIXED_BREAKDOWNS = {
    "gender": {"female": "Kvinner", "male": "Menn"},
    "age_group": {
        "Y_LE19": "19 år og under",
        "Y20T24": "20-24 år",
        "Y25T29": "25-29 år",
        "Y30T39": "30-39 år",
        "Y40T49": "40-49 år",
        "Y50T59": "50-59 år",
        "Y_GE60": "60 år og over",
    },
    "immigration_category": {"non_immigrant": "Ikke innvandrere", "immigrant": "Innvandrere"},
    COUNTRY_BACKGROUND: {
        "africa": "Afrika",
        "asia": "Asia",
        "europe": "Europa",
        "americas_oceania": "Nord-Amerika, Sør-Amerika og Oceania",
        UNKNOWN_BACKGROUND: "Ukjent",
    },
    "education": {
        "primary_lower_secondary": "Grunnskolenivå",
        "upper_secondary": "Videregående skolenivå",
        "tertiary_short": "Universitets- og høgskolenivå, kort inntil 4 år",
        "tertiary_long": "Universitets- og høgskolenivå, lang over 4 år",
        "unspecified_or_none": "Uoppgitt eller ingen fullført utdanning",
    },
}
BREAKDOWNS = (COUNTY, *FIXED_BREAKDOWNS)


@dataclass(frozen=True)
class Measure:
    """One kind of labour-market measure; `participants` is its usual size in people."""

    code: str
    label: str
    participants: int


@dataclass(frozen=True)
class Family:
    """The measures that one series of reports counts; `stem` ends the names of its files."""

    stem: str
    measures: tuple[Measure, ...]


FOLLOW_UP = Family(
    "oppfolging",
    (
        Measure("arbeid_med_stotte", "Arbeid med støtte", 5300),
        Measure("digital_oppfolging_jobbklubb", "Digital oppfølging/jobbklubb", 490),
        Measure("individuell_jobbstotte", "Individuell jobbstøtte", 2500),
        Measure("individuell_karrierestotte_ips_ung", "Individuell karrierestøtte (IPS Ung)", 820),
        Measure("jobbklubb", "Jobbklubb", 1100),
        Measure("mentor", "Mentor", 300),
        Measure("oppfolging", "Oppfølging", 8500),
    ),
)


def sister_family(stem: str, measures: Sequence[tuple[str, str]]) -> Family:
    """Return a family with other measures, `(code, label)` each, in the same layout.

    Their usual sizes fall evenly (on a logarithmic scale) from 8,500 people to 300.
    Raises ValueError when `measures` is empty or repeats a code or a label.
    """
    codes, labels = ({pair[part] for pair in measures} for part in (0, 1))
    if not measures or len(codes) < len(measures) or len(labels) < len(measures):
        msg = f"a family needs measures with different codes and labels, not {list(measures)}"
        raise ValueError(msg)
    sizes = np.geomspace(8500, 300, len(measures))
    return Family(
        stem,
        tuple(Measure(code, label, int(size)) for (code, label), size in zip(measures, sizes, strict=True)),
    )
