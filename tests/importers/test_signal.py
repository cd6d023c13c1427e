"""Signal's plaintext export and signal-export's files, read as written: who, when, read when, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, EntryTooLong, NoChatOfTwo, NoMessages, NoSuchChat, NotTwoPeople, WhichChat
from fallow.importers import ChatInside, Export, list_chats, read_export, read_export_file, take_sides
from fallow.messages import EGO, NOT_KNOWN, Kind
from importers.chats import bodies, kinds, zipped
from importers.signals import GROUP, MADE, ROBIN, Sent, chat_md, data_json, exported, heads, item, jsonl, local, update
from importers.test_limits import read_apart

AT = 1_770_000_000_000
MINUTE = 60_000
HELLO, THERE = Sent(AT, mine=False, text="hello"), Sent(AT + MINUTE, mine=True, text="there")


def read(*said: Sent, more: tuple[Any, ...] = (), **how: Any) -> Export:
    return read_export("x", exported(said, *more), **how)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def test_the_file_knows_who_i_am_and_when_mine_was_read() -> None:
    """Where receipts were on; of theirs it is not known when I read them."""
    export = read(HELLO, Sent(AT + MINUTE, mine=True, text="there", read=AT + 2 * MINUTE))
    table = take_sides(export, me="Sam").table
    assert (("Sam", "Kim"), [1, 0], True) == (export.sides, table.sender.tolist(), table.zoned)
    assert [NOT_KNOWN, (AT + 2 * MINUTE) * 1000] == table.read_at.tolist()


def test_what_a_message_was_is_told_apart() -> None:
    """Only texts have words."""
    every = [Kind.TEXT, Kind.MEDIA, Kind.STICKER, Kind.CONTACT, Kind.POLL, Kind.DELETED, Kind.CALL]
    more = (
        {"chatItem": item(HELLO)["chatItem"] | {"standardMessage": None, "viewOnceMessage": {}}},
        {"chatItem": item(HELLO)["chatItem"] | {"standardMessage": None, "giftBadge": {}}},
    )
    export = read(
        *[Sent(AT - 100 + i, mine=True, text="two words", kind=kind) for i, kind in enumerate(every)], more=more
    )
    assert [*(kind.name for kind in every), "MEDIA", "MEDIA"] == kinds(export)
    assert [2, *[0] * 8] == export.words.tolist()


def test_an_edited_message_counts_once_when_it_was_first_sent() -> None:
    """With its last wording."""
    export = read(Sent(AT, mine=True, text="as it is", edited=AT + MINUTE))
    assert (["as it is"], [AT * 1000], {"edited": 1}) == (bodies(export), export.local.tolist(), problems(export))


def test_a_reaction_is_a_row_by_whoever_gave_it_when_they_did() -> None:
    """In time order, and no message."""
    export = read(Sent(AT, mine=True, text="a", hearts=AT + 5 * MINUTE), THERE)
    assert (["TEXT", "TEXT", "REACTION"], "Kim") == (kinds(export), export.names[int(export.author[2])])
    assert {} == problems(export)


def test_lines_of_the_app_are_nobodys_words_and_unanswered_calls_are_counted() -> None:
    """A blocked contact, a changed profile, a safety number."""
    missed = update(AT, individualCall={"direction": "INCOMING", "state": "MISSED", "startedCallTimestamp": str(AT)})
    blocked, profile = update(AT, simpleUpdate={"type": "BLOCKED"}), update(AT, profileChange={"newName": "K"})
    export = read(HELLO, more=(missed, blocked, profile))
    assert (["TEXT", "CALL"], 2, {"calls_unanswered": 1}) == (
        sorted(kinds(export), reverse=True),
        export.system,
        problems(export),
    )


SET = update(AT + 1, expirationTimerChange={"expiresInMs": "60000"})


@pytest.mark.parametrize(
    ("more", "begin", "end"),
    [
        (
            (update(AT + 1, expirationTimerChange={"expiresInMs": "60000"}), update(AT + 9, expirationTimerChange={})),
            AT + 1,
            AT + 9,
        ),
        (({"chat": {"id": "12", "recipientId": "2", "expirationTimerMs": "60000"}},), AT + MINUTE, MADE),
        ((SET,), AT + 1, AT + MINUTE),
    ],
)
def test_while_a_timer_was_set_nothing_is_silence(more: tuple[Any, ...], begin: int, end: int) -> None:
    """The export leaves out what vanishes; a chat with a timer ends where the file was made."""
    export = read(HELLO, THERE, more=more)
    assert ([[begin * 1000, end * 1000]], {"messages_vanish": 1}) == (export.unseen.tolist(), problems(export))


def test_several_chats_are_listed_and_one_is_chosen() -> None:
    """By name or id; groups are none."""
    more = (item(Sent(AT, mine=False, text="hi"), other=ROBIN), item(Sent(AT, mine=False, text="all"), other=GROUP))
    assert [ChatInside(12, "Kim", 1), ChatInside(13, "Robin", 1)] == list_chats(exported([HELLO], *more))
    with pytest.raises(WhichChat):
        read(HELLO, more=more)
    assert [["hi"]] * 2 == [bodies(read(HELLO, more=more, chat=one)) for one in ("robin", "13")]
    with pytest.raises(NoSuchChat):
        read(HELLO, more=more, chat="Us")


def test_a_damaged_line_costs_no_other() -> None:
    """It is counted with its number."""
    whole = exported([HELLO, THERE]).split(b"\n")
    whole[-3] = whole[-3].replace(b'"dateSent": "', b'"dateSent": "x')
    export = read_export("x", b"\n".join(whole))
    assert (["there"], [(10, "entry_not_understood", 1)]) == (
        bodies(export),
        [(one.line, one.kind, one.count) for one in export.problems],
    )


def test_a_long_text_of_which_the_beginning_is_there_is_counted() -> None:
    """The rest is a file of its own."""
    whole = item(HELLO)
    whole["chatItem"]["standardMessage"]["longText"] = {"contentType": "text/x-signal-plain"}
    assert {"texts_cut": 1} == problems(read(more=(whole,)))


def test_the_exported_folder_and_a_zip_of_it_are_read(tmp_path: Path) -> None:
    """What lies beside it is passed over."""
    data = exported([HELLO])
    folder = tmp_path / "signal-backup-2026-02-02"
    (folder / "files").mkdir(parents=True)
    (folder / "main.jsonl").write_bytes(data)
    (folder / "metadata.json").write_text('{"version": 1}')
    packed = zipped(("s/main.jsonl", data), ("s/metadata.json", b'{"version": 1}'))
    assert ["hello"] == bodies(read_export_file(folder)) == bodies(read_export("s.zip", packed))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (jsonl(*heads()), NoChatOfTwo),
        (exported([Sent(0, mine=True, text="when")]), NoMessages),
        (exported([Sent(AT, mine=True, text="x" * 3_000_000)]), EntryTooLong),
        (jsonl(*heads()) + b"{]\n" * 20_000, BrokenFile),
        (chat_md([HELLO, THERE]) + b"[2026-02-02 10:00:00] Robin: and me  \n", NotTwoPeople),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        take_sides(read_export("x", data), me="Me")


@pytest.mark.parametrize("comma", [True, False])
def test_the_page_of_signal_export_is_read_without_what_it_adds(comma: bool) -> None:
    """Reactions, quotes, stickers and attachments stand in the text; it is no chat of WhatsApp."""
    pages = chat_md([HELLO, THERE], comma=comma) + (
        b"[2026-02-02 10:00:00] Kim: \n\n> there\n\nsecond\nline  \n(- Me: \xe2\x9d\xa4 -)\n"
        b"[2026-02-02 10:01:00] Me: look  ![a.jpg](./media/a%20b.jpg)  \n"
        b"[2026-02-02 10:02:00] Me:   \n(( \xf0\x9f\x99\x82 ))\n"
        b"[2026-02-02 10:03:00] Kim: (This message was deleted)\n"
        b"[2026-02-02 10:04:00] Kim: Missed video call  \n"
    )
    export = read_export("chat.md", pages)
    assert ["hello", "there", "second\nline", "look", "", "", ""] == bodies(export)
    assert ["TEXT", "TEXT", "TEXT", "MEDIA", "STICKER", "DELETED", "CALL"] == kinds(export)
    assert {"reactions_without_time": 1, "calls_unanswered": 1} == problems(export)
    assert (("Me", "Kim"), None) == (export.sides, export.offset)


def test_of_a_folder_with_both_files_one_is_read_and_several_chats_are_listed() -> None:
    """`data.json` knows more."""
    both = (("Kim/chat.md", chat_md([HELLO, THERE])), ("Kim/data.json", data_json([HELLO, THERE])))
    one = read_export("z.zip", zipped(*both))
    assert ("signal_export_json", 1_000) == (one.format, one.resolution)
    several = zipped(*both, ("Robin/chat.md", chat_md([THERE])), ("Robin/media/a.jpg", b"\xff\xd8\xff"))
    assert [ChatInside(None, "Kim", 2), ChatInside(None, "Robin", 1)] == list_chats(several)
    with pytest.raises(WhichChat):
        read_export("z.zip", several)
    assert 2 == len(read_export("z.zip", several, chat="kim"))


EVERY = (Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.STICKER, Kind.CONTACT, Kind.POLL, Kind.DELETED, Kind.CALL)
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="`()[]>\x85"), max_size=40)


def conversation(texts: st.SearchStrategy[str], every: tuple[Kind, ...]) -> st.SearchStrategy[list[Sent]]:
    """Two people over years, times forward, every kind of message."""
    shape = st.tuples(st.integers(1000, 10**10), st.booleans(), texts, st.sampled_from(every), st.booleans())

    def built(drawn: list[tuple[int, bool, str, Kind, bool]]) -> list[Sent]:
        at, said = 1_500_000_000_000, []
        for gap, mine, text, kind, read in drawn:
            at += gap
            words = "" if kind in (Kind.CALL, Kind.DELETED, Kind.CONTACT) else "so " + text.strip()
            said.append(Sent(at, mine, words, kind, read=at + 500 if read and mine and kind is not Kind.CALL else 0))
        return said

    return st.lists(shape, min_size=1, max_size=15).map(built)


@seed(20261127)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    conversation(
        TEXT, (Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.STICKER, Kind.CONTACT, Kind.POLL, Kind.DELETED, Kind.CALL)
    )
)
def test_a_conversation_comes_back_as_it_was_written(said: list[Sent]) -> None:
    """Who, when, read when, and every character of what (T53)."""
    export = read(*said)
    sided = take_sides(export, me="Sam")
    row = np.argsort(sided.order)
    read_at = np.full(len(export), NOT_KNOWN) if export.read_at is None else export.read_at
    found = [
        Sent(
            int(sided.table.at[row[i]]) // 1000, bool(sided.table.sender[row[i]] == EGO), export.body(i), Kind(kind),
            read=0 if read_at[i] == NOT_KNOWN else int(read_at[i]) // 1000,
        )
        for i, kind in enumerate(export.kind.tolist())
    ]  # fmt: skip
    assert said == found
    assert {} == problems(export)


@seed(20261128)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversation(LINE, (Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.STICKER)), st.booleans())
def test_what_signal_export_writes_comes_back(said: list[Sent], page: bool) -> None:
    """Its data to the millisecond, its page to the second; by the wall clock."""
    if page and not any(one.mine for one in said):
        said = [*said, Sent(said[-1].at + 1000, mine=True, text="so")]
    export = read_export("x", chat_md(said) if page else data_json(said))
    tick = 1_000_000 if page else 1_000
    expected = [(one.at * 1000 // tick * tick, "Me" if one.mine else "Kim", one.text, one.kind) for one in said]
    found = [
        (int(export.local[i]), export.names[int(export.author[i])], export.body(i), Kind(int(export.kind[i])))
        for i in range(len(export))
    ]
    assert expected == found
    assert local(said[0].at).year == 2017


def test_other_chats_cost_no_memory(tmp_path: Path) -> None:
    """A group of 120 MB beside a chat of two; whoever holds the file is over the limit."""
    noise = jsonl(item(Sent(AT, mine=False, text="some words " * 20), other=GROUP))
    path = tmp_path / "main.jsonl"
    with path.open("wb") as file:
        file.write(exported([HELLO, THERE]))
        file.writelines(noise * 1_000 for _ in range(260))
    outcome, megabytes, _ = read_apart(path)
    assert ("read", True) == (outcome, path.stat().st_size > 110_000_000)
    assert megabytes <= 90
