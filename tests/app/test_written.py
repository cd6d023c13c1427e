"""What is written and never sent: kinds are kept apart, and what was burned was looked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import KEY, a_desk, later
from fallow.app import Desk, begin_draft, delete_draft, describe_today, drafts_shown, read_draft, save_draft, today
from fallow.app.written import begin_written, burn_written, keep_words, put_under_seal, show_written
from fallow.errors import NoSuchEntry
from fallow.plan import Urge
from fallow.store.interface import Deletion, DraftKind
from fallow.store.pragmas import connect
from fallow.store.sqlite import SqliteStore
from store.pages import decrypted_pages

WORDS = "the heron in the rain, and everything I did not say"
OTHERS: tuple[DraftKind, ...] = ("letter", "better", "question")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    opened = a_desk(folder)
    yield opened
    opened.store.close()


def write(desk: Desk, kind: DraftKind, text: str = WORDS) -> str:
    with desk.store.transaction():
        return keep_words(desk, begin_written(desk, kind), text).id


@pytest.mark.parametrize("kind", OTHERS)
def test_another_kind_is_never_met_among_drafts(desk: Desk, kind: DraftKind) -> None:
    """Neither listed, on Today or elsewhere, nor read, saved or deleted by way of a draft's page."""
    id = write(desk, kind)
    draft = begin_draft(desk, Urge())
    assert [draft] == [one.id for shown in drafts_shown(desk) for one in shown]
    assert {"writing": 1, "ready": 0, "resting": 0} == describe_today(today(desk))["drafts"]
    for attempt in (read_draft, delete_draft):
        with pytest.raises(NoSuchEntry):
            attempt(desk, id)
    with pytest.raises(NoSuchEntry):
        save_draft(desk, id, "other words")
    assert [WORDS] == [one.text for one in desk.store.drafts() if one.kind == kind]


def test_one_kind_is_shown_by_where_it_is_and_without_its_words(desk: Desk) -> None:
    """Being written, put away and its time has come, put away: an hour later one has moved."""
    writing, resting = write(desk, "letter"), write(desk, "letter")
    with desk.store.transaction():
        found = desk.store.draft(resting)
        assert found is not None
        put_under_seal(desk, found, None, desk.clock().at + dt.timedelta(hours=1))
    assert [[writing], [], [resting]] == [[one.id for one in shown] for shown in show_written(desk, "letter")]
    after = show_written(later(desk, minutes=60), "letter")
    assert [[writing], [resting], []] == [[one.id for one in shown] for shown in after]
    assert {""} == {one.text for shown in after for one in shown}


def test_what_was_burned_is_in_no_page_of_the_file(desk: Desk, folder: Path) -> None:
    """T15: 0 places in the decrypted pages and the log, for every version ever saved; it is confirmed."""
    id = write(desk, "letter", WORDS * 400)
    for version in range(5):
        with desk.store.transaction():
            found = desk.store.draft(id)
            assert found is not None
            keep_words(desk, found, f"{version} {WORDS} " * (80 * version + 1))
    assert Deletion(row_gone=True, overwritten=True, log_empty=True) == burn_written(desk, id, "letter")
    desk.store.close()
    assert 0 == decrypted_pages(folder, KEY).count(b"heron")


def test_without_overwriting_it_would_be_found_and_said(desk: Desk, folder: Path) -> None:
    """The control: the same with that pragma off is not called complete, and the words are in the pages."""
    id = write(desk, "letter", WORDS * 400)
    assert isinstance(desk.store, SqliteStore)
    desk.store._connections.mine().execute("PRAGMA secure_delete = OFF").fetchall()
    deletion = burn_written(desk, id, "letter")
    assert (True, False) == (deletion.row_gone, deletion.complete)
    desk.store.close()
    assert decrypted_pages(folder, KEY).count(b"heron") > 0


def test_a_reader_that_keeps_the_log_alive_is_said(desk: Desk, folder: Path) -> None:
    """Deleted at once; a copy may stay in the log until the store is closed, and then it is gone as well."""
    id = write(desk, "letter", WORDS * 40)
    reader = connect(folder / "notes.db", KEY)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM draft").fetchall()
    assert Deletion(row_gone=True, overwritten=True, log_empty=False) == burn_written(desk, id, "letter")
    reader.execute("COMMIT")
    reader.close()
    desk.store.close()
    assert 0 == decrypted_pages(folder, KEY).count(b"heron")


def test_only_what_is_there_of_that_kind_is_burned(desk: Desk) -> None:
    """A letter is not burned by way of another kind, and nothing twice."""
    id = write(desk, "letter")
    with pytest.raises(NoSuchEntry):
        burn_written(desk, id, "better")
    burn_written(desk, id, "letter")
    with pytest.raises(NoSuchEntry):
        burn_written(desk, id, "letter")
