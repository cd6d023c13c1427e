"""
Both sides: how it ended, told in a few screens, once in a while; earlier tellings stay readable with their days.

What was typed on one screen travels in the form of the next, so nothing is kept before the last one, and nothing that
was typed is lost on the way.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import msgspec
from starlette.responses import Response

from fallow.app import (
    Account,
    Telling,
    account,
    find_telling,
    give_account,
    plan_of,
    require_account_open,
    require_ended_open,
)
from fallow.errors import FallowError, InTheFuture, NotUnderstood
from fallow.language import gettext as _
from fallow.plan import MOST_FACTS, SHORT, SITTING, AccountGiven, Answer, Feeling, Initiator, Mendable, Side, gate_open
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit

STEPS: Final = 5
FEELINGS: Final[tuple[Feeling, ...]] = get_args(Feeling)
ASKED: Final = ("spoken_before", "in_heat", "said_again", "prepared")
"""What is asked with `small`, to weigh whether it was long considered."""
FIELDS: Final = (
    *("initiator", "ended", "how_said", "about"),
    *(f"{side}_{feeling}" for side in ("mine", "theirs") for feeling in FEELINGS),
    *("evidence", "own", "cannot_know"),
    *("small", *ASKED),
    "began",
    *(f"{part}_{row}" for row in range(MOST_FACTS) for part in ("on", "fact", "roughly")),
)
"""Every field of a telling; fewer than a form may have."""


def show(visit: Visit) -> Response:
    """The telling that stands, and the days of the earlier ones."""
    found = account(visit.desk)
    return visit.page(
        "sides.html",
        told=None if found.latest is None else _shown(found.latest, found),
        earlier=[(telling.record.id, telling.record.event.happened.local) for telling in found.tellings[-2::-1]],
        rests_until=found.rests_until and dt.date.fromisoformat(found.rests_until),
        theirs_open=found.theirs_open,
        version=False,
        ended=found.ended,
        weighed_open=gate_open(plan_of(visit.desk), "reasons", visit.desk.clock()),
    )


def show_version(visit: Visit) -> Response:
    """One telling as it was given."""
    telling = find_telling(visit.desk, visit.params["id"])
    told = _shown(telling, account(visit.desk))
    return visit.page(
        "sides.html", told=told, earlier=(), rests_until=None, theirs_open=True, version=True, ended=telling.told.on
    )


def show_telling(visit: Visit) -> Response:
    """The first screen, with what was told last in it."""
    require_account_open(visit.desk)
    found = account(visit.desk)
    values = {} if found.latest is None else _filled(found.latest.told)
    ended = {"ended": found.ended.isoformat()} if found.ended else {}
    return _step_page(visit, found, 1, {"initiator": found.initiator} | values | ended | {"began": _now(visit)})


def tell(visit: Visit, form: Form) -> Response:
    """The next screen, the one before, or, from the last, keeping it."""
    require_account_open(visit.desk)
    found = account(visit.desk)
    values = {name: form[name] for name in FIELDS if form[name]}
    step = int(form["at"]) if form["at"] in map(str, range(1, STEPS + 1)) else 1
    over = _over(visit, values)
    if form["go"] == "back" and not over:
        return _step_page(visit, found, max(step - 1, 1), values)
    try:
        require_ended_open(visit.desk, _ended(values))
    except FallowError as error:
        return _step_page(visit, found, 1, values, error)
    if form["go"] != "keep":
        return _step_page(visit, found, step if over else min(step + 1, STEPS), values)
    try:
        give_account(visit.desk, _read(values, found), values.get("evidence", "") if not found.theirs_open else "")
    except (InTheFuture, NotUnderstood) as error:  # of the timeline, on the last screen
        return _step_page(visit, found, STEPS, values, error)
    except FallowError as error:
        return _step_page(visit, found, step, values, error)
    return visit.go("/sides", said=_("Kept beside what was told before. Enough for today."))


def _step_page(
    visit: Visit, found: Account, step: int, values: dict[str, str], error: FallowError | None = None
) -> Response:
    return visit.page(
        "sides_tell.html",
        status=200 if error is None else status_of(error),
        error=error,
        step=step,
        steps=STEPS,
        values=values,
        shown=_fields_of(step),
        found=found,
        feelings=_feelings(),
        initiators=_initiators(),
        rows=range(MOST_FACTS),
        short=SHORT,
        over=_over(visit, values),
        asked=_asked(),
        bare=True,
    )


def _fields_of(step: int) -> set[str]:
    """What a screen asks; the rest travels unseen."""
    return {
        1: {"initiator", "ended", "how_said", "about"},
        2: {name for name in FIELDS if name.startswith("mine_")},
        3: {name for name in FIELDS if name.startswith("theirs_")} | {"evidence"},
        4: {"own", "cannot_know", "small", *ASKED},
        5: {name for name in FIELDS if name.partition("_")[0] in ("on", "fact", "roughly")},
    }[step]


def _read(values: dict[str, str], found: Account) -> AccountGiven:
    plain: dict[str, Any] = {
        "initiator": values.get("initiator", "unknown"),
        **({name: values.get(name, "unknown") for name in ("small", *ASKED)} if found.small_open else {}),
        "mine": _side(values, "mine"),
        "facts": _facts(values),
        "on": _ended(values),
    }
    plain |= {name: values[name].strip() for name in ("how_said", "about", "own", "cannot_know") if name in values}
    if found.theirs_open:
        plain["theirs"] = _side(values, "theirs")
    try:
        return msgspec.convert(plain, AccountGiven)
    except msgspec.ValidationError as error:
        raise NotUnderstood(what=_("one of the answers; a short one holds %(n)s letters") % {"n": SHORT}) from error


def _now(visit: Visit) -> str:
    """When the sitting began, as it travels in the form: seconds."""
    return str(int(visit.desk.clock().at.timestamp()))


def _over(visit: Visit, values: dict[str, str]) -> bool:
    """Whether the sitting has lasted long enough; one that does not say when it began has just begun."""
    began = values.get("began", "")
    if not (began.isascii() and began.isdigit()):
        return False
    return int(_now(visit)) - int(began) >= SITTING.total_seconds()


def _ended(values: dict[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(values["ended"]) if "ended" in values else None
    except ValueError as error:
        raise NotUnderstood(what=_("the day it ended")) from error


def _side(values: dict[str, str], side: str) -> dict[str, str]:
    return {feeling: values[name] for feeling in FEELINGS if (name := f"{side}_{feeling}") in values}


def _facts(values: dict[str, str]) -> list[dict[str, Any]]:
    facts = []
    for row in range(MOST_FACTS):
        on, words = values.get(f"on_{row}", ""), values.get(f"fact_{row}", "").strip()
        if not on and not words:
            continue
        try:
            dt.date.fromisoformat(on)
        except ValueError as error:
            raise NotUnderstood(what=_("a line of the timeline; each has its day")) from error
        if not words:
            raise NotUnderstood(what=_("a line of the timeline; each has its words"))
        facts.append({"on": on, "words": words, "roughly": f"roughly_{row}" in values})
    return facts


def _filled(told: AccountGiven) -> dict[str, str]:
    """A telling as the fields of a form."""
    values: dict[str, str] = {"initiator": told.initiator, **{name: getattr(told, name) for name in ("small", *ASKED)}}
    for name in ("how_said", "about", "own", "cannot_know"):
        values[name] = getattr(told, name) or ""
    for side, feelings in (("mine", told.mine), ("theirs", told.theirs or Side())):
        values |= {f"{side}_{feeling}": getattr(feelings, feeling) or "" for feeling in FEELINGS}
    for row, fact in enumerate(told.facts):
        values |= {f"on_{row}": fact.on.isoformat(), f"fact_{row}": fact.words}
        values |= {f"roughly_{row}": "1"} if fact.roughly else {}
    return {name: value for name, value in values.items() if value}


def _shown(telling: Telling, found: Account) -> dict[str, Any]:
    """A telling in words; without their side, or without what was weighed, where that is not thought about."""
    told, names, known = telling.told, dict(_feelings()), _known()

    def side(of: Side | None) -> list[tuple[str, str]]:
        held = [] if of is None else [(names[feeling], getattr(of, feeling)) for feeling in FEELINGS]
        return [(name, known[value]) for name, value in held if value is not None]

    texts = (
        (_("How it was said"), told.how_said),
        (_("What it was about"), told.about),
        (_("What is mine to own"), told.own),
        (_("What I cannot know"), told.cannot_know),
    )
    return {
        "at": telling.record.event.happened.local,
        "initiator": dict(_initiators())[told.initiator],
        "texts": [(heading, words) for heading, words in texts if words],
        "sides": [
            (_("My side"), side(told.mine)),
            (_("Their side, as far as it is known"), side(told.theirs if found.theirs_open else None)),
        ],
        "small": dict(small_words())[told.small] if found.small_open and told.small != "unknown" else "",
        "weighed": [
            words for name, answer, words in weighed_words() if found.small_open and getattr(told, name) == answer
        ],
        "facts": told.facts,
    }


def _feelings() -> list[tuple[Feeling, str]]:
    return [
        ("relief", _("Relief")),
        ("pain", _("Pain")),
        ("remorse", _("Remorse")),
        ("regret", _("Regret")),
        ("anger", _("Anger")),
        ("longing", _("Longing")),
    ]


def _known() -> dict[str, str]:
    return {"known": _("known"), "guess": _("a guess"), "unknown": _("not to be known")}


def _initiators() -> list[tuple[Initiator, str]]:
    return [
        ("alter", _("They ended it.")),
        ("ego", _("I ended it.")),
        ("mutual", _("Both of us.")),
        ("unknown", _("I cannot say.")),
    ]


def _asked() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Four plain facts about how it was said, each with its answers."""
    yes, no, unknown = ("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know, or left out"))
    again = [("yes", _("Said again, on a calm day")), ("no", _("Taken back, or called hasty")), unknown]
    return [
        ("spoken_before", _("Had parting been spoken of before that day?"), [yes, no, unknown]),
        ("in_heat", _("Was it said in the middle of a quarrel?"), [yes, no, unknown]),
        ("said_again", _("What was said of it afterwards?"), again),
        ("prepared", _("Had something been arranged for it, such as a place to live?"), [yes, no, unknown]),
    ]


def weighed_words() -> list[tuple[str, Answer, str]]:
    return [
        ("spoken_before", "yes", _("Parting had been spoken of before.")),
        ("spoken_before", "no", _("Parting had not been spoken of before.")),
        ("in_heat", "yes", _("It was said in the middle of a quarrel.")),
        ("in_heat", "no", _("It was not said in a quarrel.")),
        ("said_again", "yes", _("It was said again on a calm day.")),
        ("said_again", "no", _("It was taken back, or called hasty.")),
        ("prepared", "yes", _("Something had been arranged for it.")),
        ("prepared", "no", _("Nothing had been arranged for it.")),
    ]


def small_words() -> list[tuple[Mendable, str]]:
    return [
        ("yes", _("It was over something small, and it can be mended.")),
        ("no", _("It was not something small that can be mended.")),
        ("unknown", _("I do not know.")),
    ]
