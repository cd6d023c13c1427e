"""A store with a few things in it that nobody else may ever see."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import PASSPHRASE
from fallow.app import (
    Desk,
    begin_draft,
    begin_letter,
    begin_sitting,
    import_chat,
    note_date,
    park_question,
    plan_if_then,
    put_away,
    read_export,
    record,
    save_draft,
    save_letter,
    save_sitting,
)
from fallow.plan import Ask, ConfidantNamed, Looked, Urge
from fallow.settings import read_settings, write_settings
from fallow.store import create_key
from fallow.store import parcel as parcel_bytes
from fallow.store.keyfile import Cost
from fallow.store.sqlite import open_sqlite
from fallow.wiring import choose_zone, desk_of

CUE = "quokka-cue-4711"
NOTE = "wombat-note-4712"
DRAFT = "numbat-draft-4713"
CONFIDANT = "Bilby-Confidant"
IMPORTED = "potoroo-chat-4715"
LETTER = "dunnart-letter-4716"
BETTER = "bettong-better-4717"
QUESTION = "bandicoot-question-4718"
DATE = "quoll-date-4719"
PLAN = "bettong-plan-4720"
MARKERS = (CUE, NOTE, DRAFT, CONFIDANT, IMPORTED, LETTER, BETTER, QUESTION, DATE, PLAN)
WORD = "under another stone"
QUICK = Cost(memory_kib=64, passes=1, lanes=1)
"""How dear a try is, is not what these tests are about."""
CHAT = "".join(
    f"{day:02}/03/2024, 10:{minute:02} - {who}: {IMPORTED} {day}\n"
    for day in range(1, 28)
    for minute, who in ((1, "Mira Own"), (5, "Sascha Other"))
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A folder with all of it, and the ids by which pages are reached."""

    folder: Path
    entry: str
    draft: str
    letter: str
    sitting: str
    question: str
    date: str
    parcel: str


def fill(folder: Path) -> Stored:
    """Set up a store and keep one of each kind in it."""
    write_settings(folder, read_settings(folder))
    key, _code = create_key(folder, PASSPHRASE, cost=QUICK)
    desk = desk_of(open_sqlite(folder, key))
    choose_zone(desk, "Europe/Berlin")
    entry = record(desk, Ask(Looked(note=NOTE)))[0].id
    record(desk, Ask(ConfidantNamed(name=CONFIDANT, phone=None, words=None)))
    draft = begin_draft(desk, Urge(intensity=7, cue=CUE))
    save_draft(desk, draft, DRAFT)
    import_chat(desk, read_export("chat.txt", CHAT.encode()), me="Mira Own", with_text=True)
    letter, sitting = begin_letter(desk), begin_sitting(desk)
    save_letter(desk, letter, LETTER)
    save_sitting(desk, sitting, BETTER)
    question, date = park_question(desk, QUESTION).id, note_date(desk, DATE, 12, 24)
    plan_if_then(desk, 1, PLAN, PLAN, (0, 24))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parcel_bytes, "measured_cost", lambda: QUICK)
        parcel = put_away(desk, WORD, taken="words", until=desk.clock().day + dt.timedelta(days=30)).id
    desk.store.close()
    return Stored(folder, entry, draft, letter, sitting, question, date, parcel)


def state(desk: Desk) -> Any:
    """Everything that is kept, to see whether anything changed."""
    store = desk.store
    return (
        store.events(),
        store.drafts(),
        store.sources(),
        store.message_count(),
        store.parcels(),
        store.preference("zone"),
    )


def files(folder: Path) -> dict[str, str]:
    """What lies beside the store, by its content: settings, key file, wrong tries."""
    kept = [path for path in folder.iterdir() if not path.name.startswith("notes.db") and path.name != "lock"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}
