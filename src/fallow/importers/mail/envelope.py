"""The head of a letter: by whom, to whom, when, and what the mail program says of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from fallow.importers.gathering import SECOND_US, clean_name
from fallow.importers.mail.letters import Letter

HEAD_BYTES: Final = 1 << 17
"""Most of a head that is looked at."""
LONGEST: Final = 8_000
"""Longest list of addresses, in letters, of what could be two people."""
MOST_TOLD: Final = 8
"""Addresses of one letter from which it is not between two people, however many each of them has."""
DAMAGE: Final = (
    MessageError, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, AssertionError,
)  # fmt: skip
"""What the standard library raises on heads and bodies that are damaged."""
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
TAGGED: Final = re.compile(r"\+[^@]*(?=@)")
FLAGS: Final = re.compile(r"[:;!]2,([A-Za-z]*)$")
"""How the name of a file in a Maildir folder ends; D among its letters is a draft."""
GOOGLE: Final = ("gmail.com", "googlemail.com")
SENT: Final = frozenset((
    "sent", "sent mail", "sent messages", "sent items", "gesendet", "gesendete objekte", "gesendete elemente",
    "messages envoyés", "envoyés", "enviados", "mensajes enviados", "inviati", "posta inviata", "itens enviados",
    "verzonden", "verzonden berichten", "wysłane", "skickat", "sendt", "lähetetyt", "отправленные", "odeslané",
    "gönderilmiş postalar", "送信済み", "已发邮件", "보낸편지함",
))  # fmt: skip
DRAFTS: Final = frozenset((
    "draft", "drafts", "entwürfe", "entwurf", "brouillons", "borradores", "bozze", "rascunhos", "concepten",
    "wersje robocze", "utkast", "kladder", "luonnokset", "черновики", "koncepty", "taslaklar", "下書き", "草稿",
    "임시보관함", "templates", "outbox", "unsent messages",
))  # fmt: skip
SPAM: Final = frozenset(("spam", "junk", "junk e-mail", "junk email", "junk-e-mail", "bulk mail", "pourriel", "спам"))


@dataclass(frozen=True, slots=True)
class Envelope:
    """
    The head of one letter.

    Args:
        sender: Who wrote it, a `key_of` their address.
        others: Everybody it went to, alike, without the sender; empty where that is nobody or too many to be two.
        names: The names that stand beside the addresses.
        at, offset: When, microseconds UTC and seconds ahead of it; None where it does not say.
        id: What it is known by; empty where it has none.
        delivered: To whose box it came; empty where that is not told.
        subject: Its subject.
        sent, draft, spam: Where the mail program put it.
        automatic: Whether a program wrote it, or it went to a list.
    """

    sender: str
    others: frozenset[str]
    names: tuple[tuple[str, str], ...]
    at: int | None
    offset: int
    id: str
    delivered: str
    subject: str
    sent: bool
    draft: bool
    spam: bool
    automatic: bool


def key_of(address: str) -> str:
    """One spelling of an address: lower case, without what is behind a plus, without the dots Google does not see."""
    address = TAGGED.sub("", clean_name(address).strip("<>").casefold())
    name, _, domain = address.rpartition("@")
    return f"{name.replace('.', '')}@gmail.com" if domain in GOOGLE else address


def read_envelope(letter: Letter) -> Envelope | None:
    """The head of a letter; None where it is no letter, or damaged."""
    blank = BLANK_LINE.search(letter.raw, 0, HEAD_BYTES)
    text = letter.raw[: HEAD_BYTES if blank is None else blank.start()].decode("utf-8", "replace")
    try:
        return _envelope(HeaderParser(policy=compat32).parsestr(text + "\n\n"), letter.file)
    except DAMAGE:
        return None


def _envelope(head: Message, file: str) -> Envelope | None:
    senders, several = _addresses(head, "From")
    to, many = _addresses(head, "To", "Cc", "Bcc")
    if not senders or several:
        return None
    sender = senders[0][0]
    others = frozenset(key for key, _ in to) - {sender}
    at, offset = _time(head)
    places = _places(head, file)
    return Envelope(
        sender=sender,
        others=frozenset() if many or len(others) > MOST_TOLD else others,
        names=tuple((key, name) for key, name in (*senders, *to)[: MOST_TOLD + 1] if name),
        at=at,
        offset=offset,
        id=_plain(head, "Message-ID").strip("<> "),
        delivered=key_of(_plain(head, "Delivered-To") or _plain(head, "X-Original-To") or _plain(head, "Envelope-To")),
        subject=" ".join(said(_plain(head, "Subject")).split()),
        sent=bool(places & SENT),
        draft=bool(places & DRAFTS),
        spam=bool(places & SPAM),
        automatic=_automatic(head),
    )


def _plain(head: Message, name: str) -> str:
    return str(head.get(name, ""))[:LONGEST]


def said(value: str) -> str:
    """A header's words, whatever they are coded in; as they stand where that cannot be read."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except DAMAGE:
        return value


def _addresses(head: Message, *names: str) -> tuple[list[tuple[str, str]], bool]:
    """The addresses in some headers with their names, and whether there are too many to look at."""
    values = [str(value) for name in names for value in head.get_all(name, [])]
    if sum(map(len, values)) > LONGEST:
        return [], True
    told = [(key_of(address), name) for name, address in getaddresses(values) if "@" in address]
    return [(key, "" if "@" in (shown := clean_name(said(name))) else shown) for key, name in told], False


def _time(head: Message) -> tuple[int | None, int]:
    """When it was written, as its writer's clock says; else when it came."""
    for value in (_plain(head, "Date"), _plain(head, "Received").rpartition(";")[2]):
        try:
            when = parsedate_to_datetime(" ".join(value.split()))
        except DAMAGE:
            continue
        offset = when.utcoffset()
        when = when if offset is not None else when.replace(tzinfo=dt.UTC)
        seconds = 0 if offset is None else int(offset.total_seconds())
        return (when - EPOCH) // dt.timedelta(seconds=1) * SECOND_US, seconds
    return None, 0


def _places(head: Message, file: str) -> set[str]:
    """The labels of a letter, and the folders it lies in, as mail programs call them."""
    labels = said(" ".join(_plain(head, "X-Gmail-Labels").split())).split(",")
    folders = re.split(r"[/\\.]", file.casefold().removesuffix(".mbox"))
    flags = FLAGS.search(file)
    drafted = {"drafts"} if flags is not None and "D" in flags[1] else set()
    return {label.strip().strip('"').casefold() for label in labels} | {one.strip() for one in folders} | drafted


def _automatic(head: Message) -> bool:
    if _plain(head, "Auto-Submitted").strip().lower() not in ("", "no"):
        return True
    if _plain(head, "Precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return True
    return any(name in head for name in ("List-Id", "List-Unsubscribe", "X-Autoreply"))
