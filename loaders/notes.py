"""Lines that stand around tables and are no rows: page numbers, sources, footnotes, dates of printing, addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.row_forms import ends_in_figures
from warehouse.figures import is_figure, plain_spaces

_LETTER = r"[^\W\d_]"
_MONTH_OR_NUMBER = rf"(?:\d{{1,2}}|{_LETTER}{{3,9}})"
_DATE = (
    rf"(?:\d{{1,2}}[./-] ?{_MONTH_OR_NUMBER}\.?[ ./-]? ?\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
    r"(?:,?(?: |T)(?:kl\.? ?)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?)?"
)
_FORMS = {
    "page number": (
        r"(?:[-–—|•·] ?)?(?:(?:side|s\.|page|p\.)(?: nr\.?)? ?)?"
        r"\d{1,4}(?: ?(?:/|av|of) ?\d{1,4})?\.?(?: ?[-–—|•·])?"
    ),
    "date of printing": rf"(?:{_LETTER}[\w .]{{0,30}}:? )?{_DATE}\.?",
    "address": r"(?:.* )?<?(?:https?://|www\.)\S+.*|[\w./-]+\.(?:no|com|org|net)(?:/\S*)?|.*\b[\w.-]+@[\w-]+\.\w+.*",
    "source": (
        r"(?:data)?(?:kilde|kilder|kjelde|kjelder|source|sources)\b.*"
        r"|(?:utarbeidet|publisert|produsert|utgitt|levert|hentet|kontakt|ansvarlig|opphavsrett|copyright|©).*"
        r"|(?:NAV|Nav)(?:[ ,.–-].*)?|arbeids- og velferds.*|statistisk sentralbyrå.*|SSB\b.*"
    ),
    "footnote": (
        rf"(?:\*{{1,3}}\)?|∗+|[†‡§¹²³⁴⁵⁶⁷⁸⁹]+\)?|\(?\d{{1,2}}\)|\[\d{{1,2}}\]|\(?{_LETTER}\))"
        rf"[ :=–-]*.*{_LETTER}{{2}}.*"
    ),
    # A county's label begins with a number too, but has at most three words.
    "numbered remark": rf"\d{{1,2}}\.?(?: {_LETTER}+[,;:.]?){{5}}.*",
    "remark": (
        r"(?:note|noter|merk|merknad|fotnote|anm|anmerkning|obs|forklaring|tegnforklaring|definisjon|"
        r"tall|tallene|tabell|tabellen|figur|figuren|statistikken|verdier|celler|rapporten|se)\b.* .*"
        r"|foreløpige? .*|fortset\w*.*|(?:.* )?(?:avrunding|avrundet)\b.*"
        rf"|(?=(?:.*{_LETTER}{{2,}}[ ,;:]+){{4}}).*[.!?]"
    ),
}
_NOTE = re.compile("|".join(f"(?:{form})" for form in _FORMS.values()), re.IGNORECASE)
_PAGE_NUMBER = re.compile(_FORMS["page number"], re.IGNORECASE)
_LONGEST = 1_000
"""Characters of a line that are compared; a longer one is no row either way."""


@lru_cache(maxsize=1_024)
def is_note(line: str) -> bool:
    """Return whether a line is a note: each of its fields, parted by tabs or wide gaps, has the form of one.

    Empty fields do not count, so that a note padded to the width of the table is one too. A label with two figures or
    more is a row, whatever the label looks like.
    """
    text = plain_spaces(line[:_LONGEST]).strip()
    fields = [field.strip() for field in re.split(r"\t|  +", text) if field.strip()]
    if not fields or sum(map(is_figure, fields[1:])) > 1 or ends_in_figures(line):
        return False
    return all(map(_NOTE.fullmatch, fields)) or _PAGE_NUMBER.fullmatch(" ".join(fields)) is not None
