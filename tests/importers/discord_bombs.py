"""Hostile channels of Discord, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from importers.discords import Sent, channel, entry
from importers.telegram_bombs import write

AT = 1_700_000_000_000
WHOLE = channel([Sent(AT, mine=True, text="fine")])
HEAD, MARK, TAIL = WHOLE.partition(b'"messages": [')
ONE = json.dumps(entry(1, Sent(AT, mine=True, text="TEXT"))).encode()


def one(text: bytes) -> bytes:
    return ONE.replace(b'"TEXT"', text) + b","


def deep_lists(path: Path) -> None:
    """Lists in lists where pictures should be."""
    deep = ONE.replace(b'"attachments": []', b'"attachments": ' + b"[" * 200_000 + b"]" * 200_000)
    write(path, HEAD + MARK, deep, b",", TAIL)


def many_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD + MARK, (one(b'"x"') * 10_000 for _ in range(170)), TAIL)


def many_people(path: Path) -> None:
    """Thirty thousand who write in a conversation of two."""
    write(path, HEAD + MARK, (one(b'"x"').replace(b'"1001"', b'"%d"' % i) for i in range(30_000)), TAIL)


def endless_name(path: Path) -> None:
    """Thirty megabytes of the name of a channel."""
    name = b'"channel": {"name": "' + b"x" * 30_000_000 + b'"}, "messageCount"'
    write(path, HEAD + MARK + ONE + b",", TAIL.replace(b'"messageCount"', name, 1))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "channel 200,000 deep in its pictures": (deep_lists, "read"),
    "channel of 1.7 million messages": (many_messages, "TooManyMessages"),
    "channel of 30,000 people": (many_people, "NotTwoPeople"),
    "channel with a name of 30 MB": (endless_name, "EntryTooLong"),
}
"""What it is → how it is made, and what must come of it."""
