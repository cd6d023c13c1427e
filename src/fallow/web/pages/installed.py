"""
What a paired phone may keep, so that it opens like an app and helps without a connection: a manifest, and one page.

The page that is kept holds no word, name or choice of anybody, not even a country: the help lines of all of them, a
pause, a breath, and something else to do. The service worker keeps that page and the two files it needs and nothing
else, and shows it when a page does not answer. Everything else is asked of the computer each time.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import Final

import msgspec
from starlette.responses import HTMLResponse, Response

from fallow.guidance import load_help_lines, load_words
from fallow.language import direction, spoken
from fallow.web.office import Visit
from fallow.web.render import environment, static_path

PAUSE: Final = "/pause"
PAUSE_MINUTES: Final = 15
PAPER: Final = "#faf8f4"
PATIENCE_MS: Final = 2500
"""After which the worker asks whether the computer answers at all, and after as long again gives up."""


def show_pause(_visit: Visit) -> Response:
    return HTMLResponse(pause_page())


def pause_page() -> str:
    """The page that is kept, in the language spoken; the same for everyone who speaks it."""
    lines = load_help_lines()
    return environment().get_template("pause.html").render(
        language=spoken(), direction=direction(), minutes=PAUSE_MINUTES, waiting=load_words().urge.waiting,
        countries=lines.countries, elsewhere=lines.other.lines, checked=lines.checked_on,
    )  # fmt: skip


def manifest(visit: Visit) -> Response:
    """Name and icon as the person chose them; nothing else about them or about this."""
    settings = visit.office.settings
    drawn = f"icon-{settings.icon}"
    icons = [{"src": static_path(f"{drawn}.svg"), "sizes": "any", "type": "image/svg+xml"}] + [
        {"src": static_path(f"{drawn}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    described = {
        "id": "/", "name": settings.name, "short_name": settings.name, "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": PAPER, "theme_color": PAPER, "icons": icons,
    }  # fmt: skip
    return Response(msgspec.json.encode(described), media_type="application/manifest+json")


def worker(_visit: Visit) -> Response:
    """The service worker; another text of the page, or other files, make it another worker, and the former goes."""
    kept = [PAUSE, static_path("app.css"), static_path("app.js")]
    version = hashlib.sha256("\n".join([*kept, pause_page()]).encode()).hexdigest()[:16]
    told = {"kept": kept, "page": PAUSE, "version": version, "patience": PATIENCE_MS}
    constants = ", ".join(f"{name} = {msgspec.json.encode(value).decode()}" for name, value in told.items())
    script = (resources.files("fallow.web") / "templates" / "worker.js").read_text("utf-8")
    return Response(f'"use strict";\nconst {constants};\n{script}', media_type="text/javascript")
