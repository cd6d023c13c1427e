"""A group is read like a chat, and two of its people are picked: nothing of the others stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fallow.errors import NobodyByThatName, NotTwoPeople
from fallow.importers import ChatInside, Export, list_chats, pick_two, read_export, take_sides
from fallow.messages import ALTER, EGO, Kind
from importers import discords, googlechats, signals
from importers.chats import zipped
from importers.telegrams import app_json, full

WHATSAPP = b"""\
28/05/2023, 10:00 - Sam created group "Us"
28/05/2023, 10:00 - Sam: hello all
28/05/2023, 10:01 - Kim: hello
28/05/2023, 10:02 - Robin: <Media omitted>
28/05/2023, 10:03 - Robin: secret of Robin
28/05/2023, 10:04 - Kim: Robin: not by Robin
28/05/2023, 10:04 - Sam: ok
28/05/2023, 10:04 - Sam: ok
"""
AT = 1_700_000_000


def telegram(type: str = "private_supergroup", *, sign: bool = True) -> dict[str, Any]:
    """Three people in a group, one of whom gave a sign to a message of another."""
    given = {"type": "emoji", "count": 1, "emoji": "x", "recent": [
        {"from": "Kim", "from_id": "user3", "date": "2023-11-14T23:13:50"},
    ]}  # fmt: skip
    said = [("Sam", 1001, "hello all"), ("Kim", 3, "hello"), ("Robin", 4, "secret of Robin"), ("Sam", 1001, "ok")]
    entries = [
        {"id": n, "type": "message", "date": f"2023-11-14T23:13:{20 + n}", "date_unixtime": str(AT + n), "from": name,
         "from_id": f"user{id}", "text": text, "text_entities": [{"type": "plain", "text": text}],
         **({"reactions": [given]} if sign and name == "Robin" else {})}
        for n, (name, id, text) in enumerate(said)
    ]  # fmt: skip
    return {"name": "Us", "type": type, "id": 9, "messages": entries}


def meta() -> bytes:
    said = [("Sam", "hello all"), ("Kim", "hello"), ("Robin", "secret of Robin"), ("Sam", "ok")]
    messages = [
        {"sender_name": name, "timestamp_ms": AT * 1000 + n, "content": text} for n, (name, text) in enumerate(said)
    ]
    people = [{"name": name} for name in ("Sam", "Kim", "Robin")]
    return json.dumps({
        "participants": people, "messages": messages[::-1], "title": "Us", "thread_path": "inbox/us_9",
        "is_still_participant": True, "magic_words": [],
    }).encode()  # fmt: skip


def discord() -> bytes:
    value = json.loads(discords.channel([discords.Sent(AT * 1000 + n, mine=True, text="x") for n in range(4)]))
    value["channel"] |= {"type": "DirectGroupTextChat", "name": "Us"}
    said = [("Sam", "hello all"), ("Kim", "hello"), ("Robin", "secret of Robin"), ("Sam", "ok")]
    for entry, (name, text) in zip(value["messages"], said, strict=True):
        entry["author"] |= {"id": name, "name": name, "nickname": name}
        entry["content"] = text
    return json.dumps(value).encode()


def google() -> bytes:
    said = [(googlechats.SAM, "hello all"), (googlechats.KIM, "hello"), (googlechats.ROBIN, "secret of Robin")]
    return googlechats.written([googlechats.Said(AT + n, who, text) for n, (who, text) in enumerate(said)])


def signal() -> bytes:
    """A group in the export of everything, and nothing else in it."""
    group = str(signals.GROUP + 10)
    said = [
        signals.item(signals.Sent(AT * 1000, mine=True, text="hello all"), chatId=group),
        signals.item(signals.Sent(AT * 1000 + 1, mine=False, text="hello"), chatId=group),
        signals.item(
            signals.Sent(AT * 1000 + 2, mine=False, text="secret of Robin", hearts=AT * 1000 + 9), other=signals.ROBIN,
            chatId=group,
        ),
    ]  # fmt: skip
    return signals.jsonl(*signals.heads(), *said)


GROUPS = {
    "whatsapp": (WHATSAPP, None),
    "table": (
        b"at,sender,text\n2024-01-01,Sam,hello all\n2024-01-02,Kim,hello\n2024-01-03,Robin,secret of Robin\n",
        None,
    ),
    "telegram": (app_json(telegram()), None),
    "telegram, full": (app_json(full(telegram())), "Us"),
    "meta": (meta(), None),
    "discord": (discord(), None),
    "google chat": (google(), None),
    "signal": (signal(), "Us"),
}


def read(which: str) -> Export:
    data, chat = GROUPS[which]
    return read_export("x", data, chat=chat)


@pytest.mark.parametrize("which", GROUPS)
def test_two_are_picked_and_nothing_of_the_others_stays(which: str) -> None:
    """No row, no name and no word that counts; how many rows were left out is said."""
    whole = read(which)
    assert {"Sam", "Kim", "Robin"} == set(whole.names)
    two = pick_two(whole, me="Sam", them="Kim")
    assert (3, {"Sam", "Kim"}, ("Sam", "Kim")) == (two.group, set(two.names), two.sides)
    said = [two.body(i) for i in range(len(two))]
    assert ["hello all", "hello"] == said[:2]
    assert "secret of Robin" not in said
    left_out = {problem.kind: problem.count for problem in two.problems}
    by_others = sum(whole.names[author] == "Robin" for author in whole.author.tolist())
    assert by_others == left_out["others_left_out"]
    signs = sum(
        kind == Kind.REACTION and whole.names[author] != "Robin"
        for kind, author in zip(whole.kind.tolist(), whole.author.tolist(), strict=True)
    )
    assert signs == left_out.get("group_reactions", 0)
    assert len(whole) == len(two) + by_others + signs
    table = take_sides(two, me="Sam").table
    assert [EGO, ALTER] == table.sender[:2].tolist()


def test_a_name_inside_the_words_is_no_author_and_two_alike_in_a_minute_stay_two() -> None:
    """What Kim wrote begins with the name of another one."""
    two = pick_two(read("whatsapp"), me="Sam", them="Kim")
    assert ["hello all", "hello", "Robin: not by Robin", "ok", "ok"] == [two.body(i) for i in range(len(two))]


def test_whose_export_it_is_needs_no_asking() -> None:
    """Where a full export tells; a group on its own does not."""
    assert ["Sam", "Sam", None] == [read(one).owner for one in ("telegram, full", "signal", "telegram")]


def test_a_sign_to_somebody_else_is_left_out() -> None:
    """Kim's, to what Robin wrote."""
    whole = read("telegram")
    assert Kind.REACTION in whole.kind.tolist()
    assert Kind.REACTION not in pick_two(whole, me="Sam", them="Kim").kind.tolist()


@pytest.mark.parametrize(
    ("me", "them", "error"),
    [("Sam", "Nobody", NobodyByThatName), ("Nobody", "Kim", NobodyByThatName), ("Sam", "sam ", NotTwoPeople)],
)
def test_two_have_to_be_there(me: str, them: str, error: type[Exception]) -> None:
    """Each by a name the file has."""
    with pytest.raises(error):
        pick_two(read("whatsapp"), me=me, them=them)


def test_groups_are_listed_last_and_are_never_what_is_meant_unasked() -> None:
    """A chat of two beside it needs no choosing; a group of the same name gives way to it."""
    kim = {"name": "Kim", "type": "personal_chat", "id": 3, "messages": telegram()["messages"][:2]}
    data = app_json(full(telegram(), kim))
    assert [ChatInside(3, "Kim", 2), ChatInside(9, "Us", 4, people=3)] == list_chats(data)
    assert ("Sam", "Kim") == read_export("x", data).names
    assert 3 == len(read_export("x", data, chat="9").names)
    same = app_json(full(telegram() | {"name": "Kim"}, kim))
    assert ("Sam", "Kim") == read_export("x", same, chat="Kim").names


def test_a_group_in_a_download_is_chosen_by_name() -> None:
    """Beside a chat of two."""
    two = json.loads(meta())
    two |= {"participants": two["participants"][:2], "title": "Kim", "thread_path": "inbox/kim_1"}
    two["messages"] = two["messages"][2:]
    folder = "messages/inbox"
    data = zipped(
        (f"{folder}/us_9/message_1.json", meta()), (f"{folder}/kim_1/message_1.json", json.dumps(two).encode())
    )
    assert ["Kim", "Us"] == [one.name for one in list_chats(data)]
    assert [2, 3] == [len(read_export("f.zip", data, chat=chat).names) for chat in (None, "Us")]
