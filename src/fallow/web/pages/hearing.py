"""Own words, answered by local rules: heard once, shown once, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from fallow.app import may_write, plan_of
from fallow.guidance import Heard, Offer, hear, load_help_lines, offer_words
from fallow.language import gettext as _
from fallow.plan import gate_open
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.help import country_code, country_of

WHERE: Final[dict[Offer, str]] = {
    "help_lines": "/help",
    "wait": "/now/wait",
    "surf": "/now/surf",
    "call_friend": "/now/call",
    "write_here": "/now",
    "park_question": "/parked",
    "sober_gate": "/now/gate",
    "dates": "/days",
    "logistics": "/limits",
    "stop": "/settings#stop",
    "evidence": "/kept",
    "rest": "/",
    "they_wrote": "/inbound",
}
"""Where a next step is taken. The emergency number has no page: it is called."""


@dataclass(frozen=True, slots=True)
class Step:
    """A next step as a page offers it; `way` is what the form of /now is told, where a form takes it there."""

    title: str
    text: str
    path: str
    way: str = ""


def show(visit: Visit) -> Response:
    """Nothing was said here: back to where it can be."""
    return visit.go("/now")


def answer(visit: Visit, form: Form) -> Response:
    """What was heard, and what can be done next. Nothing is recorded: not the words, and not that there were any."""
    words = form["words"].removeprefix("\n")
    heard = hear(words, stopped=plan_of(visit.desk).terms.hard_stop is not None)
    lines = load_help_lines().for_purposes(country_code(visit), heard.help_for) if heard.help_first else ()
    return visit.page(
        "heard.html",
        words=words,
        heard=heard,
        heavy="help_lines" in heard.offers,
        emergency=country_of(visit).emergency,
        lines=lines,
        steps=_steps(visit, heard),
        bare=True,
    )


def _steps(visit: Visit, heard: Heard) -> list[Step]:
    """Steps that lead somewhere now: to a page that is there, and is open as things stand."""
    offers = [offer for offer in heard.offers if offer in WHERE and offer != "help_lines" and _is_open(visit, offer)]
    return [_step(visit, offer) for offer in offers]


def _is_open(visit: Visit, offer: Offer) -> bool:
    from fallow.web.pages.places import PLACES  # the table names this page, so it can only be read later

    plan, now = plan_of(visit.desk), visit.desk.clock()
    if offer == "write_here":
        return may_write(plan, now)
    path = WHERE[offer].partition("#")[0]
    place = next((place for place in PLACES if place.path == path and place.show is not None), None)
    return place is not None and (place.gate is None or gate_open(plan, place.gate, now))


def _step(visit: Visit, offer: Offer) -> Step:
    words, confidant = offer_words(offer), plan_of(visit.desk).terms.confidant
    title = _("Call %(who)s") % {"who": confidant.name} if offer == "call_friend" and confidant else words.title
    return Step(title, words.text, WHERE[offer], "write" if offer == "write_here" else "")
