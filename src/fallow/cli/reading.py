"""Commands that keep chats: import, imports; and how a file named on the command line is read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import click
import msgspec

from fallow import app, guidance
from fallow.app import (
    ME,
    PROBLEMS,
    ChatInside,
    DateOrder,
    Days,
    Export,
    SidedChat,
    both_names,
    is_group,
    list_chats,
    name_sides,
    of_two,
    read_days,
    read_export_file,
    require_same_dyad,
    require_two,
    say_why,
    spelled,
    told_me,
    wall_clocks,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.cli.watching import watched
from fallow.errors import FileNotOpened, SettingRefused, WhichChat, WhoIsMe
from fallow.language import gettext as _
from fallow.language import ngettext, say_clock, say_count, say_day

files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
me_option = click.option("--me", help="Which name is you, spelled as in the file; a file may say so itself.")
them_option = click.option("--them", help="Which name is the other one; of a group only what the two wrote is read.")
chat_option = click.option(
    "--chat",
    help="Which chat, where a file holds several: its name or id, or =ADDRESS for that address alone; see chats.",
)
order_option = click.option(
    "--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="Which comes first in the dates, if unclear."
)
same_person_option = click.option("--same-person", is_flag=True, help="A name not seen before is the same other one.")
missing_option = click.option(
    "--missing", multiple=True, metavar="FROM..TO", help="Days the file lacks, such as 2024-03-01..2024-03-31."
)
zone_option = click.option("--zone", help="Time zone of the phone that wrote the file, such as Europe/Berlin.")


@command("import")
@files_argument
@me_option
@them_option
@chat_option
@order_option
@zone_option
@missing_option
@click.option("--without-text", is_flag=True, help="Keep counts and times only, no words.")
@same_person_option
@as_json_option
def import_(
    files: tuple[Path, ...], *, me: str | None, them: str | None, chat: str | None, date_order: DateOrder | None,
    zone: str | None, missing: tuple[str, ...], without_text: bool, same_person: bool, as_json: bool,
) -> None:  # fmt: skip
    """Keep a chat export, encrypted. Bringing the same one twice adds nothing."""
    with plain_endings(as_json=as_json):
        settled = [settle(read_file(path, date_order, chat), me, them, alone=len(files) == 1) for path in files]
        exports, ego = [export for export, _name in settled], [name for _export, name in settled]
        where, lacking = parse_zone(zone), parse_days(missing)
        chats = [name_sides(export, name, them, where) for export, name in zip(exports, ego, strict=True)]
        desk = opened_desk(may_create=True)
        require_one_dyad(app.known_names(desk), chats, same_person=same_person)  # before any of them is kept
        if not as_json:
            for sentence in guidance.load_words().chat_import:
                say(sentence.text)
            if where is None:
                _tell_clock(exports, desk.clock().zone)
        receipts = [
            app.import_chat(
                desk,
                export,
                me=name,
                them=them,
                with_text=not without_text,
                zone=where,
                same_person=same_person,
                missing=lacking,
            )
            for export, name in zip(exports, ego, strict=True)
        ]
        described = [describe_receipt(receipt) for receipt in receipts]
        if as_json:
            answer(
                {"imports": described, "messages": sum(r.read for r in receipts), "new": sum(r.new for r in receipts)}
            )
        for receipt in receipts:
            _tell_receipt(receipt)


@command()
@files_argument
@as_json_option
def chats(files: tuple[Path, ...], *, as_json: bool) -> None:
    """The chats in a full export, for --chat; groups come last. Nothing is stored."""
    with plain_endings(as_json=as_json):
        found = [each for path in files for each in list_file(path)]
        if as_json:
            answer(
                {"chats": [{"id": one.id, "name": one.name, "messages": one.messages, "people": one.people,
                            "addresses": one.addresses}
                           for one in found]}
            )  # fmt: skip
            return
        for one in found:
            say(f"{one.id}  {describe_chat(one)}")
        if not found:
            say(_("No file here holds several chats."))


@command()
@click.option("--remove", "id", help="Remove the one with this id, with its words and messages.")
@as_json_option
def imports(*, id: str | None, as_json: bool) -> None:
    """The chats brought in so far; one of them can be removed."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        gone = app.remove_source(desk, id) if id is not None else None
        listed: list[dict[str, Any]] = [
            {"id": s.id, "format": s.format, "messages": s.messages, "with_text": s.with_text, "names": s.names,
             "receipt": describe_receipt(told) if (told := app.receipt_of(s)) else None}
            for s in desk.store.sources()
        ]  # fmt: skip
        if as_json:
            answer({"imports": listed, "removed_messages": gone})
            return
        if gone is not None:
            words = ngettext("Removed; {n} message gone.", "Removed; {n} messages gone.", gone)
            say(words.format(n=say_count(gone)))
        for each in listed:
            names = _("{one} and {other}").format(one=each["names"][0], other=each["names"][1])
            say(f"{each['id']}  {some_messages(each['messages'])}, {names}")


def describe_receipt(receipt: app.Receipt) -> dict[str, Any]:
    """A receipt as plain values: days and instants in ISO 8601, the tick in seconds."""
    plain: dict[str, Any] = msgspec.to_builtins(receipt)
    renamed = {"messages": plain.pop("read"), "system_lines": plain.pop("system")}
    return {"format": plain.pop("format"), **renamed, **plain, "resolution_s": plain.pop("resolution") / 1_000_000}


def _tell_clock(exports: Sequence[Export], zone: str) -> None:
    """Times that tell no zone, and the one in which they are read, where none was given."""
    for times in filter(None, map(wall_clocks, exports)):
        told = _("Its times tell no time zone, such as {times}; they are read in {zone}. Another one: --zone.")
        say(told.format(times="; ".join(f"{say_day(at.date())}, {say_clock(at)}" for at in times), zone=zone))


def _tell_receipt(receipt: app.Receipt) -> None:
    """What was read, and how, in a few lines."""
    words = ngettext("{n} message read, {new} of them new.", "{n} messages read, {new} of them new.", receipt.read)
    say(words.format(n=say_count(receipt.read), new=say_count(receipt.new)))
    told = _("{first} to {last}; layout {layout}; dates {order}: {why}.")
    say(
        told.format(
            first=say_day(receipt.first_day),
            last=say_day(receipt.last_day),
            layout=_(receipt.layout),
            order=receipt.date_order,
            why=say_why(receipt.date_order_why),
        )
    )
    if receipt.group:
        say("  " + say_out_of_group(receipt.group))
    for each in receipt.problems:
        where = _("first at line {line}").format(line=each["line"]) if each["line"] else ""
        say(
            "  " + ", ".join(filter(None, (f"{say_count(int(each['count']))} {_(PROBLEMS[str(each['kind'])])}", where)))
        )
        if each["kind"] == "addresses_joined":
            say("  " + _("If they are not: `imports --remove ID`, then one alone with --chat =ADDRESS; see `chats`."))


def say_out_of_group(people: int) -> str:
    """That a chat was picked from a group."""
    words = ngettext(
        "out of a group in which {n} person wrote; only what these two wrote is in it",
        "out of a group in which {n} people wrote; only what these two wrote is in it",
        people,
    )
    return words.format(n=say_count(people))


def read_file(path: Path, date_order: DateOrder | None, chat: str | None = None, *, one_side: bool = False) -> Export:
    """
    A chat from a file; which one of several is asked where somebody can be asked.

    How far it has come is shown where a person watches a large file being read.
    """
    try:
        return _read_file(path, date_order, chat, one_side)
    except WhichChat:
        if chat is not None or not sys.stdin.isatty():
            raise
        return _read_file(path, date_order, ask_chat(list_file(path)), one_side)


def _read_file(path: Path, date_order: DateOrder | None, chat: str | None, one_side: bool) -> Export:
    try:
        with watched() as tell:
            return read_export_file(path, date_order=date_order, chat=chat, one_side=one_side, progress=tell)
    except OSError as problem:
        raise FileNotOpened from problem


def list_file(path: Path) -> list[ChatInside]:
    """The two-person chats in a file."""
    try:
        with watched() as tell:
            return list_chats(path, progress=tell)
    except OSError as problem:
        raise FileNotOpened from problem


def describe_chat(one: ChatInside) -> str:
    """One chat of several in a line."""
    if one.addresses:
        told = _("{name}, {messages}; taken for one person: {addresses}")
        joined = ", ".join(one.addresses)
        return told.format(name=one.name, messages=some_messages(one.messages), addresses=joined)
    if not one.group:
        return f"{one.name}, {some_messages(one.messages)}"
    told = ngettext(
        "{name}, a group of {people} people, {messages}", "{name}, a group of {people} people, {messages}", one.people
    )
    return told.format(name=one.name, people=say_count(one.people), messages=some_messages(one.messages))


def ask_chat(found: list[ChatInside]) -> str:
    """Ask which of several chats is meant."""
    for number, one in enumerate(found, start=1):
        say(f"{number}  {describe_chat(one)}")
    chosen: int = click.prompt(_("Which chat is it"), type=click.IntRange(1, len(found)), err=True)
    return found[chosen - 1].answer


def read_chats(
    files: Sequence[Path], *, me: str | None, them: str | None, chat: str | None, date_order: DateOrder | None,
    zone: ZoneInfo | None, missing: list[Days], same_person: bool, one_side: bool = False,
) -> list[tuple[Export, SidedChat]]:  # fmt: skip
    """
    The chats of one dyad from files that are not kept, with their sides named; who is ego is asked once.

    Args:
        one_side: Whether files of one side are read, too: only where nothing is counted or compared.
    """
    exports = [read_file(path, date_order, chat, one_side=one_side) for path in files]
    exports = [settle(export, me, them, alone=len(files) == 1)[0] if is_group(export) else export for export in exports]
    for export in exports:
        require_two(export)
    known = [known_me(export, me, alone=len(files) == 1) for export in exports]
    asked = ask_me(exports[known.index(None)]) if None in known else None
    sided = [
        name_sides(export, name or asked, them, zone, missing) for export, name in zip(exports, known, strict=True)
    ]  # fmt: skip
    require_one_dyad([], sided, same_person=same_person)
    return list(zip(exports, sided, strict=True))


def out_of_groups(read: Sequence[tuple[Export, SidedChat]]) -> int:
    """How many of the messages are out of a group."""
    return sum(len(chat.table) for export, chat in read if export.group)


def settle(export: Export, me: str | None, them: str | None, *, alone: bool) -> tuple[Export, str]:
    """A chat of two and ego's name in it; of a group only what the two wrote; who was not said is asked about."""
    if not is_group(export):
        require_two(export)
        return export, known_me(export, me, alone=alone) or ask_me(export)
    if not sys.stdin.isatty():
        export = of_two(export, me, them)
        return export, told_me(export) or ""
    me = known_me(export, me, alone=alone) or ask_name(export.names, _("Which one is you"))
    others = tuple(name for name in export.names if name != me)
    return of_two(export, me, them or ask_name(others, _("Which one is the other one"))), me


def known_me(export: Export, me: str | None, *, alone: bool) -> str | None:
    """
    The name of ego in a file, where nobody has to be asked: as given, else as the file itself tells it.

    Beside other files it may call ego otherwise than they do; then what it tells itself counts.
    """
    told = told_me(export)
    if me is None or (not alone and told not in (None, ME) and me not in both_names(export)):
        return told
    return me


def require_one_dyad(known: list[tuple[str, str]], chats: list[SidedChat], *, same_person: bool) -> None:
    for chat in chats:
        require_same_dyad(known, spelled(chat), same_person=same_person)
        known = [*known, spelled(chat)]


def ask_me(export: Export) -> str:
    """Ask which of the two names found is ego; where nobody can be asked, say how to tell."""
    if not sys.stdin.isatty():
        raise WhoIsMe
    return ask_name(export.names, _("Which one is you"))


def ask_name(names: Sequence[str], question: str) -> str:
    """Ask which of several names is meant."""
    for number, name in enumerate(names, start=1):
        say(f"{number}  {name}")
    chosen: int = click.prompt(question, type=click.IntRange(1, len(names)), err=True)
    return names[chosen - 1]


def parse_zone(name: str | None) -> ZoneInfo | None:
    if name is not None and name not in available_timezones():
        raise SettingRefused(setting="--zone")
    return None if name is None else ZoneInfo(name)


def parse_days(typed: tuple[str, ...]) -> list[Days]:
    return [read_days(*(each.split("..", 1) if ".." in each else (each, ""))) for each in typed]


def some_messages(number: int) -> str:
    return ngettext("{n} message", "{n} messages", number).format(n=say_count(number))
