"""A page with a picture of each figure of a scan that a person must look at, beside what it can be."""

from __future__ import annotations

import json
import shlex
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from auditors.doubts import ACCUSED, Doubt
from loaders.finding import find_reports
from loaders.formats.apart import Limits, UnreadableError, answer_apart
from loaders.formats.scan.installed import is_installed
from loaders.reading import read_bytes
from warehouse.durable import replace_file
from warehouse.editions import Edition
from warehouse.errors import Problem, RejectedReportError, counted, printable, refused

_CROPS = "loaders.formats.scan.crops"
_LIMITS = Limits(seconds=600, memory=2 * 1024**3)

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }}
  h1 {{ font-size: 1.5rem; line-height: 1.25; }}
  ol {{ padding: 0; list-style: none; }}
  li {{ border-top: 1px solid #c9c9c9; padding: 1.25rem 0; }}
  h2 {{ font-size: 1.05rem; margin: 0; }}
  p {{ margin: .25rem 0; }}
  img {{ max-width: 100%; border: 1px solid #8a8a8a; margin: .75rem 0; display: block; }}
  code {{ background: #f2f2f2; padding: .4rem .6rem; margin-top: .5rem; display: block; }}
  code {{ overflow-x: auto; white-space: pre; }}
  dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .5rem 0; }}
  dt {{ color: #595959; }} dd {{ margin: 0; font-variant-numeric: tabular-nums; }}
</style>
<h1>{title}</h1>
<p>Look at each picture, and type the command below it with the figure that you see: digits, <b>'*'</b> for a star, or
<b>'?'</b> where nobody can read it. Then run <b>make build</b>. What is printed decides, not what the rules leave: if
it is another figure, another one in the same sums is wrong.</p>
<ol>
{items}
</ol>
</html>
"""

_ITEM = """<li>
<h2>{label}</h2>
<p>{place}</p>
{picture}
<dl><dt>Read as</dt><dd>{readings}</dd><dt>The rules leave</dt><dd>{candidates}</dd></dl>
<code>{command}</code>
</li>"""


def file_of(edition: Edition, place: Path) -> bytes:
    """Return the content of the report's own file, which is `place` or stands in it.

    Raises RefusedError where no such file has the content that was loaded.
    """
    for path in find_reports([place])[0]:
        try:
            content = read_bytes(path, str(path))
        except RejectedReportError:
            continue
        if sha256(content).hexdigest() == edition.sha256:
            return content
    found = f"no file with the content of {edition.file_name} as it was loaded"
    raise refused(str(place), Problem(found, "the scan itself", "say where it is with --scan PATH"))


def write_page(edition: Edition, doubts: Sequence[Doubt], content: bytes, page: Path) -> None:
    """Write a page on the figures in doubt, whole or not at all, which shows each as the scan has it.

    `content` is that of the scan. Raises RefusedError where its pictures cannot be shown, or the page not be written.
    """
    if not is_installed():
        found, expected = "nothing that reads scans is installed", "what reads scans (Tesseract, OpenCV)"
        raise refused(edition.file_name, Problem(found, expected, "run `make scan` once"))
    pictures = _pictures(edition, doubts, content)
    items = [_item(edition, doubt, picture) for doubt, picture in zip(doubts, pictures, strict=True)]
    title = f"{counted(len(doubts), 'figure')} to look at in {printable(edition.file_name)}"
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        replace_file(page, _PAGE.format(title=escape(title), items="\n".join(items)).encode())
    except OSError as error:
        problem = Problem(f"a file that cannot be written ({error.strerror})", "room for a page", "give another --to")
        raise refused(str(page), problem) from error


def command_of(edition: Edition, doubt: Doubt) -> str:
    """Return the command that says what a figure is, with the one that it can be where there is one."""
    value = doubt.settled_text or "FIGURE"
    place = f"{edition.report_id} {doubt.line_number} {doubt.column_number}"
    return f"python -m auditors accept {place} --value {shlex.quote(value)} --by NAME --reason TEXT"


def _pictures(edition: Edition, doubts: Sequence[Doubt], content: bytes) -> list[bytes]:
    boxes = [(doubt.page_number, *doubt.box) if doubt.box else (0, 0, 0, 0, 0) for doubt in doubts]
    try:
        said, drawn = answer_apart(_CROPS, json.dumps(boxes).encode() + b"\n" + content, _LIMITS)
    except UnreadableError:
        said, drawn = {"problem": "limits"}, b""
    if "problem" in said:
        problem = Problem("a scan whose pages cannot be shown", "the file as it was loaded", "fetch it again")
        raise refused(edition.file_name, problem)
    pictures = []
    for size in said["sizes"]:
        pictures.append(drawn[:size])
        drawn = drawn[size:]
    return pictures


def _item(edition: Edition, doubt: Doubt, picture: bytes) -> str:
    label = f"{printable(doubt.row_label)}, {printable(doubt.column_label)}"
    texts = [text for text in dict.fromkeys(doubt.readings) if text]
    shown = f'<img alt="{escape(label)} as scanned" src="data:image/png;base64,{b64encode(picture).decode()}">'
    return _ITEM.format(
        label=escape(label),
        place=escape(f"Page {doubt.page_number}, line {doubt.line_on_page}, column {doubt.column_number}"),
        picture=shown if picture else "<p>There is no picture of it.</p>",
        readings=escape(", ".join(texts) or "nothing")
        + (" (twice alike, but the rules point at it)" if doubt.state == ACCUSED else ""),
        candidates=escape(doubt.candidates),
        command=escape(command_of(edition, doubt)),
    )
