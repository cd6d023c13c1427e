"""
The threads in a download: which files belong together, who writes in them, and which two halves are one chat.

A thread of the classic download is a folder, its files numbered from the newest on; the same folder may come in several
parts of a download, and a second time under `e2ee_cutover`. A thread that was moved to end-to-end encryption goes on in
another download, in a file that names its two people and nothing else: it is the same chat where these two have one
classic thread together, and only one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

import msgspec

from fallow.errors import BrokenFile, EntryTooLong, TooManyMessages
from fallow.importers.gathering import clean_name
from fallow.importers.interface import MESSAGES, ChatInside
from fallow.importers.meta.blocks import Blocks, heading_of, looks_like_page, read_blocks, title_of
from fallow.importers.meta.clock import Clock
from fallow.importers.meta.entries import name_of
from fallow.importers.source import Part
from fallow.importers.telegram.stream import Reader, Taker
from fallow.importers.text import utf8_pieces

FILE: Final = re.compile(r"message(?:_(\d{1,6}))?\.(?:json|html)$")
MOST_NAMES: Final = 100
"""People of one thread from which it is a group, and their names do not matter."""
LEAST_OF_GROUP: Final = 3
MOST_TITLE: Final = 200
COMMAS: Final = re.compile("[,،，]")
NUMBERED: Final = re.compile(r"_\d{1,6}$")


class Sender(msgspec.Struct, gc=False):
    """Of an entry: who wrote it."""

    sender_name: str | None = None
    sender: str | None = msgspec.field(default=None, name="senderName")


SENDERS: Final = msgspec.json.Decoder(list[Sender], strict=False)


class _Senders(Taker[Sender]):
    """How many entries each wrote."""

    def __init__(self) -> None:
        super().__init__(SENDERS)
        self.counts: Counter[str] = Counter()

    def take(self, rows: list[Sender], raw: bytes) -> None:
        self.counts.update([one.sender_name or one.sender or "" for one in rows])
        if self.counts.total() > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        if len(self.counts) > MOST_NAMES:
            self.counts = Counter(dict(self.counts.most_common(MOST_NAMES)))


@dataclass(slots=True)
class Page:
    """
    One file of a thread.

    Args:
        part: Which of the source's files it is.
        encrypted: Whether it is of the end-to-end encrypted half.
        moved: Whether it lies where what was moved to encryption lies.
        title: What the thread is called.
        key: What files of one thread have in common.
        people: Names of those who take part, and of those who wrote.
        entries: How many entries.
        whole: Whether it could be read to its end.
        shown: Whether it is made for reading (HTML), and none of JSON.
        group: Whether it says that more than two take part.
    """

    part: Part
    encrypted: bool = False
    moved: bool = False
    title: str = ""
    key: str = ""
    people: dict[str, None] = field(default_factory=dict)
    entries: int = 0
    whole: bool = False
    shown: bool = False
    group: bool = False

    @property
    def number(self) -> int:
        """Of files in one folder: the higher the older."""
        found = FILE.search(self.part.name.lower())
        return int(found[1] or 0) if found else 0

    @property
    def folder(self) -> str:
        return self.part.name.rpartition("/")[0]


@dataclass(slots=True)
class Thread:
    """The files of one chat, the oldest first as far as their names tell."""

    pages: list[Page]

    @property
    def people(self) -> list[str]:
        return list(dict.fromkeys(name for page in self.pages for name in page.people))

    @property
    def title(self) -> str:
        return next((page.title for page in self.pages if page.title), "")

    @property
    def encrypted(self) -> bool:
        return all(page.encrypted for page in self.pages)

    @property
    def shown(self) -> bool:
        return any(page.shown for page in self.pages)

    @property
    def filed(self) -> list[list[Page]]:
        """
        The files in the order in which they are read; of those that are put together, nothing can be in two.

        Those made for reading have no moment that tells two messages apart, so the files of one folder are read as
        one, the newest first.
        """
        if not self.shown:
            return [[page] for page in self.pages]
        pages = sorted(self.pages, key=lambda page: (page.folder, page.number))
        return [list(each) for _, each in groupby(pages, key=lambda page: page.folder)]

    @property
    def personal(self) -> bool:
        return 1 <= len(self.people) <= 2 and not any(page.group for page in self.pages)

    def other(self, me: str | None) -> str:
        """The other one's name, as far as it is known."""
        rest = [one for one in self.people if one != me]
        return rest[0] if len(rest) == 1 else self.title or " & ".join(rest)

    def sides(self, me: str | None) -> tuple[str, str] | None:
        """Ego and alter; a chat of two is called by the other one's name."""
        if len(self.people) != 2:
            return None
        titled = [one for one in self.people if alike(one) == alike(NUMBERED.sub("", self.title))]
        titled = titled or [one for one in self.people if alike(one) == alike(self.title)]
        mine = [one for one in self.people if [one] != titled] if len(titled) == 1 else []
        if me is not None and me in self.people and (not mine or mine == [me]):
            mine = [me]
        elif me is not None:
            return None
        return (mine[0], self.other(mine[0])) if mine else None


def alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def read_pages(parts: Sequence[Part], tick: Callable[[int], None], clock: Clock | None = None) -> list[Page]:
    """
    Look at every file once.

    Args:
        clock: Is shown the times of pages made for reading.
    Raises:
        BrokenFile, EntryTooLong: If it is the only one and cannot be read; of several it is kept as not whole.
    """
    pages, before = list[Page](), 0
    for part in parts:

        def told(done: int, before: int = before) -> None:
            tick(before + done)

        page = Page(part, shown=looks_like_page(part.head()))
        try:
            if page.shown:
                _look_through(page, told, clock or Clock())
            else:
                _read_page(page, told)
            page.whole = True
        except (BrokenFile, EntryTooLong):
            if len(parts) == 1:
                raise
        page.key = _key(page)
        pages.append(page)
        before += part.size
    return pages


def _read_page(page: Page, tick: Callable[[int], None]) -> None:
    reader, senders = Reader(utf8_pieces(page.part.open()), tick), _Senders()
    for key in reader.members():
        if key == "messages" and reader.peek() == ord("["):
            reader.entries(senders)
        elif key == "participants" and reader.peek() == ord("["):
            for _ in reader.items():
                if len(page.people) > MOST_NAMES:
                    reader.skip()
                else:
                    _add_person(page, reader.value(object))
        elif key in ("title", "threadName", "thread_path"):
            _take(page, key, reader.value(object))
        else:
            reader.skip()
    reader.require_end()
    page.entries = senders.counts.total()
    for name in senders.counts:
        _add_person(page, name)


def _look_through(page: Page, tick: Callable[[int], None], clock: Clock) -> None:
    """Whose messages a page made for reading holds, and how many; its heading tells who takes part."""
    senders, heading, blocks = Counter[str](), "", Blocks()
    for number, block in enumerate(read_blocks(page.part.open(), tick)):
        if not number:
            page.title = title_of(block)
        elif stamp := blocks.stamp(block):
            clock.show(stamp)
            senders[blocks.sender(block)] += 1
            if number > MESSAGES:
                raise TooManyMessages(limit=MESSAGES)
            if len(senders) > MOST_NAMES:
                senders = Counter(dict(senders.most_common(MOST_NAMES)))
        else:
            heading = heading or heading_of(block)
    page.entries = senders.total()
    alone = not heading and len(senders) == 1
    known = [one for one in dict.fromkeys((*senders, page.title if heading or alone else "")) if one]
    page.group, listed = people_in(heading, known)
    page.people = dict.fromkeys((*filter(None, senders), *listed, *(known if alone else ())))


def people_in(heading: str, known: Sequence[str]) -> tuple[bool, list[str]]:
    """
    Who takes part, as a heading lists it in whatever language: `Participants: Kim, Robin and Sam`.

    Args:
        known: Names that may be among them.
    Returns:
        Whether it lists more than two; of two, the names, where one of them is known.
    """
    rest = " ".join(re.split("[:：]", clean_name(heading), maxsplit=1)[1:]).strip()
    apart = rest
    for name in known:
        apart = apart.replace(name, "\0")
    if COMMAS.search(apart) or apart.count("、") > 1:
        return True, []
    for name in known:
        if rest.startswith(name + " "):
            return False, [name, *rest[len(name) :].split(maxsplit=1)[1:]]
        if rest.endswith(" " + name):
            return False, [*rest[: -len(name)].rsplit(maxsplit=1)[:1], name]
    return False, []


def _take(page: Page, key: str, told: object) -> None:
    text = name_of(told) if isinstance(told, str) else ""
    if key == "thread_path":
        page.key, page.moved = text, "e2ee_cutover" in text
    else:
        page.title, page.encrypted = text, page.encrypted or key == "threadName"


def _add_person(page: Page, told: object) -> None:
    name = told.get("name") if isinstance(told, dict) else told
    if isinstance(name, str) and (known := name_of(name)):
        page.people[known] = None


def _key(page: Page) -> str:
    """A folder of the classic download has a number of its own in its name, wherever it lies."""
    path = PurePosixPath(page.part.name)
    page.moved = page.moved or "e2ee_cutover" in page.part.name
    if page.key:
        return page.key.rstrip("/").rpartition("/")[2]
    if FILE.search(path.name.lower()) and path.parent.name:
        return path.parent.name
    return "\0".join(("", page.title, *sorted(page.people)))


def find_threads(pages: Sequence[Page]) -> list[Thread]:
    """The threads, in the order of the files; the encrypted half of a chat is put to its classic one."""
    groups: dict[tuple[bool, str], Thread] = {}
    for page in pages:
        groups.setdefault((page.encrypted, page.key), Thread([])).pages.append(page)
    threads = list(groups.values())
    for thread in threads:
        thread.pages.sort(key=lambda page: -page.number)
    pairs: dict[frozenset[str], list[Thread]] = {}
    for thread in threads:
        if len(thread.people) == 2:
            pairs.setdefault(frozenset(map(alike, thread.people)), []).append(thread)
    for same in pairs.values():
        halves = [one for one in same if one.encrypted]
        if len(same) == 2 and len(halves) == 1:
            classic = next(one for one in same if one is not halves[0])
            classic.pages += halves[0].pages
            threads.remove(halves[0])
    return threads


def find_me(threads: Sequence[Thread]) -> str | None:
    """Whose download it is: who takes part in every chat of two; None where there is one chat, or that leaves two."""
    pairs = [set(one.people) for one in threads if len(one.people) == 2]
    common = set.intersection(*pairs) if len(pairs) > 1 else set()
    return common.pop() if len(common) == 1 else None


def chats_of(threads: Sequence[Thread], me: str | None) -> list[tuple[ChatInside, Thread]]:
    """The chats of two people with anything in them, and then the groups from which two can be picked."""
    found, groups = list[tuple[ChatInside, Thread]](), list[tuple[ChatInside, Thread]]()
    for number, thread in enumerate(threads, 1):
        messages = sum(page.entries for page in thread.pages)
        if thread.personal and (messages or not all(page.whole for page in thread.pages)):
            key = thread.pages[0].key
            sides = thread.sides(me)
            name = sides[1] if sides else thread.other(me)
            found.append((ChatInside(str(number) if "\0" in key else key[:MOST_TITLE], name, messages), thread))
        elif messages and len(thread.people) <= MOST_NAMES:
            id = str(number) if "\0" in thread.pages[0].key else thread.pages[0].key[:MOST_TITLE]
            people = max(LEAST_OF_GROUP, len(thread.people))
            groups.append((ChatInside(id, thread.title or thread.other(me), messages, people), thread))
    return found + groups
