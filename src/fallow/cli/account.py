"""The command `account`: how it ended, from both sides; every answer is asked for, none is taken as an argument."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import click
import msgspec

from fallow.app import Account, Desk, account, describe_account, give_account, require_account_open, require_ended_open
from fallow.cli.keeping import as_json_option, tell_stored
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, ask_words, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.plan import MOST_FACTS, SHORT, SITTING, AccountGiven, Answer, Feeling, Initiator, Known

THEIRS_RESTS = "After violence, coercion or stalking, their side is not thought about here."
WEIGHED: Final = {
    "small": "Was it over something small that can be mended",
    "spoken_before": "Had parting been spoken of before that day",
    "in_heat": "Was it said in the middle of a quarrel",
    "said_again": "Was it said again on a calm day (no: it was taken back, or called hasty)",
    "prepared": "Had something been arranged for it beforehand, such as a place to live",
}
"""What is asked to weigh whether it was long considered."""


@click.command("account")
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
            tell_stored(stored, as_json=as_json, words="Kept beside what was told before. Enough for today.")
        elif as_json:
            answer(describe_account(found))
        else:
            _say_account(found)


def _asked(desk: Desk, found: Account) -> tuple[AccountGiven, str]:
    """Every question once; what is left empty is left out, and after ten minutes nothing more is asked."""
    began = desk.clock().at
    say("About five minutes. Every answer can be left empty; nothing is kept before the last one.")
    plain: dict[str, Any] = {"initiator": _one_of("Who ended it", get_args(Initiator)) or found.initiator}
    plain["on"] = _ended(desk) or found.ended
    plain["how_said"] = ask_words("How was it said") or None
    plain["about"] = ask_words("What was it about") or None
    evidence = ""
    for part in (_ask_mine, _ask_theirs, _ask_own, _ask_weighed, _ask_facts):
        if desk.clock().at - began >= SITTING:
            say(
                "Ten minutes are over, and that is enough for one sitting. "
                "What is there is kept; the rest may stay open."
            )
            break
        evidence = part(plain, found) or evidence
    try:
        return msgspec.convert(plain, AccountGiven), evidence
    except msgspec.ValidationError as error:
        raise NotUnderstood(what=f"one of the answers; a short one holds {SHORT} letters") from error


def _ask_mine(plain: dict[str, Any], _: Account) -> None:
    plain["mine"] = _side("My side")


def _ask_theirs(plain: dict[str, Any], found: Account) -> str:
    """Their side, or, where that is not thought about, what they did."""
    if found.theirs_open:
        plain["theirs"] = _side("Their side: known is what they said or plainly showed")
        return ""
    say(f"{THEIRS_RESTS} What they did can be kept as evidence, as it was.")
    return ask_words("What they did")


def _ask_own(plain: dict[str, Any], _: Account) -> None:
    plain["own"] = ask_words("What is mine to own") or None
    plain["cannot_know"] = ask_words("What can I not know") or None


def _ask_weighed(plain: dict[str, Any], found: Account) -> None:
    if found.small_open:
        plain |= {name: _one_of(question, get_args(Answer)) or "unknown" for name, question in WEIGHED.items()}


def _ask_facts(plain: dict[str, Any], _: Account) -> None:
    plain["facts"] = _facts()


def _ended(desk: Desk) -> dt.date | None:
    given = ask_words("On which day did it end (such as 2027-01-31; empty: left out, or as said before)")
    if not given:
        return None
    try:
        on = dt.date.fromisoformat(given)
    except ValueError as error:
        raise NotUnderstood(what="the day it ended; such as 2027-01-31") from error
    require_ended_open(desk, on)
    return on


def _one_of(question: str, choices: tuple[str, ...]) -> str:
    given = ask_words(f"{question} ({', '.join(choices)})").lower()
    if given and given not in choices:
        raise NotUnderstood(what=f"an answer; one of {', '.join(choices)}, or nothing")
    return given


def _side(heading: str) -> dict[str, str]:
    say(f"{heading}. Each of these is {', '.join(get_args(Known))}, or left empty.")
    given = {feeling: _one_of(feeling.capitalize(), get_args(Known)) for feeling in get_args(Feeling)}
    return {feeling: known for feeling, known in given.items() if known}


def _facts() -> list[dict[str, Any]]:
    """Lines of the timeline until an empty one: a day, a space, what happened; a ~ before the day is "about then"."""
    say("What happened, in order. A line each, such as: 2026-03-01 we moved in. A ~ before the day: about then.")
    facts: list[dict[str, Any]] = []
    while len(facts) < MOST_FACTS and (line := ask_words("A line, or nothing")):
        on, _, words = line.removeprefix("~").strip().partition(" ")
        facts.append({"on": on, "words": words.strip(), "roughly": line.startswith("~")})
    return facts


def _say_account(found: Account) -> None:
    latest = found.latest
    if found.ended is not None:
        say(f"It ended on {found.ended.isoformat()}.")
    if latest is None:
        say("Nothing has been told yet. To tell it: fallow account --revise")
        return
    told = latest.told
    say(f"Told on {latest.record.event.happened.local:%Y-%m-%d %H:%M}; tellings so far: {len(found.tellings)}.")
    say(f"Who ended it: {told.initiator}.")
    for name, question in WEIGHED.items():
        if found.small_open and getattr(told, name) != "unknown":
            say(f"{question}: {getattr(told, name)}.")
    sides = (("My side", told.mine), ("Their side", told.theirs if found.theirs_open else None))
    for heading, side in sides:
        held = {} if side is None else msgspec.structs.asdict(side)
        words = ", ".join(f"{feeling} {known}" for feeling, known in held.items() if known)
        if words:
            say(f"{heading}: {words}.")
    for heading, text in (
        ("How it was said", told.how_said),
        ("What it was about", told.about),
        ("What is mine to own", told.own),
        ("What I cannot know", told.cannot_know),
    ):
        if text:
            say(f"{heading}: {text}")
    for fact in told.facts:
        say(f"{'about ' if fact.roughly else ''}{fact.on.isoformat()}  {fact.words}")
    if found.rests_until:
        say(f"It rests until {found.rests_until}. What was told stays as it is.")
