"""Fill templates: one set per language, with the frame that all pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from publishers.site.statistics import SEPARATOR, PrintedTable, Row
from publishers.site.svg import HATCHING
from publishers.site.texts import Text
from publishers.site.wording import Wording

_NAVIGATION = (
    ("index.html", "overview"),
    ("report.html", "report"),
    ("editions.html", "editions"),
    ("stars.html", "stars"),
    ("sources.html", "sources"),
)


class Renderer:
    """The templates of both languages; the Norwegian pages stand at the top, the English ones in `en/`."""

    def __init__(self, months: Mapping[int, Text], publishers: tuple[str, str] | None) -> None:
        """Compile what is common; `publishers` are the publisher and the licence of all editions, if they are one."""
        self._templates = Environment(
            loader=PackageLoader("publishers.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters["parted"] = _parted
        self._templates.filters["cells"] = _cells
        self._publishers = publishers
        self.wordings = (Wording("nb", months), Wording("en", months))

    def page(self, wording: Wording, template: str, page: str, values: Mapping[str, object]) -> str:
        """Return the page `page`, a file name, from a template and the values that it names."""
        is_norwegian = wording.language == "nb"
        frame = {
            "wording": wording,
            "say": wording.say,
            "name": wording.name,
            "page": page,
            "root": "" if is_norwegian else "../",
            "other_language": "en" if is_norwegian else "nb",
            "other_page": f"en/{page}" if is_norwegian else f"../{page}",
            "navigation": _NAVIGATION,
            "footer": self._footer(wording),
            "hatching": HATCHING,
        }
        return self._templates.get_template(template).render({**frame, **values})

    def printed_rows(self, parts: Sequence[PrintedTable]) -> Markup:
        """Return the lines of a table as printed, page by page; they are the same in both languages."""
        template = self._templates.get_template("printed_rows.html")
        in_norwegian = self.wordings[0].say
        return Markup(template.render(parts=parts, say=in_norwegian))  # noqa: S704 - a template

    def style(self) -> str:
        """Return the style sheet of all pages."""
        return self._templates.get_template("style.css").render()

    def _footer(self, wording: Wording) -> str:
        if self._publishers is None:
            return wording.say("footer_unknown")
        publisher, licence = self._publishers
        return wording.say("footer", publisher=publisher, licence=licence)


def path_of(wording: Wording, page: str) -> str:
    """Return where a page stands in the site's folder."""
    return page if wording.language == "nb" else f"en/{page}"


def _parted(texts: str, tags: str) -> Markup:
    """Return texts that SEPARATOR parts, escaped at once and parted by tags instead."""
    return Markup(str(escape(texts)).replace(SEPARATOR, tags))  # noqa: S704 - escaped


def _cells(row: Row) -> Markup:
    """Return the cells of a line of a report: its label and what its columns print."""
    label, _, values = str(escape(f"{row.label}{SEPARATOR}{row.values}")).partition(SEPARATOR)
    columns = values.replace(SEPARATOR, "</td><td>")
    line = row.line_number
    # Written out, as there may be a hundred thousand.
    return Markup(  # noqa: S704 - escaped
        f'<td class="line"><a href="#L{line}">{line}</a></td><th scope="row">{label}</th><td>{columns}</td>'
    )
