"""The first run: what it is and is not, a name and a lock, then one question a screen, each of which can be skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import msgspec
from starlette.responses import Response

from fallow.app import plan_of, record
from fallow.errors import FallowError, PassphrasesDiffer, SettingRefused
from fallow.guidance import load_words
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import (
    Ask,
    ConfidantNamed,
    ModeChosen,
    QuietTimeChosen,
    Terms,
    What,
)
from fallow.web.errors import status_of
from fallow.web.forms import Form, Upload
from fallow.web.office import Visit
from fallow.web.pages.safety import follows_page, keep_answers, read_follows, screen_page
from fallow.wiring import create_desk, restore_desk

FOR_GOOD = "quiet.for_good"
FIRST = 1
"""The step of the safety screen."""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    type: str = "text"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One screen; `whats` turns the answer, given what was said before, into what happened; nothing for no answer."""

    title: str
    whats: Callable[[Form, Terms], list[What]]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    fields: tuple[Field, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


def show(visit: Visit) -> Response:
    if visit.office.set_up:
        return visit.go("/")
    if not visit.session.invited:
        return visit.page("stranger.html", status=403)
    return visit.page("start.html", limits=load_words().limits)


def show_lock(visit: Visit) -> Response:
    if visit.office.set_up or not visit.session.invited:
        return visit.go("/start")
    return visit.page("start_lock.html", given_name=visit.office.settings.name)


def set_up(visit: Visit, form: Form) -> Response:
    """Make the encrypted store under a new passphrase, and go on unlocked."""
    office = visit.office
    if office.set_up or not visit.session.invited:
        return visit.go("/start")
    try:
        if form["passphrase"] != form["again"]:
            raise PassphrasesDiffer
        if not form["name"].strip():
            raise SettingRefused(setting=N_("name"))
        office.choose(msgspec.structs.replace(office.settings, name=form["name"].strip()))
        office.desk, code = create_desk(office.folder, form["passphrase"], zone=form["zone"])
    except FallowError as error:
        return visit.refused("start_lock.html", error, status_of(error), given_name=form["name"])
    office.touch()
    visit.session = office.sessions.replace(visit.session, unlocked=True)
    visit.session.once["code"] = code
    return visit.go("/start/code")


def show_back(visit: Visit) -> Response:
    if visit.office.set_up or not visit.session.invited:
        return visit.go("/start")
    return visit.page("start_back.html")


def bring_back(visit: Visit, upload: Upload) -> Response:
    """Everything from a copy that was taken away, and go on unlocked; a damaged one is refused with nothing touched."""
    office = visit.office
    try:
        office.desk = restore_desk(office.folder, BytesIO(upload.data), upload.form["passphrase"])
    except FallowError as error:
        return visit.refused("start_back.html", error, status_of(error))
    office.choose(office.settings)
    office.touch()
    visit.session = office.sessions.replace(visit.session, unlocked=True)
    return visit.go("/", said=_("Everything is back."))


def show_code(visit: Visit) -> Response:
    code = visit.session.once.pop("code", "")
    return visit.page("start_code.html", code=code, bare=True) if code else visit.go("/start/1")


def show_step(visit: Visit) -> Response:
    questions = _questions(plan_of(visit.desk).terms)
    step = visit.params["step"]
    if step == FIRST:
        return screen_page(visit, _at(FIRST), **_place(FIRST, questions))
    if not FIRST < step <= len(questions) + 1:
        return visit.go("/")
    return _step_page(visit, step, questions)


def answer_step(visit: Visit, form: Form) -> Response:
    """Keep an answer, or pass over the question, and go to the next."""
    terms = plan_of(visit.desk).terms
    questions = _questions(terms)
    step = visit.params["step"]
    if step == FIRST:
        return _answer_screen(visit, form, questions)
    if not FIRST < step <= len(questions) + 1:
        return visit.go("/")
    if not form["skip"]:
        try:
            record(visit.desk, *map(Ask, questions[step - 2].whats(form, terms)))
        except FallowError as error:
            return _step_page(visit, step, questions, error)
    return visit.go(_at(step + 1) if step <= len(questions) else "/")


def _answer_screen(visit: Visit, form: Form, questions: list[Question]) -> Response:
    """What follows from a yes is said before anything is kept; without one there is nothing to say, and on it goes."""
    follows = read_follows(form)
    if form["skip"] or form["do"] == "no" or not (follows or form["words"].strip()):
        return visit.go(_at(FIRST + 1))
    if form["do"] != "keep":
        return follows_page(visit, follows, _at(FIRST), form, **_place(FIRST, questions))
    try:
        keep_answers(visit, form)
    except FallowError as error:
        return follows_page(visit, follows, _at(FIRST), form, error, **_place(FIRST, questions))
    return visit.go("/" if "wish_to_die" in form.all("keep") else _at(FIRST + 1))


def _at(step: int) -> str:
    return f"/start/{step}"


def _place(step: int, questions: list[Question]) -> dict[str, Any]:
    """Where in the first run a page is."""
    return {"step": step, "steps": len(questions) + 1, "bare": True}


def _step_page(visit: Visit, step: int, questions: list[Question], error: FallowError | None = None) -> Response:
    status = 200 if error is None else status_of(error)
    return visit.page(
        "start_step.html", status=status, question=questions[step - 2], error=error, **_place(step, questions)
    )


def _questions(terms: Terms) -> list[Question]:
    """Every question after the screen; none that times anything while a stop holds."""
    timed = [] if terms.hard_stop else [_quiet_time()]
    return [_unavoidable(), _initiator(), _sudden(), *timed, _person()]


def _unavoidable() -> Question:
    def whats(form: Form, _terms: Terms) -> list[What]:
        if form["answer"] in ("no_contact", "limited_contact", "living_together"):
            return [ModeChosen(mode=form["answer"])]  # type: ignore[arg-type]
        return []

    return Question(
        title=_("Can contact be avoided?"),
        whats=whats,
        groups=(("", tuple(Choice(value, label, hint) for value, label, hint in modes())),),
    )


def modes() -> tuple[tuple[str, str, str], ...]:
    return (
        ("no_contact", _("Yes, we need not be in touch."), ""),
        (
            "limited_contact",
            _("Not quite."),
            _("Children, work, a lease, a pet, court: short and neutral, never counted."),
        ),
        ("living_together", _("We still live together."), _("Nothing is counted then.")),
    )


def _initiator() -> Question:
    def whats(form: Form, terms: Terms) -> list[What]:
        if form["answer"] in ("ego", "alter", "mutual", "unknown"):
            return [msgspec.structs.replace(terms.breakup, initiator=form["answer"])]
        return []

    return Question(
        title=_("Who ended it?"),
        whats=whats,
        groups=(
            (
                "",
                (
                    Choice("alter", _("They did.")),
                    Choice("ego", _("I did.")),
                    Choice("mutual", _("Both of us.")),
                    Choice("unknown", _("I cannot say.")),
                ),
            ),
        ),
    )


def _sudden() -> Question:
    def whats(form: Form, terms: Terms) -> list[What]:
        if form["answer"] in ("yes", "no", "unknown"):
            return [msgspec.structs.replace(terms.breakup, sudden=form["answer"])]
        return []

    return Question(
        title=_("Did it come suddenly, over something small?"),
        whats=whats,
        groups=(
            (
                "",
                (
                    Choice("yes", _("Yes, in the heat of a moment.")),
                    Choice("no", _("No, it had been coming.")),
                    Choice("unknown", _("I do not know.")),
                ),
            ),
        ),
    )


def _quiet_time() -> Question:
    words = load_words().quiet_time
    return Question(
        title=_("How long would you like it quiet?"),
        whats=lambda form, _terms: quiet_time(form["answer"]),
        groups=(("", tuple(Choice(option.id, option.text) for option in words.options)),),
        opens=(words.explains.text,),
        closes=(words.label.text,),
    )


def quiet_time(option_id: str) -> list[What]:
    chosen = next((o for o in load_words().quiet_time.options if o.id == option_id), None)
    return [] if chosen is None else [QuietTimeChosen(days=chosen.days, for_good=chosen.id == FOR_GOOD)]


def _person() -> Question:
    return Question(
        title=_("Who may you call, also at night?"),
        whats=lambda form, _terms: person(form),
        fields=(
            Field("who", _("A first name is enough")),
            Field("phone", _("Phone"), "tel"),
            Field("words", _("What they said you may do"), hint=_("Such as: call me, whatever the hour.")),
        ),
        opens=(_("One person who is on your side. It stays in here."),),
    )


def person(form: Form) -> list[What]:
    name = form["who"].strip()
    if not name:
        return []
    return [
        ConfidantNamed(name=name[:200], phone=form["phone"].strip()[:60] or None, words=form["words"].strip() or None)
    ]
