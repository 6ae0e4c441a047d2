"""Lines of pages → printed lines. Knows where tables begin and end, not what their labels mean.

A table begins with a header and goes on over page ends until the next header, whether or not a page prints the header
again. What else pages print (titles, heads, feet, notes) follows the table that it interrupts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from loaders.formats.lines import Place, PrintedLines
from loaders.formats.pdf.fitting import ColumnFit, column_fit, is_cell
from loaders.formats.pdf.headings import TableHead, heads_at, stand_apart
from loaders.formats.pdf.labels import PrintedRow, attach, row_distance
from loaders.formats.pdf.words import UNREADABLE, TextLine, Word
from loaders.headers import read_header
from loaders.notes import is_note
from loaders.periods import read_period, read_period_in_title
from loaders.rows import is_total
from warehouse.errors import Complaints, Problem, counted, excerpt, quoted
from warehouse.figures import is_figure

_APART = 2.5
"""Heights of a letter between texts of a line that do not belong together, such as both ends of a page head."""
_RUN = 0.8
"""Heights of a letter between words of a text at most; columns that stand closer are told by their headings."""
_NEW_PARAGRAPH = 1.8
"""Heights of a letter between lines from which a blank line stands between them."""
_MOST_IN_NOTE = 3
"""Numbers that a note, such as a page's number and a date, has at most."""
_AS_CLOSE = 1.1
"""How many times as far from a row as rows are from each other a line may be to be one of them."""
_ALLEY = 0.7
"""Heights of a letter between tables that stand beside each other, free in every row."""
_TAKE_ANOTHER = "give the publisher's workbook instead, or the report as text with tabs"


@dataclass(slots=True)
class _Table:
    """A table, and its lines."""

    head: TableHead
    parts: list[TextLine] = field(default_factory=list)
    """What its lines print within its width, from top to bottom and page by page."""
    entries: list[PrintedRow | TextLine] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Tables that stand beside each other, most often one; the lines below their headers, up to the next header."""

    tables: list[_Table]
    lines: list[TextLine] = field(default_factory=list)
    texts: list[TextLine] = field(default_factory=list)
    """Lines that belong to no table."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    place: Place


def lines_of_tables(pages: Iterable[Sequence[TextLine]], complaints: Complaints) -> PrintedLines:
    """Return the lines that pages print, table by table; numbers count from 1.

    Complains about each row that can be read in several ways, or in none.
    """
    before, groups = _groups(pages)
    for group in groups:
        _part(group)
    _read_rows(groups, complaints)
    lines = [*_texts(before, complaints)]
    before_each: list[_Table] = []
    for group in groups:
        before_each = _close(group, before_each)
    for group in groups:
        for table in group.tables:
            lines += _lines_of_table(table)
        lines += _texts(group.texts, complaints)
    return PrintedLines([line.text for line in lines], range(1, len(lines) + 1), [line.place for line in lines])


def _groups(pages: Iterable[Sequence[TextLine]]) -> tuple[list[TextLine], list[_Group]]:
    """Return the lines before the first header, and the tables with all lines that follow each."""
    before: list[TextLine] = []
    groups: list[_Group] = []
    for lines in pages:
        place = 0
        while place < len(lines):
            heads, count = heads_at(lines, place)
            if heads:
                groups.append(_Group([_Table(head) for head in heads]))
            else:
                (groups[-1].lines if groups else before).append(lines[place])
            place += max(count, 1)
    return before, groups


def _part(group: _Group) -> None:
    """Part each line of a group between its tables; a line that runs over several is a text."""
    cuts = [_cut(group, one.head, other.head) for one, other in pairwise(group.tables)]
    bounds = [float("-inf"), *cuts, float("inf")]
    for line in group.lines:
        crossing = any(
            one.right < cut and other.left > cut and other.left - one.right < _RUN * line.size
            for one, other in pairwise(line.words)
            for cut in cuts
        ) or any(word.left < cut < word.right for word in line.words for cut in cuts)
        if crossing:
            group.texts.append(line)
            continue
        for table, (start, end) in zip(group.tables, pairwise(bounds), strict=True):
            if words := [word for word in line.words if start <= (word.left + word.right) / 2 < end]:
                table.parts.append(line.part(words))


def _cut(group: _Group, head: TableHead, beside: TableHead) -> float:
    """Return where, from the left, the figures of a table end and the labels of the one beside it begin."""
    last = head.columns[-1]
    middle, end = (last.left + last.right) / 2, beside.columns[0].left
    rows = [line for line in group.lines if sum(is_cell(word.text) for word in line.words) > 1]
    words = sorted(
        (word for line in rows for word in line.words if word.right > middle and word.left < end),
        key=lambda word: word.left,
    )
    alley = _ALLEY * head.line.size
    reached = last.right
    for place, word in enumerate(words):
        # Labels begin behind the first alley that has words behind it, and not figures alone.
        if word.left - reached > alley:
            block_end = word.right
            for following in words[place:]:
                if following.left - block_end > alley:
                    break
                if sum(map(str.isalpha, following.text)) > 1:
                    return reached + alley / 2
                block_end = max(block_end, following.right)
        reached = max(reached, word.right)
    return reached + alley / 2


def _read_rows(groups: Sequence[_Group], complaints: Complaints) -> None:
    """Read the rows of all tables; those whose headings stand at the same places are fitted together."""
    alike: dict[tuple[tuple[int, int], ...], list[_Table]] = {}
    for group in groups:
        for table in group.tables:
            if not table.head.is_sound or not stand_apart(table.head.columns):
                _complain_about_header(table.head, complaints)
                continue
            places = tuple((round(column.left), round(column.right)) for column in table.head.columns)
            alike.setdefault(places, []).append(table)
    for tables in alike.values():
        rows = [part.words for table in tables for part in table.parts if _figures_in(part, table.head) > 1]
        fit = column_fit(tables[0].head.columns, rows)
        for table in tables:
            _read_table(table, fit, complaints)


def _complain_about_header(head: TableHead, complaints: Complaints) -> None:
    problems = read_header(head.text.removeprefix("\t")).problems
    found = f"a header whose columns are not clear ({excerpt(' | '.join(head.text.split()))})"
    for problem in problems or [Problem(found, "the average, then months, that stand apart", _TAKE_ANOTHER)]:
        complaints.add_at(Place(None, head.line.number, None, head.line.page.number).cell(), problem)


def _read_table(table: _Table, fit: ColumnFit, complaints: Complaints) -> None:
    for _, parts in groupby(table.parts, key=lambda part: part.page):
        lines = list(parts)
        counts = [_figures_in(line, table.head) for line in lines]
        sure = [place for place, count in enumerate(counts) if count > 1]
        for place, (line, count) in enumerate(zip(lines, counts, strict=True)):
            # One number alone is a row that lost its others only among rows; above and below them it is a page's or
            # a year's.
            if not count or (count == 1 and not (sure and sure[0] < place < sure[-1])):
                table.entries.append(line)
                continue
            ways = fit.read(line.words)
            if not ways and count == 1:
                table.entries.append(line)
            elif len(ways) == 1:
                table.entries.append(PrintedRow(line, ways[0]))
            else:
                complaints.add_at(_place(line).cell(), _problem(line, [way.figures for way in ways]))


def _problem(line: TextLine, ways: list[tuple[str, ...]]) -> Problem:
    if not ways:
        found = f"figures that stand in no column in the row {quoted(line.text)}"
        expected = "each figure below a heading, aligned as the figures above and below it"
        return Problem(found, expected, _TAKE_ANOTHER, "figures that stand in no column")
    some = " or ".join(excerpt(" | ".join(filter(None, way))) for way in ways[:2])
    found = f"a row that can be read in {counted(len(ways), 'way')} ({some})"
    return Problem(found, "figures that stand apart", _TAKE_ANOTHER, "a row that can be read in several ways")


def _figures_in(line: TextLine, head: TableHead) -> int:
    """Return how many words of a line are figures below the headings: none where it is a text with numbers."""
    first, second = head.columns[:2]
    # Figures may begin before their heading does, as far to the left as the columns are wide.
    begin = min(first.left, first.right - max(second.left - first.left, second.right - first.right))
    count = 0
    for run in _runs(line.words, _RUN * line.size):
        is_text = any(word.right > second.left and sum(map(str.isalpha, word.text)) > 1 for word in run)
        if not is_text:
            count += sum(_columns_of(word, head) for word in run if _is_figure(word.text) and word.right > begin)
    # As many figures as columns are a row, even where they are all that stands in the line.
    return 0 if _is_period(line) or (count < len(head.columns) and _is_note(line)) else count


def _columns_of(word: Word, head: TableHead) -> int:
    """Return how many columns a figure takes: more than one where figures run into each other."""
    return max(1, sum(word.left < column.right and column.left < word.right for column in head.columns))


def _is_figure(text: str) -> bool:
    """Return whether a word is a figure or a part of one, readable or not."""
    return is_cell(text) or (UNREADABLE in text and sum(map(str.isalpha, text)) < 2)


def _is_note(line: TextLine) -> bool:
    return sum(is_cell(word.text) for word in line.words) <= _MOST_IN_NOTE and is_note(_spaced(line))


def _is_period(line: TextLine) -> bool:
    return read_period(line.text) is not None or read_period_in_title(line.text) is not None


def _runs(words: Sequence[Word], gap: float) -> list[list[Word]]:
    """Return words in runs of neighbours, parted where the gap between them is wider."""
    runs = [[words[0]]]
    for before, word in pairwise(words):
        if word.left - before.right > gap:
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def _close(group: _Group, before: Sequence[_Table]) -> list[_Table]:
    """Give the lines among rows to the labels they belong to; all others are texts below the table.

    `before` are the tables that the group before ended in; those that this one ends in are returned.
    """
    texts = list(group.texts)
    tables: list[_Table] = []
    for place, table in enumerate(group.tables):
        kept: list[PrintedRow | TextLine] = []
        for page, entries in groupby(table.entries, key=lambda entry: _line_of(entry).page):
            texts += _attached(list(entries), table.head, kept, below_header=page is table.head.line.page)
        table.entries = kept
        if place < len(before) and _goes_on(before[place], table):
            before[place].entries += table.entries
            table.entries = []
            tables.append(before[place])
        else:
            tables.append(table)
    order = {id(line.page): number for number, line in enumerate(group.lines)}
    group.texts = sorted(texts, key=lambda line: (line.page.number, order[id(line.page)], line.number, line.left))
    return tables


def _attached(
    entries: list[PrintedRow | TextLine], head: TableHead, kept: list[PrintedRow | TextLine], *, below_header: bool
) -> list[TextLine]:
    """Put the rows of one page into `kept`, with what may be a part of a label; return the texts."""
    rows = [place for place, entry in enumerate(entries) if isinstance(entry, PrintedRow)]
    if not rows:
        return [entry for entry in entries if isinstance(entry, TextLine)]
    among = [
        entry
        for entry in entries
        if isinstance(entry, PrintedRow)
        or (_may_be_label(entry, head) and not _is_note(entry) and not _is_period(entry))
    ]
    apart = {id(line) for line in attach(among, below_header=below_header)}
    may_be_label = {id(entry) for entry in among}
    # What stands as close as rows do may be a row that lost its figures, which a reader of all lines can tell.
    close = _AS_CLOSE * max(row_distance(among), _line_of(entries[rows[0]]).size)
    first = next((place for place in range(rows[0], 0, -1) if _gap(entries, place) > close), 0)
    last = next(
        (place - 1 for place in range(rows[-1] + 1, len(entries)) if _gap(entries, place) > close), len(entries)
    )
    texts: list[TextLine] = []
    for place, entry in enumerate(entries):
        is_among = (first if below_header else rows[0]) <= place <= last
        if isinstance(entry, PrintedRow) or (id(entry) in apart and is_among):
            kept.append(entry)
        elif id(entry) in apart or id(entry) not in may_be_label:
            texts.append(entry)
    return texts


def _gap(entries: Sequence[PrintedRow | TextLine], place: int) -> float:
    return _line_of(entries[place]).baseline - _line_of(entries[place - 1]).baseline


def _may_be_label(line: TextLine, head: TableHead) -> bool:
    return line.right <= head.columns[1].left and len(_runs(line.words, _APART * line.size)) == 1


def _goes_on(before: _Table, table: _Table) -> bool:
    """Return whether a table goes on in another one: on a later page, below the same header, without a total."""
    rows = [entry for entry in table.entries if isinstance(entry, PrintedRow)]
    rows_before = [entry for entry in before.entries if isinstance(entry, PrintedRow)]
    return (
        bool(rows)
        and bool(rows_before)
        and before.head.text == table.head.text
        and not is_total(rows[0].label)
        and rows_before[-1].line.page.number < table.head.line.page.number
    )


def _line_of(entry: PrintedRow | TextLine) -> TextLine:
    return entry.line if isinstance(entry, PrintedRow) else entry


def _lines_of_table(table: _Table) -> Iterator[_Line]:
    """Return a table as printed lines; a further total begins a table below the same header."""
    if not table.entries:
        return
    place = _place(table.head.line)
    if any(char.isdigit() for char in table.head.note):
        yield _Line(table.head.note, place)
    yield _Line(table.head.text, place)
    is_begun = False
    for entry in table.entries:
        if isinstance(entry, TextLine):
            yield _Line(entry.text, _place(entry))
            continue
        if is_begun and is_total(entry.label):
            yield _Line("", place)
            yield _Line(table.head.text, place)
        is_begun = True
        yield _line_of_row(entry, table.head)
    yield _Line("", place)


def _line_of_row(row: PrintedRow, head: TableHead) -> _Line:
    page = row.line.page
    cells = [row.fitted.cells[place] for place in head.order]
    boxes = tuple(None if cell is None else page.displayed(cell.box) for cell in cells)
    place = Place(None, row.line.number, None, page.number, boxes)
    return _Line("\t".join([row.label, *(cell.text if cell else "" for cell in cells)]), place)


def _texts(lines: Sequence[TextLine], complaints: Complaints) -> Iterator[_Line]:
    """Return lines outside tables: each text of a line by itself, a blank line where a paragraph or a page begins.

    Complains about rows among them.
    """
    before: TextLine | None = None
    for line in lines:
        place = _place(line)
        if before and (
            before.page is not line.page
            or line.baseline - before.baseline > _NEW_PARAGRAPH * max(line.size, before.size)
        ):
            yield _Line("", place)
        before = line
        runs = _runs(line.words, _APART * line.size)
        if _is_stray_row(runs):
            found = f"the row {quoted(line.text)} outside any table"
            expected = "a header above it: the average, then months"
            complaints.add_at(place.cell(), Problem(found, expected, _TAKE_ANOTHER, "a row outside any table"))
        yield from (_Line(line.part(run).text, place) for run in runs)
    if before:
        yield _Line("", _place(before))


def _is_stray_row(runs: Sequence[Sequence[Word]]) -> bool:
    """Return whether texts of a line are a row that stands below no header."""
    texts = [" ".join(word.text for word in run) for run in runs]
    return sum(map(is_figure, texts)) > 1 and not is_note("  ".join(texts))


def _spaced(line: TextLine) -> str:
    """Return the text of a line, with two spaces where its words stand apart."""
    return "  ".join(line.part(run).text for run in _runs(line.words, _APART * line.size))


def _place(line: TextLine) -> Place:
    return Place(None, line.number, None, line.page.number)
