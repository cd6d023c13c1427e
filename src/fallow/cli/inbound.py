"""Commands around what they do: triage, evidence, friends."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any, get_args

import click

from fallow.app import (
    Desk,
    card_sentences,
    describe_evidence,
    describe_friend_card,
    describe_inbound,
    friend_card,
    keep_evidence,
    keep_friend_card,
    kept_evidence,
    put_off_inbound,
    require_card_words,
    settle_inbound,
    triage_inbound,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import describe_record
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say, typed_lines
from fallow.errors import NotUnderstood
from fallow.guidance import guess_country, load_around, load_help_lines, load_inbound
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import Moment, Record, Step, Triage, find_zone
from fallow.wiring import is_set_up, system_zone


def _spelled(names: tuple[str, ...]) -> list[str]:
    return [name.replace("_", "-") for name in names]


@command()
@click.option("--as", "what", type=click.Choice(_spelled(get_args(Triage))), help="What it was.")
@click.option("--step", type=click.Choice(_spelled(get_args(Step))), help="What comes of it; nothing is always one.")
@click.option("--answered", is_flag=True, help="With --step: an answer went out; it is logged as a reply.")
@click.option("--sure", is_flag=True, help="With --step clear-stop: you know that it stays for good.")
@click.option("--tomorrow", is_flag=True, help="Not today; it rests until tomorrow.")
@as_json_option
def triage(
    *, what: str | None, step: str | None, answered: bool, sure: bool, tomorrow: bool, as_json: bool
) -> None:  # fmt: skip
    """
    They wrote: where it stands, what it was, one next step. Never counted against you; no word of theirs is asked for.

    Ten minutes pass first, but not for what is necessary, and not for pressure or a threat. In a clear stop only what
    keeps somebody from harm is open.
    """
    with plain_endings(as_json=as_json):
        if sum((what is not None, step is not None, tomorrow)) > 1:
            raise NotUnderstood(what=N_("more than one thing at once; give one of --as, --step, --tomorrow"))
        desk = opened_desk()
        stored = _act(desk, what, step, answered=answered, sure=sure, tomorrow=tomorrow)
        described = describe_inbound(desk)
        if as_json:
            answer(described | {"recorded": [describe_record(each) for each in stored]})
            return
        if step is not None or tomorrow:
            say(_("It rests until tomorrow.") if tomorrow else _("Kept. Nothing more has to be done with it."))
        else:
            _tell(described)


@command()
@click.option("--add", is_flag=True, help="Keep one more; its words are asked for, or read from standard input.")
@click.option("--at", help="With --add: when it happened, ISO 8601; now if left out.")
@as_json_option
def evidence(*, add: bool, at: str | None, as_json: bool) -> None:
    """What they did, kept as it was with both its times, oldest first, as plain text; it is never changed."""
    with plain_endings(as_json=as_json):
        desk = opened_desk(may_create=add)
        if at is not None and not add:
            raise NotUnderstood(what=N_("the time; it goes with --add"))
        if add:
            stored = keep_evidence(desk, _words(), None if at is None else _moment(desk, at))
            if as_json:
                answer([describe_record(each) for each in stored])
            say(_("Kept, with both times. It is not changed any more."))
            return
        kept = kept_evidence(desk)
        if as_json:
            answer(describe_evidence(kept))
            return
        for each in kept:
            entered = _("(entered {when})").format(when=f"{each.entered:%Y-%m-%d %H:%M %z}")
            click.echo(f"{each.happened:%Y-%m-%d %H:%M %z}  {entered}")
            click.echo("".join(f"    {line}\n" for line in each.words.splitlines()))
        for sentence in load_around().kept.points:
            say(sentence.text)


@command()
@click.option("--change", is_flag=True, help="Keep what stands on it, as the other options say.")
@click.option(
    "--leave-out",
    multiple=True,
    type=click.Choice([each.id for each in card_sentences()]),
    help="With --change: a sentence that does not stand on it; again for another. Without any, all stand.",
)
@click.option("--stdin", "from_stdin", is_flag=True, help="With --change: read your own words from standard input.")
@as_json_option
def friends(*, change: bool, leave_out: tuple[str, ...], from_stdin: bool, as_json: bool) -> None:
    """A card for a friend, to say or to print: what helps, and what news not to bring."""
    with plain_endings(as_json=as_json):
        if (leave_out or from_stdin) and not change:
            raise NotUnderstood(what=N_("whether to change the card; give --change"))
        if change:
            desk = opened_desk(may_create=True)
            require_card_words(desk, asked=from_stdin)  # before anything is typed
            words = _own_words() if from_stdin else friend_card(desk).words
            card = keep_friend_card(desk, leave_out, words)
        else:
            card = friend_card(opened_desk() if is_set_up(folder()) else None)
        if as_json:
            answer(describe_friend_card(card))
            return
        for sentence in (*card.helps, *card.news, *card.closes):
            click.echo(sentence.text)
        if card.words:
            click.echo(card.words)


def _own_words() -> str:
    if sys.stdin.isatty():
        say(_("For the friend, in your own words. End with an empty line; none takes them off."))
    return "".join(typed_lines()).strip()


def _act(
    desk: Desk, what: str | None, step: str | None, *, answered: bool, sure: bool, tomorrow: bool
) -> tuple[Record, ...]:  # fmt: skip
    if tomorrow:
        return put_off_inbound(desk)
    if what is not None:
        return triage_inbound(desk, what.replace("-", "_"))  # type: ignore[arg-type]
    if step is not None:
        return settle_inbound(desk, step.replace("-", "_"), answered=answered, sure=sure)  # type: ignore[arg-type]
    return ()


def _tell(described: dict[str, Any]) -> None:
    says = described["says"]
    say(says["title"])
    for sentence in (*says["opens"], *says["points"]):
        say(sentence)
    if described["until"] and not described["put_off"]:
        words = _("Until {clock}. About {minutes} more.")
        say(words.format(clock=described["until"][11:16], minutes=described["minutes_left"]))
    if described["closed"] or described["triage"] == "pressure":
        _tell_of_help()
    for stance in described["stances"]:
        say(f"{stance['title']}. {stance['is']} {stance['is_not']} {stance['shape']}")
    for way in described["ways"]:
        say(" ".join((way["title"], *way["opens"], *way["points"], *way["closes"])))
    for sentence in says["closes"]:
        say(sentence)
    if described["open"] and described["triage"] is None and not described["closed"]:
        say(f"fallow triage --as {'|'.join(_spelled(get_args(Triage)))}")
    if described["steps"]:
        steps = "|".join(_spelled(tuple(described["steps"])))
        say(_("fallow triage --step {steps}, or --tomorrow").format(steps=steps))


def _tell_of_help() -> None:
    """The emergency number and the lines of the country, for whom they are."""
    words = load_inbound()
    country = load_help_lines().for_country(guess_country(system_zone()))
    say(words.self_harm.title)
    for sentence in words.self_harm.opens:
        say(f"  {sentence.text}")
    say(f"  {country.emergency.says}")
    say(words.persistence.title)
    for sentence in words.persistence.opens:
        say(f"  {sentence.text}")
    for line in country.lines_for("abuse", "stalking"):
        say(f"  {line.name}: {line.phone or line.text or line.url}")
    say("  fallow evidence --add")


def _words() -> str:
    if sys.stdin.isatty():
        say(_("What they did, as it was. End with an empty line."))
    words = "".join(typed_lines()).strip()
    if not words:
        raise NotUnderstood(what=N_("the words; there are none"))
    return words


def _moment(desk: Desk, given: str) -> Moment:
    zone = desk.clock().zone
    try:
        told = dt.datetime.fromisoformat(given)
    except ValueError as problem:
        raise NotUnderstood(what=N_("the time")) from problem
    return Moment(told if told.tzinfo else told.replace(tzinfo=find_zone(zone)), zone)
