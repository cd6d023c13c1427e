"""Commands that keep or show what happened: log, events, today, urge."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any, Final

import click
import msgspec

from fallow.app import Desk, Today, by_chance, describe_today, next_mornings, plan_of, record, seal_draft
from fallow.app import begin_draft as begin
from fallow.app import today as read_today
from fallow.cli.errors import REFUSED
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, answer_line, describe_error, plain_endings, say, typed_lines
from fallow.errors import FallowError, HourHasPassed, NotUnderstood
from fallow.guidance import guess_country, hard_stop_words, load_help_lines
from fallow.plan import Ask, RanInto, Record, TheyWrote, Urge, read_ask
from fallow.wiring import system_zone

KINDS: Final = ("urge", "looked", "wrote", "replied", "they_wrote", "ran_into", "met", "logistics", "accident")
LINE_LIMIT: Final = 64 * 1024
"""Bytes of one line of `log --stdin`."""
as_json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@click.command()
@click.argument("kind", required=False, metavar="[KIND]")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read one JSON event a line; acknowledge each once durable.")
@click.option("--at", help="When it happened, ISO 8601 with an offset; now if left out.")
@click.option("--intensity", type=click.IntRange(0, 10), help="Of an urge.")
@click.option("--necessary", is_flag=True, help="Of a reply that had to be.")
@click.option(
    "--note", "ask_note", is_flag=True, help="Ask for a note (a cue, of an urge); never given as an argument."
)
@as_json_option
def log(
    kind: str | None, *, from_stdin: bool, at: str | None, intensity: int | None, necessary: bool, ask_note: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """
    Log what happened: urge, looked, wrote, replied, they_wrote, ran_into, met, logistics or accident.

    Words are asked for and never taken from the command line, which other people of this computer can read.
    """
    with plain_endings(as_json=as_json):
        if from_stdin:
            raise SystemExit(_log_lines(opened_desk(may_create=True)))
        if kind is None or kind.replace("-", "_") not in KINDS:
            raise NotUnderstood(what=f"what happened; one of {', '.join(KINDS)}")
        fields: dict[str, Any] = {"kind": kind, "at": at, "intensity": intensity, "necessary": necessary or None}
        if ask_note:
            words = click.prompt("In your own words", default="", show_default=False, err=True)
            fields["cue" if kind == "urge" else "note"] = words or None
        line = msgspec.json.encode({name: value for name, value in fields.items() if value is not None})
        desk = opened_desk(may_create=True)
        stored = record(desk, read_ask(line, desk.clock()))
        if as_json:
            answer([describe_record(each) for each in stored])
        say("Logged.")
        _say_what_follows(desk, stored)
        if kind == "met":
            say("Nothing is held against you. A quiet time, or how things are, can be chosen again: fallow choose")


def _say_what_follows(desk: Desk, stored: tuple[Record, ...]) -> None:
    """After what comes from the other side: where it can be looked at, or what helps the next time."""
    what = stored[-1].event.what
    if isinstance(what, TheyWrote):
        say("No answer is owed. When you like: fallow triage")
    elif isinstance(what, RanInto):
        passage = by_chance(desk)
        for sentence in (passage.title, *passage.sentences):
            say(sentence)


def _log_lines(desk: Desk) -> int:
    """Log each line of standard input. An acknowledgement goes out only after its event is durable."""
    refused = False
    for number, line in enumerate(iter(lambda: sys.stdin.buffer.readline(LINE_LIMIT + 1), b""), start=1):
        if not line.strip():
            continue
        try:
            if len(line) > LINE_LIMIT:
                while not line.endswith(b"\n") and line:
                    line = sys.stdin.buffer.readline(LINE_LIMIT)
                raise NotUnderstood(what="a line of this length")
            stored = record(desk, read_ask(line, desk.clock()))
        except FallowError as error:
            refused = True
            answer_line({"ok": False, "line": number, "error": describe_error(error)})
        else:
            for each in stored:
                answer_line({"ok": True, "line": number, **describe_record(each)})
    return REFUSED if refused else 0


@click.command()
@as_json_option
def events(*, as_json: bool) -> None:
    """Everything that was logged or chosen, oldest first."""
    with plain_endings(as_json=as_json):
        stored = opened_desk().store.events()
        if as_json:
            answer([describe_record(each) for each in stored])
            return
        for each in stored:
            local = each.event.happened.local
            say(f"{local:%Y-%m-%d %H:%M}  {describe_record(each)['kind']}")


@click.command()
@as_json_option
def today(*, as_json: bool) -> None:
    """The plan as it stands."""
    with plain_endings(as_json=as_json):
        view = read_today(opened_desk())
        if as_json:
            answer(describe_today(view))
            return
        for sentence in _today_in_words(view):
            say(sentence)


def _today_in_words(view: Today) -> list[str]:
    """Help first where something was said about safety, then any stop, then the counts."""
    standing, lines = view.standing, load_help_lines()
    words = _morning_in_words(view)
    if view.concerns:
        code = guess_country(system_zone())
        words += ["Help comes first.", lines.for_country(code).emergency.says]
        words += [
            f"{line.name}: {line.phone or line.text or line.url}" for line in lines.for_concerns(code, view.concerns)
        ]
    if standing.hard_stop is not None:
        words += [hard_stop_words(because) for because in standing.hard_stop.because]
    words += _footing_in_words(view)
    if view.inbound_open:
        words.append("They wrote. No answer is owed. When you like: fallow triage")
    if standing.quiet_days is not None and not view.concerns:
        words.append(f"Quiet days: {standing.quiet_days} of {standing.of_days}.")
        words += [f"Days since you last reached out: {standing.since_reached_out}."] if standing.grade else []
        words += [f"Days since you last looked: {standing.since_looked}."] if standing.totals.get("looked") else []
    return [*words, f"Phase: {view.phase.replace('_', ' ')}."]


def _morning_in_words(view: Today) -> list[str]:
    """A line for waking, and one thing before the phone; help goes before it."""
    morning = view.footing.morning
    return [] if morning is None or view.concerns else [morning.line, f"Before the phone: {morning.instead}"]


def _footing_in_words(view: Today) -> list[str]:
    """What was arranged beforehand and holds now."""
    words = []
    if view.footing.gate_until is not None:
        words.append(
            f"A gate you set holds until {view.footing.gate_until:%d %B, %H:%M}. What you wrote is kept, and "
            "none of it is opened before. Waiting, calling someone and help are open."
        )
    words += [f"If {planned.moment}: {planned.act}" for planned in view.footing.plans]
    for each in view.dates:
        when = {0: "Today", 1: "Tomorrow"}.get(each.days, f"In {each.days} days")
        words.append(f"{when}: {each.name}." + (f" You decided: {each.decision}" if each.decision else ""))
    if view.questions:
        words.append("A question you put away can be looked at again: fallow park --list")
    return words


@click.command()
@click.option("--intensity", type=click.IntRange(0, 10), help="How strong.")
@click.option("--write", is_flag=True, help="Write it here; it is sealed until the next morning at ten and never sent.")
@click.option("--until", help="With --write: sealed until this hour instead, ISO 8601.")
@as_json_option
def urge(*, intensity: int | None, write: bool, until: str | None, as_json: bool) -> None:
    """Note an urge and, if you like, write it down instead of sending it."""
    with plain_endings(as_json=as_json):
        desk = opened_desk(may_create=True)
        if not write:
            stored = record(desk, Ask(Urge(intensity=intensity)))
            if as_json:
                answer([describe_record(each) for each in stored])
            say("Noted. It is all right that it is hard. Nothing has to be decided now.")
            confidant = plan_of(desk).terms.confidant
            if confidant is not None:
                say(f"You can call {confidant.name}{f', {confidant.phone}' if confidant.phone else ''}.")
            say("Help lines: fallow help-lines")
            return
        opens_at = next_mornings(desk.clock())[0] if until is None else read_hour(desk, until)
        id = begin(desk, Urge(intensity=intensity))
        say("Write what you want to send. End with an empty line, or Ctrl-D. It is kept here, never sent.")
        seal_draft(desk, id, "".join(typed_lines()), opens_at)
        if as_json:
            answer({"draft": id, "opens_at": opens_at.isoformat()})
        say(f"Sealed until {opens_at:%d %B, %H:%M}. Nothing was sent.")


def read_hour(desk: Desk, given: str) -> datetime:
    """An hour still to come; without an offset it is read in the person's zone."""
    try:
        told = datetime.fromisoformat(given)
    except ValueError as problem:
        raise NotUnderstood(what="the hour") from problem
    now = desk.clock()
    opens_at = told if told.tzinfo else told.replace(tzinfo=now.local.tzinfo)
    if opens_at <= now.at:
        raise HourHasPassed
    return opens_at


def describe_record(record: Record) -> dict[str, Any]:
    """An event as machines read it: its place, its moment and local day, then its own fields."""
    event = record.event
    fields: dict[str, Any] = msgspec.to_builtins(event.what)
    return {
        "seq": record.seq,
        "id": record.id,
        "kind": fields.pop("kind"),
        "at": event.happened.at.isoformat(),
        "zone": event.happened.zone,
        "day": event.day.isoformat(),
        "recorded_at": event.recorded.at.isoformat(),
        **fields,
    }


def tell_stored(stored: tuple[Record, ...], *, as_json: bool, words: str) -> None:
    """What was recorded: as JSON where that was asked for, and in words."""
    if as_json:
        answer([describe_record(each) for each in stored])
    say(words)
