"""What the site says, in both languages: one row per text, one word per idea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["nb", "en"]
LANGUAGES: tuple[Language, Language] = ("nb", "en")


class Text(NamedTuple):
    """A text in Norwegian and in English."""

    nb: str
    en: str

    def said(self, language: Language) -> str:
        """Return it in one of the languages."""
        return self.nb if language == "nb" else self.en


TEXTS: Mapping[str, Text] = {
    # The frame of every page
    "site_name": Text("Tiltak i tall", "Measures in figures"),
    "skip": Text("Hopp til innholdet", "Skip to the content"),
    "navigation": Text("Sidene", "Pages"),
    "overview": Text("Oversikt", "Overview"),
    "report": Text("Rapporten", "The report"),
    "editions": Text("Utgaver", "Editions"),
    "stars": Text("Hva er en stjerne?", "What is a star?"),
    "sources": Text("Kilder og brudd", "Sources and breaks"),
    "other_language": Text("English", "Norsk"),
    "footer": Text(
        "Tallene er {publisher}s, {licence}; hvert tall lenker til linjen i rapporten som oppgir det.",
        "The figures are those of {publisher}, {licence}; each figure links to the line of the report that states it.",
    ),
    "footer_unknown": Text(
        "Hvert tall lenker til linjen i rapporten som oppgir det.",
        "Each figure links to the line of the report that states it.",
    ),
    # Figures
    "participants_in": Text("deltakere ved utgangen av {month}", "participants at the end of {month}"),
    "stock_note": Text(
        "Antall personer ved utgangen av måneden. Måneder kan ikke legges sammen.",
        "People at the end of the month. Months cannot be added up.",
    ),
    "since": Text("fra {month}", "since {month}"),
    "no_change": Text("uendret", "unchanged"),
    "not_comparable": Text("brudd i serien", "break in the series"),
    "change_of_star": Text("ikke kjent, et av tallene er skjermet", "not known, one of the figures is suppressed"),
    "no_figure": Text("ingen tall", "no figure"),
    "suppressed_key": Text(
        "{star}: et skjermet tall, tegnet skravert, og minst så stort at det synes.",
        "{star}: a suppressed figure, drawn hatched, and at least as large as can be seen.",
    ),
    "break": Text("brudd", "break"),
    "break_note": Text("Brudd i {month}: {name}.", "Break in {month}: {name}."),
    "break_key": Text(
        "Loddrett strek i tabellen: brudd, månedene på hver side kan ikke sammenlignes.",
        "Vertical line in the table: a break, the months on either side cannot be compared.",
    ),
    "table_of_figures": Text("Tallene som tabell", "The figures as a table"),
    "newest_first": Text("Nyeste måned først.", "Newest month first."),
    "month": Text("Måned", "Month"),
    "line": Text("linje", "line"),
    # Overview
    "overview_title": Text("Arbeidsmarkedstiltak måned for måned", "Labour-market measures month by month"),
    "overview_lead": Text(
        "NAVs månedstall for deltakere på tiltak, slik rapporten oppgir dem, med de skjermede tallene vist som "
        "skjermet.",
        "NAV's monthly figures of participants in measures, as the report states them, with suppressed figures shown "
        "as suppressed.",
    ),
    "family_total": Text(
        "deltakere på {family} ved utgangen av {month}", "participants in {family} at the end of {month}"
    ),
    "family_total_withheld": Text(
        "Summen vises ikke: et av tiltakene har et skjermet tall denne måneden.",
        "The sum is not shown: one of the measures has a suppressed figure this month.",
    ),
    "measures": Text("Tiltakene", "The measures"),
    "multiples_note": Text(
        "Hvert diagram har sin egen målestokk fra null; linjene kan ikke sammenlignes i høyden.",
        "Each chart has a scale of its own from zero; the heights of the lines cannot be compared.",
    ),
    "what_changed": Text("Hva som har endret seg", "What has changed"),
    "measure": Text("Tiltak", "Measure"),
    "since_previous_month": Text("Fra måneden før", "Since the month before"),
    "since_year_before": Text("Fra året før", "Since the year before"),
    "former_measures": Text("Tidligere tiltak", "Former measures"),
    "last_figures": Text("siste tall {month}", "last figures {month}"),
    "counties": Text("Fylkene", "The counties"),
    "county_choice": Text("Velg et fylke", "Choose a county"),
    "former_counties": Text("Tidligere fylker", "Former counties"),
    # A measure
    "months_title": Text("Måned for måned", "Month by month"),
    "line_chart": Text(
        "Linjediagram av {name}, {first} til {last}. Tallene står i tabellen under.",
        "Line chart of {name}, {first} to {last}. The figures are in the table below.",
    ),
    "bar_chart": Text(
        "Stolpediagram av {name}, {month}. Tallene står også i tabellen under.",
        "Bar chart of {name}, {month}. The figures are in the table below too.",
    ),
    "tile_map": Text(
        "Rutekart over fylkene, {name}, {month}. Tallene står også i tabellen under.",
        "Tile map of the counties, {name}, {month}. The figures are in the table below too.",
    ),
    "participant_group": Text("Deltakergruppe", "Participant group"),
    "county": Text("Fylke", "County"),
    "age_group": Text("Alder", "Age"),
    "gender": Text("Kjønn", "Gender"),
    "education": Text("Utdanning", "Education"),
    "country_background": Text("Landbakgrunn", "Country background"),
    "immigration_category": Text("Innvandringskategori", "Immigration category"),
    "county_note": Text(
        "Antall personer, ikke andel av innbyggerne. Hvert fylke er en like stor rute.",
        "People, not a share of the inhabitants. Each county is a tile of the same size.",
    ),
    "age_group_note": Text(
        "Gruppene er ikke like brede: de lukkede dekker {years} år, og {open} er åpne i en ende. En lengre stolpe kan "
        "være flere årskull, ikke flere i hvert av dem.",
        "The groups are not equally wide: the closed ones cover {years} years, and {open} are open at one end. A "
        "longer "
        "bar may be more years of age, not more people of each age.",
    ),
    "country_background_note": Text(
        "Europa omfatter Norge: dette er ingen telling av innvandrere.",
        "Europe includes Norway: this is no count of immigrants.",
    ),
    "or": Text("eller", "or"),
    "not_on_map": Text("Ikke på kartet:", "Not on the map:"),
    "scale": Text("Deltakere", "Participants"),
    "by_month": Text("{name} etter måned", "{name} by month"),
    "no_total_note": Text(
        "Tabellen har ingen sum, og ingen gjennomsnitt: de kunne røpe et skjermet tall.",
        "The table has no total and no averages: they could disclose a suppressed figure.",
    ),
    # Files to take away
    "downloads": Text("Ta med tallene", "Take the figures away"),
    "workbook": Text("Excel-arbeidsbok", "Excel workbook"),
    "about_workbook": Text(
        "alle tabellene, et ark for hver, og en forside som sier hva de er og hvordan de siteres.",
        "all tables, a sheet for each, and a cover that says what they are and how to cite them.",
    ),
    "about_files": Text(
        "Åpne arbeidsboken i Excel, ikke CSV-filene, der 03 blir til 3. Hver rad oppgir rapport og linje.",
        "Open the workbook in Excel, not the CSV files, of which it makes 3 of 03. Each row gives report and line.",
    ),
    "about_rows": Text(
        "Filene har alle tiltak; her gjelder radene med", "The files have all measures; here, the rows with"
    ),
    "all_downloads": Text("Alle filene, og hva som beskriver dem", "All files, and what describes them"),
    "about_datapackage": Text(
        "sier hva hver kolonne i CSV-filene er, for programmer (Frictionless)",
        "says what each column of the CSV files is, for programs (Frictionless)",
    ),
    "about_sdmx_structure": Text(
        "strukturen som SDMX-CSV-filene følger (SDMX-ML)", "the structure of the SDMX-CSV files (SDMX-ML)"
    ),
    "about_croissant": Text("for maskinlæring (Croissant)", "for machine learning (Croissant)"),
    "about_dcat": Text("for dataportaler (DCAT-AP-NO)", "for data portals (DCAT-AP-NO)"),
    "about_readme": Text("hva filene er, og hvordan de siteres", "what the files are, and how to cite them"),
    # A county
    "county_lead": Text(
        "Deltakere på hvert tiltak. NAV oppgir ikke fylkets deltakere på alle tiltak samlet, og de legges ikke "
        "sammen her.",
        "Participants in each measure. NAV states no figure of all measures in the county, and they are not "
        "added up here.",
    ),
    "county_ended": Text("Fylket finnes ikke lenger.", "The county does not exist any more."),
    # The report
    "report_title": Text("NAVs rapport, {edition}", "NAV's report, {edition}"),
    "report_lead": Text(
        "NAVs rapport som den er, linje for linje; * er NAVs tegn for et skjermet tall. Nummeret foran en linje "
        "er dens "
        "adresse.",
        "NAV's report as it is, line by line, in Norwegian; * is NAV's sign for a suppressed figure. The number "
        "before a "
        "line is its address.",
    ),
    "table": Text("Tabell {number}", "Table {number}"),
    "page": Text("side {number}", "page {number}"),
    "row_label": Text("Rad", "Row"),
    "line_number": Text("Linje", "Line"),
    "tables": Text("Tabellene", "The tables"),
    "report_of": Text("Rapporten linje for linje", "The report line by line"),
    # Editions
    "editions_title": Text("Utgavene", "The editions"),
    "editions_lead": Text(
        "Hver månedsrapport som tallene er hentet fra, og hvor langt dens egen regning bekrefter den.",
        "Each monthly report that the figures come from, and how far its own arithmetic confirms it.",
    ),
    "edition_title": Text("Utgaven {edition}", "The edition {edition}"),
    "edition": Text("Utgave", "Edition"),
    "family": Text("Tiltaksgruppe", "Family of measures"),
    "issue": Text("utgivelse {number}", "issue {number}"),
    "superseded": Text("Erstattet av en ny utgivelse:", "Superseded by a new issue:"),
    "period": Text("Periode", "Period"),
    "publisher": Text("Utgiver", "Publisher"),
    "licence": Text("Lisens", "Licence"),
    "address": Text("Adresse", "Address"),
    "file": Text("Fil", "File"),
    "threshold": Text("Grense for skjerming", "Threshold of suppression"),
    "threshold_said": Text("tall under {threshold}", "numbers below {threshold}"),
    "proof_title": Text("Hva regningen i rapporten beviser", "What the report's arithmetic proves"),
    "proof_lead": Text(
        "Rapporten oppgir de samme menneskene mange ganger. Hver sum som må stemme, er prøvd. «Bevist» er en sum uten "
        "skjermede tall som stemmer; «mulig» stemmer for noen verdier av de skjermede tallene.",
        "The report states the same people many times. Each sum that must hold was tried. “Proven” is a sum without "
        "suppressed figures that holds; “possible” holds for some values of the suppressed figures.",
    ),
    "printed_cells": Text("Celler i rapporten", "Cells in the report"),
    "suppressed_cells": Text("av dem skjermet", "of them suppressed"),
    "checks": Text("Prøvde summer", "Checks"),
    "proven_checks": Text("bevist", "proven"),
    "possible_checks": Text("mulig", "possible"),
    "violated_checks": Text("brutt", "violated"),
    "missing_checks": Text("mangler", "missing"),
    "cells_confirmed_by_a_rule": Text("Celler bekreftet av en regel", "Cells confirmed by a rule"),
    "cells_confirmed_by_two_rules": Text("av dem bekreftet av to regler", "of them confirmed by two rules"),
    "cells_that_nothing_confirms": Text("Celler som ingenting bekrefter", "Cells that nothing confirms"),
    "cells_in_no_rule": Text("Celler i ingen regel", "Cells in no rule"),
    "largest_unnoticed_slip": Text("Største feil som ville gått ubemerket", "Largest slip that would go unnoticed"),
    "cells_proven_by_rules": Text("Uleselige celler som regler beviser", "Illegible cells that rules prove"),
    "cells_allowed_by_rules": Text("det eneste leste som reglene tillater", "the only reading that the rules allow"),
    "cells_confirmed_by_a_person": Text("bekreftet av en person", "confirmed by a person"),
    "illegible_cells": Text("fortsatt uleselige", "still illegible"),
    "rule": Text("Regel", "Rule"),
    "rules": Text("Regel for regel", "Rule by rule"),
    "printed_totals": Text("Totalene, og hver linje som oppgir dem", "The totals, and each line that states them"),
    "printed_totals_lead": Text(
        "Rapporten trykker en total om igjen over hver tabell som fordeler den.",
        "The report prints a total again above each table that breaks it down.",
    ),
    "total": Text("Total", "Total"),
    "all_measures": Text("Alle tiltak", "All measures"),
    "lines": Text("Linjer", "Lines"),
    "revisions_title": Text("Reviderte tall", "Revised figures"),
    "revisions_none": Text(
        "Ingen: ingen tidligere utgave oppgir andre tall for de samme månedene.",
        "None: no earlier edition states other figures of the same months.",
    ),
    "revisions_count": Text(
        "{count} tall er andre enn i utgaven før.", "{count} figures differ from the edition before."
    ),
    "revisions_shown": Text("De første {count} vises.", "The first {count} are shown."),
    "what": Text("Hva", "What"),
    "before": Text("Før", "Before"),
    "now": Text("Nå", "Now"),
    # What is a star
    "stars_title": Text("Hva er en stjerne?", "What is a star?"),
    "stars_lead": Text(
        "NAV trykker * i stedet for et tall under {threshold}, null medregnet, for at ingen skal kunne kjennes igjen.",
        "NAV prints * instead of a number below {threshold}, zero included, so that nobody can be recognised.",
    ),
    "stars_shown": Text(
        "Her står det {star}: tallet er et av disse, og mer sier ikke NAV. Det tegnes skravert, som en rute i "
        "kartet, en "
        "stolpe eller et bånd i en linje, aldri som et punkt, for det er ikke kjent hvor i båndet tallet ligger.",
        "Here it reads {star}: the number is one of these, and NAV says no more. It is drawn hatched, as a tile of the "
        "map, a bar or a band in a line, never as a point, as it is not known where in the band the number lies.",
    ),
    "stars_not_zero": Text(
        "{star} er verken null eller et manglende tall. I rapporten selv står det ingen null.",
        "{star} is neither zero nor a missing number. The report itself prints no zero.",
    ),
    "stars_sums": Text(
        "Sidene viser ingen summer, gjennomsnitt eller andeler i samme tabell eller diagram som skjermede tall: "
        "den som "
        "trekker fra, kunne finne tallet. Sidene med NAVs egen rapport er NAVs publikasjon som den er.",
        "The pages show no sums, averages or shares in one table or chart with suppressed figures: whoever subtracts "
        "could find the number. The pages of NAV's own report are NAV's publication as it is.",
    ),
    "stars_example": Text("Slik ser det ut", "What it looks like"),
    # Where figures come from, and where they break
    "sources_title": Text("Kilder og brudd", "Sources and breaks"),
    "sources_lead": Text(
        "Alle tall er NAVs. Siden er laget av tabellene som et bygg av tiltak gir ut, uten andre kilder.",
        "All figures are NAV's. The site is made from the tables that a build of tiltak publishes, without other "
        "sources.",
    ),
    "how_to_cite": Text("Slik siteres et tall", "How to cite a figure"),
    "cite_text": Text(
        "Oppgi utgiver, rapport, måned og linje, slik lenken på tallet gjør: «{publisher}, {family}, {edition}, linje "
        "{line}».",
        "Give publisher, report, month and line, as the link of the figure does: “{publisher}, {family}, "
        "{edition}, line "
        "{line}”.",
    ),
    "breaks_title": Text("Brudd i seriene", "Breaks in the series"),
    "breaks_lead": Text(
        "Tall på hver side av et brudd kan ikke sammenlignes; linjene har et opphold der.",
        "Figures on either side of a break cannot be compared; lines have a gap there.",
    ),
    "concerns": Text("Gjelder", "Concerns"),
    "reason": Text("Grunn", "Reason"),
    "source": Text("Kilde", "Source"),
    "renamings": Text("Tiltak som har fått nytt navn", "Measures that were renamed"),
    "renamed": Text("{old} heter {new} fra {month}.", "{old} is called {new} from {month}."),
    "all_figures": Text("alle tall", "all figures"),
}

NORWEGIAN: Mapping[str, str] = {
    # Reasons of breaks
    "New method of registering job seekers": "Ny metode for å registrere arbeidssøkere",
    "New register of job seekers, where people say themselves whether they are one: many move to others": (
        "Nytt register over arbeidssøkere, der folk selv sier om de er det: mange flyttes til andre"
    ),
    "New register of job seekers, where people say themselves whether they are one: many come from job seekers": (
        "Nytt register over arbeidssøkere, der folk selv sier om de er det: mange kommer fra arbeidssøkere"
    ),
    "County border: Rindal went to Trøndelag": "Fylkesgrense: Rindal gikk til Trøndelag",
    "County border: Rindal came from Møre og Romsdal": "Fylkesgrense: Rindal kom fra Møre og Romsdal",
    "County border: Hornindal came from Sogn og Fjordane and Halsa went to Trøndelag": (
        "Fylkesgrense: Hornindal kom fra Sogn og Fjordane og Halsa gikk til Trøndelag"
    ),
    "County border: Tjeldsund went to Troms og Finnmark": "Fylkesgrense: Tjeldsund gikk til Troms og Finnmark",
    "County border: Halsa came from Møre og Romsdal": "Fylkesgrense: Halsa kom fra Møre og Romsdal",
    "County reform: Viken is only about Østfold + Akershus + Buskerud": (
        "Fylkesreform: Viken er bare omtrent Østfold + Akershus + Buskerud"
    ),
    "County reform: Innlandet is only about Hedmark + Oppland": (
        "Fylkesreform: Innlandet er bare omtrent Hedmark + Oppland"
    ),
    "County reform: Vestfold og Telemark is only about Vestfold + Telemark": (
        "Fylkesreform: Vestfold og Telemark er bare omtrent Vestfold + Telemark"
    ),
    "County reform: Vestland is only about Hordaland + Sogn og Fjordane": (
        "Fylkesreform: Vestland er bare omtrent Hordaland + Sogn og Fjordane"
    ),
    "County reform: Troms og Finnmark is only about Troms + Finnmark": (
        "Fylkesreform: Troms og Finnmark er bare omtrent Troms + Finnmark"
    ),
    **{
        f"County reform: {name} is a part of {whole}, and only about the {name} of before 2020": (
            f"Fylkesreform: {name} er en del av {whole}, og bare omtrent {name} fra før 2020"
        )
        for name, whole in (
            ("Østfold", "Viken"),
            ("Akershus", "Viken"),
            ("Buskerud", "Viken"),
            ("Vestfold", "Vestfold og Telemark"),
            ("Troms", "Troms og Finnmark"),
        )
    },
    # Claims of rules
    'In each participant group, the measures sum to its "I alt".': (
        "I hver deltakergruppe summerer tiltakene seg til «I alt»."
    ),
    "Job seekers, reduced work capacity and others sum to all, per measure and in total.": (
        "Arbeidssøkere, nedsatt arbeidsevne og andre summerer seg til alle, for hvert tiltak og i alt."
    ),
    "The counties sum to their measure.": "Fylkene summerer seg til tiltaket.",
    "The genders sum to their measure.": "Kjønnene summerer seg til tiltaket.",
    "The age groups sum to their measure.": "Aldersgruppene summerer seg til tiltaket.",
    "The immigration categories sum to their measure.": "Innvandringskategoriene summerer seg til tiltaket.",
    "The country backgrounds sum to their measure.": "Landbakgrunnene summerer seg til tiltaket.",
    "The levels of education sum to their measure.": "Utdanningsnivåene summerer seg til tiltaket.",
    "Every copy of a total, on every page and in every table, is the same.": (
        "Hver kopi av en sum, på hver side og i hver tabell, er den samme."
    ),
    "The average is the mean of the printed months, rounded half up.": (
        "Gjennomsnittet er middelet av de trykte månedene, avrundet oppover fra en halv."
    ),
    "No printed number is below the report's threshold.": "Intet trykt tall er under rapportens grense.",
    "No printed number begins with a zero.": "Intet trykt tall begynner med null.",
    "Each expected row is printed once, and no other.": "Hver ventet rad er trykt én gang, og ingen annen.",
    "Each printed cell is one observation or a copy of a total.": (
        "Hver trykt celle er én observasjon eller en kopi av en sum."
    ),
    "Each label is known, and none was read loosely without the sums confirming it.": (
        "Hver etikett er kjent, og ingen er lest omtrentlig uten at summene bekrefter den."
    ),
    "The columns are January, or the first month of a period over New Year, to its last month.": (
        "Kolonnene er januar, eller første måned i en periode over nyttår, til periodens siste måned."
    ),
    "The stars have values that fulfil all rules of the report at once.": (
        "Stjernene har verdier som oppfyller alle rapportens regler på en gang."
    ),
    "Each figure of a scan is read twice alike, follows from the rules, or was decided by a person.": (
        "Hvert tall i en skanning er lest likt to ganger, følger av reglene eller er avgjort av en person."
    ),
    "Where the families that a main group is made of are loaded too, they sum to it.": (
        "Der tiltaksgruppene som en hovedgruppe består av, også er lastet, summerer de seg til den."
    ),
}
"""What the seeds say in English only, in Norwegian."""


def translated(english: str) -> Text:
    """Return a text of a seed in both languages; English in both where it has no translation yet."""
    return Text(NORWEGIAN.get(english, english), english)
