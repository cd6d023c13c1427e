"""Choices: how things stand, a clear stop, one person, the window, the passphrase."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from starlette.responses import Response

from fallow.app import plan_of, record
from fallow.errors import FallowError, PassphrasesDiffer, SettingRefused, StopStaysForGood
from fallow.guidance import hard_stop_words, load_words
from fallow.language import LANGUAGES
from fallow.language import gettext as _
from fallow.plan import PERMANENT, Ask, Because, HardStopSet, Mode, ModeChosen, QuietTime, What
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.start import FOR_GOOD, modes, person, quiet_time
from fallow.wiring import change_passphrase, choose_zone, renew_recovery_code


def show(visit: Visit) -> Response:
    return _page(visit)


def choose_mode(visit: Visit, form: Form) -> Response:
    if form["mode"] not in get_args(Mode):
        return _page(visit, SettingRefused(setting=_("how things are")))
    return _record(visit, ModeChosen(mode=form["mode"]))  # type: ignore[arg-type]


def choose_time(visit: Visit, form: Form) -> Response:
    return _record(visit, *quiet_time(form["days"]))


def set_stop(visit: Visit, form: Form) -> Response:
    if form["because"] not in get_args(Because):
        return _page(visit, SettingRefused(setting=_("the reason")))
    if form["because"] in PERMANENT and not form["sure"]:
        return _page(visit, StopStaysForGood())
    return _record(visit, HardStopSet(because=form["because"]))  # type: ignore[arg-type]


def name_person(visit: Visit, form: Form) -> Response:
    return _record(visit, *person(form))


def choose_window(visit: Visit, form: Form) -> Response:
    office = visit.office
    try:
        minutes = int(form["idle_minutes"]) if form["idle_minutes"].isascii() and form["idle_minutes"].isdigit() else 0
        given: dict[str, Any] = {"language": form["language"] or office.settings.language}
        given |= {"name": form["name"].strip(), "idle_minutes": minutes, "leave_to": form["leave_to"].strip(),
                 "icon": form["icon"] or office.settings.icon}  # fmt: skip
        office.choose(msgspec.structs.replace(office.settings, **given))
        choose_zone(visit.desk, form["zone"].strip())
    except FallowError as error:
        return _page(visit, error)
    return visit.go("/settings", said=_("Kept."))


def change_lock(visit: Visit, form: Form) -> Response:
    """A new passphrase: only a small file is written anew; the former one opens nothing from then on."""
    try:
        if form["fresh"] != form["again"]:
            raise PassphrasesDiffer
        change_passphrase(visit.office.folder, form["former"], form["fresh"])
    except FallowError as error:
        return _page(visit, error)
    return visit.go("/settings", said=_("Changed. The former passphrase no longer opens anything."))


def renew_code(visit: Visit, form: Form) -> Response:
    try:
        visit.session.once["code"] = renew_recovery_code(visit.office.folder, form["former"])
    except FallowError as error:
        return _page(visit, error)
    return visit.go("/settings/code")


def show_code(visit: Visit) -> Response:
    """The fresh recovery code, on exactly one page."""
    code = visit.session.once.pop("code", "")
    return visit.page("code.html", code=code) if code else visit.go("/settings")


def _record(visit: Visit, *whats: What) -> Response:
    try:
        record(visit.desk, *map(Ask, whats))
    except FallowError as error:
        return _page(visit, error)
    return visit.go("/settings", said=_("Kept."))


def _page(visit: Visit, error: FallowError | None = None) -> Response:
    terms = plan_of(visit.desk).terms
    words = load_words()
    stops = terms.hard_stop.because if terms.hard_stop is not None else ()
    return visit.page(
        "settings.html",
        status=200 if error is None else status_of(error),
        here="/settings",
        error=error,
        settings=visit.office.settings,
        icons=_icons(),
        languages=LANGUAGES,
        zone=visit.desk.clock().zone,
        limits=words.limits,
        quiet_words=words.quiet_time,
        modes=modes(),
        mode=terms.mode,
        chosen=_chosen(terms.quiet_time),
        may_choose=not stops,
        stops=[hard_stop_words(because) for because in stops],
        stop_reasons=_reasons(),
        confidant=terms.confidant,
        ask_sure=isinstance(error, StopStaysForGood),
    )


def _chosen(quiet_time: QuietTime | None) -> str:
    if quiet_time is None:
        return ""
    options = load_words().quiet_time.options
    if quiet_time.every is None:
        return FOR_GOOD
    return next((option.id for option in options if option.days == quiet_time.days), "")


def _icons() -> list[tuple[str, str]]:
    return [("lines", _("Lines")), ("leaf", _("Leaf")), ("hills", _("Hills")), ("moon", _("Moon"))]


def _reasons() -> list[tuple[str, str]]:
    return [
        ("asked", _("they asked for no contact")),
        ("blocked", _("they blocked me")),
        ("order", _("there is an order, a condition or a formal letter")),
        ("violence", _("there was violence, control or stalking, by either side")),
        ("own_anger", _("I fear my own anger, or went further than I wanted")),
    ]
