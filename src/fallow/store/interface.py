"""
What Fallow asks of a place that keeps data, whichever engine keeps it.

Everything that writes happens inside `transaction()`; what was written is durable when that block has been left
without an exception, not before, so an answer to a person is given after it. A store may be used from several
threads; a transaction belongs to the thread that began it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO, Literal, Protocol, TypeAlias

import msgspec

from fallow.messages import MessageTable
from fallow.plan import Event, Record

DraftKind = Literal["draft", "letter", "better", "question"]
"""
draft: what one wanted to send in an urge; letter: never meant to be sent; better: what is better now, a sitting each;
question: one for them, put away for a week.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something written and never sent; `sealed` until `opens_at`. Instants are microseconds since the epoch, UTC."""

    id: str
    started_at: int
    saved_at: int
    text: str
    sealed: bool
    opens_at: int | None
    kind: DraftKind = "draft"


@dataclass(frozen=True, slots=True)
class Deletion:
    """
    What was looked at after something was deleted.

    Args:
        row_gone: No draft of that id is there.
        overwritten: The file overwrites what is deleted.
        log_empty: The log was copied into the file and cut to nothing, so no older page is left in it.
    """

    row_gone: bool
    overwritten: bool
    log_empty: bool

    @property
    def complete(self) -> bool:
        """Whether nothing of it can be left in the file or its log."""
        return self.row_gone and self.overwritten and self.log_empty


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """
    One import, as it was when it was read.

    Args:
        id: Any unique id.
        imported_at: Microseconds since the epoch, UTC.
        format: Name of the importer that read it.
        messages: Messages the file held, those known already included.
        first_at: Instant of the first message, microseconds, on the clock of the table.
        last_at: Instant of the last one.
        with_text: Whether the words were kept beside counts and times.
        names: How the file spells ego and alter.
        zone: IANA name of the zone its wall clock was read in, or None.
        zoned: Whether its instants are true instants.
        resolution: Its tick, microseconds.
        problems: What was not read, as JSON.
        receipt: What the import said it read, as JSON; empty where that was not kept.
    """

    id: str
    imported_at: int
    format: str
    messages: int
    first_at: int
    last_at: int
    with_text: bool
    names: tuple[str, str]
    zone: str | None
    zoned: bool
    resolution: int
    problems: bytes
    receipt: bytes = b""


Taken = Literal["words", "messages"]
"""What was put away: the words alone, so that counts and times stay; or the messages with them."""
_Int: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_Small: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class PackedSource(msgspec.Struct, frozen=True):
    """An import as it lies in a parcel; `unseen` holds int64 pairs, little-endian."""

    record: SourceRecord
    unseen: bytes


class Label(msgspec.Struct, frozen=True):
    """
    What lies on top in a parcel.

    Args:
        id: Random, 32 hex digits.
        made_at: Microseconds since the epoch, UTC.
        opens_on: The local day from which on it may be opened.
        messages: How many there are in it.
        first_at, last_at: Instants of the first and the last, microseconds, on the clock of the table.
        sources: The imports they came from.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    made_at: _Int
    opens_on: dt.date
    messages: _Small
    first_at: _Int
    last_at: _Int
    sources: tuple[PackedSource, ...]


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One message as a row keeps it; `source` counts the imports of the label from 0, and None is not known."""

    at: _Int
    sender: Literal[0, 1]
    kind: Annotated[int, msgspec.Meta(ge=0, le=255)]
    words: _Small
    size: _Small
    nth: _Small
    place: _Small
    offset: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)]
    asks: Literal[0, 1] | None
    read_at: _Int | None
    source: _Small
    body: str | None


@dataclass(frozen=True, slots=True)
class ParcelRecord:
    """
    What is known here of a parcel without opening it.

    Args:
        id: Random, 32 hex digits.
        made_at: Microseconds since the epoch, UTC.
        opens_on: The local day from which on it may be opened.
        taken: What was taken from the record for it.
        messages: How many it holds.
        size: Bytes of it.
        digest: SHA-256 of it as hex: which file it is.
        given_at: When it was found to lie elsewhere and let go of here, microseconds; None while it lies here.
    """

    id: str
    made_at: int
    opens_on: dt.date
    taken: Taken
    messages: int
    size: int
    digest: str
    given_at: int | None = None


class Store(Protocol):
    """Data at rest: events, preferences, drafts, messages and what was derived from them."""

    def transaction(self) -> AbstractContextManager[None]:
        """Write all of it or nothing; durable once left. Not nested."""

    def events(self) -> tuple[Record, ...]:
        """Every event, in the order stored."""

    def append(self, events: Sequence[Event]) -> tuple[Record, ...]:
        """Store events for good; they are never changed, only corrected by later ones."""

    def preference(self, name: str) -> str | None:
        """The value last set under a name, or None."""

    def set_preference(self, name: str, value: str) -> None:
        """Set a value, replacing the former one."""

    def put_draft(self, draft: Draft) -> None:
        """Save a draft, replacing the one with the same id."""

    def draft(self, id: str) -> Draft | None:
        """The draft with this id, or None."""

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft of every kind, the oldest first."""

    def delete_draft(self, id: str) -> None:
        """Delete a draft so that its words are gone from the file, too; nothing happens when there is none."""

    def confirm_deleted(self, id: str) -> Deletion:
        """Look whether a deleted draft is gone, and empty the log once more where a reader kept it alive."""

    def put_messages(self, source: SourceRecord, table: MessageTable, texts: Iterable[str] | None) -> int:
        """
        Add the messages that are not there yet.

        Two messages are the same when instant, sender, kind, words and size agree and each is the k-th such one
        of its source, so importing twice is importing once, and twins in one minute stay two. Words brought by a
        later import are added to messages that were kept without them, and so is whether they ask and when they were
        read. Periods that the table says are missing are kept with the source.

        Args:
            source: Where they come from; kept when it brought anything.
            table: n messages.
            texts: n texts, or None to keep counts and times only.
        Returns:
            How many were new.
        Raises:
            ValueError: If there are not exactly n texts.
        """

    def messages(self) -> MessageTable:
        """Every message of every source, in time order; inside a tick in the order of its source."""

    def texts(self) -> Iterator[str | None]:
        """The words of every message, aligned with `messages()`; None where they were not kept."""

    def message_count(self) -> int:
        """How many messages there are."""

    def keep_receipt(self, id: str, receipt: bytes) -> None:
        """Keep what an import said it read beside its source; nothing happens where the source was not kept."""

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every import, the oldest first."""

    def remove_source(self, id: str) -> int:
        """Remove an import with the messages it was the first to bring, and their words; returns how many."""

    def has_words(self) -> bool:
        """Whether the words of any message are kept."""

    def put_away(self, id: str, passphrase: str, *, taken: Taken, made_at: int, opens_on: dt.date) -> ParcelRecord:
        """
        Put every message with its words into a parcel that is kept here, and take the words, or all of them, away.

        What was taken is gone from the file: pages that held words are overwritten and not only unlinked.

        Args:
            id: Random, 32 hex digits.
            passphrase: Of the parcel, at least 10 characters.
        """

    def parcels(self) -> tuple[ParcelRecord, ...]:
        """Every parcel made here, the oldest first."""

    def parcel_file(self, id: str) -> BinaryIO | None:
        """The bytes of a parcel that lies here, to be read; None where there is none."""

    def give_parcel(self, id: str, at: int) -> None:
        """Let go of the bytes of a parcel that lies elsewhere, and keep that it was given, and when."""

    def delete_parcel(self, id: str) -> None:
        """Remove a parcel, with its bytes where they are here; nothing happens when there is none."""

    def bring_back(self, label: Label, lines: Iterable[Line]) -> int:
        """
        Put messages and words of a parcel back; those that are there already stay as they are.

        Returns:
            How many messages were not there.
        Raises:
            ParcelDamaged: If a line belongs to no import of the label.
        """

    def derived(self, name: str) -> bytes | None:
        """What was put under a name since the messages last changed, or None."""

    def put_derived(self, name: str, body: bytes) -> None:
        """Keep a result computed from the messages; it is forgotten when they change."""

    def check(self) -> tuple[str, ...]:
        """Read everything and say what is wrong; empty when sound."""

    def copy_to(self, path: Path) -> None:
        """
        Write a whole copy, under the same key, into a file that is empty, and read all of it back.

        Everything stored before this was called is in it, whoever writes meanwhile.

        Raises:
            StoreDamaged: If the copy is not sound.
        """

    def close(self) -> None:
        """Close every connection. The store cannot be used after that."""
