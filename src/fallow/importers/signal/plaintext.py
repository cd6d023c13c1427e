"""
Signal's own plaintext export (`main.jsonl`, since 2025) → an `Export`: one chat of two people out of everything.

    lines ─ Frame ─┬─ once ──> recipients, chats, how many items ─ choose_chat ─> the chat
                   └─ again ─> items of that chat alone ─> Gathering

The file knows who I am, when each message was sent to the millisecond, and when the other one read mine where receipts
were on. Messages with a timer are never in it: the periods of a timer count as missing, not as silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import BrokenFile
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import Gathering, clean_name, rows_of
from fallow.importers.interface import ME, Answers, ChatInside, Export, Progress
from fallow.importers.signal.frames import FRAMES, NO_JSON, Call, Chat, Frame, Item, Said
from fallow.importers.source import Source
from fallow.importers.text import text_lines
from fallow.language import N_
from fallow.messages import NOT_KNOWN, Kind, join_periods

BEGIN: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[^\n]{0,4000}"backupTimeMs"\s*:')
MILLI_US: Final = 1_000
MOST_RECIPIENTS: Final = 100_000
"""Recipients and chats in one file, from which it is nobody's."""
MOST_WRITERS: Final = 1_000
"""People in one group, from which nobody needs their names."""
MOST_REJECTED: Final = 10_000
"""Lines that may be damaged before the whole file counts as damaged."""
UNANSWERED: Final = frozenset(("NOT_ACCEPTED", "MISSED", "MISSED_NOTIFICATION_PROFILE"))
MOST_GIVEN: Final = 8
"""Signs under one message that are read; two people give two."""


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a plaintext export: its first line says when it was made."""
    return BEGIN.match(head) is not None


class _Survey:
    """Who and what is in the file, before one chat is chosen."""

    def __init__(self) -> None:
        self.own_name = ""
        self.own: int | None = None
        self.names: dict[int, str] = {}
        self.chats: dict[int, Chat] = {}
        self.counts: Counter[int] = Counter()
        self.groups: dict[int, str] = {}
        self.writers: dict[int, dict[int, None]] = {}
        self.made_at = 0

    def add(self, frame: Frame) -> None:
        if frame.chat_item is not None:
            item = frame.chat_item
            written = item.said() is not None or _call_of(item) is not None
            self.counts[item.chat_id] += written
            writers = self.writers.setdefault(item.chat_id, {})
            if written and len(writers) < MOST_WRITERS:
                writers[self.author_of(item)] = None
        elif frame.recipient is not None:
            if frame.recipient.self_ is not None:
                self.own = frame.recipient.id
            elif frame.recipient.contact is not None:
                self.names[frame.recipient.id] = clean_name(frame.recipient.contact.named())
            elif frame.recipient.group is not None:
                self.groups[frame.recipient.id] = clean_name(frame.recipient.group.named())
        elif frame.chat is not None:
            self.chats[frame.chat.id] = frame.chat
        elif frame.account is not None:
            self.own_name = clean_name(f"{frame.account.given_name} {frame.account.family_name}")
        elif frame.backup_time_ms is not None:
            self.made_at = frame.backup_time_ms
        if max(len(self.names), len(self.groups), len(self.chats), len(self.counts)) > MOST_RECIPIENTS:
            raise BrokenFile

    def author_of(self, item: Item) -> int:
        return self.own if item.outgoing is not None and self.own is not None else item.author_id

    def listed(self) -> list[ChatInside]:
        """The chats with one other person that hold any message, in the order of the file; then the groups."""
        return [
            ChatInside(id, self.names[chat.recipient_id] or str(id), self.counts[id])
            for id, chat in self.chats.items()
            if chat.recipient_id in self.names and self.counts[id]
        ] + [
            ChatInside(id, self.groups[chat.recipient_id] or str(id), self.counts[id], len(self.writers[id]))
            for id, chat in self.chats.items()
            if chat.recipient_id in self.groups and 2 < len(self.writers.get(id, ())) < MOST_WRITERS
        ]

    def told_apart(self, writers: Iterable[int]) -> dict[int, str]:
        """Id → name of those who write in a group, no two the same."""
        names: dict[int, str] = {}
        for id in writers:
            name = (self.own_name or ME) if id == self.own else self.names.get(id) or str(id)
            names[id] = f"{name} ({id})" if name in names.values() else name
        return names


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the chats of two people, in the order of the file.

    Raises:
        ImportRefused: As `read_export`.
    """
    return _surveyed(source, progress, share=1.0).listed()


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one chat of two people.

    Args:
        answers: Which chat, by name or id; needed only where there are several.
    Raises:
        NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    survey = _surveyed(source, progress, share=0.5)
    chosen = choose_chat(survey.listed(), answers.chat)
    ego = survey.own_name or ME
    alter = chosen.name if chosen.name != ego else f"{chosen.name} ({chosen.id})"
    chat = survey.chats[int(str(chosen.id))]
    names = survey.told_apart(survey.writers[chat.id]) if chosen.group else {}
    reading = _Reading(survey, chat, ego, alter, names)
    for line, frame in _frames(source, progress, reading.gathered, begin=0.5):
        if frame.chat_item is not None and frame.chat_item.chat_id == chosen.id:
            reading.add(frame.chat_item, line)
    return reading.gathered.export(
        source, "signal_plaintext", N_("one chat of main.jsonl"), sides=None if names else (ego, alter),
        hint=chosen.name, resolution=MILLI_US, why=N_("Signal counts milliseconds"), unseen=reading.unseen(), owner=ego,
    )  # fmt: skip


def _surveyed(source: Source, progress: Progress | None, *, share: float) -> _Survey:
    survey = _Survey()
    for _, frame in _frames(source, progress, None, end=share):
        survey.add(frame)
    return survey


def _frames(
    source: Source, progress: Progress | None, gathered: Gathering | None, *, begin: float = 0.0, end: float = 1.0
) -> Iterator[tuple[int, Frame]]:
    """Every line that can be read; the others are noted."""
    tell, done, rejected = source.told(progress, rows_of(gathered)), 0, 0
    for number, line in text_lines(source.chunks):
        done += len(line) + 1
        if number % 4096 == 0:
            tell(int(begin * source.size + (end - begin) * done))
        if not line.strip():
            continue
        try:
            frame = FRAMES.decode(line)
        except NO_JSON:
            rejected += 1
            if rejected > MOST_REJECTED:
                raise BrokenFile from None
            if gathered is not None:
                gathered.note("entry_not_understood", number)
            continue
        yield number, frame
    tell(int(end * source.size))


class _Reading:
    """The items of one chat as they become rows, and the timers set in it."""

    def __init__(self, survey: _Survey, chat: Chat, ego: str, alter: str, names: dict[int, str]) -> None:
        self.gathered = Gathering()
        self._survey, self._chat, self._ego, self._alter = survey, chat, ego, alter
        self._names = names
        self._timers: list[tuple[int, int]] = []
        self._last = 0

    def add(self, item: Item, line: int) -> None:
        said = item.said()
        if said is not None:
            self._add_said(item, *said, line=line)
        elif (call := _call_of(item)) is not None:
            self._add_call(item, call, line)
        else:
            self.gathered.add_notice(item.date_sent * MILLI_US, "", line=line)
            timer = None if item.update_message is None else item.update_message.expiration_timer_change
            if timer is not None:
                self._timers.append((item.date_sent * MILLI_US, timer.expires_in_ms))

    def _who(self, item: Item) -> str:
        if self._names:
            return self._name(self._survey.author_of(item))
        if item.outgoing is not None or item.incoming is not None:
            return self._ego if item.outgoing is not None else self._alter
        return self._ego if item.author_id == self._survey.own else self._alter

    def _add_said(self, item: Item, kind: Kind, text: str, said: Said, *, line: int) -> None:
        if item.revisions:  # the frame is the last wording; the first one was sent
            self.gathered.note("edited", line)
        sent = item.revisions[0].date_sent if item.revisions else item.date_sent
        at = sent * MILLI_US
        self._last = max(self._last, at)
        if said.long_text is not None or (said.text_reply is not None and said.text_reply.long_text is not None):
            self.gathered.note("texts_cut", line)
        if kind is Kind.TEXT and not text:
            kind = Kind.MEDIA
        self.gathered.add(at, self._who(item), kind, text, read_at=_read_at(item), line=line)
        for one in said.reactions[:MOST_GIVEN]:
            who = self._name(one.author_id)
            self.gathered.add(one.sent_timestamp * MILLI_US, who, Kind.REACTION, one.emoji, line=line)

    def _name(self, id: int) -> str:
        if self._names:
            return self._names.get(id) or self._survey.names.get(id) or str(id)
        return self._ego if id == self._survey.own else self._alter

    def _add_call(self, item: Item, call: Call, line: int) -> None:
        at = (call.started_call_timestamp or item.date_sent) * MILLI_US
        mine = call.direction == "OUTGOING" or (call.direction != "INCOMING" and item.author_id == self._survey.own)
        if call.state in UNANSWERED:
            self.gathered.note("calls_unanswered", line)
        self._last = max(self._last, at)
        self.gathered.add(at, self._ego if mine else self._alter, Kind.CALL, line=line)

    def unseen(self) -> NDArray[np.int64]:
        """
        int64 [p, 2], microseconds UTC: while a timer was set, all messages are missing.

        From each setting to the next change; from the last one to the making of the file, and where the chat has a
        timer that no line tells of, from the last message on.
        """
        made = max(self._survey.made_at * MILLI_US, self._last)
        changes = sorted(self._timers)
        if self._chat.expiration_timer_ms and not (changes and changes[-1][1]):
            changes.append((self._last, self._chat.expiration_timer_ms))
        elif not self._chat.expiration_timer_ms and changes and changes[-1][1]:
            changes.append((self._last, 0))
        pairs = pairwise([*changes, (made, 0)])
        spans = [(at, following) for (at, timer), (following, _) in pairs if timer and at < following]
        self.gathered.note("messages_vanish", count=len(spans))
        return join_periods(np.array(spans, np.int64).reshape(-1, 2))


def _read_at(item: Item) -> int:
    """When the other one read it, as their receipt says."""
    for status in item.outgoing.send_status if item.outgoing is not None else ():
        if status.read is not None or status.viewed is not None:
            return status.timestamp * MILLI_US
    return NOT_KNOWN


def _call_of(item: Item) -> Call | None:
    return None if item.update_message is None else item.update_message.individual_call
