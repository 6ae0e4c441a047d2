"""A PDF → its characters and their boxes, in a process of its own (`loaders.formats.apart`).

PDFium fetches nothing and runs no scripts. The answer is what there is on each page, and then the numbers of each
character, page by page.
"""

from __future__ import annotations

import ctypes
import math
import sys
from array import array
from typing import Any

FIELDS = 9
"""Numbers of a character: its code, box (left, bottom, right, top), origin (x, y), angle, and what is odd about it."""
SPACE_BEFORE = 1
"""A drawn space stands before the character."""
NOT_SHOWN = 2
"""The character is there to be searched for, and not displayed."""
MAX_PAGES = 500
MAX_CHARACTERS = 400_000

_INVISIBLE = 3


def answer(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what is on each page of a PDF and the numbers of its characters, or what keeps it from being read."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"problem": "password" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged"}, b""
    if len(document) > MAX_PAGES:
        return {"problem": "pages", "count": len(document)}, b""
    numbers = array("d")
    pages: list[dict[str, Any]] = []
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            return {"problem": "page", "count": number + 1}, b""
        text = page.get_textpage()
        count = raw.FPDFText_CountChars(text)
        if count < 0 or len(numbers) // FIELDS + count > MAX_CHARACTERS:
            return {"problem": "characters", "count": MAX_CHARACTERS}, b""
        before = len(numbers)
        _read_characters(raw, text, count, numbers)
        pages.append(
            {
                "box": page.get_cropbox(),
                "rotation": page.get_rotation(),
                "objects": raw.FPDFPage_CountObjects(page),
                "characters": (len(numbers) - before) // FIELDS,
            }
        )
        text.close()
        page.close()
    return {"pages": pages}, numbers.tobytes()


def _read_characters(raw: Any, text: Any, count: int, numbers: array[float]) -> None:  # noqa: ANN401 - no types
    """Append the numbers of each character that is drawn and is no space."""
    page = text.raw
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    across, up = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    boxes = [ctypes.byref(value) for value in (left, right, bottom, top)]
    origin = [ctypes.byref(value) for value in (across, up)]
    box_reference = ctypes.byref(box)
    odd = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(page, index)
        if chr(code).isspace() if code < sys.maxunicode else False:
            if raw.FPDFText_IsGenerated(page, index) != 1:
                odd = SPACE_BEFORE
            continue
        raw.FPDFText_GetLooseCharBox(page, index, box_reference)
        sides = (box.left, box.bottom, box.right, box.top)
        if sides[2] <= sides[0] or sides[3] <= sides[1]:
            raw.FPDFText_GetCharBox(page, index, *boxes)
            sides = (left.value, bottom.value, right.value, top.value)
        raw.FPDFText_GetCharOrigin(page, index, *origin)
        angle = raw.FPDFText_GetCharAngle(page, index)
        drawn = raw.FPDFText_GetTextObject(page, index)
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            odd |= NOT_SHOWN
        row = (code, *sides, across.value, up.value, angle, odd)
        numbers.extend(row if all(map(math.isfinite, row)) else (0.0,) * FIELDS)
        odd = 0
