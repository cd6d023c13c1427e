"""The command that prints what was read of chat exports, message by message; nothing is stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from fallow.app import DateOrder, ReadMessage, told_messages
from fallow.cli.commands import command
from fallow.cli.reading import (
    chat_option,
    files_argument,
    me_option,
    order_option,
    parse_zone,
    read_chats,
    same_person_option,
    them_option,
    zone_option,
)
from fallow.cli.speaking import plain_endings

OTHER_ENDS: Final = tuple((chr(code).encode(), rb"\u%04x" % code) for code in (0x85, 0x2028, 0x2029))


@command("messages")
@files_argument
@me_option
@them_option
@chat_option
@order_option
@zone_option
@same_person_option
@click.option("--without-text", is_flag=True, help="Print counts and times only, no words.")
@click.option("--ndjson", is_flag=True, help="One JSON object a line, the only form there is.")
def messages_(
    files: tuple[Path, ...], *, me: str | None, them: str | None, chat: str | None, date_order: DateOrder | None,
    zone: str | None, same_person: bool, without_text: bool, ndjson: bool,
) -> None:  # fmt: skip
    """
    Print what is read of chat exports, one message a line, oldest first. Nothing is stored.

    at is ISO 8601, with an offset where it is known; line is where it begins in its file.
    """
    with plain_endings(as_json=ndjson):
        read = read_chats(
            files,
            me=me,
            them=them,
            chat=chat,
            date_order=date_order,
            zone=parse_zone(zone),
            missing=[],
            same_person=same_person,
            one_side=True,
        )
        named = [(path.name, export, sided) for path, (export, sided) in zip(files, read, strict=True)]
        encode = msgspec.json.Encoder().encode
        for message in told_messages(named):
            sys.stdout.buffer.write(_one_line(encode(_line(message, without_text=without_text))))
        sys.stdout.buffer.flush()


def _one_line(told: bytes) -> bytes:
    """JSON as a line for everybody: what only some programs take for the end of a line is escaped."""
    for sign, escaped in OTHER_ENDS:
        if sign in told:
            told = told.replace(sign, escaped)
    return told + b"\n"


def _line(message: ReadMessage, *, without_text: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "at": message.at.isoformat(timespec="milliseconds" if message.at.microsecond else "seconds"),
        "sender": message.sender,
        "side": message.side,
        "kind": message.kind,
    }
    return told | ({} if without_text else {"text": message.text}) | {"source": message.source, "line": message.line}
