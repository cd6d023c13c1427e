"""Commands that read chats: import, analyse, two-sides."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import click

from fallow.app import (
    DateOrder,
    Days,
    Export,
    SidedChat,
    describe_exports,
    import_chat,
    known_names,
    name_sides,
    read_days,
    read_export_file,
    remove_source,
    require_same_dyad,
    require_two,
    spelled,
    two_sides_document,
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
        exports = [_read(path, date_order) for path in files]
        for export in exports:
            require_two(export)
        ego = [me if me is not None else _ask_me(export) for export in exports]
        where, lacking = _zone(zone), _days(missing)
        chats = [name_sides(export, name, them, where) for export, name in zip(exports, ego, strict=True)]
        desk = opened_desk(may_create=True)
        _require_one_dyad(known_names(desk), chats, same_person=same_person)  # before any of them is kept
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
@files_argument
@me_option
@them_option
@order_option
@zone_option
@missing_option
@same_person_option
@as_json_option
def analyse(
    files: tuple[Path, ...], *, me: str | None, them: str | None, date_order: DateOrder | None, zone: str | None,
    missing: tuple[str, ...], same_person: bool, as_json: bool,
) -> None:  # fmt: skip
    """What a chat export shows of both sides. Nothing is stored."""
    with plain_endings(as_json=as_json):
        exports = [_read(path, date_order) for path in files]
        for export in exports:
            require_two(export)
        name = me if me is not None else _ask_me(exports[0])
        where, lacking = _zone(zone), _days(missing)
        chats = [name_sides(export, name, them, where, lacking) for export in exports]
        _require_one_dyad([], chats, same_person=same_person)
        document = describe_exports(list(zip(exports, chats, strict=True)))
        if as_json:
            answer(document)
        else:
            _say_two_sides(document)


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
            say(f"Removed; {_some(gone, 'message')} gone.")
        for each in listed:
            say(f"{each['id']}  {_some(each['messages'], 'message')}, {' and '.join(each['names'])}")


@click.command("two-sides")
@as_json_option
def two_sides(*, as_json: bool) -> None:
    """What the stored record shows of both sides."""
    with plain_endings(as_json=as_json):
        document = two_sides_document(opened_desk())
        if as_json:
            answer(document)
        else:
            _say_two_sides(document)


def _read(path: Path, date_order: DateOrder | None) -> Export:
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


def _require_one_dyad(known: list[tuple[str, str]], chats: list[SidedChat], *, same_person: bool) -> None:
    for chat in chats:
        require_same_dyad(known, spelled(chat), same_person=same_person)
        known = [*known, spelled(chat)]


def _ask_me(export: Export) -> str:
    """Ask which of the two names found is ego; where nobody can be asked, say how to tell."""
    if not sys.stdin.isatty():
        raise WhoIsMe
    for number, name in enumerate(export.names, start=1):
        say(f"{number}  {name}")
    chosen: int = click.prompt("Which one is you", type=click.IntRange(1, len(export.names)), err=True)
    return export.names[chosen - 1]


def _zone(name: str | None) -> ZoneInfo | None:
    if name is not None and name not in available_timezones():
        raise SettingRefused(setting="--zone")
    return None if name is None else ZoneInfo(name)


def _days(typed: tuple[str, ...]) -> list[Days]:
    return [read_days(*(each.split("..", 1) if ".." in each else (each, ""))) for each in typed]


def _say_two_sides(document: dict[str, Any]) -> None:
    """The main numbers in words, each with its n; ego first."""
    bouts, silences = document["bouts"], len(document["silences"])
    say(f"{_some(document['messages'], 'message')}, {document['first_at'][:10]} to {document['last_at'][:10]}.")
    share = bouts["share_opened"]["ego"]
    learned = "" if bouts["criterion_how"] in ("learned", "held to the range") else ", a default"
    say(
        f"You opened {bouts['opened_by']['ego']:,} of {_some(bouts['count'], 'conversation')} "
        f"({share['lower']:.0%} to {share['upper']:.0%}); a conversation is new after "
        f"{bouts['criterion_hours']:.1f} h{learned}."
    )
    for side, who in (("ego", "You answered"), ("alter", "They answered")):
        say(f"{who} {_how_soon(document['reply_latency'][side])}")
    say(f"{_some(silences, 'silence')} of three days or more. Nobody's feelings can be read from this.")


def _how_soon(latency: dict[str, Any]) -> str:
    median, tick = latency["median_minutes"], latency["resolution_minutes"]
    if median is None:
        return f"too few turns to say (n = {latency['n']:,})."
    if median < max(tick, 1):
        return f"half of the turns in under {_some(max(round(tick), 1), 'minute')} (n = {latency['n']:,})."
    low, high = latency["ci95"]
    limits = f"from {low:.0f}, no upper limit" if high is None else f"{low:.0f} to {high:.0f}"
    return f"half of the turns within {_some(round(median), 'minute')} ({limits}; n = {latency['n']:,})."


def _some(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
