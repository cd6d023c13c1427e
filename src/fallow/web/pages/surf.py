"""Three minutes with an urge, a sentence a screen, at the person's own pace; no timer and no script is needed."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import MIN_RATED, Surfing, read_surfing, surf
from fallow.guidance import find_technique, load_hard_hours
from fallow.language import gettext as _
from fallow.language import ngettext, say_number
from fallow.web.forms import Form
from fallow.web.office import Visit


def show(visit: Visit) -> Response:
    """What it is, how strong it is now, and what it came to so far."""
    return visit.page(
        "surf.html",
        opens=load_hard_hours().surf_opens.text,
        found=find_technique("surfing"),
        so_far=so_far(read_surfing(visit.desk)),
        bare=True,
    )


def go_on(visit: Visit, form: Form) -> Response:
    """The next sentence; after the last one, how strong it is then; then it is kept. Leaving keeps nothing."""
    before = _strength(form["before"])
    if form["do"] == "keep":
        surf(visit.desk, before, _strength(form["after"]))
        return visit.go("/now/surf", said=_("Kept. It may be as strong as before, and you have been with it."))
    sentences = load_hard_hours().surf
    step = int(form["step"]) if form["step"] in map(str, range(len(sentences) + 1)) else 0
    return visit.page(
        "surf_step.html",
        sentence=sentences[step].text if step < len(sentences) else "",
        step=step,
        of=len(sentences),
        before=before,
        bare=True,
        writing=True,  # without a script the page does not go away by itself in the middle of it
    )


def so_far(surfing: Surfing) -> str:
    """The person's own numbers, with n and interval; empty before the first time."""
    if not surfing.times:
        return ""
    times = ngettext("Once so far.", "%(n)s times so far.", surfing.times) % {"n": surfing.times}
    change = surfing.change
    if change is None:
        few = _("Too little data to say how it changed: %(have)s of at least %(need)s with a number before and after.")
        return f"{times} {few % {'have': surfing.rated, 'need': MIN_RATED}}"
    mean = _(
        "On average it changed by %(mean)s of 10 (n = %(n)s, 95 %% interval %(lower)s to %(upper)s). "
        "A number that is high often falls by itself, so this does not show what did it."
    )
    limits = {"lower": _signed(change.lower), "upper": _signed(change.upper)}
    return f"{times} {mean % {'mean': _signed(change.value), 'n': change.n, **limits}}"


def _signed(number: float) -> str:
    sign = "−" if number < 0 else "+"
    return sign + say_number(abs(number))


def _strength(given: str) -> int | None:
    return int(given) if given in map(str, range(11)) else None
