"""Hostile threads of Messenger, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.chats import zipped
from importers.metas import FOLDER, KIM, Chat, classic, classic_entry
from importers.telegram_bombs import write

WHOLE = classic([Chat(1_700_000_000_000 + i, mine=i % 2 == 0, text="fine") for i in range(4)])
HEAD, _, TAIL = WHOLE.partition(b'"messages": [')
HEAD += _
ONE = json.dumps(classic_entry(Chat(1_700_000_000_000, mine=True, text="TEXT"))).encode()


def one(text: bytes) -> bytes:
    return ONE.replace(b'"TEXT"', text) + b","


def deep_words(path: Path) -> None:
    """Half a million lists, each in the next, where words should be."""
    write(path, HEAD, one(b"[" * 400_000 + b"]" * 400_000), TAIL)


def deep_people(path: Path) -> None:
    """A person of lists of lists."""
    write(path, HEAD.replace(b'{\n      "name"', b"[" * 30_000 + b"]" * 30_000 + b', {"name"', 1), TAIL)


def endless_words(path: Path) -> None:
    """A gigabyte of one text; the file is sparse."""
    write(path, HEAD, ONE[:-20])
    with path.open("r+b") as file:
        file.truncate(1024 * MB)


def many_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD, (one(b'"x"') * 10_000 for _ in range(170)), TAIL)


def many_people(path: Path) -> None:
    """Thirty thousand who take part, and as many who write."""
    people = (b'{"name": "%d"},' % i for i in range(30_000))
    senders = (one(b'"x"').replace(b"Sam Roe", b"%d" % i) for i in range(30_000))
    before, mark, after = HEAD.partition(b'"participants": [')
    write(path, before + mark, people, after, senders, TAIL)


def many_signs(path: Path) -> None:
    """A million hearts under a few messages."""
    heart = json.dumps([{"reaction": "x", "actor": KIM, "timestamp": 1_700_000_000}] * 10_000).encode()
    write(path, HEAD, (one(b'"x", "reactions": ' + heart) for _ in range(100)), TAIL)


def long_sentences(path: Path) -> None:
    """Lines that are almost, and again and again almost, what the app writes."""
    text = json.dumps(f"{KIM} set the nickname for {' to nickname for' * 30}\n").encode()
    near = json.dumps(f"{KIM} set the nickname for {' to nickname for' * 30}").encode()
    write(path, HEAD, ((one(text) + one(near)) * 100 for _ in range(300)), TAIL)


def many_threads(path: Path) -> None:
    """Two thousand chats of two in one zip."""
    path.write_bytes(zipped(*((f"messages/inbox/k_{i}/message_1.json", thread(i)) for i in range(2_000))))


def thread(i: int) -> bytes:
    return WHOLE.replace(b"kimdoee_104", b"k_%d" % i)


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes of thread, by its own account."""
    path.write_bytes(one_member(FOLDER.encode() + b"message_1.json", *deflated(10_240), 10_240 * MB))


def old_conversations(path: Path) -> None:
    """A million conversations of before 2021, each with one word in it."""
    one = b'{"participants": ["a%d", "sam"], "conversation": [{"sender": "sam", "created_at": "2019", "text": "x"}]},'
    write(path, b"[", (one % i for i in range(1_000_000)), b"{}]")


def old_people(path: Path) -> None:
    """A conversation of five thousand people, and words of lists of lists."""
    words = b'{"sender": "sam", "created_at": "2019-05-02T13:47:23+00:00", "text": ' + b"[" * 400_000 + b"]" * 400_000
    names = (b'"%d",' % i for i in range(5_000))
    write(path, b'[{"participants": [', names, b'"x"], "conversation": [', words, b"}]}]")


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "thread 400,000 deep in its words": (deep_words, "read"),
    "thread of people 30,000 deep": (deep_people, "BrokenFile"),
    "thread with a text of a gigabyte": (endless_words, "EntryTooLong"),
    "thread of 1.7 million messages": (many_messages, "TooManyMessages"),
    "thread of 30,000 people": (many_people, "NotTwoPeople"),
    "thread of a million signs": (many_signs, "read"),
    "thread of almost sentences": (long_sentences, "read"),
    "file of a million old conversations": (old_conversations, "BrokenFile"),
    "old conversation of 5,000 people": (old_people, "NoChatOfTwo"),
    "zip of two thousand threads": (many_threads, "WhichChat"),
    "zip of ten gigabytes of thread": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
