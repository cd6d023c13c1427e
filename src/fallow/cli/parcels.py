"""The commands for a chat put out of sight: make, list, give, open, back, remove."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from fallow.app import (
    bring_back,
    describe_contents,
    describe_parcel,
    look_into,
    parcel_text,
    parcels,
    remove_parcel,
)
from fallow.cli.commands import as_json_option, group
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, ask_sure, plain_endings, say
from fallow.errors import FileNotOpened, NotUnderstood, ParcelNotSure
from fallow.language import N_, ngettext, say_count, say_day
from fallow.language import gettext as _
from fallow.wiring import (
    Label,
    Line,
    ParcelRecord,
    Taken,
    is_set_up,
    open_kept_parcel,
    open_parcel,
    put_chat_away,
    save_parcel,
    save_text,
    today_in,
)

WHAT: Final[dict[str, Taken]] = {"words": "words", "all": "messages"}
_file = click.option(
    "--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="A file that was given away."
)
_word = click.option(
    "--passphrase-file", "word_file", type=click.Path(path_type=Path, dir_okay=False),
    help="Its passphrase is the first line of this file; asked for if left out.",
)  # fmt: skip


@group("parcels")
def parcels_() -> None:
    """
    Put the chat out of sight until a day, under a passphrase of its own; open it, bring it back.

    The day is a promise to yourself: Fallow keeps to it, and somebody who sets the clock forward gets round it.
    """


@parcels_.command("list")
@as_json_option
def list_(*, as_json: bool) -> None:
    """What was put away, where it lies, and from which day it opens."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        found = parcels(desk)
        if as_json:
            answer([describe_parcel(desk, each) for each in found.parcels])
            return
        for each in found.parcels:
            say(_say_parcel(each))
        if not found.parcels:
            say(_("Nothing is put away. To do it: fallow parcels make --until DATE"))


def _say_parcel(each: ParcelRecord) -> str:
    counted = ngettext("{n} message", "{n} messages", each.messages).format(n=say_count(each.messages))
    day = say_day(each.opens_on)
    if each.given_at is not None:
        return _("{id}  {counted}, given away, opens from {day}").format(id=each.id, counted=counted, day=day)
    return _("{id}  {counted}, here, opens from {day}").format(id=each.id, counted=counted, day=day)


@parcels_.command()
@click.option(
    "--until", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day from which it opens."
)
@click.option(
    "--what", type=click.Choice([*WHAT]), default="words",
    help="The words alone, so that counts and times stay (left out: this); or all of it.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Give it away as this new file.")
@_word
@as_json_option
def make(*, until: dt.datetime, what: str, output: Path | None, word_file: Path | None, as_json: bool) -> None:
    """
    Put the chat away. Asks for a new passphrase, which is not kept and which nobody can find out again.

    With -o it is written to a file, read back, and only then let go of here; give the file to somebody who keeps it.
    """
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        word = _new_word(word_file)
        made = put_chat_away(desk, folder(), word, taken=WHAT[what], until=until.date())
        if output is not None:
            with _reachable():
                save_parcel(desk, made.id, output)
            made = next(each for each in parcels(desk).parcels if each.id == made.id)
        if as_json:
            answer(describe_parcel(desk, made))
        say(
            _("Put away until {day}. It opens with its own passphrase alone; keep that well.").format(
                day=say_day(until.date())
            )
        )
        if output is not None:
            say(_("It lies in the file now, read back once, and not here any more."))
        say(_("The export you brought, copies and archives made before still hold the words."))


@parcels_.command()
@click.argument("id")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new file.")
@as_json_option
def give(id: str, *, output: Path, as_json: bool) -> None:
    """Write what was put away to a file, read it back, and let go of it here; no passphrase of it is needed."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        with _reachable():
            size = save_parcel(desk, id, output)
        if as_json:
            answer({"id": id, "file": str(output), "bytes": size, "checked": True})
        say(_("It lies in the file now, read back once, and not here any more."))


@parcels_.command("open")
@click.argument("id", required=False)
@_file
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="Write its words as plain text to this new file, which anybody can read.",
)  # fmt: skip
@_word
@as_json_option
def open_(id: str | None, *, file: Path | None, output: Path | None, word_file: Path | None, as_json: bool) -> None:
    """Say what is in it, once its day has come; a file opens on any computer, also where nothing is set up."""
    with plain_endings(as_json=as_json), _opened(id, file, word_file) as (label, lines):
        held = list(lines)
        found = look_into(label, held)
        if output is not None:
            with _reachable():
                save_text(parcel_text(label, held), output)
        if as_json:
            answer(describe_contents(found) | {"file": None if output is None else str(output)})
            return
        say(
            ngettext("{n} message, {words} with words.", "{n} messages, {words} with words.", found.messages).format(
                n=say_count(found.messages), words=say_count(found.with_words)
            )
        )
        if found.first is not None and found.last is not None:
            say(_("From {first} to {last}.").format(first=say_day(found.first), last=say_day(found.last)))
        if output is not None:
            say(_("Written as plain text. Remove that file when you are done with it."))


@parcels_.command()
@click.argument("id", required=False)
@_file
@click.option("--same-person", is_flag=True, help="Another name, and the same other one.")
@_word
@as_json_option
def back(id: str | None, *, file: Path | None, same_person: bool, word_file: Path | None, as_json: bool) -> None:
    """Bring it back to where it was, once its day has come; what is there already is not doubled."""
    with plain_endings(as_json=as_json), _opened(id, file, word_file) as (label, lines):
        new = bring_back(opened_desk(), label, lines, same_person=same_person)
        if as_json:
            answer({"messages": label.messages, "new": new})
        say(_("Brought back; it is as it was."))


@parcels_.command()
@click.argument("id")
@click.option("--sure", is_flag=True, help="Yes, for good; asked for on a terminal.")
@as_json_option
def remove(id: str, *, sure: bool, as_json: bool) -> None:
    """Remove what was put away here for good, unopened; of one that was given away, the note of it alone."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        asked = _("Remove it for good; nobody can bring it back")
        if not sure and not (sys.stdin.isatty() and ask_sure(asked)):
            raise ParcelNotSure
        remove_parcel(desk, id)
        if as_json:
            answer({"removed": id})
        say(_("Removed."))


@contextmanager
def _opened(id: str | None, file: Path | None, word_file: Path | None) -> Iterator[tuple[Label, Iterator[Line]]]:
    """What was put away, from here or from a file; the file is open meanwhile."""
    if (id is None) == (file is None):
        raise NotUnderstood(what=N_("which one; give its ID, or --file FILE"))
    if file is None:
        assert id is not None
        desk = opened_desk()
        yield open_kept_parcel(desk, id, _word_of(word_file))
        return
    with _reachable():
        opened = file.open("rb")
    with opened:
        today = opened_desk().clock().day if is_set_up(folder()) else today_in(None)
        yield open_parcel(opened, _word_of(word_file), today)


def _word_of(word_file: Path | None) -> str:
    if word_file is not None:
        return _first_line(word_file)
    given: str = click.prompt(_("The passphrase of what is put away"), hide_input=True, err=True)
    return given


def _new_word(word_file: Path | None) -> str:
    if word_file is not None:
        return _first_line(word_file)
    given: str = click.prompt(
        _("A passphrase for it, another one than yours, at least ten characters"),
        hide_input=True, confirmation_prompt=True, err=True,
    )  # fmt: skip
    return given


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise FileNotOpened from problem
    return lines[0] if lines else ""


@contextmanager
def _reachable() -> Iterator[None]:
    """Say of a path that cannot be read or written that it cannot."""
    try:
        yield
    except OSError as problem:
        raise FileNotOpened from problem
