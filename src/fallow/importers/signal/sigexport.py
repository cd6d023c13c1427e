"""
What the program signal-export makes of Signal Desktop → an `Export`: `data.json`, or the `chat.md` beside it.

    {"date": "2024-03-05T10:11:12.345000", "sender": "Me", "body": "…", "reactions": [["Kim", "♥"]], …}   a line each
    [2024-03-05 10:11:12] Me: …                                                                          of chat.md

Seen in versions of 2019 to 2026. Both hold the wall clock of the computer and call the owner Me; the pages have no mark
where one message ends and text that looks like the next begins, so `data.json` is the better one. Neither says when
somebody reacted or read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from fallow.errors import BrokenFile, EntryTooLong, NoMessages
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import Gathering, clean_name
from fallow.importers.interface import LINE_BYTES, ME, Answers, ChatInside, Export, Progress
from fallow.importers.signal.frames import NO_JSON
from fallow.importers.source import Part, Source
from fallow.importers.text import text_lines
from fallow.language import N_
from fallow.messages import Kind

HEADER: Final = re.compile(rb"\[(\d{4}-\d\d-\d\d),? (\d\d:\d\d(?::\d\d)?)\] (.{1,200}?): ?(.*)", re.S)
MINE: Final = re.compile(rb"^\[\d{4}-\d\d-\d\d,? \d\d:\d\d(?::\d\d)?\] Me: ", re.M)
FIRST: Final = re.compile(rb'\s*\{"date": ?"\d{4}-\d\d-\d\dT[^\n]{0,60000}?"(?:sender|body)": ?')
BOM: Final = b"\xef\xbb\xbf"
DELETED: Final = "(This message was deleted)"
REACTIONS: Final = re.compile(r"\n\(- (.+: .+) -\)")
STICKER: Final = re.compile(r"\n\(\( (.+) \)\)|\[([^\[\]]*)\]\(\.\./exported_stickers/[^()]*\)")
ATTACHMENT: Final = re.compile(r"!?\[[^\[\]]*\]\(\./media/[^\n]*?\)(?:  |(?=\n|$))")
QUOTE: Final = re.compile(r"\n\n> .*?\n\n", re.S)
CALL: Final = re.compile(r"(Incoming|Outgoing|Missed) (?:voice |video |group )?call(?: \((.*)\))?")
EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone yet
MICROSECOND: Final = dt.timedelta(microseconds=1)
MILLI_US, SECOND_US, MINUTE_US = 1_000, 1_000_000, 60_000_000
MOST_REJECTED: Final = 10_000


class Row(msgspec.Struct):
    """One line of `data.json`."""

    date: dt.datetime
    sender: str = ""
    body: str = ""
    quote: str = ""
    sticker: msgspec.Raw = msgspec.Raw()
    reactions: list[msgspec.Raw] = []
    attachments: list[msgspec.Raw] = []
    deleted: bool = False
    call: bool | None = None


ROWS: Final = msgspec.json.Decoder(Row)


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a `data.json`, or a `chat.md`, which calls its owner Me."""
    bare = head.removeprefix(BOM)
    if FIRST.match(bare):
        return True
    return HEADER.match(bare.lstrip()) is not None and MINE.search(bare) is not None


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the chats of a folder or zip with several, by the names of their folders.

    Raises:
        ImportRefused: As `read_export`.
    """
    chats = _chats(source)
    if len(chats) == 1:
        return []
    counted = {name: sum(1 for _ in _told(part, Gathering())) for name, part in chats.items()}
    return [ChatInside(None, name, count) for name, count in counted.items() if count]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one chat.

    Args:
        answers: Which chat, by the name of its folder; needed only where there are several.
    Raises:
        ImportRefused: As `read_export`.
    """
    chats = _chats(source)
    chosen = choose_chat(list_chats(source, None), answers.chat).name if len(chats) > 1 else next(iter(chats))
    part, gathered = chats[chosen], Gathering()
    tell = source.told(progress, gathered.__len__)
    names, tick = dict[str, None](), MINUTE_US
    for row, line, done, fine in _told(part, gathered):
        tell(done)
        tick = min(tick, fine)
        _add(gathered, row, line, names)
    tell(source.size)
    if not len(gathered):
        raise NoMessages
    others, data = [name for name in names if name != ME], _is_data(part)
    return gathered.export(
        source, "signal_export_json" if data else "signal_export_markdown", "data.json" if data else "chat.md",
        sides=(ME, others[0]) if len(others) == 1 else None, hint=others[0] if len(others) == 1 else None,
        resolution=tick, why=N_("the year comes first"),
    )  # fmt: skip


def _chats(source: Source) -> dict[str, Part]:
    """The chats by folder; of the two files of one, `data.json`."""
    found: dict[str, Part] = {}
    for part in source.parts:
        folder = part.name.rpartition("/")[0].rpartition("/")[2]
        if folder not in found or (_is_data(part) and not _is_data(found[folder])):
            found[folder] = part
    return found


def _is_data(part: Part) -> bool:
    return part.head().removeprefix(BOM).lstrip().startswith(b"{")


def _told(part: Part, gathered: Gathering) -> Iterator[tuple[Row, int, int, int]]:
    return (_rows if _is_data(part) else _pages)(part, gathered)


def _add(gathered: Gathering, row: Row, line: int, names: dict[str, None]) -> None:
    who = clean_name(row.sender) or "No-Sender"
    names[who] = None
    call = CALL.fullmatch(row.body.strip()) if row.call is not False else None
    kind = Kind.TEXT
    if row.deleted or row.body.strip() == DELETED:
        kind, row.body = Kind.DELETED, ""
    elif row.call or call:
        kind = Kind.CALL
        if call and (call[1] == "Missed" or (call[2] or "").startswith(("unanswered", "declined"))):
            gathered.note("calls_unanswered", line)
        row.body = ""
    elif row.attachments:
        kind = Kind.MEDIA
    elif bytes(row.sticker) not in (b"", b"null", b'""'):
        kind = Kind.STICKER
    elif not row.body:
        kind = Kind.MEDIA
    if row.reactions:
        gathered.note("reactions_without_time", line, len(row.reactions))
    at = (row.date.replace(tzinfo=None) - EPOCH) // MICROSECOND
    gathered.add(at, who, kind, row.body, offset=None, line=line)


def _rows(part: Part, gathered: Gathering) -> Iterator[tuple[Row, int, int, int]]:
    """Of `data.json`: each row, its line, the bytes done, the tick of the clock."""
    done = 0
    for number, line in text_lines(part.open()):
        done += len(line) + 1
        if not line.strip():
            continue
        try:
            row = ROWS.decode(line)
        except NO_JSON:
            _reject(gathered, number)
            continue
        row.body = row.body.removesuffix("  ")
        yield row, number, done, MILLI_US


def _pages(part: Part, gathered: Gathering) -> Iterator[tuple[Row, int, int, int]]:
    """Of `chat.md`: the same."""
    held: tuple[dt.datetime, str, int, int] | None = None
    text, done = list[str](), 0
    size = 0
    for number, line in text_lines(part.open()):
        done += len(line) + 1
        found = HEADER.fullmatch(line)
        at = None if found is None else _moment(found[1] + b" " + found[2])
        if found is None or at is None:
            if held is None:
                gathered.note("line_before_first_message", number, bool(line.strip()))
                continue
            text.append(line.decode("utf-8", "surrogateescape"))
            size += len(line) + 1
            if size > LINE_BYTES:
                raise EntryTooLong(line=held[2])
            continue
        if held is not None:
            yield _page(held, text), held[2], done, held[3]
        fine = SECOND_US if found[2].count(b":") == 2 else MINUTE_US
        held = at, found[3].decode("utf-8", "replace"), number, fine
        text, size = [found[4].decode("utf-8", "surrogateescape")], 0
    if held is not None:
        yield _page(held, text), held[2], done, held[3]


def _page(held: tuple[dt.datetime, str, int, int], lines: list[str]) -> Row:
    """A message of `chat.md` with what was put around its text taken off again."""
    body = "\n".join(lines).rstrip("\n").removesuffix("  ")
    row = Row(date=held[0], sender=held[1])
    if found := REACTIONS.search(body):
        row.reactions = [msgspec.Raw()] * (found[1].count(", ") + 1)
        body = body[: found.start()] + body[found.end() :]
    if found := STICKER.search(body):
        row.sticker = msgspec.Raw(b"{}")
        body = body[: found.start()] + body[found.end() :]
    body, row.attachments = _without(ATTACHMENT, body)
    body = QUOTE.sub("", body, count=1)
    row.body = body.removesuffix("  ").removesuffix("\n").removesuffix("  ")
    return row


def _without(pattern: re.Pattern[str], body: str) -> tuple[str, list[msgspec.Raw]]:
    rest, count = pattern.subn("", body)
    return rest, [msgspec.Raw()] * count


def _moment(stamp: bytes) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(stamp.decode())
    except ValueError:
        return None


def _reject(gathered: Gathering, line: int) -> None:
    gathered.note("entry_not_understood", line)
    if gathered.counts["entry_not_understood"] > MOST_REJECTED:
        raise BrokenFile
