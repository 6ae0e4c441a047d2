"""Write SVG: elements with escaped attributes, and the hatching of suppressed figures.

Across, positions are per cent of the width and texts keep their size, so that a chart fits a phone and a desk alike;
a chart with a `viewBox` would shrink its texts with it.
"""

from __future__ import annotations

from markupsafe import Markup, escape

HATCHING = Markup(
    '<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#6b7480"/></pattern></defs></svg>'
)
"""What every page with charts defines once."""


def element(tag: str, *children: str, **attributes: str | float) -> Markup:
    """Return an element; `_` at the end of an attribute's name is dropped and `_` within it is a hyphen."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_shortened(value))}"' for name, value in attributes.items()
    )
    inner = "".join(escape(child) for child in children)
    return Markup(f"<{tag}{written}>{inner}</{tag}>") if inner else Markup(f"<{tag}{written}/>")  # noqa: S704 - escaped


def percent(share: float) -> str:
    """Return a share of 100 as a length."""
    return f"{_shortened(share)}%"


def linked(address: str, title: str, *children: str) -> Markup:
    """Return what leads to `address`; `title` is what a pointer shows over it, and its name for a screen reader."""
    return element("a", element("title", title), *children, href=address)


def _shortened(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
