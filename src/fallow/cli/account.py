"""The command `account`: how it ended, from both sides; every answer is asked for, none is taken as an argument."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import click
import msgspec

from fallow.app import Account, Desk, account, describe_account, give_account, require_account_open, require_ended_open
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import tell_stored
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, ask_words, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.language import N_, say_clock, say_count, say_day
from fallow.language import gettext as _
from fallow.plan import MOST_FACTS, SHORT, SITTING, AccountGiven, Answer, Feeling, Initiator, Known

WEIGHED: Final = {
    "small": N_("Was it over something small that can be mended"),
    "spoken_before": N_("Had parting been spoken of before that day"),
    "in_heat": N_("Was it said in the middle of a quarrel"),
    "said_again": N_("Was it said again on a calm day (no: it was taken back, or called hasty)"),
    "prepared": N_("Had something been arranged for it beforehand, such as a place to live"),
}
"""What is asked to weigh whether it was long considered."""
NAMES: Final = {
    "ego": N_("ego"),
    "alter": N_("alter"),
    "mutual": N_("mutual"),
    "unknown": N_("unknown"),
    "yes": N_("yes"),
    "no": N_("no"),
    "known": N_("known"),
    "guess": N_("guess"),
    "relief": N_("relief"),
    "pain": N_("pain"),
    "remorse": N_("remorse"),
    "regret": N_("regret"),
    "anger": N_("anger"),
    "longing": N_("longing"),
}
"""What may be answered, as it is called; a word of the language spoken is understood as the name itself is."""


@command("account")
@click.option("--revise", is_flag=True, help="Tell it, or tell it anew; about five minutes, each answer can be empty.")
@as_json_option
def account_(*, revise: bool, as_json: bool) -> None:
    """
    How it ended, in your own words: your side and, as far as it is known, theirs.

    Each telling is kept beside the earlier ones, with its day. It can be revised once a day and three times a week.
    """
    with plain_endings(as_json=as_json):
        desk = opened_desk(may_create=revise)
        found = account(desk)
        if revise:
            require_account_open(desk)
            told, evidence = _asked(desk, found)
            stored = give_account(desk, told, evidence)
            tell_stored(stored, as_json=as_json, words=_("Kept beside what was told before. Enough for today."))
        elif as_json:
            answer(describe_account(found))
        else:
            _say_account(found)


def _asked(desk: Desk, found: Account) -> tuple[AccountGiven, str]:
    """Every question once; what is left empty is left out, and after ten minutes nothing more is asked."""
    began = desk.clock().at
    say(_("About five minutes. Every answer can be left empty; nothing is kept before the last one."))
    plain: dict[str, Any] = {"initiator": _one_of(_("Who ended it"), get_args(Initiator)) or found.initiator}
    plain["on"] = _ended(desk) or found.ended
    plain["how_said"] = ask_words(_("How was it said")) or None
    plain["about"] = ask_words(_("What was it about")) or None
    evidence = ""
    for part in (_ask_mine, _ask_theirs, _ask_own, _ask_weighed, _ask_facts):
        if desk.clock().at - began >= SITTING:
            say(
                _(
                    "Ten minutes are over, and that is enough for one sitting. "
                    "What is there is kept; the rest may stay open."
                )
            )
            break
        evidence = part(plain, found) or evidence
    try:
        return msgspec.convert(plain, AccountGiven), evidence
    except msgspec.ValidationError as error:
        raise NotUnderstood(what=_("one of the answers; a short one holds {n} letters").format(n=SHORT)) from error


def _ask_mine(plain: dict[str, Any], _found: Account) -> None:
    plain["mine"] = _side(_("My side"))


def _ask_theirs(plain: dict[str, Any], found: Account) -> str:
    """Their side, or, where that is not thought about, what they did."""
    if found.theirs_open:
        plain["theirs"] = _side(_("Their side: known is what they said or plainly showed"))
        return ""
    say(
        _(
            "After violence, coercion or stalking, their side is not thought about here. "
            "What they did can be kept as evidence, as it was."
        )
    )
    return ask_words(_("What they did"))


def _ask_own(plain: dict[str, Any], _found: Account) -> None:
    plain["own"] = ask_words(_("What is mine to own")) or None
    plain["cannot_know"] = ask_words(_("What can I not know")) or None


def _ask_weighed(plain: dict[str, Any], found: Account) -> None:
    if found.small_open:
        plain |= {name: _one_of(_(question), get_args(Answer)) or "unknown" for name, question in WEIGHED.items()}


def _ask_facts(plain: dict[str, Any], _found: Account) -> None:
    plain["facts"] = _facts()


def _ended(desk: Desk) -> dt.date | None:
    given = ask_words(_("On which day did it end (such as 2027-01-31; empty: left out, or as said before)"))
    if not given:
        return None
    try:
        on = dt.date.fromisoformat(given)
    except ValueError as error:
        raise NotUnderstood(what=N_("the day it ended; such as 2027-01-31")) from error
    require_ended_open(desk, on)
    return on


def _one_of(question: str, choices: tuple[str, ...]) -> str:
    named = {_(NAMES[choice]): choice for choice in choices}
    given = ask_words(_("{question} ({choices})").format(question=question, choices=", ".join(named))).lower()
    meant = {name.lower(): choice for name, choice in named.items()} | {choice: choice for choice in choices}
    if given and given not in meant:
        raise NotUnderstood(what=_("an answer; one of {choices}, or nothing").format(choices=", ".join(named)))
    return meant.get(given, "")


def _side(heading: str) -> dict[str, str]:
    levels = ", ".join(_(NAMES[known]) for known in get_args(Known))
    say(_("{heading}. Each of these is {levels}, or left empty.").format(heading=heading, levels=levels))
    given = {feeling: _one_of(_opening(_(NAMES[feeling])), get_args(Known)) for feeling in get_args(Feeling)}
    return {feeling: known for feeling, known in given.items() if known}


def _opening(word: str) -> str:
    return word[:1].upper() + word[1:]


def _facts() -> list[dict[str, Any]]:
    """Lines of the timeline until an empty one: a day, a space, what happened; a ~ before the day is "about then"."""
    say(_("What happened, in order. A line each, such as: 2026-03-01 we moved in. A ~ before the day: about then."))
    facts: list[dict[str, Any]] = []
    while len(facts) < MOST_FACTS and (line := ask_words(_("A line, or nothing"))):
        on, _blank, words = line.removeprefix("~").strip().partition(" ")
        facts.append({"on": on, "words": words.strip(), "roughly": line.startswith("~")})
    return facts


def _say_account(found: Account) -> None:
    latest = found.latest
    if found.ended is not None:
        say(_("It ended on {day}.").format(day=say_day(found.ended)))
    if latest is None:
        say(_("Nothing has been told yet. To tell it: fallow account --revise"))
        return
    told = latest.told
    when = latest.record.event.happened.local
    say(
        _("Told on {day}, {clock}; tellings so far: {n}.").format(
            day=say_day(when.date()), clock=say_clock(when), n=say_count(len(found.tellings))
        )
    )
    say(_("Who ended it: {who}.").format(who=_(NAMES[told.initiator])))
    for name, question in WEIGHED.items():
        if found.small_open and getattr(told, name) != "unknown":
            say(_("{heading}: {words}.").format(heading=_(question), words=_(NAMES[getattr(told, name)])))
    sides = ((_("My side"), told.mine), (_("Their side"), told.theirs if found.theirs_open else None))
    for heading, side in sides:
        held = {} if side is None else msgspec.structs.asdict(side)
        words = ", ".join(f"{_(NAMES[feeling])} {_(NAMES[known])}" for feeling, known in held.items() if known)
        if words:
            say(_("{heading}: {words}.").format(heading=heading, words=words))
    for heading, text in (
        (_("How it was said"), told.how_said),
        (_("What it was about"), told.about),
        (_("What is mine to own"), told.own),
        (_("What I cannot know"), told.cannot_know),
    ):
        if text:
            say(f"{heading}: {text}")
    for fact in told.facts:
        on = fact.on.isoformat()
        say(f"{_('about {day}').format(day=on) if fact.roughly else on}  {fact.words}")
    if found.rests_until:
        say(
            _("It rests until {day}. What was told stays as it is.").format(
                day=say_day(dt.date.fromisoformat(found.rests_until))
            )
        )
