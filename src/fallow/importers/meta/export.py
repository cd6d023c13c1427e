"""
Messenger's and Instagram's downloads → an `Export`: one chat of two people, out of one file or of a whole download.

    parts ─ read_pages ─> threads ─ choose_chat ─> its pages ─┬─ Gathering ──> rows, in the order of the files
                                                              └─ Order ──────> oldest first, what is there twice once

Seen in downloads of 2018 to 2026, as JSON and as pages made for reading (`shown.py`); a download is either. Files hold
the newest message first. Who I am needs no asking where a download holds several chats, or a chat is called by the
other's name. When something was read is not in the file, and what was removed before the download is gone without a
trace.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fallow.errors import BrokenFile, NotTwoPeople, PagesAndJson
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import Gathering
from fallow.importers.interface import Answers, ChatInside, Export, Progress
from fallow.importers.meta.blocks import is_of_instagram, looks_like_page
from fallow.importers.meta.clock import Clock
from fallow.importers.meta.edits import Edits
from fallow.importers.meta.entries import ENTRIES, Entry, is_instagram, kind_of, looks_like_meta, reactions_of
from fallow.importers.meta.shown import read_shown
from fallow.importers.meta.threads import MOST_NAMES, Page, Thread, chats_of, find_me, find_threads, read_pages
from fallow.importers.order import Order
from fallow.importers.source import Part, Source
from fallow.importers.telegram.stream import Reader, Taker
from fallow.importers.text import utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

MILLISECOND_US: Final = 1_000
WHY: Final = N_("the file counts milliseconds")
ENCRYPTED_SINCE_US: Final = 1_701_388_800_000_000
"""2023-12-01: since then Messenger moves chats to end-to-end encryption by itself."""
BUSY_US: Final = 3 * 86_400_000_000
BUSY: Final = 10
"""Messages in the last three days from which a chat did not end of itself, as far as can be told."""
INSTAGRAM_FOLDERS: Final = ("your_instagram_activity", "instagram-")


def knows_messenger(head: bytes) -> bool:
    """Whether a file that begins so is a thread of Messenger, or one that does not say whose it is."""
    return (looks_like_meta(head) or looks_like_page(head)) and not knows_instagram(head)


def knows_instagram(head: bytes) -> bool:
    """Whether a file that begins so is a thread of Instagram and says so."""
    return is_instagram(head) or (looks_like_page(head) and is_of_instagram(head))


def pick_messenger(files: list[Part]) -> tuple[Part, ...]:
    """The threads among some files, where none is Instagram's."""
    found = _threads(files)
    return () if _of_instagram(found) else tuple(part for part, _ in found)


def pick_instagram(files: list[Part]) -> tuple[Part, ...]:
    """The threads among some files, where a folder or one of them says that they are Instagram's."""
    found = _threads(files)
    return tuple(part for part, _ in found) if _of_instagram(found) else ()


def _threads(files: list[Part]) -> list[tuple[Part, bool]]:
    """The threads, and whether each says itself that it is Instagram's."""
    heads = ((part, part.head()) for part in files)
    known = ((part, head, looks_like_page(head)) for part, head in heads)
    return [
        (part, is_of_instagram(head) if shown else is_instagram(head))
        for part, head, shown in known
        if shown or looks_like_meta(head)
    ]


def _of_instagram(found: list[tuple[Part, bool]]) -> bool:
    return any(says or any(one in part.name.lower() for one in INSTAGRAM_FOLDERS) for part, says in found)


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the chats of two people, in the order of the files.

    Raises:
        ImportRefused: As `read_export`.
    """
    threads = find_threads(_only_one_kind(read_pages(source.parts, source.told(progress))))
    return [chat for chat, _ in chats_of(threads, find_me(threads))]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one chat of two people.

    Args:
        answers: Which chat; needed only where there are several.
    Raises:
        NotTwoPeople, NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    gathered, order, clock = Gathering(), Order(), Clock()
    tell = source.told(progress, gathered.__len__)
    threads = find_threads(_only_one_kind(read_pages(source.parts, lambda done: tell(done // 2), clock)))
    me = find_me(threads)
    chats = chats_of(threads, me)
    if len(threads) == 1 and len(threads[0].people) > MOST_NAMES:
        raise NotTwoPeople(people=len(threads[0].people))
    chosen = choose_chat([chat for chat, _ in chats], answers.chat)
    thread = next(thread for chat, thread in chats if chat is chosen)
    done, decided = source.size // 2, clock.decide(answers.date_order) if thread.shown else None
    for pages in thread.filed:
        for page in pages:

            def tick(more: int, done: int = done) -> None:
                tell(done + more // 2)

            if page.shown:
                read_shown(page, thread.people, clock, gathered=gathered, order=order, tick=tick)
            else:
                _read(page, gathered, order, tick)
            done += page.part.size // 2
        order.end_page()
    tell(source.size)
    _note_halves(thread, gathered, order, of_messenger=source.format.channel == "messenger")
    if decided is not None:
        gathered.note("clock_of_the_download", count=len(thread.pages))
        return gathered.export(
            source, f"{source.format.channel}_html", N_("pages made for reading"), sides=thread.sides(me),
            hint=chosen.name, resolution=clock.resolution, date_order=decided.order, why=decided.why,
            order=order.rows(), owner=me, group=chosen.people if chosen.group else 0,
        )  # fmt: skip
    return gathered.export(
        source, f"{source.format.channel}_json", _layout(thread, source.format.channel), sides=thread.sides(me),
        hint=chosen.name, resolution=MILLISECOND_US, why=WHY, order=order.rows(), owner=me,
        group=chosen.people if chosen.group else 0,
    )  # fmt: skip


def _only_one_kind(pages: list[Page]) -> list[Page]:
    """
    Raises:
        PagesAndJson: If some are made for reading and some are not: their clocks differ, and what is there twice
            could not be told.
    """
    if len({page.shown for page in pages}) > 1:
        raise PagesAndJson
    return pages


def _read(page: Page, gathered: Gathering, order: Order, tick: Callable[[int], None]) -> None:
    reader = Reader(utf8_pieces(page.part.open()), tick)
    rows = _Rows(gathered, order)
    for key in reader.members():
        if key == "messages" and reader.peek() == ord("["):
            reader.entries(rows)
        else:
            reader.skip()
    reader.require_end()
    if rows.rejected.entries:
        gathered.note("entry_not_understood", rows.rejected.line, rows.rejected.entries)
    if rows.rejected.bad_bytes:
        gathered.note("undecodable_bytes", rows.rejected.bad_line, rows.rejected.bad_bytes)
    if not rows.number and not page.whole:
        raise BrokenFile


def _note_halves(thread: Thread, gathered: Gathering, order: Order, *, of_messenger: bool) -> None:
    """What there is to be told of a chat that was moved to end-to-end encryption."""
    encrypted = [page.encrypted for page in thread.pages]
    if any(encrypted) and not all(encrypted):
        gathered.note("joined_at_cutover")
    elif all(encrypted):
        gathered.note("older_half_elsewhere")
    elif any(page.moved for page in thread.pages):
        gathered.note("newer_half_elsewhere")
    elif of_messenger:
        last, busy = order.ends_with(BUSY_US)
        if last >= ENCRYPTED_SINCE_US and busy >= BUSY:
            gathered.note("maybe_newer_half_elsewhere", count=busy)


def _layout(thread: Thread, channel: str) -> str:
    halves = {page.encrypted for page in thread.pages}
    if channel == "instagram":
        return N_("one chat")
    if len(halves) == 2:
        return N_("both downloads")
    return N_("end-to-end encrypted download") if True in halves else N_("ordinary download")


class _Rows(Taker[Entry]):
    """Entries → rows; what the app wrote is counted."""

    def __init__(self, gathered: Gathering, order: Order) -> None:
        super().__init__(ENTRIES)
        self.number = 0
        self._gathered, self._order, self._edits = gathered, order, Edits()

    def take(self, rows: list[Entry], raw: bytes) -> None:
        for entry in rows:
            self.number += 1
            self._add(entry, entry.who)

    def _add(self, entry: Entry, who: str) -> None:
        kind, words, problem = kind_of(entry)
        if problem is not None:
            self._gathered.note(problem, self.number)
        if kind is None:
            self._gathered.add_notice(entry.at, entry.words, line=self.number)
            return
        if not who:
            self._gathered.system += 1
            return
        if kind is Kind.TEXT:
            words, changed = self._edits.settle(len(self._gathered), who, entry.at, words)
            if changed is not None:
                self._order.drop(changed)
                self._gathered.note("edited", self.number)
        self._put(entry.at, who, kind, words)
        if entry.reactions:
            for actor, at, sign in reactions_of(entry):
                if at and actor:
                    self._put(max(at, entry.at), actor, Kind.REACTION, sign)
                else:
                    self._gathered.note("reactions_without_time", self.number)

    def _put(self, at: int, who: str, kind: Kind, words: str) -> None:
        before = len(self._gathered)
        self._gathered.add(at, who, kind, words, line=self.number)
        if len(self._gathered) > before:
            self._order.add(at, who, kind, words)
