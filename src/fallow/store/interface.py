"""
What Fallow asks of a place that keeps data, whichever engine keeps it.

Everything that writes happens inside `transaction()`; what was written is durable when that block has been left
without an exception, not before, so an answer to a person is given after it. A store may be used from several
threads; a transaction belongs to the thread that began it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

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

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every import, the oldest first."""

    def remove_source(self, id: str) -> int:
        """Remove an import with the messages it was the first to bring, and their words; returns how many."""

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
