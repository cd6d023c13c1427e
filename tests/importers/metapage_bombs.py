"""Hostile pages of Messenger, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.chats import zipped
from importers.metapages import BUILDS, page
from importers.metas import FOLDER, Chat
from importers.telegram_bombs import write

BUILD = BUILDS["messenger 2025"]
WHOLE = page(
    [Chat(1_700_000_000_000, mine=True, text="WORDS"), Chat(1_700_000_001_000, mine=False, text="fine")], BUILD
)
START = WHOLE.index(b"<section", WHOLE.index(b"fine</div>"))
HEAD, ONE, TAIL = WHOLE[:START], WHOLE[START : -len("</div></div></body></html>")], b"</div></div></body></html>"
STAMP = ONE.rpartition(b'<div class="_a72d">')[2].partition(b"<")[0]


def one(text: bytes) -> bytes:
    return ONE.replace(b"WORDS", text)


def deep_words(path: Path) -> None:
    """Half a million elements, each in the next, where words should be."""
    write(path, HEAD, one(b"<div>" * 60_000 + b"</div>" * 60_000), (ONE for _ in range(10)), TAIL)


def endless_words(path: Path) -> None:
    """A gigabyte of one text; the file is sparse."""
    write(path, HEAD, ONE.partition(b"WORDS")[0])
    with path.open("r+b") as file:
        file.truncate(1024 * MB)


def many_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD, (ONE * 10_000 for _ in range(170)), TAIL)


def many_people(path: Path) -> None:
    """Thirty thousand who write."""
    write(path, HEAD, (ONE.replace(b"Sam Roe", b"%d" % i) for i in range(30_000)), TAIL)


def many_signs(path: Path) -> None:
    """Two hundred thousand hearts under a few messages."""
    hearts = b"<ul class='_a6-q'>" + "<li><span>❤Kim Döe</span></li>".encode() * 20_000 + b"</ul>"
    write(path, HEAD, (one(b"x</div>" + hearts + b"<div>") for _ in range(10)), TAIL)


def tags_that_never_close(path: Path) -> None:
    """A million beginnings of tags, of boxes and of classes in one message after the other."""
    near = (b'<div class="' * 40_000, b"<div " * 100_000, b'<section a="" class="x _a6-' * 20_000, b"_a6-g " * 100_000)
    write(path, HEAD, (one(text) for text in near for _ in range(6)), TAIL)


def blanks_and_breaks(path: Path) -> None:
    """Words that are blank lines, as a source and as breaks."""
    texts = (b"\n " * 200_000 + b"x", b"<br />\n" * 80_000 + b"x", b"x" + b"\r\n" * 200_000, b"&lt" * 200_000)
    write(path, HEAD, (one(text) for text in texts for _ in range(5)), TAIL)


def times_of_every_look(path: Path) -> None:
    """Forty thousand times, each of which looks like no other."""
    stamps = (b"Jul%s 12, 2024 4:54 pm" % (b"," * (i % 60) + b"%d" % i * (i % 5)) for i in range(40_000))
    write(
        path,
        HEAD,
        (ONE.replace(STAMP, stamp + b"&#x%x;" % (0x4E00 + i % 20_000)) for i, stamp in enumerate(stamps)),
        TAIL,
    )


def many_threads(path: Path) -> None:
    """Two thousand chats of two in one zip."""
    path.write_bytes(zipped(*((f"messages/inbox/k_{i}/message_1.html", WHOLE) for i in range(2_000))))


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes of page, by its own account."""
    path.write_bytes(one_member(FOLDER.encode() + b"message_1.html", *deflated(10_240), 10_240 * MB))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "page 60,000 deep in its words": (deep_words, "read"),
    "page with a text of a gigabyte": (endless_words, "EntryTooLong"),
    "page of 1.7 million messages": (many_messages, "TooManyMessages"),
    "page of 30,000 people": (many_people, "NotTwoPeople"),
    "page of 200,000 signs": (many_signs, "read"),
    "page of tags that never close": (tags_that_never_close, "read"),
    "page of blanks and breaks": (blanks_and_breaks, "read"),
    "page of times of every look": (times_of_every_look, "read"),
    "zip of two thousand pages": (many_threads, "WhichChat"),
    "zip of ten gigabytes of page": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
