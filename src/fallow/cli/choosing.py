"""Commands that choose or take back: correct, choose, stop, drafts, help-lines."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import click
from msgspec.structs import replace

from fallow.app import (
    MIN_REREAD,
    Rereading,
    WouldSend,
    delete_draft,
    describe_rereading,
    drafts_shown,
    is_open,
    plan_of,
    read_draft,
    read_rereading,
    record,
    reread_draft,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import KINDS, tell_stored
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.guidance import guess_country, load_help_lines
from fallow.language import N_, say_day, say_number
from fallow.language import gettext as _
from fallow.plan import (
    Ask,
    ConfidantNamed,
    Correction,
    Initiator,
    Mode,
    ModeChosen,
    QuietTimeChosen,
    Sudden,
    What,
    read_fields,
)
from fallow.wiring import choose_zone, system_zone

STATES: Final = {"writing": N_("writing"), "ready": N_("ready"), "resting": N_("resting")}
"""Of a draft, in the order in which they are shown."""


@command()
@click.argument("id")
@click.option("--to", type=click.Choice(KINDS), help="What it really was.")
@click.option("--necessary", is_flag=True, help="With --to replied: it had to be.")
@click.option("--take-back", is_flag=True, help="It did not happen.")
@as_json_option
def correct(id: str, *, to: str | None, necessary: bool, take_back: bool, as_json: bool) -> None:
    """Correct a logged entry; the entry itself stays beside its correction. IDs are in `fallow events --json`."""
    with plain_endings(as_json=as_json):
        if (to is None) == (not take_back):
            raise NotUnderstood(what=N_("what it really was; give --to or --take-back"))
        desk = opened_desk()
        fields = {"kind": to} | ({"necessary": True} if necessary else {})
        really: Any = None if to is None else read_fields(fields, desk.clock()).what
        stored = record(desk, Ask(Correction(target=id, to=really)))
        tell_stored(stored, as_json=as_json, words=_("Corrected. The entry itself is kept beside it."))


@command()
@click.option("--quiet-time", metavar="DAYS", help="Days, open, or for-good; a convention, not science.")
@click.option("--mode", type=click.Choice(get_args(Mode)), help="How contact stands.")
@click.option("--initiator", type=click.Choice(get_args(Initiator)), help="Who ended it: ego is you.")
@click.option("--sudden", type=click.Choice(get_args(Sudden)), help="Whether it came suddenly, over something small.")
@click.option("--ended", metavar="DATE", help="The day it ended, such as 2027-01-31.")
@click.option("--person", is_flag=True, help="Name one person to call; asked for.")
@click.option("--zone", help="The time zone by which days are counted from now on.")
@as_json_option
def choose(
    *,
    quiet_time: str | None,
    mode: Mode | None,
    initiator: Initiator | None,
    sudden: Sudden | None,
    ended: str | None,
    person: bool,
    zone: str | None,
    as_json: bool,
) -> None:
    """What the first run asks: a quiet time, how contact stands, how it ended, one person to call, the time zone."""
    with plain_endings(as_json=as_json):
        desk = opened_desk(may_create=True)
        whats: list[What] = []
        if quiet_time is not None:
            whats.append(_quiet_time(quiet_time))
        if mode is not None:
            whats.append(ModeChosen(mode=mode))
        if initiator is not None or sudden is not None or ended is not None:
            told = plan_of(desk).terms.breakup
            on = told.on if ended is None else _day(ended)
            whats.append(replace(told, initiator=initiator or told.initiator, sudden=sudden or told.sudden, on=on))
        if person:
            whats.append(_person())
        if not whats and zone is None:
            raise NotUnderstood(what=N_("what to choose; see fallow choose --help"))
        if zone is not None:
            choose_zone(desk, zone)
        tell_stored(record(desk, *map(Ask, whats)), as_json=as_json, words=_("Kept."))


def _day(given: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except ValueError as problem:
        raise NotUnderstood(what=N_("the day it ended; such as 2027-01-31")) from problem


@command()
@click.argument("id", required=False)
@click.option("--delete", is_flag=True, help="Delete it and its words for good.")
@click.option("--would-send", type=click.Choice(get_args(WouldSend)), help="Read again: would you send it now?")
@as_json_option
def drafts(id: str | None, *, delete: bool, would_send: WouldSend | None, as_json: bool) -> None:
    """What was written and never sent: a list without words; one with its words, once its hour has come."""
    with plain_endings(as_json=as_json):
        if id is None and (delete or would_send is not None):
            raise NotUnderstood(what=N_("which draft; see fallow drafts"))
        desk = opened_desk()
        if id is None:
            named = zip(STATES, drafts_shown(desk), strict=True)
            listed = [{"id": draft.id, "is": name} for name, found in named for draft in found]
            if as_json:
                answer(listed)
            for each in listed:
                say(f"{each['id']}  {_(STATES[each['is']])}")
            return
        if delete:
            delete_draft(desk, id)
            if as_json:
                answer({"deleted": id})
            say(_("Deleted. Nothing was sent."))
            return
        if would_send is not None:
            reread_draft(desk, id, would_send)
            found = read_rereading(plan_of(desk))
            if as_json:
                answer(describe_rereading(found))
            say(f"{_('Kept.')} {_rereading_in_words(found)}")
            return
        draft = read_draft(desk, id)
        if as_json:
            answer({"id": draft.id, "sealed": draft.sealed, "text": draft.text})
        elif is_open(desk, draft):
            click.echo(draft.text)
        else:
            say(_("This is sealed; it can be read after its hour, or deleted with --delete."))


def _rereading_in_words(found: Rereading) -> str:
    share = found.would_send
    if share is None:
        words = _("Too little data to say how often you would: {n} read again, of at least {least}.")
        return words.format(n=found.n, least=MIN_REREAD)
    return _(
        "Of {n} you read again, you would have sent {count} now (n = {n}, 95 % interval {lower} to {upper} in 100)."
    ).format(
        n=share.n,
        count=share.count,
        lower=say_number(100 * share.lower, 0),
        upper=say_number(100 * share.upper, 0),
    )


@command("help-lines")
@click.argument("country", required=False)
@as_json_option
def help_lines(country: str | None, *, as_json: bool) -> None:
    """Crisis and support lines, by country (two letters); without a network, locked or not."""
    with plain_endings(as_json=as_json):
        if as_json:
            answer(load_help_lines().for_country(country or guess_country(system_zone())))
            return
        say_help(country)


def say_help(country: str | None) -> None:
    """The emergency sentence and every line of a country, else of where the time zone points."""
    lines = load_help_lines()
    found = lines.for_country(country or guess_country(system_zone()))
    click.echo(found.emergency.says)
    for line in (*found.lines, *(lines.other.lines if found is not lines.other else ())):
        reached = " · ".join(part for part in (line.phone, line.text, line.url, line.hours) if part)
        click.echo(f"{line.name}: {reached}")
    click.echo(_("As seen on {day}; numbers can have changed.").format(day=say_day(lines.checked_on)))


def _quiet_time(given: str) -> QuietTimeChosen:
    if given in ("open", "for-good"):
        return QuietTimeChosen(for_good=given == "for-good")
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        raise NotUnderstood(what=N_("the quiet time; a number of days, open, or for-good"))
    return QuietTimeChosen(days=int(given))


def _person() -> ConfidantNamed:
    name = click.prompt(_("Their name"), err=True)
    phone = click.prompt(_("Phone"), default="", show_default=False, err=True)
    words = click.prompt(_("What they said you may do"), default="", show_default=False, err=True)
    return ConfidantNamed(name=name, phone=phone or None, words=words or None)
