"""
Telegram Desktop's `result.json` → an `Export`: one chat of two people, alone or out of everything.

    bytes ─ walk ─> chats ─ choose ─> Conversation ─┬─ people ──> who, and which one is me
                                                    ├─ clock ───> when: instants, or the wall clock of older files
                                                    └─ notices ─> periods of which messages are missing

Who I am needs no asking: a full export says so, and a single chat carries the id of the other one. Reactions become
rows of their own, by whom and when; other lines of the app are counted. What vanished by a timer or was cleared is no
silence: those periods travel with the messages. Messages deleted for both are gone without a trace, and secret chats
are never in the file.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NoChatOfTwo, NoMessages, NoSuchChat, NotADyad, NotTwoPeople, WhichChat
from fallow.importers.choosing import alike
from fallow.importers.interface import ME, NO_OFFSET, Answers, ChatInside, Export, Notices, Problem, Progress
from fallow.importers.source import Source
from fallow.importers.telegram.clock import SECOND_US, instants, offsets, wall_clocks
from fallow.importers.telegram.conversation import Column, Conversation
from fallow.importers.telegram.pairs import MOST_PEOPLE, Counted, Passed, Times, counts_of, times_of
from fallow.importers.telegram.stream import Reader
from fallow.importers.telegram.walk import PERSONAL, Head, Walked, walk
from fallow.importers.telegram.walk import knows as knows
from fallow.language import N_
from fallow.messages import ALTER, EGO, NOT_KNOWN, Kind, join_periods

DELETED_ACCOUNT: Final = "Deleted account"
OTHER_KINDS: Final = {
    "bot_chat": N_("a chat with a bot"),
    "saved_messages": N_("what you saved for yourself"),
    "private_channel": N_("a channel"),
    "public_channel": N_("a channel"),
}
BURST: Final = 1_000
"""Messages within a minute from which they were brought in from elsewhere, not written then."""
KEPT: Final = ("who", "kind", "words", "size", "asks", "start", "end", "line")
COUNTED: Final = (
    "nul_bytes", "entries_without_time", "unsupported_entries", "edited", "history_cleared", "messages_vanish",
    "reactions_without_time", "calls_unanswered",
)  # fmt: skip
MINUTE_US: Final = 60 * SECOND_US
MOST_ALIKE: Final = 4
"""Chats of one name that are read side by side."""
Chat = Walked[Conversation | Times | Counted | Passed]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one chat of two people.

    Args:
        answers: Which chat of a full export; needed only where it holds several.
    Raises:
        NotADyad, NoChatOfTwo: If there is none.
        WhichChat, NoSuchChat: If it is not said which one, or there is none of that name.
        ImportRefused: As `read_export`.
    """
    choice = _Choice(answers.chat)
    tell = source.told(progress, choice.rows)
    for walked in walk(Reader(source.chunks, tell), choice.begin):
        choice.put(walked)
    tell(source.size)
    found = choice.made()
    assert isinstance(found.taken, Conversation)
    return _Reading(found.head, found.taken).export(source)


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the two-person chats of an export that have any message, in the order of the file, and then its groups.

    Raises:
        ImportRefused: As `read_export`; not for there being none or several.
    """
    found, groups = list[ChatInside](), list[ChatInside]()
    for one in walk(Reader(source.chunks, source.told(progress)), counts_of):
        id, name, taken = one.head.id, one.head.name or DELETED_ACCOUNT, one.taken
        if one.head.type in (PERSONAL, None) and taken.count:
            found.append(ChatInside(id, name, taken.count))
        elif isinstance(taken, Counted) and 2 < taken.people.count <= MOST_PEOPLE:
            groups.append(ChatInside(id, name, taken.count, taken.people.count))
    return found + groups


class _Choice:
    """Which of the chats in a file is meant; of the others times and counts alone are read."""

    def __init__(self, wanted: str | None) -> None:
        self._wanted = wanted
        self._chats, self._kept = 0, list[Chat]()
        self._reading: Conversation | None = None

    def rows(self) -> int:
        """How many messages were read of the chat that may be meant."""
        return 0 if self._reading is None else self._reading.rows

    def begin(self, head: Head) -> Conversation | Times | Counted | Passed:
        if not head.full or head.type is None or ((head.personal or head.group) and self._may_be(head)):
            self._reading = Conversation()
            return self._reading
        return times_of(head)

    def _may_be(self, head: Head) -> bool:
        """Whether it may be meant; a group of a full export is only where it is asked for."""
        if self._wanted is None:
            return self._chats == 0 and head.personal
        return head.id is None or head.name is None or self._fits(head)

    def _fits(self, head: Head) -> bool:
        return self._wanted == str(head.id) or alike(self._wanted or "") == alike(head.name or DELETED_ACCOUNT)

    def put(self, chat: Chat) -> None:
        """A chat that was read to its end."""
        if not chat.head.full:
            if chat.head.type not in (PERSONAL, None) and not chat.head.group:
                raise NotADyad(what=OTHER_KINDS.get(chat.head.type, N_("something else")))
            self._chats, self._kept = 1, [chat]
            return
        if not (chat.head.personal or chat.head.group) or not chat.taken.count:
            return
        self._chats += chat.head.personal
        if chat.head.group and self._wanted is None:
            return
        if self._wanted is None:
            self._kept = [chat] if self._chats == 1 else []
        elif self._fits(chat.head):
            self._kept.append(chat)
            if len(self._kept) > MOST_ALIKE:
                raise WhichChat(chats=self._chats)

    def made(self) -> Chat:
        """
        Raises:
            NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        """
        if self._chats == 0 and not self._kept:
            raise NoChatOfTwo
        self._kept = [one for one in self._kept if not one.head.group] or self._kept
        spelled = [one for one in self._kept if self._wanted in (one.head.name, str(one.head.id))]
        if len(self._kept) > 1 and len(spelled) == 1:
            return spelled[0]
        if len(self._kept) == 1:
            return self._kept[0]
        if self._wanted is not None and not self._kept:
            raise NoSuchChat(chats=self._chats)
        raise WhichChat(chats=self._chats)


class _Reading:
    """One chat between its last entry and its `Export`; rows without any time have been left out."""

    def __init__(self, head: Head, read: Conversation) -> None:
        self.head, self.read = head, read
        utc, local = read.column("utc"), read.column("local")
        timed = (utc != NOT_KNOWN) | (local != NOT_KNOWN)
        read.counts["entries_without_time"] += int((~timed).sum())
        self.row_of = np.cumsum(timed) - 1
        utc, local = utc[timed], local[timed]
        if len(utc) == 0:
            raise NoMessages
        self.zoned = bool((utc != NOT_KNOWN).any())
        self.offset = offsets(utc, local)
        own = np.where(self.offset == NOT_KNOWN, 0, self.offset)
        self.local = np.where(utc != NOT_KNOWN, utc + own, local)
        self.at = self.local - own
        self.columns: dict[str, Column] = {name: read.column(name)[timed] for name in KEPT}
        self._place_reactions()

    def _place_reactions(self) -> None:
        """Put reactions among the rows where time has come to them; rows themselves stay in the order of the file."""
        read, n = self.read, len(self.at)
        local, to = read.column("given_local"), read.column("to")
        read.counts["reactions_without_time"] += int((local == NOT_KNOWN).sum())
        known = np.argsort(local, kind="stable")
        known = known[local[known] != NOT_KNOWN]
        if not len(known):
            return
        local, to = local[known], np.maximum(self.row_of[to[known]], 0)
        clock = np.maximum.accumulate(self.local)
        beside = np.maximum(np.searchsorted(clock, local, side="right") - 1, to)
        offset = self.offset[beside]
        at = local - np.where(offset == NOT_KNOWN, 0, offset)
        place = np.maximum(np.searchsorted(np.maximum.accumulate(self.at), at, side="right"), to + 1)
        order = np.insert(np.arange(n), place, n + np.arange(len(place)))
        zeros = np.zeros(len(at), np.int64)
        given = {name: read.column(f"given_{name}")[known] for name in ("who", "start", "end")}
        given |= {"kind": zeros + Kind.REACTION, "words": zeros, "size": zeros, "asks": zeros}
        given["line"] = self.columns["line"][to]
        self.at = np.concatenate((self.at, at))[order]
        self.local = np.concatenate((self.local, local))[order]
        self.offset = np.concatenate((self.offset, offset))[order]
        self.columns = {name: np.concatenate((column, given[name]))[order] for name, column in self.columns.items()}

    def export(self, source: Source) -> Export:
        names, author = self._names()
        kind = self.columns["kind"].astype(np.uint8)
        layout = N_("one chat of a full export") if self.head.full else N_("one chat")
        unseen = self._unseen(kind)
        return Export(
            format="telegram_json",
            archive=source.archive,
            names=tuple(names.values()),
            local=self.local,
            author=author,
            kind=kind,
            words=self.columns["words"].astype(np.int32),
            size=self.columns["size"].astype(np.int32),
            asks=self.columns["asks"].astype(np.int8),
            resolution=SECOND_US,
            date_order="ymd",
            date_order_why=N_("Telegram writes the year first"),
            layout=layout,
            system=self.read.counts["system"],
            other_name_hint=self.head.name,
            problems=self._problems(),
            buffer=self.read.buffer,
            start=self.columns["start"],
            end=self.columns["end"],
            offset=self._offset_seconds(),
            sides=self._sides(names),
            owner=names.get(self.head.my_key or ""),
            group=len(names) if self.head.group and len(names) <= 2 else 0,
            unseen=unseen,
            line=self.columns["line"].astype(np.int64),
            notices=self._lines(),
        )

    def _lines(self) -> Notices | None:
        """The lines of the app, by what each did."""
        if not self.read.lines:
            return None
        unix, date, did, line = zip(*self.read.lines, strict=True)
        start, end = self.read.keep_texts(list(did))[1:]
        utc, local = instants(unix), wall_clocks(date)
        timed = (utc != NOT_KNOWN) | (local != NOT_KNOWN)
        utc, local = utc[timed], local[timed]
        offset = offsets(utc, local) if len(utc) else utc
        wall = np.where(utc != NOT_KNOWN, utc + np.where(offset == NOT_KNOWN, 0, offset), local)
        own = np.where(offset == NOT_KNOWN, NO_OFFSET, offset // SECOND_US).astype(np.int32)
        return Notices(wall, start[timed], end[timed], np.array(line)[timed], own if self.zoned else None)

    def _offset_seconds(self) -> NDArray[np.int32] | None:
        if not self.zoned:
            return None
        return np.where(self.offset == NOT_KNOWN, NO_OFFSET, self.offset // SECOND_US).astype(np.int32)

    def _names(self) -> tuple[dict[str, str], NDArray[np.int16]]:
        """Key → name of each who wrote, in the order of their first row; and who that is, row by row."""
        who = self.columns["who"]
        present = np.flatnonzero(np.bincount(who))
        if len(present) > MOST_PEOPLE:
            raise NotTwoPeople(people=len(present))
        present = present[np.argsort([int((who == one).argmax()) for one in present.tolist()])]
        rank = np.zeros(int(present.max()) + 1, np.int16)
        rank[present] = np.arange(len(present))
        keys = self.read.people.keys_of
        names: dict[str, str] = {}
        for key in (keys[i] for i in present.tolist()):
            name = self._name(key)
            names[key] = f"{name} ({key})" if name in names.values() else name
        return names, rank[who]

    def _name(self, key: str) -> str:
        told = self.read.names.get(key, "").strip() or (self.head.name if key == self.head.other_key else None)
        return told or (self.head.me.name if key == self.head.my_key else "") or DELETED_ACCOUNT

    def _sides(self, names: dict[str, str]) -> tuple[str, str] | None:
        """Ego and alter, where ids tell: the chat's own is the other one, the owner's or the remaining one is me."""
        head = self.head
        if head.group:
            return None
        others = [key for key in names if head.side_of(key) == ALTER]
        mine = [key for key in names if head.side_of(key) == EGO]
        if len(others) > 1 or len(mine) > 1 or (not others and head.id is None):
            return None
        ego = names[mine[0]] if mine else head.me.name or ME
        alter = names[others[0]] if others else self._name(head.other_key)
        if ego != alter:
            return ego, alter
        return (ego, f"{alter} ({head.other_key})") if mine else (f"{ego} ({head.my_key or ME})", alter)

    def _unseen(self, kind: NDArray[np.uint8]) -> NDArray[np.int64]:
        """
        int64 [p, 2], on the clock of `at`: of which periods messages are gone.

        From the row before history was cleared to that moment; and from the moment a timer was set to the first
        message that is still there, for what vanishes goes in the order in which it was sent.
        """
        begin, end = list[int](), list[int]()
        notices = self.read.notices
        moments = self._moments()
        said = np.flatnonzero(kind != Kind.REACTION)
        for i, (notice, moment) in enumerate(zip(notices, moments, strict=True)):
            if notice.vanish_after is None:
                before = self.at[self.at < moment]
                self.read.counts["history_cleared"] += 1
                begin.append(int(before.max()) if len(before) else moment)
                end.append(moment)
            elif notice.vanish_after > 0:
                until = moments[i + 1] if i + 1 < len(moments) else int(self.at.max())
                alive = self.at[said][(self.at[said] >= moment) & (self.at[said] < until)]
                self.read.counts["messages_vanish"] += 1
                begin.append(moment)
                end.append(int(alive.min()) if len(alive) else until)
        periods = np.array([begin, end], np.int64).T.reshape(-1, 2)
        return join_periods(periods[periods[:, 0] < periods[:, 1]])

    def _moments(self) -> list[int]:
        """When each notice was given, on the clock of `at`."""
        notices = self.read.notices
        utc, local = instants([one.utc for one in notices]), wall_clocks([one.date for one in notices])
        row = np.minimum([one.row for one in notices], len(self.row_of) - 1).astype(np.int64)
        offset = self.offset[self.row_of[row]] if len(notices) else np.empty(0, np.int64)
        offset = np.where(offset == NOT_KNOWN, 0, offset)
        at = np.where(utc != NOT_KNOWN, utc if self.zoned else local, local - (offset if self.zoned else 0))
        return [int(one) if one != NOT_KNOWN else int(self.at[0]) for one in at.tolist()]

    def _problems(self) -> tuple[Problem, ...]:
        counts, rejected = self.read.counts, self.read.rejected
        found = [Problem(0, kind, counts[kind]) for kind in COUNTED if counts[kind]]
        if rejected.entries:
            found.append(Problem(rejected.line, "entry_not_understood", rejected.entries))
        if rejected.bad_bytes:
            found.append(Problem(rejected.bad_line, "undecodable_bytes", rejected.bad_bytes))
        changes = np.flatnonzero(np.diff(self.local // MINUTE_US, prepend=-1, append=-1))
        most = int(np.diff(changes).max())
        if most >= BURST:
            found.append(Problem(0, "many_in_a_minute", most))
        return tuple(sorted(found, key=lambda one: (one.line, one.kind)))
