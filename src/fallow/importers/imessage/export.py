"""
`chat.db` of a Mac or `sms.db` of an iPhone, with the calls beside it → an `Export`: one person out of everybody.

    file ─ open_database ─┬─ find_chats, find_callers ─ choose_chat ─> the person
                          └─ add_messages, add_calls ─> Gathering

The file tells which side each message is of, and when it was read: mine by the other one where receipts were on, theirs
by me. It knows addresses and no names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

from fallow.errors import LooksLikeAnotherFile
from fallow.importers.addresses import key_of
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import Gathering, clean_name
from fallow.importers.imessage.calls import TABLE, add_calls, find_callers
from fallow.importers.imessage.database import LOG_MAGIC, MAGIC, Database, open_database, require_database
from fallow.importers.imessage.messages import TABLES, Found, add_messages, find_chats
from fallow.importers.interface import ME, Answers, ChatInside, Export, Progress
from fallow.importers.source import Source
from fallow.language import N_

TOLD_EVERY: Final = 10_000
"""Rows between two signs of progress."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, with what is theirs in each of the files."""

    chat: ChatInside
    key: str
    found: tuple[tuple[int, Found], ...]


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a database or the log of one; what it holds is known when it is open."""
    return head.startswith((MAGIC, *LOG_MAGIC))


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List everybody there are messages or calls with, in the order of the file.

    Raises:
        ImportRefused: As `read_export`.
    """
    with _opened(source) as databases:
        return [one.chat for one in _people(databases)]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read what was written and called with one person.

    Args:
        answers: Who it is, by number or address; needed only where there are several.
    Raises:
        NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    gathered = Gathering()
    tell = source.told(progress, gathered.__len__)
    with _opened(source) as databases:
        people = _people(databases)
        wanted = answers.chat
        same = [] if wanted is None else [one for one in people if key_of(wanted) == one.key]
        chosen = same[0].chat if same else choose_chat([one.chat for one in people], wanted)
        person = next(one for one in people if one.chat is chosen)
        alter, done = chosen.name, 0
        for number, found in person.found:
            add = add_messages if set(databases[number].columns) >= TABLES else add_calls
            for _ in add(databases[number], found.ids, alter, gathered):
                done += 1
                if done % TOLD_EVERY == 0:
                    tell(source.size * done // max(done + 1, chosen.messages))
    tell(source.size)
    kinds = ["chat.db" if set(databases[number].columns) >= TABLES else "calls" for number, _ in person.found]
    return gathered.export(
        source, "imessage_db", " and ".join(dict.fromkeys(kinds)), sides=(ME, alter), hint=alter,
        why=N_("the file has exact times"),
    )  # fmt: skip


@contextmanager
def _opened(source: Source) -> Iterator[list[Database]]:
    """
    Every database of a source that holds messages or calls.

    Raises:
        LooksLikeAnotherFile: If none does.
    """
    parts, logs = require_database(source.parts)
    with ExitStack() as stack:
        opened = [stack.enter_context(open_database(part, logs.get(part.name))) for part in parts]
        known = [one for one in opened if set(one.columns) >= TABLES or TABLE in one.columns]
        if not known:
            raise LooksLikeAnotherFile(what="a database")
        yield known


def _people(databases: list[Database]) -> list[Person]:
    found: dict[str, list[tuple[int, Found]]] = {}
    for number, database in enumerate(databases):
        find = find_chats if set(database.columns) >= TABLES else find_callers
        for one in find(database):
            found.setdefault(one.key, []).append((number, one))
    return [Person(_chat_of([one for _, one in all]), key, tuple(all)) for key, all in found.items()]


def _chat_of(found: list[Found]) -> ChatInside:
    address = clean_name(found[0].address)
    name = next((clean_name(one.name) for one in found if clean_name(one.name)), address)
    return ChatInside(address, name if name != ME else address, sum(one.count for one in found))
