"""The command for days that come every year: dates."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fallow.app import (
    DateAhead,
    Desk,
    calendar_file,
    dates,
    decide_date,
    describe_date,
    drop_date,
    find_date_ahead,
    looks_ahead,
    note_date,
    note_first_message,
    note_holiday,
    parse_day,
    require_calm_day,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, ask_words, plain_endings, say
from fallow.errors import FileNotWritten, NotUnderstood
from fallow.guidance import load_holidays
from fallow.language import N_, ngettext, say_day_of_year
from fallow.language import gettext as _
from fallow.plan import DateKind

OWN_KINDS = ("birthday", "anniversary", "other")


@command("dates")
@click.option("--add", is_flag=True, help="Note a day; its name and date are asked for.")
@click.option("--kind", type=click.Choice(OWN_KINDS), default="other", help="With --add: what it is.")
@click.option("--holiday", type=click.Choice([each.id for each in load_holidays()]), help="Note a holiday.")
@click.option("--first-message", is_flag=True, help="Note the day of the first message, read from the chat.")
@click.option("--decide", metavar="ID", help="Decide what you will do on it; asked for, on a calm day.")
@click.option("--drop", metavar="ID", help="Look out for it no more.")
@click.option("--ics", metavar="FILE", help="Write every date to a calendar file, - for standard output.")
@click.option("--with-names", is_flag=True, help="With --ics: their names instead of the word Note.")
@as_json_option
def dates_(
    *, add: bool, kind: DateKind, holiday: str | None, first_message: bool, decide: str | None, drop: str | None,
    ics: str | None, with_names: bool, as_json: bool,
) -> None:  # fmt: skip
    """Birthdays, holidays and other days of the year: decided beforehand, said quietly from a week before."""
    with plain_endings(as_json=as_json):
        asked = [each for each in (add, holiday, first_message, decide, drop, ics) if each]
        if len(asked) > 1:
            raise NotUnderstood(what=N_("more than one thing at once; give one option"))
        if with_names and ics is None:
            raise NotUnderstood(what=N_("what the names are for; give --ics"))
        desk = opened_desk(may_create=add or holiday is not None)
        if ics is not None:
            _write(desk, ics, with_names=with_names, as_json=as_json)
            return
        noted = _note(desk, add=add, kind=kind, holiday=holiday, first_message=first_message)
        if drop is not None:
            drop_date(desk, drop)
            say(_("Dropped. Nothing is said about it any more."))
        if decide is not None:
            _decide(desk, decide)
        _tell(dates(desk) if noted is None else (find_date_ahead(desk, noted),), as_json=as_json)


def _note(desk: Desk, *, add: bool, kind: DateKind, holiday: str | None, first_message: bool) -> str | None:
    """The id of a date that was noted now; None: none was."""
    if add:
        name = ask_words(_("What is it called"))
        return note_date(desk, name, *parse_day(ask_words(_("When (the month first, as 12-24)"))), what=kind)
    if holiday is not None:
        return note_holiday(desk, holiday)
    return note_first_message(desk) if first_message else None


def _decide(desk: Desk, id: str) -> None:
    each = find_date_ahead(desk, id)
    require_calm_day(desk, id)  # before anything is typed
    words = ask_words(_("On {day} I will (letting it pass is open, always)").format(day=say_day_of_year(each.on)))
    decide_date(desk, id, words)
    say(_("Decided. Today says it again, quietly, from a week before."))


def _write(desk: Desk, ics: str, *, with_names: bool, as_json: bool) -> None:
    found, again = dates(desk), looks_ahead(desk)
    body = calendar_file(found, desk.clock().at, again=again, with_names=with_names)
    if ics == "-":
        sys.stdout.buffer.write(body)
        sys.stdout.flush()
        return
    try:
        Path(ics).write_bytes(body)
    except OSError as problem:
        raise FileNotWritten from problem
    if as_json:
        answer({"file": ics, "dates": len(found), "again": len(again), "with_names": with_names})
    say(_("Written, {n} in it. Whoever finds the file can read it.").format(n=len(found) + len(again)))


def _tell(found: tuple[DateAhead, ...], *, as_json: bool) -> None:
    if as_json:
        answer([describe_date(each) for each in found])
        return
    for each in found:
        decided = f": {each.decision}" if each.decision else ""
        ahead = ngettext("in {n} day", "in {n} days", each.days).format(n=each.days)
        say(f"{each.id}  {each.on.isoformat()}  {ahead}  {each.name}{decided}")
    if not found:
        say(_("No day is noted."))
