"""The weekly check: four questions of two known forms, unaltered; a total with what it cannot tell; kept if asked."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import Result, choose_weekly, keep_check, score_check, weekly_on
from fallow.errors import FallowError, NotUnderstood
from fallow.guidance import ScreenerId, find_source, load_help_lines, load_screeners
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.help import country_code, country_of


def show(visit: Visit) -> Response:
    return _page(visit)


def answer(visit: Visit, form: Form) -> Response:
    """Say the totals; keep them, or turn the line on Today on or off, where that was asked for."""
    match form["do"]:
        case "weekly" | "not_weekly":
            choose_weekly(visit.desk, on=form["do"] == "weekly")
            said = _("Today has a quiet line for it, on this weekday.") if form["do"] == "weekly" else _("Turned off.")
            return visit.go("/check", said=said)
        case "keep":
            keep_check(visit.desk, _number(form["phq2"]), _number(form["gad2"]))
            return visit.go("/", said=_("Kept: the totals, not the answers."))
        case "no":
            return visit.go("/", said=_("Nothing was kept."))
    try:
        results = score_check(_answers(form))
    except FallowError as error:
        return _page(visit, error)
    return _result_page(visit, results)


def _page(visit: Visit, error: FallowError | None = None) -> Response:
    return visit.page(
        "check.html",
        status=200 if error is None else status_of(error),
        error=error,
        screeners=load_screeners(),
        weekly=weekly_on(visit.desk),
    )


def _result_page(visit: Visit, results: tuple[Result, ...]) -> Response:
    reached = any(result.score.reaches_cut_off for result in results)
    lines = load_help_lines().for_purposes(country_code(visit), ("crisis", "emotional_support")) if reached else ()
    return visit.page(
        "check_result.html",
        results=[(result, [find_source(id) for id in result.screener.cut_off_sources]) for result in results],
        totals={result.screener.id: result.score.total for result in results},
        reached=reached,
        lines=lines,
        emergency=country_of(visit).emergency,
    )


def _answers(form: Form) -> dict[ScreenerId, list[int | None]]:
    return {
        screener.id: [_number(form[f"{screener.id}_{place}"]) for place in range(len(screener.items))]
        for screener in load_screeners()
    }


def _number(given: str) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) == 1):
        raise NotUnderstood(what=_("an answer"))
    return int(given)
