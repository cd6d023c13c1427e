"""Hostile lines of JSON, made on the spot: each would cost a careless reader its memory, its stack or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.signals import KIM, Sent, chat_md, exported, heads, item, jsonl
from importers.telegram_bombs import write

ONE = exported([Sent(1_770_000_000_000, mine=True, text="fine")])


def endless_line(path: Path) -> None:
    """A gigabyte without an end of line; the file is sparse."""
    write(path, ONE, b'{"chatItem":{"standardMessage":{"text":{"body":"')
    with path.open("r+b") as file:
        file.truncate(1024 * MB)


def deep(path: Path) -> None:
    """Lines of two hundred thousand lists, each in the next."""
    write(path, ONE, (b'{"chatItem":{"revisions":' + b"[" * 200_000 + b"]" * 200_000 + b"}}\n") * 20)


def revisions(path: Path) -> None:
    """A message that was edited into itself forty thousand times."""
    write(
        path, ONE, b'{"chatItem":{"chatId":"12","revisions":[' + b'{"revisions":[' * 40_000 + b"]}" * 40_000 + b"]}}\n"
    )


def many_recipients(path: Path) -> None:
    """More people than anyone knows."""
    write(path, jsonl(*heads()), (b'{"recipient":{"id":"%d","contact":{}}}\n' % i for i in range(110_000)))


def many_reactions(path: Path) -> None:
    """Ten thousand hearts under each of fifty messages."""
    heart = {"emoji": "x", "authorId": str(KIM), "sentTimestamp": "1770000000000"}
    said = item(Sent(1_770_000_000_000, mine=True, text="x"))
    said["chatItem"]["standardMessage"]["reactions"] = [heart] * 10_000
    write(path, ONE, jsonl(said) * 50)


def not_json(path: Path) -> None:
    """Thirty million lines that are nothing."""
    write(path, ONE, b"{]\n" * 30_000_000)


def page_of_nothing(path: Path) -> None:
    """A page of one message that goes on for four hundred megabytes."""
    write(path, chat_md([Sent(1_770_000_000_000, mine=True, text="fine")]), (b"line\n" * 200_000 for _ in range(400)))


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes, by its own account."""
    path.write_bytes(one_member(b"main.jsonl", *deflated(10_240), 10_240 * MB))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "JSON line of a gigabyte": (endless_line, "EntryTooLong"),
    "JSON lines 200,000 deep": (deep, "read"),
    "JSON lines edited into themselves": (revisions, "read"),
    "JSON lines of 110,000 people": (many_recipients, "BrokenFile"),
    "JSON lines of 500,000 hearts": (many_reactions, "read"),
    "JSON lines that are none": (not_json, "BrokenFile"),
    "Markdown of one endless message": (page_of_nothing, "EntryTooLong"),
    "zip of ten gigabytes of JSON lines": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
