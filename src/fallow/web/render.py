"""Templates into pages: autoescape always on, every undefined name an error, static files under hashed names."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from fallow.charts import Figure
from fallow.language import gettext, ngettext, say_clock, say_count, say_day

QUIET_ZONE: Final = 4
"""Empty squares around a square code, as readers need them (ISO/IEC 18004)."""
CONTENT_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("fallow.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static_path)
    made.filters.update(day=say_day, clock=say_clock, count=say_count, opening=opening, drawing=drawing, square=square)
    return made


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Every static file as (bytes, content type), by its address; the address changes with the content."""
    found = {}
    for item in (resources.files("fallow.web") / "static").iterdir():
        kind = CONTENT_TYPES.get(item.name.rpartition(".")[2])
        if kind is not None:
            body = item.read_bytes()
            found[f"/s/{hashlib.sha256(body).hexdigest()[:16]}/{item.name}"] = (body, kind)
    return found


def static_path(name: str) -> str:
    return next(path for path in static_files() if path.endswith(f"/{name}"))


def opening(words: str) -> str:
    """Words as a sentence opens with them; what follows keeps its capitals, which German has within a sentence."""
    return words[:1].upper() + words[1:]


def drawing(figure: Figure) -> Markup:
    """The SVG as it is set into a page: made by `charts`, which escapes every word in it."""
    return Markup(figure.svg)  # noqa: S704


def square(link: str) -> Markup:
    """A square code that leads a phone's camera to an address; dark on light in every theme, or readers fail."""
    import segno  # thirty milliseconds that one page needs

    made = segno.make(link, error="m", micro=False)
    drawn = made.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704 - numbers and colours alone
