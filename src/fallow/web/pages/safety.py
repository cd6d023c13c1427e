"""
The safety screen and leaving a clear stop: what follows is said first, and nothing is kept without its own tap.

The answers travel in the form of the page that tells what they mean, so a page that is left has kept nothing.
"""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from fallow.app import (
    keep_follows,
    lift_stop,
    next_question,
    plan_of,
    require_stop_liftable,
    stop_opens_at,
)
from fallow.errors import FallowError
from fallow.guidance import (
    HEARD,
    Concern,
    Follows,
    HardStopReason,
    Kind,
    SafetyQuestion,
    concern_words,
    follows_from,
    hard_stop_words,
    hear,
    load_help_lines,
    load_words,
)
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.help import country_code, country_of

SCREEN: Final = "/screen"
UNSTOP: Final = "/settings/unstop"


def show_screen(visit: Visit) -> Response:
    return screen_page(visit, SCREEN)


def answer_screen(visit: Visit, form: Form) -> Response:
    """Say what follows; keep of it what was chosen, if it was asked for."""
    if form["do"] == "no":
        return visit.go("/", said=_("Nothing was kept."))
    if form["do"] != "keep":
        return follows_page(visit, read_follows(form), SCREEN, form)
    try:
        keep_answers(visit, form)
    except FallowError as error:
        return follows_page(visit, read_follows(form), SCREEN, form, error)
    return visit.go("/")


def screen_page(visit: Visit, action: str, **context: Any) -> Response:
    """The questions, in both directions."""
    screen = load_words().safety_screen
    groups = (
        (_("What they did or asked"), [q for q in screen.questions if q.direction == "theirs"]),
        (_("Yourself"), [q for q in screen.questions if q.direction == "mine"]),
    )
    return visit.page("screen.html", screen=screen, groups=groups, action=action, **context)


def read_follows(form: Form) -> Follows:
    """What follows from the answers and the own words of a form; what is no question of the screen is passed over."""
    known = {question.id for question in load_words().safety_screen.questions}
    return follows_from((id for id in form.all("answer") if id in known), heard_in(form))


def heard_in(form: Form) -> tuple[Kind, ...]:
    """What was heard in own words, now or on the page before; the words themselves go no further."""
    words = form["words"].strip()
    heard = hear(words).kinds if words else form.all("heard")
    return tuple(kind for kind in HEARD if kind in heard)


def keep_answers(visit: Visit, form: Form) -> None:
    keep_follows(visit.desk, read_follows(form), form.all("keep"), sure=bool(form["sure"]))


def follows_page(
    visit: Visit, follows: Follows, action: str, form: Form, error: FallowError | None = None, **context: Any
) -> Response:
    """Help lines first where they are needed, then what a stop or a concern would mean, then whether to keep it."""
    terms = plan_of(visit.desk).terms
    holding = terms.hard_stop.because if terms.hard_stop is not None else ()
    fresh = [reason for reason in follows.reasons if reason not in holding]
    concerns = [concern for concern in follows.concerns if concern not in terms.concerns]
    values: dict[str, Any] = {
        "follows": follows,
        "action": action,
        "answers": form.all("answer"),
        "heard": heard_in(form),
        "told": _said_to(form, stopped=terms.hard_stop is not None),
        "stops": [(reason, reason_label(reason), hard_stop_words(reason)) for reason in fresh],
        "held": [hard_stop_words(reason) for reason in follows.reasons if reason in holding],
        "concerns": [(concern, _concern_label(concern), concern_words(concern)) for concern in concerns],
        "ask_sure": Follows(tuple(fresh)).for_good,
        "screen": load_words().safety_screen,
        "chosen": form.all("keep") if form["do"] == "keep" else [*fresh, *concerns],
        "stays": False,
        **_help(visit, follows),
    }
    status = 200 if error is None else status_of(error)
    return visit.page("follows.html", status=status, error=error, **(values | context))


def _said_to(form: Form, *, stopped: bool) -> list[str]:
    """What is answered to own words that something follows from; help lines stand on the page already."""
    words = form["words"].strip()
    if not words or not heard_in(form):
        return []
    return [sentence.text for sentence in hear(words, stopped=stopped).says if sentence.id != "hear.help_first"]


def show_unstop(visit: Visit) -> Response:
    """What leaving a stop takes; or why it is not open, and from when it is."""
    if plan_of(visit.desk).terms.hard_stop is None:
        return visit.go("/settings")
    return _unstop_page(visit)


def answer_unstop(visit: Visit, form: Form) -> Response:
    """One question of the screen after the other, then the reason; a yes, and the stop stays."""
    if plan_of(visit.desk).terms.hard_stop is None:
        return visit.go("/settings")
    known = [question.id for question in load_words().safety_screen.questions]
    denied = [id for id in known if id in form.all("no")]
    try:
        require_stop_liftable(visit.desk)
        if form["yes"] in known:
            return follows_page(visit, follows_from([form["yes"]]), SCREEN, Form({"answer": [form["yes"]]}), stays=True)
        if (question := next_question(denied)) is not None:
            return _unstop_page(visit, denied=denied, question=question)
        if not form["written"]:
            return _unstop_page(visit, denied=denied, asks_reason=True)
        lift_stop(visit.desk, form["reason"], denied)
    except FallowError as error:
        return _unstop_page(visit, error, denied=denied, asks_reason=True, reason=form["reason"])
    return visit.go("/", said=_("The stop was lifted. What was kept of it stays in the history."))


def _unstop_page(
    visit: Visit,
    error: FallowError | None = None,
    *,
    denied: list[str] | None = None,
    question: SafetyQuestion | None = None,
    asks_reason: bool = False,
    reason: str = "",
) -> Response:
    closed: FallowError | None = None
    try:
        require_stop_liftable(visit.desk)
    except FallowError as found:
        closed = found
    return visit.page(
        "unstop.html",
        status=200 if error is None else status_of(error),
        closed=closed,
        opens_at=stop_opens_at(visit.desk),
        error=None if closed is not None else error,
        denied=denied or [],
        question=question,
        questions=len(load_words().safety_screen.questions),
        asks_reason=asks_reason,
        reason=reason,
    )


def reason_label(reason: HardStopReason) -> str:
    """Why there would be a stop, in a few words."""
    return {
        "asked": _("They asked for no contact"),
        "blocked": _("They blocked you"),
        "order": _("An order, a condition or a formal letter"),
        "violence": _("Violence, control or stalking, by either side"),
        "own_anger": _("Your own anger, or going further than you wanted"),
    }[reason]


def _concern_label(concern: Concern) -> str:
    return {
        "wish_to_die": _("Thoughts of not wanting to live, or of harming yourself"),
        "afraid": _("Being afraid of them, or of who can see this device"),
    }[concern]


def _help(visit: Visit, follows: Follows) -> dict[str, Any]:
    """The lines for what was answered, and what is said beside them."""
    if not follows.help_first:
        return {"emergency": None, "lines": (), "safety": ()}
    lines = load_help_lines().for_purposes(country_code(visit), follows.help_for)
    said = {"safety.first"} if any(line.phone or line.text for line in lines) else set()
    if "abuse" in follows.help_for:
        said |= {"safety.advocate", "safety.device"}
    sentences = [sentence for sentence in load_words().safety if sentence.id in said]
    return {"emergency": country_of(visit).emergency, "lines": lines, "safety": sentences}
