"""Commands for the end: end, archive, restore."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final, get_args

import click

from fallow.app import End, close_plan, describe_end, end, reopen_plan
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import describe_record
from fallow.cli.opening import ask_passphrase, folder, opened_desk
from fallow.cli.speaking import answer, ask_sure, plain_endings, say
from fallow.errors import AlreadyServing, FileNotOpened, NotSure, NotUnderstood, StoreExists
from fallow.language import N_, say_count, say_day
from fallow.language import gettext as _
from fallow.plan import Ending, Record
from fallow.settings import read_settings, write_settings
from fallow.web.serve import stop_running
from fallow.wiring import archive_of, is_set_up, remove_everything, restore_desk, save_archive, serving_pid

ENDINGS: Final[dict[str, Ending]] = {each.replace("_", "-"): each for each in get_args(Ending)}
SAID: Final[dict[Ending, str]] = {
    "we_talk_again": N_("You talk again."),
    "done_waiting": N_("You are done waiting."),
    "other": N_("It ended in a way of its own."),
}
STOPS_WITHIN: Final = 15.0
"""Seconds a server that runs is given to end."""


@command("end")
@click.option("--ending", type=click.Choice([*ENDINGS]), help="Close it in this way; both good endings are as good.")
@click.option("--words", "ask_words", is_flag=True, help="With --ending: ask for own words, never an argument.")
@click.option("--reopen", is_flag=True, help="Open it again; nothing was lost.")
@click.option("--shred", is_flag=True, help="Remove everything for good, the key first; asks for the passphrase.")
@click.option("--sure", is_flag=True, help="With --shred: yes, all of it; asked for on a terminal.")
@as_json_option
def end_(*, ending: str | None, ask_words: bool, reopen: bool, shred: bool, sure: bool, as_json: bool) -> None:
    """The end: how it stands, closing, opening again, or removing everything."""
    with plain_endings(as_json=as_json):
        if sum((ending is not None, reopen, shred)) > 1 or (sure and not shred) or (ask_words and ending is None):
            raise NotUnderstood(what=N_("which of them; --ending, --reopen and --shred go one by one"))
        if shred:
            _shred(sure=sure, as_json=as_json)
            return
        desk = opened_desk()
        if ending is not None:
            words = (
                click.prompt(_("In your own words"), default="", show_default=False, err=True) if ask_words else None
            )
            _tell(close_plan(desk, ENDINGS[ending], words), _("Closed. What was kept stays."), as_json=as_json)
        elif reopen:
            _tell(reopen_plan(desk), _("Open again. Nothing was lost."), as_json=as_json)
        elif as_json:
            answer(describe_end(end(desk)))
        else:
            _say_end(end(desk))


def _tell(stored: tuple[Record, ...], words: str, *, as_json: bool) -> None:
    if as_json:
        answer([describe_record(each) for each in stored])
    say(words)


def _say_end(view: End) -> None:
    if view.closed_on is not None and view.ending is not None:
        say(f"{_('Closed since {day}.').format(day=say_day(view.closed_on))} {_(SAID[view.ending])}")
    else:
        say(_("Open. Close it with fallow end --ending."))
    kept, use = view.kept, view.use
    say(
        _("Kept: {entries} entries, {written} things written, {messages} messages.").format(
            entries=say_count(kept.entries), written=say_count(kept.written), messages=say_count(kept.messages)
        )
    )
    if not use.enough:
        say(_("Use by week: too little data, {n} of at least 4 weeks.").format(n=len(use.weeks)))
        return
    for week in use.weeks:
        say(_("week of {day}: {n} of 7 days with an entry").format(day=week.monday, n=week.days))
    say(
        _("In all: {days} days in {weeks} weeks. Fallow expects to be left.").format(
            days=say_count(use.days), weeks=say_count(len(use.weeks))
        )
    )


def _shred(*, sure: bool, as_json: bool) -> None:
    place = folder()
    passphrase = ask_passphrase()
    if not sure:
        if not sys.stdin.isatty():
            raise NotSure
        say(_("Every entry, everything you wrote, every chat, and the key that opens them. It cannot be undone."))
        if not ask_sure(_("Remove everything for good")):
            raise NotSure
    left = remove_everything(place, passphrase, meanwhile=lambda: _stop_serving(place))
    if as_json:
        answer({"removed": True, "folder": str(place), "left": list(left)})
    say(_("It is gone: the key first, then the notes, their log and the settings."))
    if left:
        say(_("Files in that folder that were not made here stay: {n}.").format(n=len(left)))
    say(_("What this cannot reach: what a flash disk keeps, backups made by the system, and a copy you took away."))


def _stop_serving(place: Path) -> None:
    """
    End a server that runs on this folder, so that it writes nothing into it any more.

    Raises:
        AlreadyServing: If it does not end.
    """
    until = time.monotonic() + STOPS_WITHIN
    while (pid := serving_pid(place)) is not None:
        if time.monotonic() > until:
            raise AlreadyServing
        stop_running(pid)
        time.sleep(0.05)


@command()
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new file.")
@as_json_option
def archive(*, output: Path, as_json: bool) -> None:
    """One file with everything, encrypted as it is here; it opens with the passphrase of today. Read back once made."""
    with plain_endings(as_json=as_json):
        place = folder()
        desk = opened_desk()
        try:
            size = save_archive(archive_of(desk, place), output)
        except OSError as problem:
            raise FileNotOpened from problem
        if as_json:
            answer({"file": str(output), "bytes": size, "checked": True})
        words = _("Written and read back: {n} bytes. It opens with the passphrase or the recovery code of today.")
        say(words.format(n=say_count(size)))


@command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
def restore(file: Path, *, as_json: bool) -> None:
    """Bring an archive back into a folder where nothing is set up; damaged ones are refused with nothing touched."""
    with plain_endings(as_json=as_json):
        place = folder()
        if is_set_up(place):
            raise StoreExists
        try:
            opened = file.open("rb")
        except OSError as problem:
            raise FileNotOpened from problem
        with opened:
            desk = restore_desk(place, opened, ask_passphrase())
        write_settings(place, read_settings(place))
        counted = {"events": len(desk.store.events()), "messages": desk.store.message_count()}
        if as_json:
            answer({"folder": str(place), **counted})
        say(
            _("Restored into {folder}: {entries} entries, {messages} messages, all of it sound.").format(
                folder=place, entries=say_count(counted["events"]), messages=say_count(counted["messages"])
            )
        )
