"""They wrote: ten minutes, what it was, one next step; one question a screen, and nothing is always a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from msgspec.structs import replace
from starlette.responses import Response

from fallow.app import (
    Inbound,
    branch_words,
    find_stance,
    plan_of,
    put_off_inbound,
    read_inbound,
    settle_inbound,
    slow_start,
    stances,
    triage_inbound,
    way_words,
)
from fallow.errors import FallowError, NothingChosen, NotInThisPhase
from fallow.guidance import Passage, load_inbound
from fallow.language import gettext as _
from fallow.language import ngettext
from fallow.plan import Step, Triage, gate_open
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.help import country_of


@dataclass(frozen=True, slots=True)
class Button:
    """A way on that records something."""

    name: str
    value: str
    label: str
    hint: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A way on that records nothing."""

    path: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """
    One question, or one passage, and the ways on from it.

    Args:
        passage: What is said.
        buttons, links: Ways on.
        aside: Further ways on, under a heading of their own.
        notes: Quiet lines at the end.
        numbered: The points are steps.
    """

    passage: Passage
    buttons: tuple[Button, ...] = ()
    links: tuple[Link, ...] = ()
    aside: tuple[str, tuple[Button, ...]] = ("", ())
    notes: tuple[str, ...] = ()
    numbered: bool = False


def show(visit: Visit) -> Response:
    return _page(visit)


def act(visit: Visit, form: Form) -> Response:
    """Say what it was, put it off, or be done with it."""
    try:
        if form["do"] == "tomorrow":
            put_off_inbound(visit.desk)
            return visit.go("/", said=_("It rests until tomorrow. Nothing has to be done with it today."))
        if form["what"] in get_args(Triage):
            triage_inbound(visit.desk, form["what"])  # type: ignore[arg-type]
            return visit.go("/inbound")
        step = form["answered"] or form["step"]
        if step not in get_args(Step):
            raise NothingChosen
        answered = bool(form["answered"])
        settle_inbound(visit.desk, step, answered=answered, sure=bool(form["sure"]))  # type: ignore[arg-type]
    except FallowError as error:
        return _page(visit, error)
    return visit.go("/kept" if step == "keep_evidence" else "/", said=_settled(step, answered=answered))


def show_three(visit: Visit) -> Response:
    """Ways to stand that fit what it was, each with a screen of its own."""
    passage, view = way_words(visit.desk, "three"), read_inbound(visit.desk)
    found = stances(visit.desk)
    if not view.open or not found:
        return visit.go("/inbound")
    links = tuple(Link(f"/inbound/three/{each.step}", each.title, each.being) for each in found)
    return _screen(visit, Screen(passage, _rest(), (*links, _back()), notes=_night(view)))


def show_stance(visit: Visit) -> Response:
    stance = find_stance(visit.desk, visit.params["step"])
    view = read_inbound(visit.desk)
    if not view.open:
        raise NotInThisPhase
    return visit.page("inbound_stance.html", stance=stance, night=_night(view))


def show_slow(visit: Visit) -> Response:
    """The slow start: to be taken, or, once taken, to be read again until it is over."""
    passage = way_words(visit.desk, "slow")
    view, running = read_inbound(visit.desk), slow_start(plan_of(visit.desk), visit.desk.clock())
    if "slow_start" in view.steps:
        buttons = (
            Button("step", "slow_start", _("Take it slowly"), _("without an answer for now"), main=True),
            Button("answered", "slow_start", _("I answered once, and take it slowly"), _("logged as a reply")),
        )
        return _screen(visit, Screen(passage, (*buttons, *_rest()), (_back(),), notes=_night(view), numbered=True))
    if running is None:
        return visit.go("/inbound")
    answers = ngettext("%(n)s reply was logged today.", "%(n)s replies were logged today.", running.answers_today)
    said = (answers % {"n": running.answers_today},) if running.answers_today else ()
    links = (Link("/now/call", _("Tell one person")), Link("/", _("Back to today")))
    return _screen(visit, Screen(passage, links=links, notes=said, numbered=True), running.until)


def show_friends(visit: Visit) -> Response:
    passage, view = way_words(visit.desk, "friends"), read_inbound(visit.desk)
    if "plain_no" not in view.steps or view.triage != "about_us":
        return visit.go("/inbound")
    said_no = Button("answered", "plain_no", _("I said no for now"), _("logged as a reply, which is graded lighter"))
    return _screen(visit, Screen(passage, (*_rest(main=True), said_no), (_back(),), notes=_night(view)))


def _page(visit: Visit, error: FallowError | None = None) -> Response:
    view = read_inbound(visit.desk)
    if view.open and (view.closed or view.triage == "pressure") and not (visit.query.get("again") and not view.closed):
        return _danger(visit, view, error)
    return _screen(visit, _find_screen(visit, view), error=error, view=view)


def _find_screen(visit: Visit, view: Inbound) -> Screen:
    words = load_inbound()
    today = Link("/", _("Back to today"))
    if not view.open:
        return Screen(words.nothing_open, links=(today,))
    if view.put_off and not visit.query.get("again"):
        return Screen(words.rests, (_leave(),), (Link("/inbound?again=1", _("Look at it now all the same")), today))
    if view.until:
        aside = (words.pause.closes[0].text, (_option("necessary"), _option("pressure")))
        return Screen(replace(words.pause, closes=()), _rest(), (today,), aside)
    if view.triage is None or visit.query.get("again"):
        options = tuple(_option(option.what) for option in words.options)
        return Screen(words.triage, options, aside=(_("Or"), _rest()))
    return _branch(visit, view, view.triage)


def _branch(visit: Visit, view: Inbound, triage: Triage) -> Screen:
    plan, words = plan_of(visit.desk), load_inbound()
    again = Link("/inbound?again=1", _("It was something else"))
    if triage == "ambiguous":
        three = (Link("/inbound/three", _("Answer all the same")),) if "plain_no" in view.steps else ()
        return Screen(words.ambiguous, _rest(main=True), (*three, again), notes=_night(view))
    if triage == "about_us" and gate_open(plan, "write", visit.desk.clock()):
        ways = tuple(Link(f"/inbound/{way.id}", way.title, way.text) for way in words.ways)
        return Screen(branch_words(visit.desk, triage), _rest(), (*ways, again))
    if triage == "necessary":
        answered = Button("step", "short_answer", _("I replied, because it had to be"), _("counted nowhere"), main=True)
        return Screen(branch_words(visit.desk, triage), (answered, *_rest()), (again,))
    return Screen(words.gate, _rest(), (again,))


def _danger(visit: Visit, view: Inbound, error: FallowError | None) -> Response:
    """What keeps somebody from harm; the same where a stop holds or help comes first."""
    words, country = load_inbound(), country_of(visit)
    passage = (words.stop if view.stop else words.help_first) if view.closed else words.pressure
    return visit.page(
        "inbound_danger.html",
        status=200 if error is None else status_of(error),
        error=error,
        passage=passage,
        words=words,
        emergency=country.emergency,
        help_lines=country.lines_for("abuse", "stalking"),
        stop=view.stop,
        closed=view.closed,
    )


def _screen(visit: Visit, screen: Screen, until: object = None, *, error: FallowError | None = None,
            view: Inbound | None = None) -> Response:  # fmt: skip
    pause = view if view is not None and view.until and not view.put_off else None
    return visit.page(
        "inbound.html",
        status=200 if error is None else status_of(error),
        error=error,
        screen=screen,
        pause=pause,
        until=until,
    )


def _option(what: Triage) -> Button:
    option = next(option for option in load_inbound().options if option.what == what)
    return Button("what", what, option.title, option.text)


def _leave(*, main: bool = False) -> Button:
    return Button("step", "nothing", _("Leave it as it is"), _("no reply; that is an answer too"), main)


def _rest(*, main: bool = False) -> tuple[Button, ...]:
    return _leave(main=main), Button("do", "tomorrow", _("Tomorrow"), _("it rests until then"))


def _back() -> Link:
    return Link("/inbound", _("Back"))


def _night(view: Inbound) -> tuple[str, ...]:
    return (load_inbound().night.text,) if view.night else ()


def _settled(step: str, *, answered: bool) -> str:
    if answered:
        return _("Logged as a reply, which is graded lighter. Nothing more needs to be answered now.")
    return {
        "nothing": _("Left as it is. That is an answer too."),
        "short_answer": _("Logged. It is counted nowhere, and nothing more needs to be answered now."),
        "slow_start": _("A slow start. It is on Today for two weeks, and can end on any day."),
        "services": _("Noted. It does not have to be you who answers."),
        "keep_evidence": _("Noted. Here it can be kept as it was."),
        "clear_stop": _("A clear stop is set. What is for you stays."),
    }.get(step, _("Kept, without a word. Nothing is owed."))
