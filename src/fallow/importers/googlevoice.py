"""
Google Voice out of Google Takeout (`Voice/Calls/*.html`) → an `Export`: texts, calls and voice mail of one person.

    pages ─┬─ once ──> whose each is ─ choose_chat ─> the person
           └─ again, theirs alone ─> Gathering

One page is a stretch of a conversation, or one call. The page says which side a message is of, so nobody is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from fallow.errors import BrokenFile, EntryTooLong, TooManyMessages
from fallow.importers.addresses import key_of
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import SECOND_US, Gathering, clean_name
from fallow.importers.interface import ME, MESSAGES, PAGE_BYTES, Answers, ChatInside, Export, Progress
from fallow.importers.source import Part, Source
from fallow.importers.text import utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

PENDING: Final = 1 << 17
"""Most letters of a tag that does not close, and of a message."""
PIECE: Final = 1 << 15
CHAT: Final = re.compile(rb"""<div\s[^<>]{0,200}class\s*=\s*["']hChatLog hfeed["']""")
CALL: Final = re.compile(rb"""<div\s[^<>]{0,200}class\s*=\s*["']haudio["']""")
MISSED: Final = frozenset(("missed", "voicemail"))
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NAME: Final = re.compile(r"(.*?) - (?:([^-]+) - )?\d{4}-\d\d-\d\dT")
"""How the name of a page begins: with whom it was, and which kind of page it is."""
KINDS: Final = frozenset(("placed", "received", "missed", "voicemail", "recorded"))
"""Of calls, as their labels and the names of their pages say it."""


@dataclass(slots=True)
class Item:
    """A message or a call: its time as it stands, whether it is mine, what it was, its words, its line in the page."""

    time: str = ""
    mine: bool = False
    kind: Kind = Kind.TEXT
    text: str = ""
    tags: set[str] = field(default_factory=set)
    line: int = 0


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a page of texts or of a call."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and bool(CHAT.search(head) or CALL.search(head))


class _Page(HTMLParser):
    """What a page holds; `people` maps a number to the name beside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[Item] = []
        self.people: dict[str, str] = {}
        self.group = False
        self._tel, self._place, self._size = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        kinds = set(told.get("class", "").split())
        item = self.items[-1] if self.items else None
        if tag == "div" and kinds & {"message", "haudio"}:
            self.items.append(Item(kind=Kind.CALL if "haudio" in kinds else Kind.TEXT, line=self.getpos()[0]))
            self._size = 0
        elif "participants" in kinds:
            self.group = True
        elif tag == "a" and "tel" in kinds:
            self._tel = told.get("href", "").removeprefix("tel:")
        elif "fn" in kinds and tag in ("abbr", "span"):
            self._place = "me" if tag == "abbr" else "name"
            self._tel = self._tel if self._place == "name" else ""  # a number that is called Me is the owner's
        elif item is not None:
            self._inside(item, tag, told, kinds)

    def _inside(self, item: Item, tag: str, told: dict[str, str], kinds: set[str]) -> None:
        if tag == "abbr" and kinds & {"dt", "published"}:
            item.time = told.get("title", "")[:40]
        elif tag == "q":
            self._place = "text"
        elif tag == "br" and self._place == "text":
            self._add(item, "\n")
        elif tag == "a" and told.get("rel") == "tag":
            item.tags.add(told.get("href", "").rpartition("#")[2][:40].casefold())
        elif item.kind is Kind.TEXT and (tag == "img" or kinds & {"video", "audio"}):
            item.kind = Kind.MEDIA
        elif item.kind is Kind.TEXT and "vcard" in kinds and tag == "a":
            item.kind = Kind.CONTACT

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._tel:
            self._met("")
            self._tel = ""
        if tag in ("q", "span", "abbr"):
            self._place = ""

    def handle_data(self, data: str) -> None:
        item = self.items[-1] if self.items else None
        if self._place == "text" and item is not None:
            self._add(item, data)
        elif self._place == "me" and item is not None:
            item.mine = True
        elif self._place == "name" and self._tel:
            self._met(clean_name(data))

    def _met(self, name: str) -> None:
        self.people[self._tel] = self.people.get(self._tel) or name

    def _add(self, item: Item, text: str) -> None:
        self._size += len(text)
        if self._size > PENDING:
            raise EntryTooLong(line=self.getpos()[0])
        item.text += text


def _read(part: Part) -> _Page:
    """
    Raises:
        BrokenFile, EntryTooLong: If it is no page that was made by Google.
    """
    page, done = _Page(), 0
    text = b"".join(utf8_pieces(part.open())) if part.size <= PAGE_BYTES else b""
    if not text:
        raise BrokenFile
    while done < len(text):
        page.feed(text[done : done + PIECE].decode("utf-8", "surrogateescape"))
        done += PIECE
        if len(page.rawdata) > PENDING:
            raise BrokenFile
    page.close()
    return page


@dataclass(slots=True)
class _Person:
    """One the owner wrote or spoke with: their pages, numbers and names."""

    parts: list[int] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    items: int = 0

    @property
    def chat(self) -> ChatInside:
        number = clean_name(self.numbers.most_common(1)[0][0])
        return ChatInside(number, self.names.most_common(1)[0][0] if self.names else number, self.items)


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List everybody who was written to or spoken with alone, in the order of the files.

    Raises:
        ImportRefused: As `read_export`.
    """
    return [one.chat for one in _people(source, source.told(progress), Gathering()).values()]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read what was written and called with one person.

    Args:
        answers: Who it is, by name or number; needed only where there are several.
    Raises:
        NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    gathered, wanted = Gathering(), answers.chat
    tell = source.told(progress, gathered.__len__)
    people = _people(source, lambda done: tell(done // 2), gathered)
    person = people.get(key_of(wanted)) if wanted is not None else None
    if person is None:
        chosen = choose_chat([one.chat for one in people.values()], wanted)
        person = next(one for one in people.values() if one.chat == chosen)
    name = person.chat.name
    other = name if name != ME else f"{name} ({person.chat.id})"
    for read, number in enumerate(person.parts, 1):
        called = NAME.match(source.parts[number].name.rpartition("/")[2])
        for item in _read(source.parts[number]).items:
            if called and called[2] and not item.tags & KINDS:
                item.tags.add(called[2].strip().casefold())
            _add(gathered, item, other)
        tell(source.size * (len(person.parts) + read) // (2 * len(person.parts)))
    return gathered.export(
        source, "google_voice_html", N_("pages of Google Voice"), sides=(ME, other), hint=other,
        why=N_("the file has exact times"),
    )  # fmt: skip


def _add(gathered: Gathering, item: Item, other: str) -> None:
    when = _instant(item.time)
    if when is None:
        gathered.note("entries_without_time", item.line)
        return
    mine = "placed" in item.tags if item.kind is Kind.CALL else item.mine
    if item.kind is Kind.CALL and item.tags & MISSED:
        gathered.note("calls_unanswered", item.line)
    gathered.add(when[0], ME if mine else other, item.kind, item.text, offset=when[1], line=item.line)


def _instant(typed: str) -> tuple[int, int] | None:
    """Microseconds UTC and the offset in seconds of a time with an offset; None for anything else."""
    try:
        when = dt.datetime.fromisoformat(typed)
        offset = when.utcoffset()
        if offset is None:
            return None
        at = (when - EPOCH) // dt.timedelta(milliseconds=1) * (SECOND_US // 1000)
    except (ValueError, OverflowError):
        return None
    return at, int(offset.total_seconds())


def _people(source: Source, tell: Callable[[int], None], gathered: Gathering) -> dict[str, _Person]:
    """
    Everybody with the pages that are theirs; groups are left out.

    A page on which only the owner wrote has no number: it belongs to whoever its name says.
    """
    people, alone, total = dict[str, _Person](), list[tuple[int, str, int]](), 0
    for number, page in _pages(source, tell, gathered):
        total += len(page.items)
        if total > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        keys = {key_of(one) for one in page.people if one.strip()}
        if page.group or len(keys) > 1 or not page.items:
            continue
        called = NAME.match(source.parts[number].name.rpartition("/")[2])
        if not keys:
            alone.append((number, called[1].strip() if called else "", len(page.items)))
            continue
        person = people.setdefault(keys.pop(), _Person())
        person.parts.append(number)
        person.items += len(page.items)
        person.numbers.update(page.people)
        person.names.update(name for name in page.people.values() if name and key_of(name) not in people)
    for number, name, items in alone:
        fitting = [one for key, one in people.items() if name and (name in one.names or key == key_of(name))]
        if len(fitting) > 1 or not name:
            continue
        person = fitting[0] if fitting else people.setdefault(key_of(name), _Person(numbers=Counter([name])))
        person.parts.append(number)
        person.items += items
    return people


def _pages(source: Source, tell: Callable[[int], None], gathered: Gathering) -> Iterator[tuple[int, _Page]]:
    """Every page; one of several that cannot be read is noted, whosever it was."""
    before = 0
    for number, part in enumerate(source.parts):
        try:
            yield number, _read(part)
        except (BrokenFile, EntryTooLong):
            if len(source.parts) == 1:
                raise
            gathered.note("entry_not_understood")
        before += part.size
        tell(before)
