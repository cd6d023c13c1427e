"""A mailbox as plain data, written as mbox or Maildir: the other half of the round trip."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Final

from fallow.messages import Kind

ME, KIM, ROBIN = "Sam Ähr <sam@example.org>", "Kim <kim@example.net>", "Robin <robin@example.com>"
PLAIN: Final[EmailPolicy] = SMTP.clone(linesep="\n")
ESCAPES: Final = re.compile(rb"^(>*From )", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One letter: seconds UTC, minutes of offset; by me or by the other one."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    offset: int = 60
    other: str = KIM
    me: str = ME
    also: str = ""
    subject: str = "Re: that"
    labels: str | None = None
    html: str | None = None
    coding: str = "quoted-printable"
    charset: str = "utf-8"
    id: str | None = None
    delivered: bool = True


def letter(one: Mail, **headers: str) -> bytes:
    """A letter as bytes, lines ended by LF."""
    message = EmailMessage(policy=PLAIN)
    message["From"], message["To"] = (one.me, one.other) if one.mine else (one.other, one.me)
    if one.also:
        message["Cc"] = one.also
    when = dt.datetime.fromtimestamp(one.at, dt.timezone(dt.timedelta(minutes=one.offset)))
    message["Date"], message["Subject"] = format_datetime(when), one.subject
    message["Message-ID"] = one.id or f"<{one.at}.{one.mine}@example.org>"
    labels = one.labels or ("Sent" if one.mine else "Inbox,Important")
    if one.delivered:
        message["X-Gmail-Labels"] = labels
        if not one.mine:
            message["Delivered-To"] = one.me.rpartition("<")[2].strip("> ")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if one.text or one.html is None:
        message.set_content(one.text, charset=one.charset, cte=one.coding)
    if one.html is not None and one.text:
        message.add_alternative(one.html, subtype="html", cte=one.coding)
    elif one.html is not None:
        message.set_content(one.html, subtype="html", cte=one.coding)
    if one.kind is Kind.MEDIA:
        message.add_attachment(b"\xff\xd8\xff" * 200, maintype="image", subtype="jpeg", filename="a.jpg")
    return message.as_bytes()


def mbox(*letters: bytes, line: bytes = b"From 1793@xxx Tue Mar 05 21:04:07 +0000 2024", end: bytes = b"\n") -> bytes:
    """Letters one behind the other, as Google writes them: lines that begin with From get one > more."""
    whole = b"".join(line + b"\n" + ESCAPES.sub(rb">\1", one).rstrip(b"\n") + b"\n\n" for one in letters)
    return whole.replace(b"\n", end)


def written(said: Sequence[Mail]) -> bytes:
    return mbox(*map(letter, said))


def maildir(said: Sequence[Mail]) -> list[tuple[str, bytes]]:
    """The files of a Maildir folder; what was sent lies in a folder of its own."""
    return [
        (f"Mail/{'.Sent/' if one.mine else ''}cur/{one.at}.M{i}P1.host:2,S", letter(one)) for i, one in enumerate(said)
    ]
