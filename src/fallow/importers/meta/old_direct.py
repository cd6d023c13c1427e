"""
Instagram's `messages.json` of before 2021 → an `Export`: every conversation of an account in one file.

    [{"participants": ["kim", "sam"], "conversation": [{"sender": "kim", "created_at": "2019-…", "text": "…"}, …]}]

People are called by their names of account. Times are instants to the microsecond, the newest first. What was sent has
a key of its own beside the words: a picture, a post, a story, a heart. That someone liked a message says when.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec

from fallow.errors import BrokenFile, NotTwoPeople, TooManyMessages
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import Gathering
from fallow.importers.interface import MESSAGES, Answers, ChatInside, Export, Progress
from fallow.importers.meta.entries import BOM, MOST_REACTED, mended, name_of
from fallow.importers.meta.threads import MOST_NAMES, Page, Thread, chats_of, find_me, find_threads
from fallow.importers.order import Order
from fallow.importers.source import Part, Source
from fallow.importers.telegram.entries import NONE, is_there
from fallow.importers.telegram.stream import Reader, Taker
from fallow.importers.text import utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

BEGINNING: Final = re.compile(rb'\[\s*\{\s*"(?:participants"\s*:\s*\[\s*["\]]|conversation"\s*:\s*\[)')
SAID: Final = re.compile(rb'"(?:conversation"\s*:\s*\[|created_at"\s*:\s*")')
MOST_CONVERSATIONS: Final = 20_000
ENDED: Final = re.compile(r"\bended\b|\bbeendet\b", re.IGNORECASE)
"""A call has an entry for its beginning and one for its end."""
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND: Final = dt.timedelta(microseconds=1)
HEART: Final = "\u2764"


class Like(msgspec.Struct, gc=False):
    """Who liked a message, and when."""

    username: str | None = None
    date: str | None = None


class Entry(msgspec.Struct, gc=False):
    """One entry of a conversation."""

    sender: str | None = None
    created_at: str | None = None
    text: str | None = None
    heart: str | None = None
    likes: list[Like] | None = None
    media: msgspec.Raw = NONE
    media_url: msgspec.Raw = NONE
    voice_media: msgspec.Raw = NONE
    animated_media_images: msgspec.Raw = NONE
    media_share_url: msgspec.Raw = NONE
    media_owner: msgspec.Raw = NONE
    story_share: msgspec.Raw = NONE
    link: msgspec.Raw = NONE
    profile_share_username: msgspec.Raw = NONE
    video_call_action: msgspec.Raw = NONE
    action: msgspec.Raw = NONE


class Sender(msgspec.Struct, gc=False):
    """Of an entry: who wrote it."""

    sender: str | None = None


ENTRIES: Final = msgspec.json.Decoder(list[Entry], strict=False)
SENDERS: Final = msgspec.json.Decoder(list[Sender], strict=False)


@dataclass(slots=True)
class Conversation(Page):
    """One conversation as a page of a thread; `place` is its number in the file."""

    place: int = 0


def looks_like_old_direct(head: bytes) -> bool:
    """Whether a file that begins so holds conversations of before 2021."""
    bare = head.removeprefix(BOM).lstrip()
    return BEGINNING.match(bare) is not None and SAID.search(bare) is not None


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the conversations, in the order of the files, groups behind those of two people.

    Raises:
        ImportRefused: As `read_export`.
    """
    threads = find_threads(_conversations(source.parts, source.told(progress)))
    return [chat for chat, _ in chats_of(threads, find_me(threads))]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one conversation.

    Args:
        answers: Which; needed only where there are several.
    Raises:
        NotTwoPeople, NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    gathered, order = Gathering(), Order()
    tell = source.told(progress, gathered.__len__)
    threads = find_threads(_conversations(source.parts, lambda done: tell(done // 2)))
    me = find_me(threads)
    chats = chats_of(threads, me)
    if len(threads) == 1 and len(threads[0].people) > MOST_NAMES:
        raise NotTwoPeople(people=len(threads[0].people))
    chosen = choose_chat([chat for chat, _ in chats], answers.chat)
    thread = next(thread for chat, thread in chats if chat is chosen)
    done = source.size // 2
    for part in source.parts:

        def tick(more: int, done: int = done) -> None:
            tell(done + more // 2)

        _read_part(part, thread, gathered, order, tick)
        done += part.size // 2
    tell(source.size)
    return gathered.export(
        source, "instagram_old_json", N_("one chat"), sides=thread.sides(me), hint=chosen.name, order=order.rows(),
        owner=me, group=chosen.people if chosen.group else 0,
    )  # fmt: skip


def _conversations(parts: tuple[Part, ...], tick: Callable[[int], None]) -> list[Page]:
    """Every conversation with anything in it; two of the same people are one thread."""
    found, before = list[Page](), 0
    for part in parts:

        def told(done: int, before: int = before) -> None:
            tick(before + done)

        reader = Reader(utf8_pieces(part.open()), told)
        for place, _ in enumerate(reader.items()):
            page = Conversation(part, whole=True, place=place)
            _look_at(page, reader)
            if page.entries:
                found.append(page)
            if len(found) > MOST_CONVERSATIONS:
                raise BrokenFile
        reader.require_end()
        before += part.size
    return found


def _look_at(page: Conversation, reader: Reader) -> None:
    senders = _Senders()
    for key in reader.members():
        if key == "conversation" and reader.peek() == ord("["):
            reader.entries(senders)
        elif key == "participants" and reader.peek() == ord("["):
            for _ in reader.items():
                if len(page.people) > MOST_NAMES:
                    reader.skip()
                elif known := _named(reader.value(object)):
                    page.people[known] = None
        else:
            reader.skip()
    page.entries = senders.counts.total()
    page.people |= dict.fromkeys(name for name in map(name_of, senders.counts) if name)
    page.key = "\0" + "\0".join(sorted(page.people))


def _named(told: object) -> str:
    return name_of(told) if isinstance(told, str) else ""


class _Senders(Taker[Sender]):
    """How many entries each wrote."""

    def __init__(self) -> None:
        super().__init__(SENDERS)
        self.counts: Counter[str] = Counter()

    def take(self, rows: list[Sender], raw: bytes) -> None:
        self.counts.update([one.sender or "" for one in rows])
        if self.counts.total() > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        if len(self.counts) > MOST_NAMES:
            self.counts = Counter(dict(self.counts.most_common(MOST_NAMES)))


def _read_part(part: Part, thread: Thread, gathered: Gathering, order: Order, tick: Callable[[int], None]) -> None:
    mine = {page.place for page in thread.pages if page.part is part and isinstance(page, Conversation)}
    if not mine:
        return
    reader = Reader(utf8_pieces(part.open()), tick)
    for place, _ in enumerate(reader.items()):
        if place not in mine:
            reader.skip()
            continue
        rows = _Rows(gathered, order)
        for key in reader.members():
            if key == "conversation" and reader.peek() == ord("["):
                reader.entries(rows)
            else:
                reader.skip()
        order.end_page()
        if rows.rejected.entries:
            gathered.note("entry_not_understood", rows.rejected.line, rows.rejected.entries)


class _Rows(Taker[Entry]):
    """Entries → rows; what the app wrote is nobody's."""

    def __init__(self, gathered: Gathering, order: Order) -> None:
        super().__init__(ENTRIES)
        self._gathered, self._order, self._number = gathered, order, 0

    def take(self, rows: list[Entry], raw: bytes) -> None:
        for entry in rows:
            self._number += 1
            self._add(entry, *_instant(entry.created_at))

    def _add(self, entry: Entry, at: int, offset: int) -> None:
        who, kind, words = name_of(entry.sender), kind_of(entry), mended(entry.text or "")
        if kind is None or not who:
            self._gathered.add_notice(at, words, offset=offset, line=self._number)
            return
        if not words and entry.heart and kind is Kind.TEXT:
            words = mended(entry.heart)
        for like in reversed((entry.likes or [])[:MOST_REACTED]):
            self._like(like, at)
        self._put(at, offset, who, kind, words)

    def _like(self, like: Like, at: int) -> None:
        """In front of the message it is to: a file has the newest first."""
        when, offset = _instant(like.date)
        if when and (actor := name_of(like.username)):
            self._put(max(at, when), offset, actor, Kind.REACTION, HEART)
        else:
            self._gathered.note("reactions_without_time", self._number)

    def _put(self, at: int, offset: int, who: str, kind: Kind, words: str) -> None:
        before = len(self._gathered)
        self._gathered.add(at, who, kind, words, offset=offset, line=self._number)
        if len(self._gathered) > before:
            self._order.add(at, who, kind, words)


def kind_of(entry: Entry) -> Kind | None:
    """What an entry was; None for what the app wrote. What was shared with words to it is a text."""
    if is_there(entry.video_call_action):
        return None if ENDED.search(bytes(entry.video_call_action).decode("utf-8", "replace")) else Kind.CALL
    own = (entry.media, entry.media_url, entry.voice_media, entry.animated_media_images)
    if any(map(is_there, own)):
        return Kind.MEDIA
    if entry.text or entry.heart:
        return Kind.TEXT
    if is_there(entry.action):
        return None
    shared = (entry.media_share_url, entry.media_owner, entry.story_share, entry.link, entry.profile_share_username)
    return Kind.LINK if any(map(is_there, shared)) else Kind.MEDIA


def _instant(typed: str | None) -> tuple[int, int]:
    """Microseconds UTC and the offset in seconds; 0 for both where there is no instant."""
    try:
        when = dt.datetime.fromisoformat(typed or "")
        offset = when.utcoffset()
        return (0, 0) if offset is None else ((when - EPOCH) // MICROSECOND, int(offset.total_seconds()))
    except (ValueError, OverflowError):
        return 0, 0
