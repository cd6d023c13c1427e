"""
SMS Backup & Restore's XML → an `Export`: what one person and the phone wrote and called, out of everything on it.

    bytes ─ Elements ─┬─ once ──> AddressBook ─ choose_chat ─> the person
                      └─ again ─> rows of that person alone ─> Gathering

    <smses><sms address date type body contact_name …/>
           <mms address date msg_box …><parts><part ct text …/></parts><addrs><addr address type/></addrs></mms></smses>
    <calls><call number date duration type …/></calls>

Seen in backups of 2012 to 2025. The file tells which side each message is of, so nobody has to be asked. Pictures stand
in the file itself and are passed over. When something was read is not in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from fallow.errors import BrokenFile
from fallow.importers.addresses import key_of
from fallow.importers.choosing import choose_chat, read_alone
from fallow.importers.gathering import Gathering, rows_of
from fallow.importers.interface import ME, Answers, ChatInside, Export, Progress
from fallow.importers.sms.elements import ELEMENT_BYTES, Element, Elements, unescape
from fallow.importers.sms.people import AddressBook, Person
from fallow.importers.source import Source
from fallow.importers.text import utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

ROOT: Final = re.compile(rb"<(?:smses|calls)(?:\s[^<]*)?/?>")
ROOTS: Final = (b"smses", b"calls", b"/smses", b"/calls")
ASKED: Final = (
    b"address", b"number", b"date", b"type", b"msg_box", b"m_type", b"duration", b"body", b"ct", b"text",
    b"contact_name",
)  # fmt: skip
"""The attributes that are looked at."""
RECEIVED, SENT, FAILED = 1, 2, 5
"""Of `type` and `msg_box`; the others are drafts and what still waits to be sent."""
WRITTEN: Final = (RECEIVED, SENT, FAILED)
PROBLEM: Final = {RECEIVED: None, SENT: None, FAILED: "sending_failed"}
OUTGOING: Final = 2
"""Of the `type` of a call; the others came from the other one."""
UNANSWERED: Final = (3, 4, 5, 6)
"""Missed, to the voice mail, rejected, refused."""
NOTIFICATION: Final = 130
"""Of `m_type`: somebody sent something that was never fetched."""
WHOLE: Final = (0, 128, 132)
"""Of `m_type`: sent, received, or not told; the others are receipts."""
FROM: Final = 137
SECONDS: Final = 100_000_000_000
"""A date below it is in seconds: some programs write those of multimedia messages so."""
MOST_PARTS: Final = 1_000
CONTACT_CARDS: Final = (b"text/x-vcard", b"text/vcard", b"text/directory")


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a backup of messages or of calls."""
    return head.lstrip().startswith(b"<") and ROOT.search(head[:8192]) is not None


@dataclass(slots=True)
class Item:
    """
    One message or call, put together from its elements.

    Args:
        kind: What it was.
        head: The element that says whose and when.
        line: Where that stands.
        mine: Whether the phone sent it.
        kept: Whether it counts: it does not when it never left the phone or never came.
        problem: What there is to be told of it.
        texts: Its words, as they are written.
        size: Of those, bytes.
        parts: How many elements were inside.
        sender: Which address sent it, where that is told.
    """

    kind: Kind
    head: Element
    line: int
    mine: bool
    kept: bool = True
    problem: str | None = None
    texts: list[bytes] = field(default_factory=list)
    size: int = 0
    parts: int = 0
    sender: bytes = b""

    @property
    def address(self) -> bytes:
        return self.head.raw(b"number" if self.kind is Kind.CALL else b"address")

    @property
    def at(self) -> int:
        """Microseconds UTC, 0 where there is none that could be."""
        date = self.head.number(b"date")
        return (date * 1000 if date < SECONDS else date) * 1000

    @property
    def text(self) -> str:
        return "\n".join([unescape(one) for one in self.texts])


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List everybody the phone wrote with alone, in the order of the file.

    Raises:
        ImportRefused: As `read_export`.
    """
    return [person.chat for person in _people(source, progress, share=1.0)]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read what was written and called with one person.

    Args:
        answers: Who it is, by name or number; needed only where the phone wrote with several.
    Raises:
        NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    wanted, apart = read_alone(answers.chat)
    people = _people(source, progress, share=0.5, apart=apart)
    same = [] if wanted is None else [one for one in people if key_of(wanted) in one.keys]
    person = same[0] if len(same) == 1 else _meant(people, wanted)
    other = person.chat.name if person.chat.name != ME else f"{ME} ({person.chat.id})"
    gathered, seen = Gathering(), _Overlap(len(source.parts))
    if len(person.keys) > 1:
        gathered.note("addresses_joined", count=len(person.keys))
    kinds = set[Kind]()
    for part, item in _items(source, progress, gathered, begin=0.5):
        if item.address not in person.addresses or seen.before(part, item):
            continue
        if item.problem is not None:
            gathered.note(item.problem, item.line)
        if not item.kept:
            gathered.system += item.problem is None
        else:
            kinds.add(item.kind)
            gathered.add(item.at, ME if item.mine else other, item.kind, item.text, line=item.line)
    both = N_("messages and calls") if kinds - {Kind.CALL} else N_("calls")
    said = both if Kind.CALL in kinds else N_("messages")
    return gathered.export(
        source, "sms_backup_xml", said, sides=(ME, other), hint=person.chat.name,
        why=N_("the file counts milliseconds"),
    )  # fmt: skip


def _meant(people: list[Person], wanted: str | None) -> Person:
    chat = choose_chat([one.chat for one in people], wanted)
    return next(one for one in people if one.chat is chat)


def _people(source: Source, progress: Progress | None, *, share: float, apart: bool = False) -> list[Person]:
    book = AddressBook()
    for _, item in _items(source, progress, None, end=share):
        if item.sender and item.mine:
            book.add_own(item.sender, item.address)
        if item.kept:
            book.add(item.address, item.head.raw(b"contact_name"))
    return book.people(apart=apart)


class _Overlap:
    """What several backups of one phone hold twice; two messages alike in one of them stay two."""

    def __init__(self, parts: int) -> None:
        self._alone = parts == 1
        self._part = 0
        self._known: Counter[int] = Counter()
        self._now: Counter[int] = Counter()

    def before(self, part: int, item: Item) -> bool:
        if self._alone:
            return False
        if part != self._part:
            self._known |= self._now
            self._part, self._now = part, Counter()
        key = hash((item.at, item.mine, item.kind, item.text))
        self._now[key] += 1
        return self._now[key] <= self._known[key]


def _items(
    source: Source, progress: Progress | None, gathered: Gathering | None, *, begin: float = 0.0, end: float = 1.0
) -> Iterator[tuple[int, Item]]:
    """Every message and call, with the number of its file; what could not be read is noted."""
    tell, before = source.told(progress, rows_of(gathered)), 0
    for number, part in enumerate(source.parts):

        def tick(done: int, before: int = before) -> None:
            tell(int(begin * source.size + (end - begin) * (before + done)))

        elements = Elements(utf8_pieces(part.open()), ASKED, tick)
        for item in _grouped(elements):
            yield number, item
        if gathered is not None and elements.rejected:
            gathered.note("entry_not_understood", elements.rejected_line, elements.rejected)
        before += part.size
    tell(int(end * source.size))


def _grouped(elements: Elements) -> Iterator[Item]:
    """
    Put elements together.

    Raises:
        BrokenFile: If the file is not closed.
    """
    closed, item = False, None
    for element in elements:
        name = element.name
        if name == b"sms":
            yield _sms(element, elements.line())
        elif name == b"call":
            yield _call(element, elements.line())
        elif name == b"mms":
            item = _mms(element, elements.line())
            if element.alone:
                yield _whole(item)
                item = None
        elif item is not None and name == b"part":
            _add_part(item, element)
        elif item is not None and name == b"addr":
            if element.number(b"type") == FROM:
                item.sender = item.sender or element.raw(b"address")
        elif item is not None and name == b"/mms":
            yield _whole(item)
            item = None
        elif name in ROOTS:
            closed = name.startswith(b"/") or element.alone
    if not closed:
        raise BrokenFile


def _sms(element: Element, line: int) -> Item:
    box = element.number(b"type")
    return Item(
        Kind.TEXT, element, line, box != RECEIVED, box in WRITTEN, PROBLEM.get(box, "never_sent"),
        [element.raw(b"body")],
    )  # fmt: skip


def _call(element: Element, line: int) -> Item:
    type = element.number(b"type")
    unanswered = type in UNANSWERED or (type == OUTGOING and element.number(b"duration") == 0)
    return Item(Kind.CALL, element, line, type == OUTGOING, problem="calls_unanswered" if unanswered else None)


def _mms(element: Element, line: int) -> Item:
    box, type = element.number(b"msg_box"), element.number(b"m_type")
    problem = PROBLEM.get(box, "never_sent") if type in WHOLE else "not_fetched" if type == NOTIFICATION else None
    return Item(Kind.TEXT, element, line, box != RECEIVED, box in WRITTEN and type in WHOLE, problem)


def _whole(item: Item) -> Item:
    """What nothing readable was in is no text."""
    if item.kind is Kind.TEXT and not item.texts:
        item.kind = Kind.MEDIA
    return item


def _add_part(item: Item, element: Element) -> None:
    """A text is part of the message's words; of anything else only what it was counts."""
    item.parts += 1
    type = element.raw(b"ct").lower().partition(b";")[0].strip()
    if item.parts > MOST_PARTS or type == b"application/smil":
        return
    if type == b"text/plain":
        text = element.raw(b"text")
        item.size += len(text)
        if text and item.size <= ELEMENT_BYTES:
            item.texts.append(text)
    else:
        item.kind = Kind.CONTACT if type in CONTACT_CARDS else Kind.MEDIA
