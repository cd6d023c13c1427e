"""Hostile pages of Google Voice, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.chats import zipped
from importers.googlevoices import Voiced, texts
from importers.telegram_bombs import write

AT = 1_700_000_000_123
WHOLE = texts([Voiced(AT, mine=False, text="TEXT"), Voiced(AT + 1, mine=True, text="there")])
HEAD, END = WHOLE.partition(b"<body>")[0] + b'<body><div class="hChatLog hfeed">', b"</div></body></html>"
ONE = WHOLE[WHOLE.index(b'<div class="message">') : WHOLE.rindex(b'<div class="message">')]


def deep_page(path: Path) -> None:
    """A third of a million things within one another."""
    write(path, HEAD, ONE, b"<div>" * 350_000, b"</div>" * 350_000, END)


def endless_tag(path: Path) -> None:
    """Three megabytes of a tag that does not close."""
    write(path, HEAD, ONE, b'<a href="' + b"x" * 3_000_000, b'">', END)


def many_attributes(path: Path) -> None:
    """A tag with twenty thousand attributes, thirty times."""
    write(path, HEAD, ONE, (b"<a " + b'x="y" ' * 20_000 + b">") * 30, END)


def endless_text(path: Path) -> None:
    """Three megabytes of one message."""
    write(path, HEAD, ONE.replace(b"TEXT", b"x" * 3_000_000), END)


def comments(path: Path) -> None:
    """A million beginnings of comments and of characters, none of which ends."""
    write(path, HEAD, ONE, b"<!-" * 500_000, b"&#x" * 500_000, END)


def too_large(path: Path) -> None:
    """A page of forty megabytes."""
    write(path, HEAD, ONE * (40_000_000 // len(ONE)), END)


def many_pages(path: Path) -> None:
    """Nineteen thousand pages, each of somebody else."""
    pages = ((f"Calls/{i}.html", WHOLE.replace(b"15550100200", b"1555%07d" % i)) for i in range(19_000))
    path.write_bytes(zipped(*pages))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "page 350,000 deep": (deep_page, "read"),
    "page with a tag of 3 MB": (endless_tag, "BrokenFile"),
    "page with 20,000 attributes in a tag": (many_attributes, "read"),
    "page with a message of 3 MB": (endless_text, "EntryTooLong"),
    "page of comments that do not end": (comments, "BrokenFile"),
    "page of 40 MB": (too_large, "FileTooLarge"),
    "19,000 pages": (many_pages, "WhichChat"),
}
"""What it is → how it is made, and what must come of it."""
