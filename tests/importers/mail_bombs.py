"""Hostile mail, made on the spot: each would cost a careless reader its memory, its stack or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.mails import ROBIN, Mail, letter, mbox
from importers.telegram_bombs import write

AT = 1_709_672_647
ONE = mbox(letter(Mail(AT, mine=True, text="fine")))
HEAD = ONE.partition(b"Content-Type")[0].replace(b"Message-ID: <", b"Message-ID: <x")
PAGE = HEAD + b"Content-Type: text/html\n\n"


def endless_line(path: Path) -> None:
    """A gigabyte without an end of line; the file is sparse."""
    write(path, ONE, PAGE)
    with path.open("r+b") as file:
        file.truncate(1024 * MB)


def deep(path: Path) -> None:
    """A letter in which ten thousand are open, each in the next."""
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(10_000))
    write(path, ONE, HEAD, parts, b"\nx\n\n")


def many_parts(path: Path) -> None:
    """Letters of two hundred thousand parts."""
    whole = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 200_000 + b"\n"
    write(path, ONE, *[whole] * 20)


def open_marks(path: Path) -> None:
    """Pages of markup in which nothing is closed."""
    for_each = (
        b"<!" * 100_000,
        b"<a <" * 50_000,
        b"<!--" * 50_000,
        b"<a b='" * 30_000,
        b"</a" * 60_000,
        b"&#" * 90_000,
    )
    write(path, ONE, *(PAGE + one + b"\n\n" for one in for_each))


def many_fields(path: Path) -> None:
    """Heads of a hundred thousand addresses, and of as many open brackets."""
    to = b"To: " + b"a@b.c, " * 100_000 + b"\n"
    brackets = b"Cc: " + b"(" * 7_000 + b"\nDate: " + b"(" * 100_000 + b"\n"
    write(
        path, ONE, HEAD.replace(b"To: ", to + b"X-To: "), b"\n\n", HEAD.replace(b"Date: ", brackets + b"X: "), b"\n\n"
    )


def many_wrote(path: Path) -> None:
    """Lines that nearly say who wrote."""
    lines = (b"2024 10:10 a@b.c wrote" * 17 + b"\n") * 2_500 + (b"wrote 2024 10:10\n" * 50_000)
    write(path, ONE, HEAD, b"\n", lines, b"\n\n")


def nothing_but_from(path: Path) -> None:
    """Five million beginnings of letters."""
    write(path, ONE, (b"From \n" * 200_000 for _ in range(25)))


def empty_letters(path: Path) -> None:
    """Half a million letters with nothing in them."""
    write(path, ONE, (b"From \na:\n\n" * 100_000 for _ in range(5)))


def many_people(path: Path) -> None:
    """More people than anyone writes to."""
    said = HEAD.replace(b"kim@", b"%06d@") + b"\n\n"
    write(path, ONE, (said.replace(b"%06d", b"%06d" % i) for i in range(41_000)))


def slow_coding(path: Path) -> None:
    """A letter that names a character set that takes its time."""
    body = b"Content-Type: text/plain; charset=punycode\nContent-Transfer-Encoding: 8bit\n\n" + b"a-\xc3" * 200_000
    write(path, ONE, HEAD, body, b"\n\n", mbox(letter(Mail(AT + 5, mine=True, text="all", also=ROBIN))))


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes of mail, by its own account."""
    path.write_bytes(one_member(b"All mail.mbox", *deflated(10_240), 10_240 * MB))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "mail of an endless line": (endless_line, "read"),
    "mail 10,000 deep": (deep, "read"),
    "mail of 200,000 parts": (many_parts, "read"),
    "mail of open markup": (open_marks, "read"),
    "mail to 100,000": (many_fields, "read"),
    "mail that nearly quotes": (many_wrote, "read"),
    "mail that only begins": (nothing_but_from, "read"),
    "mail of empty letters": (empty_letters, "BrokenFile"),
    "mail from 41,000 people": (many_people, "WhichChat"),
    "mail in a slow coding": (slow_coding, "read"),
    "zip of ten gigabytes of mail": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
