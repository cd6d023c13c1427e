"""
What reading a chat export gives, whatever the format: one chat as its file tells it, with what was not read beside it.

Who is ego is not known yet; `take_sides` decides that afterwards. The words stay in one buffer of clean UTF-8, shared
by all messages, and are decoded only when someone asks for one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.language import N_
from fallow.messages import MessageTable

DateOrder = Literal["dmy", "mdy", "ymd"]
Progress = Callable[[int, int, int], None]
"""
Called with (bytes done, bytes in all, messages read so far) after every chunk; raising from it stops the reading.

No message is read yet while it is only looked at who is in a file.
"""

Days = tuple[dt.date, dt.date]
"""The first day and the last one, both counted."""

ME: Final = "Me"
"""The name of ego where the file knows who that is and tells no name."""
ALONE: Final = "="
"""In `Answers.chat`, before an address: it by itself, whatever name it carries."""
NO_OFFSET: Final = -(2**31)
"""In `Export.offset`: the message has a wall clock alone."""
MB: Final = 1_000_000
TEXT_BYTES: Final = 256 * MB
"""Longest chat text read: four times a chat of a million messages; WhatsApp itself stops at 40,000."""
STREAM_BYTES: Final = 8_000 * MB
"""Longest file read of a format that is never held as a whole, so this bounds time alone."""
PAGE_BYTES: Final = 4 * MB
"""Longest page read of a format that is many pages; a stretch of a conversation is far shorter."""
MESSAGES: Final = 1_600_000
"""Most messages: forty times what WhatsApp exports."""
LINE_BYTES: Final = 1 << 20
"""Longest line: a WhatsApp message holds at most 65,536 characters."""
MEMBERS: Final = 20_000
"""Most files in a zip: an export with media stops at 10,000 messages."""
DIRECTORY_BYTES: Final = 4 * MB
"""Longest directory of a zip."""
RATIO: Final = 200
"""Largest unpacked size over packed size; chats pack about 5:1, deflate can reach 1,032:1."""
RATIO_FLOOR: Final = 10 * MB
"""Unpacked size below which the ratio does not matter."""


PROBLEMS: Final = {
    "undecodable_bytes": N_("bytes that are not text; they show as \ufffd"),
    "nul_bytes": N_("empty bytes inside the text; they show as \ufffd"),
    "line_before_first_message": N_("lines before the first message"),
    "date_out_of_range": N_("dates that do not exist or lie before 2009; such lines belong to the message before"),
    "time_out_of_range": N_("times that do not exist; such lines belong to the message before"),
    "header_of_another_layout": N_("lines that look like messages of another export; read as quoted text"),
    "quoted_header": N_("lines that look like messages of someone else at another time; read as quoted text"),
    "maybe_quoted": N_("messages dated more than a day away from those around them; they may be quoted ones"),
    "nameless_lines_unknown": N_("lines without a name, in words Fallow does not know; read as WhatsApp's own"),
    "name_with_colon": N_("messages by a name with a colon in it; so few cannot tell whether the words begin there"),
    "layout_changed": N_("messages in another layout; a second export was put behind the first"),
    "own_lines_unknown": N_("lines marked as WhatsApp's own, in words Fallow does not know; read as text"),
    "odd_lines_not_examined": N_("unusual lines beyond the first million; read as text"),
    "maybe_truncated": N_("messages, close to where WhatsApp stops; the oldest may be missing"),
    "no_beginning_notice": N_("the notice at the start of a chat is missing; the oldest messages may be too"),
    "entry_not_understood": N_("entries that could not be read"),
    "entries_without_time": N_("entries that do not say when; left out"),
    "unsupported_entries": N_("messages that Telegram Desktop could not export"),
    "edited": N_("messages that were changed later; the last wording counts"),
    "history_cleared": N_("times that the history was cleared; what was before is no silence"),
    "messages_vanish": N_("times that a timer was set after which messages vanish; those days are no silence"),
    "reactions_without_time": N_("reactions that do not say by whom or when; left out"),
    "calls_unanswered": N_("calls that were not answered; they count as calls"),
    "never_sent": N_("drafts and messages that still waited to be sent; left out"),
    "sending_failed": N_("messages that could not be delivered; they were written, and count"),
    "not_fetched": N_("messages that were announced to the phone and never fetched; left out"),
    "texts_not_read": N_("messages whose text could not be read; they count without words"),
    "held_twice": N_("messages that were there more than once; each counts once"),
    "others_left_out": N_("messages that others wrote in the group; left out"),
    "group_reactions": N_("reactions in a group, which do not say to whom; left out"),
    "to_several_people": N_("messages to more people than the two; left out"),
    "in_spam": N_("messages that lay in spam; left out"),
    "quotes_left_out": N_("messages that quote an earlier one; what they quote is left out"),
    "addresses_joined": N_("addresses that were taken for one person, because their messages carry one name"),
    "texts_cut": N_("long texts of which the file has the beginning alone"),
    "joined_at_cutover": N_("chat put together from its ordinary and its encrypted download"),
    "older_half_elsewhere": N_("encrypted download alone; what was written before is in the ordinary one"),
    "newer_half_elsewhere": N_(
        "ordinary download alone; what was written since the chat was encrypted is in the other one"
    ),
    "clock_of_the_download": N_("pages whose times are on the clock of the download; it may differ from yours"),
    "maybe_newer_half_elsewhere": N_(
        "messages in the last three days of the ordinary download; since December 2023 chats go on in the encrypted one"
    ),
    "many_in_a_minute": N_("messages in one minute; a chat brought from elsewhere carries the time it was brought"),
    "steps_back": N_("places where the clock steps back; the messages were put in order of time"),
}
"""Every kind of problem, and what was counted, as people are told."""


@dataclass(frozen=True, slots=True)
class Answers:
    """
    What the person said where a file cannot tell.

    Args:
        date_order: Whether the day or the month comes first.
        chat: Which of several chats is meant, by name or id; or `ALONE` and an address.
    """

    date_order: DateOrder | None = None
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class ChatInside:
    """
    One chat of an export, for choosing.

    Args:
        id, name: As the file has them.
        messages: How many messages and calls.
        people: How many write in it: more than two make a group, which is read only where it is asked for.
        addresses: Several that were taken for one person, because they carry one name; `ALONE` before one of them
            means that one by itself.
    """

    id: int | str | None
    name: str
    messages: int
    people: int = 2
    addresses: tuple[str, ...] = field(default=(), compare=False)

    @property
    def group(self) -> bool:
        return self.people > 2

    @property
    def answer(self) -> str:
        """What `Answers.chat` says to mean this one."""
        return self.name if self.id is None else str(self.id)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read as a message, as data: the first line where it happened, what, how often."""

    line: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Notices:
    """
    m lines that the app wrote and nobody said, in the order of the file: shown to who asks, never measured.

    Args:
        local, offset: int64 [m], int32 [m] or None; when, as in `Export`.
        start, end: int64 [m], the text of each inside the buffer of the export.
        line: int64 [m], where each begins in its file, from 1.
    """

    local: NDArray[np.int64]
    start: NDArray[np.int64] = field(repr=False)
    end: NDArray[np.int64] = field(repr=False)
    line: NDArray[np.int64] = field(repr=False)
    offset: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.local)


@dataclass(frozen=True, slots=True)
class Export:
    """
    n messages of one chat in the order of the file, or of time where each has an instant.

    Args:
        format: What the file is, as `docs/reference/formats.md` lists it: "telegram_json".
        archive: Whether it came in a zip or a folder.
        names: Distinct authors in the order of their first message; nobody who only appears in system lines.
        local: int64 [n], wall clock, microseconds since 1970-01-01 00:00 local; may step back.
        author: int16 [n], index into names.
        kind: uint8 [n], a `Kind`.
        words: int32 [n], whitespace-separated tokens of the text, 0 where the message is not text.
        size: int32 [n], length of the text in UTF-8 bytes, 0 where the message is not text: what stands in place of
            a picture differs between exports with media and without, and must not make two messages of one.
        asks: int8 [n], 1 where the text holds a question mark that ends a word, else 0.
        resolution: Tick of the clock, microseconds.
        date_order: How the dates were read.
        date_order_why: What decided that, a sentence fragment without content.
        layout: How it is laid out, for people: "d/m/y, H:M - ", the header of a line; "one chat".
        system: Lines that the app wrote and nobody said.
        other_name_hint: The other party as the file name tells, or None.
        problems: What was not read.
        buffer: Clean UTF-8 text of the whole file.
        start, end: int64 [n], the body of each message inside buffer.
        offset: int32 [n], seconds that local is ahead of UTC, where the file has instants; NO_OFFSET for a message of
            it that has none. None where the file has no instants at all.
        sides: (ego, alter), where the file itself says who they are; spelled as in names by those who wrote.
        unseen: int64 [p, 2], periods of which messages are gone, microseconds UTC where there are instants, else on
            the wall clock; apart and in order.
        read_at: int64 [n], when the other side read each message, microseconds UTC, or NOT_KNOWN. None where the file
            never tells.
        line: int64 [n], where each message begins in its file: a line, or the number of an entry, from 1. None where
            that is not kept.
        also: What else people are called in the file (an address, the name of an account) → their name.
        stands_in: Whether the body of a call, a place or a poll is what the app put in its place; else it is what was
            written with it, as that of a file always is.
        notices: The lines that the app wrote, where the format keeps more than their number.
        owner: Whose export it is, as spelled in names, where it is told and more than two people write.
        group: How many people write in the group these two were picked from; 0 where it is a chat of two.
    """

    format: str
    archive: bool
    names: tuple[str, ...]
    local: NDArray[np.int64]
    author: NDArray[np.int16]
    kind: NDArray[np.uint8]
    words: NDArray[np.int32]
    size: NDArray[np.int32]
    asks: NDArray[np.int8]
    resolution: int
    date_order: DateOrder
    date_order_why: str
    layout: str
    system: int
    other_name_hint: str | None
    problems: tuple[Problem, ...]
    buffer: bytearray = field(repr=False)
    start: NDArray[np.int64] = field(repr=False)
    end: NDArray[np.int64] = field(repr=False)
    offset: NDArray[np.int32] | None = None
    sides: tuple[str, str] | None = None
    unseen: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))
    read_at: NDArray[np.int64] | None = field(default=None, repr=False)
    line: NDArray[np.int64] | None = field(default=None, repr=False)
    also: dict[str, str] = field(default_factory=dict, repr=False)
    stands_in: bool = False
    notices: Notices | None = None
    owner: str | None = None
    group: int = 0

    def __len__(self) -> int:
        return len(self.local)

    def body(self, i: int) -> str:
        """
        The text of message i: lines joined by a newline, the mark of an edit left out.

        Of a file that came along, the words with it; what stands in its place in the export is none of them.
        """
        return self.buffer[int(self.start[i]) : int(self.end[i])].decode("utf-8")

    def bodies(self, rows: NDArray[np.int64]) -> Iterator[str]:
        """The texts of some messages, one after the other; `rows` int64 [k]."""
        whole = memoryview(self.buffer)
        for start, end in zip(self.start[rows].tolist(), self.end[rows].tolist(), strict=True):
            yield str(whole[start:end], "utf-8")


@dataclass(frozen=True, slots=True)
class SidedChat:
    """
    An export with its two sides named.

    Args:
        table: The messages in time order.
        order: int64 [n], the row of the export each message came from; ties keep the order of the file.
        names: (ego, alter) as the file spells them; None for a side that never wrote and was not named.
        problems: What this step adds to the problems of the export.
        chat: Which chat it is of, the same for every export of it: the channel and the other one's name. Empty where
            that is not known.
        notices_at, notices_offset: int64 [m], int32 [m]; when the lines of the app were, as in the table.
    """

    table: MessageTable
    order: NDArray[np.int64]
    names: tuple[str | None, str | None]
    problems: tuple[Problem, ...]
    chat: str = ""
    notices_at: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    notices_offset: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
