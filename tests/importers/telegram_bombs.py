"""Hostile JSON, made on the spot: each would cost a careless reader its memory, its stack or its time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.telegrams import app_json, chat, full, said

WHOLE = app_json(chat(said("one", "two", "three")))
HEAD, TAIL = WHOLE[: WHOLE.index(b"[") + 1], b"\n ]\n}"
ENTRY = b'\n  {\n   "type": "message",\n   "date_unixtime": "1700000000",\n   "from_id": "user%d",\n   "text": %s\n  }'


def write(path: Path, *parts: bytes | Iterator[bytes]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.writelines([part] if isinstance(part, bytes) else part)


def one(text: bytes, who: int = 1001) -> bytes:
    return ENTRY % (who, text)


def deep_text(path: Path) -> None:
    """Half a million lists, each in the next, where a text should be."""
    write(path, HEAD, one(b"[" * 500_000 + b"]" * 500_000), b",", one(b'"fine"'), TAIL)


def deep_elsewhere(path: Path) -> None:
    """The same in a part that nobody looks at."""
    write(path, WHOLE[:-2], b',"contacts": ', b'{"a":[' * 5_000_000, b"]}" * 5_000_000, b"}")


def deep_and_open(path: Path) -> None:
    """And never closed."""
    write(path, HEAD, one(b"[" * 50_000_000))


def endless_text(path: Path) -> None:
    """A gigabyte of one text; the file is sparse."""
    write(path, HEAD, ENTRY[:100])
    with path.open("r+b") as file:
        file.truncate(1024 * MB)


def endless_text_elsewhere(path: Path) -> None:
    """Twenty-four megabytes of a text that nobody looks at; it is passed over."""
    write(path, WHOLE[:-2], b',"about": "', (b'a\\\\\\"' * (MB // 5) for _ in range(24)), b'"}')


def endless_number(path: Path) -> None:
    """Thirty million digits."""
    write(path, WHOLE[:-2], b',"id": ', b"9" * 30_000_000, b"}")


def numbers_of_many_digits(path: Path) -> None:
    """A time of a hundred thousand digits, many times."""
    bad = one(b'""').replace(b'"1700000000"', b"1" * 100_000)
    write(path, HEAD, (bad + b"," for _ in range(60)), one(b'"fine"'), TAIL)


def brackets_in_texts(path: Path) -> None:
    """Texts that look like the structure around them, in one line."""
    text = json.dumps('\n  },\n  {"}],[{' * 1_000).encode()
    write(
        path, HEAD.replace(b"\n", b""), (one(text).replace(b"\n", b"") + b"," for _ in range(2_000)), one(b'"x"'), b"]}"
    )


def false_margins(path: Path) -> None:
    """Lists inside entries, indented like the entries themselves."""
    text = b"[" + b"\n  {},".join([b""] * 1_000) + b"\n  {\n  },\n  {\n  }\n ]"
    write(path, HEAD, (one(text) + b"," for _ in range(5_000)), one(b'"x"'), TAIL)


def broken_text(path: Path) -> None:
    """Megabytes of what UTF-8 forbids, half characters and odd escapes, entry by entry."""
    text = b'"' + b"\xff\xed\xa0\x80\\ud83d\\x1f\\u0000" * 100 + b'"'
    write(path, HEAD, (one(text) + b"," for _ in range(2_000)), one(b'"x"'), TAIL)


def entries_of_nothing(path: Path) -> None:
    """Ten million entries that are none."""
    write(path, HEAD, b"{},[],1,null," * 3_000_000, one(b'"x"'), TAIL)


def many_people(path: Path) -> None:
    """Two hundred thousand people in a chat of two."""
    write(path, HEAD, (one(b'"x"', i) + b"," for i in range(200_000)), one(b'"x"'), TAIL)


def tiny_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD, (one(b'"x"') * 10).replace(b"}\n  {", b"},\n  {") + b",", (
        (one(b'"x"') + b",") * 10_000 for _ in range(170)), one(b'"x"'), TAIL)  # fmt: skip


def many_reactions(path: Path) -> None:
    """A million hearts under a few messages."""
    heart = {"count": 5_000, "emoji": "x", "recent": [{"from_id": "user2002", "date": "2023-11-14T23:20:00"}] * 5_000}
    body = b'"x",\n   "reactions": ' + json.dumps([heart]).encode()
    write(path, HEAD, (one(body) + b"," for _ in range(200)), one(b'"x"'), TAIL)


def many_keys(path: Path) -> None:
    """A hundred thousand keys that mean nothing."""
    write(path, WHOLE[:-2], (b',"k%d": []' % i for i in range(100_000)), b"}")


def many_chats(path: Path) -> None:
    """Three thousand chats of two."""
    export = full(*(chat(said("x"), name=f"N{i}", id=i + 5) for i in range(3_000)))
    path.write_bytes(app_json(export))


def many_blanks(path: Path) -> None:
    """A hundred megabytes of nothing."""
    write(path, WHOLE[:-2], b" \n" * (50 * MB), b"}")


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes of chat, by its own account."""
    path.write_bytes(one_member(b"result.json", *deflated(10_240), 10_240 * MB))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "JSON 500,000 deep in a text": (deep_text, "read"),
    "JSON ten million deep elsewhere": (deep_elsewhere, "read"),
    "JSON fifty million deep, never closed": (deep_and_open, "EntryTooLong"),
    "JSON text of a gigabyte": (endless_text, "EntryTooLong"),
    "JSON text of 24 MB elsewhere": (endless_text_elsewhere, "read"),
    "JSON number of thirty million digits": (endless_number, "EntryTooLong"),
    "JSON numbers of 100,000 digits": (numbers_of_many_digits, "read"),
    "JSON texts full of brackets": (brackets_in_texts, "read"),
    "JSON lists indented like entries": (false_margins, "read"),
    "JSON of broken characters": (broken_text, "read"),
    "JSON entries that are none": (entries_of_nothing, "BrokenFile"),
    "JSON of 200,000 people": (many_people, "NotTwoPeople"),
    "JSON of 1.7 million messages": (tiny_messages, "TooManyMessages"),
    "JSON of a million reactions": (many_reactions, "read"),
    "JSON of 100,000 keys": (many_keys, "read"),
    "JSON of three thousand chats": (many_chats, "WhichChat"),
    "JSON of 100 MB of blanks": (many_blanks, "read"),
    "zip of ten gigabytes of JSON": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
