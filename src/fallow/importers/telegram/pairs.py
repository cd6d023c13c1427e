"""
When the two people of every personal chat in a full export wrote, and nothing else of them.

What is decoded of an entry holds no field for a name or a text, so none can leave here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.errors import TooManyMessages
from fallow.importers.interface import MESSAGES, Progress
from fallow.importers.source import Source
from fallow.importers.telegram.clock import instants, settled, wall_clocks
from fallow.importers.telegram.people import People
from fallow.importers.telegram.stream import Reader, Taker
from fallow.importers.telegram.walk import PERSONAL, Head, walk
from fallow.messages import NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two people, by their times alone.

    Args:
        at: int64 [n], microseconds UTC, never decreasing.
        sender: int8 [n], EGO or ALTER.
    """

    at: NDArray[np.int64]
    sender: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.at)


class When(msgspec.Struct, gc=False):
    """Of an entry: when, by whom, and whether it was a message or a call."""

    type: str | None = None
    date: str | None = None
    date_unixtime: int | None = None
    from_id: str | int | None = None
    actor_id: str | int | None = None
    action: str | None = None


MOST_PEOPLE: Final = 1_000
"""In one group, from which nobody needs their names."""
DECODER: Final = msgspec.json.Decoder(list[When], strict=False)


class Times(Taker[When]):
    """The times of one chat while they are read."""

    def __init__(self) -> None:
        super().__init__(DECODER)
        self.count = 0
        self.people = People()
        self._utc = [np.empty(0, np.int64)]
        self._local = [np.empty(0, np.int64)]
        self._who = [np.empty(0, np.int64)]

    def take(self, rows: list[When], raw: bytes) -> None:
        """Messages and calls; the other entries are nobody's."""
        written = [one for one in rows if one.type == "message" or one.action == "phone_call"]
        self.count += len(written)
        if self.count > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        people = self.people
        who = [people[one.from_id if one.type == "message" else one.actor_id] for one in written]
        self._utc.append(instants([one.date_unixtime for one in written]))
        self._local.append(wall_clocks([one.date for one in written]))
        self._who.append(np.array(who, np.int64))

    def pair(self, head: Head, zone: ZoneInfo | None) -> Pair:
        """The whole chat in time order; entries without a time are left out."""
        utc, local, who = (np.concatenate(one) for one in (self._utc, self._local, self._who))
        timed = (utc != NOT_KNOWN) | (local != NOT_KNOWN)
        at = settled(utc[timed], local[timed], zone)
        order = np.argsort(at, kind="stable")
        sides = np.array([head.side_of(key) for key in self.people.keys_of], np.int8)
        return Pair(at[order], sides[who[timed]][order] if len(who) else np.empty(0, np.int8))


class Nothing(msgspec.Struct, gc=False):
    """Of an entry: nothing, but that it is one."""


NOTHING: Final = msgspec.json.Decoder(list[Nothing])


class Writer(msgspec.Struct, gc=False):
    """Of an entry: by whom, and whether it was a message."""

    type: str | None = None
    from_id: str | int | None = None


WRITERS: Final = msgspec.json.Decoder(list[Writer], strict=False)


class Counted(Taker[Writer]):
    """How much was written in a group, and by how many."""

    def __init__(self) -> None:
        super().__init__(WRITERS)
        self.count = 0
        self.people = People()

    def take(self, rows: list[Writer], raw: bytes) -> None:
        """Of people no more than matter."""
        written = [one.from_id for one in rows if one.type == "message"]
        self.count += len(written)
        if self.people.count <= MOST_PEOPLE:
            for one in written:
                self.people[one]


class Passed(Taker[Nothing]):
    """A chat that nobody looks at."""

    count = 0

    def __init__(self) -> None:
        super().__init__(NOTHING)

    def take(self, rows: list[Nothing], raw: bytes) -> None:
        """Nothing is kept."""


def times_of(head: Head) -> Times | Passed:
    """Who takes the entries of a chat of which times and counts are enough."""
    return Times() if head.type in (PERSONAL, None) else Passed()


def counts_of(head: Head) -> Times | Counted | Passed:
    """The same, where groups are counted, too."""
    return Counted() if head.group else times_of(head)


def pairs_in(
    source: Source, leave_out: Collection[str | int], zone: ZoneInfo | None, progress: Progress | None
) -> Iterator[Pair]:
    """The pairs of a full export; see `read_pairs`."""
    out = {one.casefold() if isinstance(one, str) else one for one in leave_out}
    for walked in walk(Reader(source.chunks, source.told(progress)), times_of):
        head, times = walked.head, walked.taken
        named = {head.id, str(head.id), None if head.name is None else head.name.casefold()}
        if isinstance(times, Times) and head.full and head.personal and times.count and not named & out:
            yield times.pair(head, zone)
