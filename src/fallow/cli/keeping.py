"""Commands that keep or show what happened: log, events, today, urge."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any, Final

import click
import msgspec

from fallow.app import DateAhead, Desk, Today, by_chance, describe_today, next_mornings, plan_of, record, seal_draft
from fallow.app import begin_draft as begin
from fallow.app import today as read_today
from fallow.cli.commands import as_json_option, command
from fallow.cli.errors import REFUSED
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, answer_line, describe_error, plain_endings, say, typed_lines
from fallow.errors import FallowError, HourHasPassed, NotUnderstood
from fallow.guidance import guess_country, hard_stop_words, load_help_lines
from fallow.language import N_, ngettext, say_day_and_clock
from fallow.language import gettext as _
from fallow.plan import Ask, Phase, RanInto, Record, Standing, TheyWrote, Urge, read_ask
from fallow.wiring import system_zone

KINDS: Final = ("urge", "looked", "wrote", "replied", "they_wrote", "ran_into", "met", "logistics", "accident")
PHASES: Final[dict[Phase, str]] = {
    Phase.HARD_STOP: N_("hard stop"),
    Phase.SAFETY: N_("safety"),
    Phase.LIMITED_CONTACT: N_("limited contact"),
    Phase.LIVING_TOGETHER: N_("living together"),
    Phase.NO_CONTACT: N_("no contact"),
    Phase.THEY_WROTE: N_("they wrote"),
    Phase.REVIEW: N_("review"),
    Phase.MESSAGE_SENT: N_("message sent"),
    Phase.CLOSED: N_("closed"),
    Phase.NOT_STARTED: N_("not started"),
}
LINE_LIMIT: Final = 64 * 1024
"""Bytes of one line of `log --stdin`."""


@command()
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
            raise NotUnderstood(what=_("what happened; one of {kinds}").format(kinds=", ".join(KINDS)))
        fields: dict[str, Any] = {"kind": kind, "at": at, "intensity": intensity, "necessary": necessary or None}
        if ask_note:
            words = click.prompt(_("In your own words"), default="", show_default=False, err=True)
            fields["cue" if kind == "urge" else "note"] = words or None
        line = msgspec.json.encode({name: value for name, value in fields.items() if value is not None})
        desk = opened_desk(may_create=True)
        stored = record(desk, read_ask(line, desk.clock()))
        if as_json:
            answer([describe_record(each) for each in stored])
        say(_("Logged."))
        _say_what_follows(desk, stored)
        if kind == "met":
            say(_("Nothing is held against you. A quiet time, or how things are, can be chosen again: fallow choose"))


def _say_what_follows(desk: Desk, stored: tuple[Record, ...]) -> None:
    """After what comes from the other side: where it can be looked at, or what helps the next time."""
    what = stored[-1].event.what
    if isinstance(what, TheyWrote):
        say(_("No answer is owed. When you like: fallow triage"))
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
                raise NotUnderstood(what=N_("a line of this length"))
            stored = record(desk, read_ask(line, desk.clock()))
        except FallowError as error:
            refused = True
            answer_line({"ok": False, "line": number, "error": describe_error(error)})
        else:
            for each in stored:
                answer_line({"ok": True, "line": number, **describe_record(each)})
    return REFUSED if refused else 0


@command()
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


@command()
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
        words += [_("Help comes first."), lines.for_country(code).emergency.says]
        words += [
            f"{line.name}: {line.phone or line.text or line.url}" for line in lines.for_concerns(code, view.concerns)
        ]
    if standing.hard_stop is not None:
        words += [hard_stop_words(because) for because in standing.hard_stop.because]
    words += _footing_in_words(view)
    if view.inbound_open:
        words.append(_("They wrote. No answer is owed. When you like: fallow triage"))
    if standing.quiet_days is not None and not view.concerns:
        words += _counts_in_words(standing)
    return [*words, _("Phase: {phase}.").format(phase=_(PHASES[view.phase]))]


def _counts_in_words(standing: Standing) -> list[str]:
    words = [_("Quiet days: {n} of {of}.").format(n=standing.quiet_days, of=standing.of_days)]
    if standing.grade:
        words.append(_("Days since you last reached out: {n}.").format(n=standing.since_reached_out))
    if standing.totals.get("looked"):
        words.append(_("Days since you last looked: {n}.").format(n=standing.since_looked))
    return words


def _morning_in_words(view: Today) -> list[str]:
    """A line for waking, and one thing before the phone; help goes before it."""
    morning = view.footing.morning
    return (
        []
        if morning is None or view.concerns
        else [morning.line, _("Before the phone: {instead}").format(instead=morning.instead)]
    )


def _footing_in_words(view: Today) -> list[str]:
    """What was arranged beforehand and holds now."""
    words = []
    if view.footing.gate_until is not None:
        words.append(
            _(
                "A gate you set holds until {until}. What you wrote is kept, and none of it is opened before. "
                "Waiting, calling someone and help are open."
            ).format(until=say_day_and_clock(view.footing.gate_until))
        )
    words += [_("If {moment}: {act}").format(moment=plan.moment, act=plan.act) for plan in view.footing.plans]
    for each in view.dates:
        decided = _("You decided: {decision}").format(decision=each.decision) if each.decision else ""
        words.append(" ".join(filter(None, (_date_in_words(each), decided))))
    if view.questions:
        words.append(_("A question you put away can be looked at again: fallow park --list"))
    return words


def _date_in_words(each: DateAhead) -> str:
    match each.days:
        case 0:
            return _("Today: {name}.").format(name=each.name)
        case 1:
            return _("Tomorrow: {name}.").format(name=each.name)
        case days:
            return ngettext("In {n} day: {name}.", "In {n} days: {name}.", days).format(n=days, name=each.name)


@command()
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
            say(_("Noted. It is all right that it is hard. Nothing has to be decided now."))
            confidant = plan_of(desk).terms.confidant
            if confidant is not None:
                called = ", ".join(filter(None, (confidant.name, confidant.phone)))
                say(_("You can call {person}.").format(person=called))
            say(_("Help lines: fallow help-lines"))
            return
        opens_at = next_mornings(desk.clock())[0] if until is None else read_hour(desk, until)
        id = begin(desk, Urge(intensity=intensity))
        say(_("Write what you want to send. End with an empty line, or Ctrl-D. It is kept here, never sent."))
        seal_draft(desk, id, "".join(typed_lines()), opens_at)
        if as_json:
            answer({"draft": id, "opens_at": opens_at.isoformat()})
        say(_("Sealed until {until}. Nothing was sent.").format(until=say_day_and_clock(opens_at)))


def read_hour(desk: Desk, given: str) -> datetime:
    """An hour still to come; without an offset it is read in the person's zone."""
    try:
        told = datetime.fromisoformat(given)
    except ValueError as problem:
        raise NotUnderstood(what=N_("the hour")) from problem
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
