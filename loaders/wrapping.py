"""Headers and labels that are printed over several lines → one line each.

A narrow column wraps "Gjennomsnitt hittil i år", and a long label stands in two lines of which one has the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.headers import is_average, is_header, read_header
from loaders.row_forms import looks_like_row

_MOST_LINES = 3


def join_wrapped_headers(lines: Sequence[str]) -> list[str]:
    """Return the lines with each header that is printed over two or three in the last of them, the others blank."""
    joined = list(lines)
    for index, line in enumerate(lines):
        if not _is_piece(line) or _is_sound(line):
            continue
        for count in range(2, _MOST_LINES + 1):
            pieces = lines[index : index + count]
            if len(pieces) < count or not all(map(_is_piece, pieces)):
                break
            if any(map(_is_sound, pieces)):
                break
            header = _columnwise(pieces)
            if _is_sound(header):
                joined[index : index + count] = [""] * (count - 1) + [header]
                break
    return joined


def joined_label(before: str, piece: str, after: str, is_known: Callable[[str], bool]) -> tuple[str, bool] | None:
    """Return the label that a line without figures is a piece of, and whether it is that of the row after it.

    `before` and `after` are the labels of the rows around it, empty where there is none. A piece in brackets or lower
    case goes on from the line before; a comma or a dash at the end goes on in the next. Where neither says so, a
    label that the report prints elsewhere does. None where nothing does.
    """
    piece = piece.strip()
    behind, ahead = f"{before.strip()} {piece}", f"{piece} {after.strip()}"
    if before and _goes_on(piece):
        return behind, False
    if after and (_goes_on(after.strip()) or piece.endswith((",", "-", "–", "/", " og"))):
        return ahead, True
    known = [
        (label, is_after)
        for label, is_after, row in ((behind, False, before), (ahead, True, after))
        if row and is_known(label)
    ]
    return known[0] if len(known) == 1 else None


def _goes_on(text: str) -> bool:
    return text[:1] in ("(", "[") or text[:1].islower()


def _is_piece(line: str) -> bool:
    """Return whether a line may be one of several that print a header: nothing before its first tab, and no figures."""
    label, tab, fields = line.partition("\t")
    return bool(tab) and not label.strip() and bool(fields.strip()) and not looks_like_row(fields.split("\t"))


def _is_sound(line: str) -> bool:
    _, _, fields = line.partition("\t")
    text = fields.rstrip("\t ")
    return is_header(text.split("\t")) and is_average(text.partition("\t")[0]) and not read_header(text).problems


def _columnwise(pieces: Sequence[str]) -> str:
    columns = [piece.split("\t") for piece in pieces]
    width = max(map(len, columns))
    texts = [[fields[place].strip() for fields in columns if place < len(fields)] for place in range(width)]
    return "\t".join(" ".join(filter(None, parts)).replace("- ", "") for parts in texts)
