"""Hostile XML, made on the spot: each would cost a careless reader its memory, its stack or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.smses import HEAD, Sms, messages, sms
from importers.telegram_bombs import write

ONE = sms(Sms(1_700_000_000_000, mine=True, text="fine")).encode()
ROOT, END = HEAD.encode() + b"<smses>\n", b"</smses>"


def entities(path: Path) -> None:
    """Ten entities, each ten times the one before."""
    each = b"".join(b'<!ENTITY a%d "%s">' % (i + 1, b"&a%d;" % i * 10) for i in range(10))
    write(path, b'<!DOCTYPE smses [<!ENTITY a0 "ha">', each, b"]><smses>", ONE.replace(b"fine", b"&a10;"), END)


def another_file(path: Path) -> None:
    """An entity that is a file of the computer."""
    write(path, b'<!DOCTYPE smses [<!ENTITY x SYSTEM "file:///etc/passwd">]><smses>', ONE.replace(b"fine", b"&x;"), END)


def endless_attribute(path: Path) -> None:
    """A gigabyte in one attribute; the file is sparse."""
    write(path, ROOT, b'<mms date="1700000000000" data="')
    with path.open("r+b") as file:
        file.truncate(1024 * MB)


def endless_words(path: Path) -> None:
    """Fifty megabytes in one message."""
    write(path, ROOT, b'<sms address="1" date="1700000000000" type="1" body="', b"word " * 10 * MB, b'"/>', END)


def deep(path: Path) -> None:
    """A hundred thousand elements, each in the next."""
    write(path, ROOT, b"<a>" * 100_000, ONE, b"</a>" * 100_000, END)


def many_attributes(path: Path) -> None:
    """Two hundred thousand attributes on one element, with a megabyte of words among them, twice."""
    many = (b'a%d="" ' % i for i in range(200_000))
    words = b'body="' + b"x" * MB + b'" text="' + b"x" * MB + b'"/>'
    write(path, ROOT, b"<sms ", many, words, ONE, END)


def endless_name(path: Path) -> None:
    """Thirty megabytes of the name of an element, again and again."""
    write(path, ROOT, (b"<" + b"a" * MB for _ in range(30)), ONE, END)


def open_marks(path: Path) -> None:
    """A quotation mark that is never closed, many times."""
    write(path, ROOT, b'<sms body="' * 9_000, ONE, END)


def too_many_open_marks(path: Path) -> None:
    """So many that it is no backup any more."""
    write(path, ROOT, b"<sms body=" * 3_000_000, ONE, END)


def many_people(path: Path) -> None:
    """More numbers than a phone has."""
    write(path, ROOT, (ONE.replace(b"+49 151 23456789", b"%09d" % i) for i in range(110_000)), END)


def parts_without_end(path: Path) -> None:
    """A message of two hundred thousand texts."""
    part = b'<part ct="text/plain" text="some words"/>'
    write(path, ROOT, b'<mms address="1" date="1700000000000" msg_box="1">', part * 200_000, b"</mms>", ONE, END)


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes of messages, by its own account."""
    path.write_bytes(one_member(b"sms.xml", *deflated(10_240), 10_240 * MB))


def comments(path: Path) -> None:
    """A hundred megabytes of comment, and one that is never closed."""
    write(path, messages().replace(b"</smses>", b"<!--"), b"- - <sms " * 10 * MB)


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "XML entities in entities": (entities, "LooksLikeAnotherFile"),
    "XML entity of another file": (another_file, "LooksLikeAnotherFile"),
    "XML attribute of a gigabyte": (endless_attribute, "BrokenFile"),
    "XML message of 50 MB": (endless_words, "EntryTooLong"),
    "XML 100,000 deep": (deep, "read"),
    "XML of 200,000 attributes": (many_attributes, "EntryTooLong"),
    "XML names of a megabyte": (endless_name, "read"),
    "XML of open quotation marks": (open_marks, "read"),
    "XML of too many open marks": (too_many_open_marks, "BrokenFile"),
    "XML of 110,000 numbers": (many_people, "WhichChat"),
    "XML message of 200,000 parts": (parts_without_end, "WhichChat"),
    "XML comment without end": (comments, "BrokenFile"),
    "zip of ten gigabytes of XML": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
