"""Messages' databases, read as they are kept: whose, when, read when, what was taken back; and nothing left behind."""

from __future__ import annotations

import plistlib
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, ImportRefused, LooksLikeAnotherFile, NoChatOfTwo, NoSuchChat, WhichChat
from fallow.importers import ChatInside, Export, list_chats, read_export, read_export_file, take_sides
from fallow.importers.imessage.typedstream import read_typedstream
from fallow.messages import EGO, NOT_KNOWN, Kind
from importers.chats import bodies, kinds, zipped
from importers.imessages import (
    APPLE,
    HELD,
    KIM,
    OLD,
    ROBIN,
    Sent,
    calls,
    database,
    nanoseconds,
    row,
    typedstream,
    written,
)

AT = 1_770_000_000_000_000
MINUTE = 60_000_000
HELLO, THERE = Sent(AT, mine=False, text="hello"), Sent(AT + MINUTE, mine=True, text="there", plain=True)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def rows(*values: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return [(1, row(Sent(AT + i * MINUTE, mine=True, text="x")) | one) for i, one in enumerate(values)]


def test_the_file_tells_which_side_and_when_it_was_read(tmp_path: Path) -> None:
    """Mine by the other one, theirs by me; in nanoseconds."""
    mine = Sent(AT + MINUTE, mine=True, text="there", read=AT + 2 * MINUTE)
    export = read_export_file(database(tmp_path / "chat.db", [HELLO, mine]))
    table = take_sides(export, me="Me").table
    assert ((("Me", KIM)), [1, 0], True) == (export.sides, table.sender.tolist(), table.zoned)
    assert ([AT, AT + MINUTE], [NOT_KNOWN, AT + 2 * MINUTE]) == (table.at.tolist(), table.read_at.tolist())


def test_a_file_on_disk_a_zip_and_an_upload_are_read_alike_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """Not beside the file, and the file is as it was."""
    path = database(tmp_path / "chat.db", [HELLO, THERE])
    before = path.read_bytes()
    exports = (
        read_export_file(path),
        read_export("x", before),
        read_export("x.zip", zipped(("Messages/chat.db", before), ("Messages/a.heic", b"x"))),
    )
    assert [["hello", "there"]] * 3 == [bodies(one) for one in exports]
    assert ([path], before) == (list(tmp_path.iterdir()), path.read_bytes())


def test_the_newest_messages_may_stand_in_the_log_beside_the_file(tmp_path: Path) -> None:
    """While the app runs; the log is read, not merged, and may come in the same zip."""
    path = written(tmp_path / "chat.db", [(1, row(HELLO)), (1, row(THERE))], wal=True)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("chat.db", "chat.db-wal"):
        shutil.copy(tmp_path / name, copy / name)
    before = {one.name: one.read_bytes() for one in copy.iterdir()}
    packed = zipped(*before.items())
    assert [["hello", "there"]] * 3 == [
        bodies(one) for one in (read_export_file(copy / "chat.db"), read_export_file(copy), read_export("z", packed))
    ]
    assert before == {one.name: one.read_bytes() for one in copy.iterdir()}
    with pytest.raises(NoChatOfTwo):
        read_export("chat.db", before["chat.db"])
    with pytest.raises(LooksLikeAnotherFile):
        read_export("chat.db-wal", before["chat.db-wal"])
    HELD.pop().close()
    assert path.exists()


def test_an_old_file_counts_seconds_and_lacks_columns(tmp_path: Path) -> None:
    """Of before macOS 10.13."""
    values = {"text": "old", "date": AT // 1_000_000 - APPLE, "date_read": 0, "is_from_me": 0, "item_type": 0}
    export = read_export_file(written(tmp_path / "chat.db", [(1, values)], schema=OLD))
    assert (["old"], [AT], None) == (bodies(export), export.local.tolist(), export.read_at)


@pytest.mark.parametrize(
    "text", ["x" * 127, "x" * 128, "ᆄ 🆄 end", "a\x86\x84b".encode("latin-1").decode("latin-1"), "y" * 70_000]
)
def test_a_typedstream_is_read_to_its_own_length(text: str) -> None:
    """The mark behind a text also stands inside characters."""
    assert text == read_typedstream(typedstream(text))


@pytest.mark.parametrize(
    "blob", [b"", b"streamtyped", b"NSString\x01\x94\x84\x01+", b"NSString+\x81", b"NSString+\x05ab"]
)
def test_what_is_no_typedstream_is_none(blob: bytes) -> None:
    """And costs nothing."""
    assert read_typedstream(blob) is None


def test_reactions_are_rows_and_those_taken_back_are_not(tmp_path: Path) -> None:
    """They point to a message and have a text that nobody wrote."""
    export = read_export_file(
        written(
            tmp_path / "chat.db",
            rows(
                {},
                {
                    "associated_message_type": 2000,
                    "associated_message_guid": "p:0/G1",
                    "attributedBody": None,
                    "text": "Loved “x”",
                },
                {"associated_message_type": 3000, "associated_message_guid": "p:0/G1"},
                {"associated_message_type": 2006, "associated_message_emoji": "🌵"},
            ),
        )
    )
    assert (["TEXT", "REACTION", "REACTION"], ["x", "❤️", "🌵"], 1) == (kinds(export), bodies(export), export.system)


def test_edited_and_unsent_messages(tmp_path: Path) -> None:
    """The last wording counts, wherever it is kept; what was unsent is deleted."""
    edits = {"ec": {"0": [{"d": 1.0, "t": typedstream("was")}, {"d": 2.0, "t": typedstream("is")}]}}
    summary = plistlib.dumps(edits, fmt=plistlib.FMT_BINARY)
    edited = {"date_edited": nanoseconds(AT), "attributedBody": None, "message_summary_info": summary}
    unsent = edited | {"message_summary_info": plistlib.dumps({"rp": [0]}, fmt=plistlib.FMT_BINARY)}
    path = written(
        tmp_path / "chat.db",
        rows({"date_edited": nanoseconds(AT)}, edited, unsent, edited | {"message_summary_info": b"bplist00"}),
    )
    export = read_export_file(path)
    assert (["x", "is", "", ""], ["TEXT", "TEXT", "DELETED", "DELETED"]) == (bodies(export), kinds(export))
    assert {"edited": 2} == problems(export)


def test_what_a_message_was_is_told_apart(tmp_path: Path) -> None:
    """Files, stickers, apps, links, calls, lines of the app, and a text that cannot be read."""
    values: list[dict[str, Any]] = [
        {"attributedBody": typedstream("\ufffclook"), "cache_has_attachments": 1},
        {"associated_message_type": 1000},
        {
            "balloon_bundle_id": "com.apple.messages.MSMessageExtensionBalloonPlugin:0:x",
            "attributedBody": typedstream("\ufffd"),
        },
        {
            "balloon_bundle_id": "com.apple.messages.URLBalloonProvider",
            "attributedBody": typedstream("https://a.example"),
        },
        {"item_type": 6, "attributedBody": None},
        {"item_type": 1},
        {"attributedBody": b"\x04\x0bstreamtyped"},
        {"error": 22},
    ]
    export = read_export_file(written(tmp_path / "chat.db", rows(*values)))
    assert ["MEDIA", "STICKER", "MEDIA", "LINK", "CALL", "MEDIA", "TEXT"] == kinds(export)
    assert export.notices is not None
    assert [6] == export.notices.line.tolist()
    assert (1, {"texts_not_read": 1, "sending_failed": 1}) == (export.system, problems(export))
    assert "look" == export.body(0)


def test_several_people_are_listed_and_one_is_chosen(tmp_path: Path) -> None:
    """By number however it is written, or address; a group is nobody's chat."""
    path = database(
        tmp_path / "chat.db", [HELLO, Sent(AT, mine=True, text="hi", chat=2), Sent(AT, mine=True, text="all", chat=3)]
    )
    assert [ChatInside(KIM, KIM, 1), ChatInside(ROBIN, ROBIN, 1)] == list_chats(path)
    with pytest.raises(WhichChat):
        read_export_file(path)
    for wanted in (KIM, "0151 00000002"):
        assert ["hello"] == bodies(read_export_file(path, chat=wanted))
    assert ["hi"] == bodies(read_export_file(path, chat="Robin@example.org"))
    with pytest.raises(NoSuchChat):
        read_export_file(path, chat="chat77")


def test_two_addresses_of_one_contact_are_one_person(tmp_path: Path) -> None:
    """Where the file knows the contact; else the conversation would split and each half show silences."""
    said = [(1, row(HELLO)), (2, row(THERE))]
    export = read_export_file(written(tmp_path / "chat.db", said, persons=("a", "a")))
    assert (["hello", "there"], ("Me", KIM)) == (bodies(export), export.sides)


@pytest.mark.parametrize("address", [KIM, KIM.encode(), "0151 00000002"])
def test_calls_beside_the_messages_are_of_the_same_person(address: Any, tmp_path: Path) -> None:
    """From an encrypted backup; unanswered ones count, and alone they are a chat too."""
    folder = tmp_path / "backup"
    folder.mkdir()
    database(folder / "sms.db", [HELLO])
    path = calls(
        folder / "CallHistory.storedata",
        [(AT // 1_000_000 + 5, True, True), (AT // 1_000_000 + 9, False, False)],
        address,
    )
    export = read_export_file(folder)
    assert (["TEXT", "CALL", "CALL"], "calls and chat.db") == (kinds(export), export.layout)
    assert {"calls_unanswered": 1} == problems(export)
    assert 2 == len(read_export_file(path))


def test_another_database_is_named(tmp_path: Path) -> None:
    """Nor is a view or a trigger of somebody else ever run."""
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE t (x); CREATE VIEW message AS SELECT 1 AS date FROM t;")
    with pytest.raises(LooksLikeAnotherFile):
        read_export_file(path)


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    """Pages of noise, and a file that ends early."""
    data = database(tmp_path / "chat.db", [HELLO] * 50).read_bytes()
    for broken in (data[:2_000], data[:4096] + b"\x05" * (len(data) - 4096)):
        with pytest.raises(ImportRefused):
            read_export("chat.db", broken)
    with pytest.raises(BrokenFile):
        read_export("chat.db", data[:1500])


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufffc\ufffd"), max_size=200)
EVERY = (Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.STICKER, Kind.DELETED, Kind.REACTION)


@st.composite
def conversations(draw: st.DrawFn) -> list[Sent]:
    """Two people over years, times forward, every kind of message."""
    at, said = 1_400_000_000_000_000, []
    shape = st.tuples(st.integers(1, 10**13), st.booleans(), TEXT, st.sampled_from(EVERY), st.booleans(), st.booleans())
    for gap, mine, text, kind, read, plain in draw(st.lists(shape, min_size=1, max_size=12)):
        at += gap
        words = "" if kind is Kind.DELETED else "so " + text
        read_at = at + 7 if read and kind is not Kind.REACTION else 0
        said.append(Sent(at, mine, words, kind, read=read_at, plain=plain))
    return said


@seed(20261129)
@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations())
def test_a_conversation_comes_back_as_it_was_kept(tmp_path_factory: pytest.TempPathFactory, said: list[Sent]) -> None:
    """Who, when, read when, and every character of what (T53)."""
    path = database(tmp_path_factory.mktemp("db") / "chat.db", said)
    if all(one.kind is Kind.REACTION for one in said):
        with pytest.raises(NoChatOfTwo):
            read_export_file(path)
        return
    export = read_export_file(path)
    sided = take_sides(export, me="Me")
    at_row = np.argsort(sided.order)
    read_at = np.full(len(export), NOT_KNOWN) if export.read_at is None else export.read_at
    found = [
        (
            int(sided.table.at[at_row[i]]),
            bool(sided.table.sender[at_row[i]] == EGO),
            export.body(i),
            Kind(kind),
            int(read_at[i]),
        )
        for i, kind in enumerate(export.kind.tolist())
    ]
    assert [(one.at, one.mine, one.text, one.kind, one.read or NOT_KNOWN) for one in said] == found
    assert {} == problems(export)
