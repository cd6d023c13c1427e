"""Commands for what is written for oneself: letters, better."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Final

import click

from fallow.app import (
    Deletion,
    Desk,
    begin_letter,
    begin_sitting,
    better,
    burn_letter,
    burn_sitting,
    describe_better,
    describe_letters,
    end_sitting,
    holds_words,
    is_open,
    put_letter_away,
    read_letter,
    read_sitting,
    require_rest_day,
    save_letter,
    save_sitting,
    write_on,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, ask_sure, plain_endings, say, typed_lines
from fallow.errors import NotUnderstood, SittingOver, StillSealed
from fallow.language import N_, say_clock, say_day
from fallow.language import gettext as _

STATES: Final = {
    "writing": N_("begun {day}, open"),
    "ready": N_("begun {day}, its day has come"),
    "resting": N_("begun {day}, rests until {until}"),
}


@command()
@click.argument("id", required=False)
@click.option("--write", is_flag=True, help="Write a new one, or more of the one with this ID; words come by typing.")
@click.option("--until", metavar="DATE", help="Put it away until this day, YYYY-MM-DD, at ten in the morning.")
@click.option("--burn", is_flag=True, help="Delete it and its words for good, and look whether they are gone.")
@as_json_option
def letters(id: str | None, *, write: bool, until: str | None, burn: bool, as_json: bool) -> None:
    """Letters that are never sent: a list without words; one with its words, once its day has come."""
    with plain_endings(as_json=as_json):
        if burn and (id is None or write or until is not None):
            raise NotUnderstood(what=N_("which letter to burn; give its ID and nothing else"))
        if id is None and until is not None and not write:
            raise NotUnderstood(what=N_("which letter to put away; give its ID or --write"))
        desk = opened_desk(may_create=write)
        if burn:
            assert id is not None
            if _sure(holds_words(desk, id)):
                _tell_burned(id, burn_letter(desk, id), as_json=as_json)
        elif write or until is not None:
            _write(desk, id, write=write, until=until, as_json=as_json)
        elif id is None:
            _list(desk, as_json=as_json)
        else:
            _read(desk, id, as_json=as_json)


def _list(desk: Desk, *, as_json: bool) -> None:
    listed = describe_letters(desk)
    if as_json:
        answer(listed)
        return
    for each in listed:
        until = (each["rests_until"] or "")[:10]
        say(f"{each['id']}  {_(STATES[each['is']]).format(day=each['begun_at'][:10], until=until)}")
    if not listed:
        say(_("There are none. Write one with fallow letters --write; it is never sent."))


def _read(desk: Desk, id: str, *, as_json: bool) -> None:
    letter = read_letter(desk, id)
    if as_json:
        described = next(each for each in describe_letters(desk) if each["id"] == id)
        answer(described | {"text": letter.text if is_open(desk, letter) else None})
    elif is_open(desk, letter):
        click.echo(letter.text)
    else:
        say(_("It rests; it can be read once its day has come, or burned with --burn."))


def _write(desk: Desk, id: str | None, *, write: bool, until: str | None, as_json: bool) -> None:
    """The day is looked at before a word is asked for, and words are kept before it is put away."""
    day = None if until is None else _day(until)
    if day is not None:
        require_rest_day(desk.clock(), day)
    if id is None:
        id = begin_letter(desk)
    elif write:
        _take_out(desk, id)
    if write:
        say(_("Write. End with an empty line, or Ctrl-D. It is kept here, never sent."))
        before = read_letter(desk, id).text
        save_letter(desk, id, "\n".join([*([before] if before else []), "".join(typed_lines())]))
    opens_at = None if day is None else put_letter_away(desk, id, None, day)
    if as_json:
        answer({"letter": id, "rests_until": None if opens_at is None else opens_at.isoformat()})
    if opens_at is None:
        say(_("Kept here."))
    else:
        say(_("Put away until {day}. Nothing was sent.").format(day=say_day(opens_at.date())))


def _take_out(desk: Desk, id: str) -> None:
    letter = read_letter(desk, id)
    if not is_open(desk, letter):
        raise StillSealed
    if letter.sealed:
        write_on(desk, id)


@command("better")
@click.argument("id", required=False)
@click.option("--write", is_flag=True, help="Write today's, up to fifteen minutes; words come by typing.")
@click.option("--burn", is_flag=True, help="Delete the one with this ID for good; its day stays used.")
@as_json_option
def better_(id: str | None, *, write: bool, burn: bool, as_json: bool) -> None:
    """What is better now, however small: fifteen minutes a day, three days, then it is done; with an ID, one day."""
    with plain_endings(as_json=as_json):
        if (burn and (id is None or write)) or (write and id is not None):
            raise NotUnderstood(what=N_("which of them; --burn takes an ID, --write none"))
        desk = opened_desk(may_create=write)
        if burn:
            assert id is not None
            if _sure(bool(read_sitting(desk, id).text.strip())):
                _tell_burned(id, burn_sitting(desk, id), as_json=as_json)
        elif write:
            _sit(desk, as_json=as_json)
        elif id is not None:
            sitting = read_sitting(desk, id)
            if as_json:
                answer({"id": id, "day": sitting.day.isoformat(), "running": sitting.running, "text": sitting.text})
            else:
                click.echo(sitting.text)
        else:
            _say_better(desk, as_json=as_json)


def _say_better(desk: Desk, *, as_json: bool) -> None:
    stands = better(desk)
    described = describe_better(stands)
    if as_json:
        answer(described)
        return
    words = _("What is better now, however small: {n} of {days} days begun.")
    say(words.format(n=stands.begun, days=described["days"]))
    for each in described["sittings"]:
        day = _("{day}, open").format(day=each["day"]) if each["running"] else each["day"]
        say(f"{each['id']}  {day}")
    if stands.done:
        say(_("Three days were written, and that is all of it."))
    elif stands.running is not None or stands.may_begin:
        say(_("Write with fallow better --write."))
    else:
        say(_("The next one is open tomorrow."))


def _sit(desk: Desk, *, as_json: bool) -> None:
    """Each line is kept as it comes; what comes after the time is over is not taken, and that is said."""
    id = begin_sitting(desk)
    sitting = read_sitting(desk, id)
    say(
        _("What is better now, however small? Until {clock}, or less. End with an empty line, or Ctrl-D.").format(
            clock=say_clock(sitting.ends_at)
        )
    )
    text, late = sitting.text + ("\n" if sitting.text else ""), 0
    for line in typed_lines():
        try:
            save_sitting(desk, id, text + line)
            text += line
        except SittingOver:
            late += 1
    if late:
        say(_("The time was over, so the last lines ({n}) were not kept.").format(n=late))
    else:
        end_sitting(desk, id, text)
    if as_json:
        answer({"id": id, "lines_not_kept": late})
    say(_("Put away. That is enough for today."))


def _day(given: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except ValueError as problem:
        raise NotUnderstood(what=N_("the day; YYYY-MM-DD")) from problem


def _sure(holds: bool) -> bool:
    """One quiet question on a terminal, where there is anything to lose; a program that says --burn means it."""
    return not (holds and sys.stdin.isatty()) or ask_sure(_("It holds words. Burn it for good"))


def _tell_burned(id: str, deletion: Deletion, *, as_json: bool) -> None:
    if as_json:
        answer(
            {
                "burned": id,
                "complete": deletion.complete,
                "row_gone": deletion.row_gone,
                "overwritten": deletion.overwritten,
                "log_empty": deletion.log_empty,
            }
        )
    if deletion.complete:
        say(_("Burned, and looked for: it is not in the file any more."))
    else:
        say(_("Deleted. One copy may stay in the log until every program has closed it."))
