"""Today: the quiet days, one small thing, and what is open; no live seconds, nothing of the other one."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import Today, plan_of, record
from fallow.app import today as read_today
from fallow.guidance import hard_stop_words, load_help_lines, load_words, small_thing
from fallow.language import gettext as _
from fallow.language import ngettext, say_day
from fallow.plan import Ask, Ending, Lapse, Phase, PlanReopened, SafetyNoted
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.days import say_notice
from fallow.web.pages.gate import say_until
from fallow.web.pages.help import country_code, country_of
from fallow.web.pages.words import phase_label
from fallow.web.pages.writing import at

AWAY_DAYS = 14
"""After so many days with nothing logged, Today says welcome back."""


def show(visit: Visit) -> Response:
    view = read_today(visit.desk)
    standing, phase = view.standing, view.phase
    return visit.page(
        "today.html",
        here="/",
        phase_label=phase_label(phase),
        view={
            "headline": _headline(view),
            "counts": bool(standing.of_days) and not view.concerns,
            "quiet_days": standing.quiet_days,
            "of_days": standing.of_days,
            "lines": _lines(view),
            "clock_behind": standing.clock_behind,
            "stops": [hard_stop_words(because) for because in standing.hard_stop.because] if standing.hard_stop else [],
            **_help(visit, view),
            **_footing(visit, view),
            "open_drafts": view.ready,
            "unsealed_drafts": view.writing,
            "resting": [(draft.id, at(visit, draft.opens_at)) for draft in view.resting if draft.opens_at is not None],
            "closed": phase is Phase.CLOSED,
            "inbound_open": view.inbound_open,
            "slow": view.slow,
            "review_due": phase is Phase.REVIEW,
            "limited": phase is Phase.LIMITED_CONTACT,
            "together": phase is Phase.LIVING_TOGETHER,
            "limits": view.limits,
            "moving_on": view.home.moving_on if view.home else None,
            "open_items": view.open_items,
            "channels_due": len(view.channels_due),
            "weekly_check": view.weekly_check,
            "small_thing": small_thing(view.day).text,
        },
    )


def leave_safety(visit: Visit, _form: Form) -> Response:
    """The person goes on, at will; the help lines stay on every page."""
    concerns = plan_of(visit.desk).terms.concerns
    record(visit.desk, *(Ask(SafetyNoted(concern=concern, holds=False)) for concern in sorted(concerns)))
    return visit.go("/")


def reopen(visit: Visit, _form: Form) -> Response:
    record(visit.desk, Ask(PlanReopened()))
    return visit.go("/", said=_("Open again. Nothing was lost."))


def _help(visit: Visit, view: Today) -> dict[str, object]:
    """What comes first while something was said about safety, whatever else holds."""
    if not view.concerns:
        return {"safety": [], "emergency": None, "help_lines": ()}
    lines = load_help_lines().for_concerns(country_code(visit), view.concerns)
    answering = any(line.phone or line.text for line in lines)
    sentences = [s for s in load_words().safety if answering or s.id != "safety.first"]
    return {"safety": sentences, "emergency": country_of(visit).emergency, "help_lines": lines}


def _footing(visit: Visit, view: Today) -> dict[str, object]:
    """What was arranged beforehand and holds now; help goes before a line for the morning."""
    gate, stopped = view.footing.gate_until, view.phase is Phase.HARD_STOP
    return {
        "morning": None if view.concerns else view.footing.morning,
        "gate": None if gate is None else say_until(visit, gate),
        "plans": view.footing.plans,
        "dates": [(each.id, say_notice(each, stopped=stopped)) for each in view.dates],
        "questions": view.questions,
    }


def _headline(view: Today) -> str:
    """One sentence about today, which never holds anything against anybody."""
    standing = view.standing
    if view.concerns:
        return _("Help comes first.")
    if standing.away_days >= AWAY_DAYS:
        return _("Welcome back. Nothing is lost.")
    match view.phase:
        case Phase.NOT_STARTED:
            return _("One day at a time.")
        case Phase.LIVING_TOGETHER:
            return _("Under one roof. Nothing is counted.")
        case Phase.CLOSED:
            return _closed(view.ending)
        case _:
            return _("A hard hour, and still here.") if standing.urges_today else _("A quiet day so far.")


def _closed(ending: Ending | None) -> str:
    match ending:
        case "we_talk_again":
            return _("This is closed. You talk again.")
        case "done_waiting":
            return _("This is closed. You are done waiting.")
        case _:
            return _("This is closed.")


def _lines(view: Today) -> list[str]:
    """The quiet lines under the count."""
    standing = view.standing
    lines: list[str] = []
    if view.concerns:
        return lines
    if standing.quiet_days is None:
        if view.phase is Phase.NOT_STARTED:
            lines.append(_("No quiet time has been chosen. It can be, under Choices; it need not."))
        return lines + _resting(view)
    if standing.of_days == 0:
        lines.append(_("This is the first day. It is added when it is over."))
    if standing.held_days:
        lines.append(_held(standing.held_days))
    if standing.since_reached_out is not None and standing.grade is not None:
        lines.append(_reached_out(standing.since_reached_out, standing.grade))
    if standing.totals.get("looked") and standing.since_looked is not None:
        lines.append(_looked(standing.since_looked))
    if standing.review_on is not None and view.phase is not Phase.REVIEW:
        lines.append(
            _("A look at where you are on %(day)s; a convention, not a finish.") % {"day": say_day(standing.review_on)}
        )
    return lines + _resting(view)


def _resting(view: Today) -> list[str]:
    words = ngettext("%(n)s thing you wrote is sealed.", "%(n)s things you wrote are sealed.", len(view.resting))
    return [words % {"n": len(view.resting)}] if view.resting else []


def _held(days: int) -> str:
    words = ngettext(
        "A day was entered later, so the total waits for %(n)s day; it is never taken down.",
        "Days were entered later, so the total waits for %(n)s days; it is never taken down.",
        days,
    )
    return words % {"n": days}


def _reached_out(days: int, grade: Lapse) -> str:
    if grade == "replied":
        return _answered(days)
    if days == 0:
        return _("You reached out today. It is one day that is not added; nothing you did before is lost.")
    words = ngettext(
        "Since you last reached out: %(n)s day. Nothing you did before is lost.",
        "Since you last reached out: %(n)s days. Nothing you did before is lost.",
        days,
    )
    return words % {"n": days}


def _answered(days: int) -> str:
    if days == 0:
        return _("You answered today. It weighs less than writing first; one day is not added, and nothing is lost.")
    words = ngettext(
        "Since you last answered: %(n)s day. It weighs less than writing first.",
        "Since you last answered: %(n)s days. It weighs less than writing first.",
        days,
    )
    return words % {"n": days}


def _looked(days: int) -> str:
    if days == 0:
        return _("You looked today. It is counted apart and changes nothing else.")
    return ngettext("Since you last looked: %(n)s day.", "Since you last looked: %(n)s days.", days) % {"n": days}
