"""A store of an earlier version is brought up to date with every row as it was."""

from __future__ import annotations

from pathlib import Path

from fallow.messages import NOT_KNOWN
from fallow.store import Draft
from fallow.store.schema import migrations
from fallow.store.sqlite import open_sqlite
from store.former import DRAFTS, EVENTS, TABLE, TEXTS, everything, make_version_1, version
from store.samples import rows_of


def test_a_store_of_version_1_is_upgraded_with_every_row_equal(folder: Path, key: bytes) -> None:
    """T08: each former column of each table is byte for byte what it was; what can be computed anew is forgotten."""
    make_version_1(folder, key)
    before = everything(folder, key)
    assert 1 == version(folder, key)
    store = open_sqlite(folder, key)
    assert () == store.check()
    assert [Draft(*row[:4], sealed=bool(row[4]), opens_at=row[5], kind="draft") for row in DRAFTS] == list(
        store.drafts()
    )
    assert EVENTS == [record.event for record in store.events()]
    table = store.messages()
    assert (rows_of(TABLE), TEXTS, None) == (rows_of(table), list(store.texts()), store.derived("picture"))
    assert [text.endswith("?") for text in store.texts() if text is not None] == (table.asks == 1).tolist()
    assert ({NOT_KNOWN}, 0, len(TABLE)) == (set(table.read_at.tolist()), len(table.unseen), store.message_count())
    store.close()
    after = everything(folder, key)
    assert len(migrations()) == version(folder, key)
    assert ["draft"] * len(DRAFTS) == [row[-1] for row in after["draft"]]
    assert [("store.count", b"200")] == after["derived"]
    former = {name: [row[: len(before[name][0])] for row in rows] for name, rows in after.items() if name in before}
    former["derived"] = before["derived"]
    assert before == former


def test_an_upgraded_store_is_used_like_a_new_one(folder: Path, key: bytes) -> None:
    """What the new version added is kept in it, and opening it again changes nothing."""
    make_version_1(folder, key)
    store = open_sqlite(folder, key)
    letter = Draft("c", 30, 31, "dear you", sealed=False, opens_at=None, kind="letter")
    with store.transaction():
        store.put_draft(letter)
    store.close()
    again = open_sqlite(folder, key)
    assert letter == again.draft("c")
    assert ["draft", "draft", "letter"] == [draft.kind for draft in again.drafts()]
    again.close()
