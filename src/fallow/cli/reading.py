"""Commands that keep chats: import, imports; and how a file named on the command line is read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import click

from fallow.app import (
    DateOrder,
    Days,
    Export,
    SidedChat,
    import_chat,
    known_names,
    name_sides,
    read_days,
    read_export_file,
    remove_source,
    require_same_dyad,
    require_two,
    spelled,
)
from fallow.cli.keeping import as_json_option
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import FileNotOpened, SettingRefused, WhoIsMe
from fallow.guidance import load_words

PROGRESS_BYTES: Final = 5_000_000
"""Size of a file from which reading it is worth a bar."""

files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
me_option = click.option("--me", help="Which name is you, spelled as in the file.")
them_option = click.option("--them", help="Which name is the other one.")
order_option = click.option(
    "--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="Which comes first in the dates, if unclear."
)
same_person_option = click.option("--same-person", is_flag=True, help="A name not seen before is the same other one.")
missing_option = click.option(
    "--missing", multiple=True, metavar="FROM..TO", help="Days the file lacks, such as 2024-03-01..2024-03-31."
)
zone_option = click.option("--zone", help="Time zone of the phone that wrote the file, such as Europe/Berlin.")


@click.command("import")
@files_argument
@me_option
@them_option
@order_option
@zone_option
@missing_option
@click.option("--without-text", is_flag=True, help="Keep counts and times only, no words.")
@same_person_option
@as_json_option
def import_(
    files: tuple[Path, ...], *, me: str | None, them: str | None, date_order: DateOrder | None, zone: str | None,
    missing: tuple[str, ...], without_text: bool, same_person: bool, as_json: bool,
) -> None:  # fmt: skip
    """Keep a chat export, encrypted. Bringing the same one twice adds nothing."""
    with plain_endings(as_json=as_json):
        exports = [read_file(path, date_order) for path in files]
        for export in exports:
            require_two(export)
        ego = [me if me is not None else ask_me(export) for export in exports]
        where, lacking = parse_zone(zone), parse_days(missing)
        chats = [name_sides(export, name, them, where) for export, name in zip(exports, ego, strict=True)]
        desk = opened_desk(may_create=True)
        require_one_dyad(known_names(desk), chats, same_person=same_person)  # before any of them is kept
        if not as_json:
            for sentence in load_words().chat_import:
                say(sentence.text)
        receipts = [
            import_chat(
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
        described = [
            {"format": r.format, "messages": r.read, "new": r.new, "with_text": r.with_text,
             "system_lines": r.system, "problems": r.problems}
            for r in receipts
        ]  # fmt: skip
        if as_json:
            answer(
                {"imports": described, "messages": sum(r.read for r in receipts), "new": sum(r.new for r in receipts)}
            )
        for receipt in receipts:
            say(f"{receipt.read:,} messages read, {receipt.new:,} of them new.")


@click.command()
@click.option("--remove", "id", help="Remove the one with this id, with its words and messages.")
@as_json_option
def imports(*, id: str | None, as_json: bool) -> None:
    """The chats brought in so far; one of them can be removed."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        gone = remove_source(desk, id) if id is not None else None
        listed: list[dict[str, Any]] = [
            {"id": s.id, "format": s.format, "messages": s.messages, "with_text": s.with_text, "names": s.names}
            for s in desk.store.sources()
        ]
        if as_json:
            answer({"imports": listed, "removed_messages": gone})
            return
        if gone is not None:
            say(f"Removed; {some(gone, 'message')} gone.")
        for each in listed:
            say(f"{each['id']}  {some(each['messages'], 'message')}, {' and '.join(each['names'])}")


def read_file(path: Path, date_order: DateOrder | None) -> Export:
    """A chat from a file, with how far it has come where a person watches a large one being read."""
    shown = sys.stderr.isatty() and path.is_file() and path.stat().st_size > PROGRESS_BYTES
    try:
        if not shown:
            return read_export_file(path, date_order=date_order)
        with click.progressbar(length=100, label="Reading", file=sys.stderr) as bar:
            return read_export_file(
                path, date_order=date_order, progress=lambda done, of: bar.update(100 * done // max(of, 1) - bar.pos)
            )
    except OSError as problem:
        raise FileNotOpened from problem


def read_chats(
    files: Sequence[Path], *, me: str | None, them: str | None, date_order: DateOrder | None, zone: ZoneInfo | None,
    missing: list[Days], same_person: bool,
) -> list[tuple[Export, SidedChat]]:  # fmt: skip
    """The chats of one dyad from files that are not kept, with their sides named; who is ego is asked once."""
    exports = [read_file(path, date_order) for path in files]
    for export in exports:
        require_two(export)
    name = me if me is not None else ask_me(exports[0])
    chats = [name_sides(export, name, them, zone, missing) for export in exports]
    require_one_dyad([], chats, same_person=same_person)
    return list(zip(exports, chats, strict=True))


def require_one_dyad(known: list[tuple[str, str]], chats: list[SidedChat], *, same_person: bool) -> None:
    for chat in chats:
        require_same_dyad(known, spelled(chat), same_person=same_person)
        known = [*known, spelled(chat)]


def ask_me(export: Export) -> str:
    """Ask which of the two names found is ego; where nobody can be asked, say how to tell."""
    if not sys.stdin.isatty():
        raise WhoIsMe
    for number, name in enumerate(export.names, start=1):
        say(f"{number}  {name}")
    chosen: int = click.prompt("Which one is you", type=click.IntRange(1, len(export.names)), err=True)
    return export.names[chosen - 1]


def parse_zone(name: str | None) -> ZoneInfo | None:
    if name is not None and name not in available_timezones():
        raise SettingRefused(setting="--zone")
    return None if name is None else ZoneInfo(name)


def parse_days(typed: tuple[str, ...]) -> list[Days]:
    return [read_days(*(each.split("..", 1) if ".." in each else (each, ""))) for each in typed]


def some(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
