"""
A mailbox → an `Export`: the letters two people wrote each other, out of everything in it.

    files ─ Letter ─┬─ once, heads alone ──> Addresses ─ choose_chat ─> the pair
                    └─ again ─> letters between the two ─ Body ─> Gathering

Letters to more people, from lists and from programs are passed over; one that lies in several folders counts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from fallow.errors import BrokenFile
from fallow.importers.choosing import choose_chat, read_alone
from fallow.importers.gathering import Gathering
from fallow.importers.interface import Answers, ChatInside, Export, Progress
from fallow.importers.mail.bodies import read_body
from fallow.importers.mail.envelope import Envelope, key_of, read_envelope
from fallow.importers.mail.letters import Letter, letters_in
from fallow.importers.mail.people import Addresses, Pair
from fallow.importers.source import Source
from fallow.language import N_
from fallow.messages import Kind

FIELD: Final = re.compile(rb"[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*")
MBOX: Final = re.compile(rb"From [^\n]{0,300}\n>?[!-9;-~]{1,80}:")
NEEDED: Final = (
    re.compile(rb"^from: ?[^\n]*@", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^(?:date|message-id|received): ?", re.IGNORECASE | re.MULTILINE),
)
DAMAGED: Final = 255
"""In place of a `_mark`: the head of the letter cannot be read."""
MOST_DAMAGED: Final = 10_000
"""Letters that may be damaged before the whole file counts as damaged."""
MOST_FIELDS: Final = 400
REPLY: Final = re.compile(r"(?:(?:re|aw|sv|rv|antw|fwd?|wg|tr|i)(?:\[\d+\])?\s?:\s*)+", re.I)


def knows(head: bytes) -> bool:
    """Whether a file that begins so is an mbox file, or one letter: then it begins with the fields of its head."""
    if head.startswith(b"From "):
        return MBOX.match(head) is not None
    at = 0
    for _ in range(MOST_FIELDS):
        found = FIELD.match(head, at)
        if found is None:
            break
        at = found.end()
    return at > 0 and all(needed.search(head, 0, at) for needed in NEEDED)


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List everybody the owner of the mailbox wrote with alone, in the order of the file.

    Raises:
        ImportRefused: As `read_export`.
    """
    return [pair.chat for pair in _look_through(source, progress, share=1.0)[0]]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read what was written with one person.

    Args:
        answers: Who it is, by name or address; needed only where there are several.
    Raises:
        NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    wanted, apart = read_alone(answers.chat)
    pairs, writers = _look_through(source, progress, share=0.5, apart=apart)
    same = [] if wanted is None else [one for one in pairs if one.proposed and key_of(wanted) in one.other]
    pair = same[0] if len(same) == 1 else _meant(pairs, wanted)
    reading = _Reading(pair)
    looked_at = {DAMAGED, *map(_mark, pair.own | pair.other)}
    for letter, writer in zip(_letters(source, progress, reading.gathered.__len__, begin=0.5), writers, strict=False):
        if writer in looked_at:
            reading.add(letter)
    return reading.gathered.export(
        source, "mail", N_("letters between two people"), sides=(pair.ego, pair.alter) if pair.sure else None,
        hint=pair.alter if pair.proposed else None, why=N_("letters say when they were written"),
    )  # fmt: skip


def _meant(pairs: list[Pair], wanted: str | None) -> Pair:
    chat = choose_chat([one.chat for one in pairs], wanted)
    return next(one for one in pairs if one.chat is chat)


def _look_through(
    source: Source, progress: Progress | None, *, share: float, apart: bool = False
) -> tuple[list[Pair], bytearray]:
    """Who wrote each other, and a `_mark` for every letter; `share` is how much of the work that is."""
    addresses, writers, damaged = Addresses(), bytearray(), 0
    for letter in _letters(source, progress, end=share):
        envelope = read_envelope(letter)
        writers.append(DAMAGED if envelope is None else _mark(envelope.sender))
        if envelope is None:
            damaged += 1
            if damaged > MOST_DAMAGED:
                raise BrokenFile
        elif not (envelope.automatic or envelope.draft or envelope.spam):
            addresses.add(envelope)
    return addresses.pairs(apart=apart), writers


def _mark(sender: str) -> int:
    """A byte that is the same for all letters of one writer, so that those of others need not be opened again."""
    return hash(sender) % DAMAGED


def _letters(
    source: Source, progress: Progress | None, rows: Callable[[], int] = lambda: 0, *, begin: float = 0.0,
    end: float = 1.0,
) -> Iterator[Letter]:  # fmt: skip
    """Every letter, the same each time; begin and end say which share of the work that is, `rows` how many are kept."""
    tell, before = source.told(progress, rows), 0
    for part in source.parts:

        def tick(done: int, before: int = before) -> None:
            tell(int(begin * source.size + (end - begin) * (before + done)))

        yield from letters_in(part, tick)
        before += part.size
    tell(int(end * source.size))


class _Reading:
    """The letters of two people as they become rows."""

    def __init__(self, pair: Pair) -> None:
        self.gathered = Gathering()
        self._pair, self._both = pair, pair.own | pair.other
        self._known: set[int] = set()
        if len(pair.other) > 1:
            self.gathered.note("addresses_joined", count=len(pair.other))

    def add(self, letter: Letter) -> None:
        envelope = read_envelope(letter)
        if envelope is None:
            self.gathered.note("entry_not_understood", letter.line)
            return
        told = {envelope.sender, *envelope.others}
        if not self._between(envelope, told):
            return
        problem = "never_sent" if envelope.draft else "in_spam" if envelope.spam else None
        if problem is not None:
            self.gathered.note(problem, letter.line)
        elif envelope.automatic:
            self.gathered.system += 1
        elif self._new(envelope.id):
            self._add(letter, envelope)
        else:
            self.gathered.note("held_twice", letter.line)

    def _between(self, envelope: Envelope, told: set[str]) -> bool:
        """Whether a letter went from one of the two to the other and to nobody else."""
        if envelope.sender not in self._both or not told & self._pair.own or not told & self._pair.other:
            return False
        if told <= self._both:
            return True
        self.gathered.note("to_several_people")
        return False

    def _new(self, id: str) -> bool:
        if not id:
            return True
        known = len(self._known)
        self._known.add(hash(id))
        return len(self._known) > known

    def _add(self, letter: Letter, envelope: Envelope) -> None:
        body = read_body(letter.raw)
        if body is None or envelope.at is None:
            self.gathered.note("entries_without_time" if body is not None else "entry_not_understood", letter.line)
            return
        text = body.text
        if not text.strip() and not body.quoted and not REPLY.match(envelope.subject):
            text = envelope.subject
        if body.bad:
            self.gathered.note("undecodable_bytes", letter.line, body.bad)
        if body.quoted:
            self.gathered.note("quotes_left_out", letter.line)
        if letter.cut:
            self.gathered.note("texts_cut", letter.line)
        kind = Kind.MEDIA if body.files and not text.strip() else Kind.TEXT
        who = self._pair.ego if envelope.sender in self._pair.own else self._pair.alter
        self.gathered.add(
            envelope.at, who, kind, text if text.strip() else "", offset=envelope.offset, line=letter.line
        )
