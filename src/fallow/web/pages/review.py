"""The review: three outcomes of equal rank, the check of state one question a screen, and the one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from starlette.responses import Response

from fallow.app import (
    advance_review,
    begin_review_draft,
    choose_message,
    drafts_shown,
    plan_of,
    read_review_draft,
    record,
    say_sent,
)
from fallow.app import review as read_review
from fallow.errors import FallowError, NothingChosen
from fallow.guidance import draft_question
from fallow.language import gettext as _
from fallow.language import ngettext
from fallow.plan import (
    Ask,
    Check,
    CheckName,
    Question,
    RealReason,
    Reason,
    ReviewAnswered,
    ReviewHeld,
)
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.writing import at

CALM_DAYS = (30, 60, 90)
"""Days by which a review is put off on its page."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the review as the page shows it."""

    name: CheckName
    label: str
    detail: str
    holds: bool | None
    href: str


@dataclass(frozen=True, slots=True)
class AQuestion:
    """One question of the review on its own screen."""

    name: Question
    title: str
    opens: str
    yes: str
    no: str
    asks: str


def show(visit: Visit) -> Response:
    view = read_review(visit.desk)
    return visit.page("review.html", view=view, days=CALM_DAYS, early=_early(sudden=view.sudden))


def hold(visit: Visit, form: Form) -> Response:
    """Go on, or stop waiting; what one message needs has its own page."""
    if form["outcome"] == "let_go":
        record(visit.desk, Ask(ReviewHeld("let_go")))
        return visit.go("/", said=_("Closed. What was kept stays until you delete it."))
    days = int(form["days"]) if form["days"] in map(str, CALM_DAYS) else CALM_DAYS[0]
    record(visit.desk, Ask(ReviewHeld("extend", days)))
    said = ngettext("%(n)s more day, then another look.", "%(n)s more days, then another look.", days)
    return visit.go("/", said=said % {"n": days})


def advance(visit: Visit, form: Form) -> Response:
    if form["because"] not in get_args(RealReason):
        return visit.go("/review")
    advance_review(visit.desk, form["because"])  # type: ignore[arg-type]
    return visit.go("/review/one")


def show_one(visit: Visit) -> Response:
    """The check of state; nothing on it asks to be ticked off today."""
    view = read_review(visit.desk)
    if view.readiness is None:
        return visit.go("/review")
    points = [_point(check) for check in view.readiness.checks]
    return visit.page(
        "review_one.html", view=view, points=points, ready=view.readiness.ready, track=view.readiness.track
    )


def show_question(visit: Visit) -> Response:
    return _question_page(visit)


def answer_question(visit: Visit, form: Form) -> Response:
    question = _question(visit)
    if question is None:
        return visit.go("/review/one")
    words = form["words"].strip()[:2000]
    try:
        if form["holds"] not in ("yes", "no"):
            raise NothingChosen
        record(visit.desk, Ask(ReviewAnswered(question.name, holds=form["holds"] == "yes", words=words or None)))
    except FallowError as error:
        return _question_page(visit, error, form["holds"], words)
    return visit.go("/review/one")


def show_draft(visit: Visit) -> Response:
    """Which draft is meant, and what the draft check says of each that can be read."""
    return _draft_page(visit)


def choose(visit: Visit, form: Form) -> Response:
    """Begin a draft for it, or choose one message with a reason."""
    if form["do"] == "begin":
        return visit.go(f"/d/{begin_review_draft(visit.desk)}")
    try:
        if form["reason"] not in get_args(Reason) or not form["draft"]:
            raise NothingChosen
        choose_message(visit.desk, form["draft"], form["reason"])  # type: ignore[arg-type]
    except FallowError as error:
        return _draft_page(visit, error)
    return visit.go("/review")


def sent(visit: Visit, _form: Form) -> Response:
    say_sent(visit.desk)
    return visit.go("/review", said=_("Noted. There is nothing more to do about it."))


def _question_page(visit: Visit, error: FallowError | None = None, holds: str = "", words: str = "") -> Response:
    question = _question(visit)
    if question is None or read_review(visit.desk).readiness is None:
        return visit.go("/review")
    former = plan_of(visit.desk).terms.review.answer(question.name)
    if error is None and former is not None:
        holds, words = "yes" if former.holds else "no", former.words or ""
    status = 200 if error is None else status_of(error)
    return visit.page("review_question.html", status=status, question=question, holds=holds, words=words, error=error)


def _draft_page(visit: Visit, error: FallowError | None = None) -> Response:
    if read_review(visit.desk).readiness is None:
        if error is not None:
            raise error
        return visit.go("/review")
    writing, ready, resting = drafts_shown(visit.desk)
    checked = [(draft, *read_review_draft(visit.desk, draft.id)) for draft in ready]
    return visit.page(
        "review_draft.html",
        status=200 if error is None else status_of(error),
        error=error,
        drafts=[(draft.id, at(visit, draft.started_at), whole.text, findings) for draft, whole, findings in checked],
        writing=[draft.id for draft in writing],
        resting=[(draft.id, at(visit, draft.opens_at)) for draft in resting if draft.opens_at is not None],
        reasons=_reasons(),
        asks=draft_question(),
    )


def _question(visit: Visit) -> AQuestion | None:
    return next((each for each in _questions() if each.name == visit.params["question"]), None)


def _questions() -> tuple[AQuestion, ...]:
    return (
        AQuestion(
            "purpose",
            _("What would it be for?"),
            _("One sentence. It holds if you would still be glad to have said it after silence, or after a no."),
            _("It would be fine with silence or a no"),
            _("It needs an answer, or I am not sure"),
            _("The purpose, in one sentence"),
        ),
        AQuestion(
            "changed",
            _("What ended it: has it changed?"),
            _("In fact, not in intention. What would somebody see who does not know you?"),
            _("It has changed"),
            _("It has not, or I do not know"),
            _("What is different, in a sentence"),
        ),
        AQuestion(
            "reader",
            _("Has one person you trust read it?"),
            _("Somebody who may say no. Fallow shows it to nobody; you do."),
            _("They have read it"),
            _("Not yet"),
            _("Who, and what they said"),
        ),
        AQuestion(
            "no_reply",
            _("If nothing comes back, what then?"),
            _("Agreed with yourself now, while it is calm. There is no second message, whatever happens."),
            _("I agree to this"),
            _("I cannot say yet"),
            _("What you will do in the week after, and with whom"),
        ),
    )


def _point(check: Check) -> Point:
    labels: dict[CheckName, tuple[str, str]] = {
        "purpose": (_("The purpose is fine with silence or a no"), "/review/ask/purpose"),
        "changed": (_("What ended it has changed"), "/review/ask/changed"),
        "urges": (_("Urges are falling in your own log"), ""),
        "mood": (_("No low mood in the short check of this week"), "/check"),
        "rested": (_("A draft has rested"), "/review/draft"),
        "reader": (_("One person you trust has read it"), "/review/ask/reader"),
        "no_reply": (_("What happens when nothing comes is agreed"), "/review/ask/no_reply"),
        "daytime": (_("It is day: between eight and ten in the evening"), ""),
        "sober": (_("No gate that you set beforehand holds"), ""),
    }
    label, href = labels[check.name]
    return Point(check.name, label, _detail(check), check.holds, href)


def _detail(check: Check) -> str:
    match check.name:
        case "urges" if check.have is not None:
            return _("%(have)s in the last seven days, %(before)s in the seven before") % {
                "have": check.have,
                "before": check.before,
            }
        case "urges":
            return _("not known: it takes fourteen days of log")
        case "mood" if check.have is not None:
            return _("%(n)s of 6; it holds below 3") % {"n": check.have}
        case "mood":
            return _("not known: not answered in the last seven days")
        case "rested" if check.have is not None:
            return ngettext("%(n)s hour so far", "%(n)s hours so far", check.have) % {"n": check.have}
        case "rested":
            return _("no sealed draft yet")
        case _:
            return ""


def _reasons() -> tuple[tuple[Reason, str], ...]:
    return (
        ("necessity", _("Something practical that has to be said")),
        ("apology", _("One plain apology")),
        ("condolence", _("Condolence")),
        ("talk", _("A plain request to talk")),
        ("answer", _("An answer to something of theirs")),
        ("greeting", _("A greeting; only after the period you chose")),
    )


def _early(*, sudden: bool) -> list[tuple[RealReason, str]]:
    reasons: list[tuple[RealReason, str]] = [
        ("bereavement", _("A death or a grave illness in either family")),
        ("health", _("A matter of health that concerns them")),
        ("legal_deadline", _("A legal or official deadline")),
    ]
    if sudden:
        reasons.append(("small_fight", _("It was small and sudden, days ago, and an apology is owed")))
    return reasons
