"""Telegram Desktop's JSON, read as written: who is me, when, what, which chat, and what is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fallow.errors import (
    BrokenFile,
    EntryTooLong,
    LooksLikeAnotherFile,
    NoChatOfTwo,
    NoMessages,
    NoSuchChat,
    NotAChat,
    NotADyad,
    NotTwoPeople,
    SeveralExports,
    TelegramPages,
    TooManyMessages,
    WhichChat,
)
from fallow.importers import PROBLEMS, ChatInside, Export, list_chats, read_export, take_sides
from fallow.importers.telegram import conversation
from fallow.messages import ALTER, EGO, Kind
from importers.chats import bodies, kinds, zipped
from importers.telegrams import BERLIN, ME, STYLES, Sent, app_json, chat, entry, full, said, stamps

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
from golden import reading, samples  # noqa: E402 - a script beside the project

SAMPLES = samples("telegram")
NAMES = ("Sam", "Robin")


def read(value: Any, **more: Any) -> Export:
    return read_export("result.json", app_json(value), **more)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def test_there_are_golden_samples_and_every_problem_in_them_is_explained() -> None:
    """A missing folder must not look like success."""
    told = {kind for sample in SAMPLES for _, kind, _ in reading(sample).get("problems", [])}
    assert len(SAMPLES) >= 13
    assert len(told) >= 7
    assert told <= set(PROBLEMS)


@pytest.mark.parametrize("style", STYLES)
def test_how_a_file_is_indented_does_not_matter(style: str) -> None:
    """Other programs write it again, and the order of keys with it."""
    export = read_export("x", STYLES[style](full(chat(said("one", "two [{", 'th"}, {"ree')))))
    assert (["one", "two [{", 'th"}, {"ree'], ("Sam", "Robin")) == (bodies(export), export.sides)


def test_the_name_of_the_file_decides_nothing() -> None:
    """Nor is it a hint of who is who."""
    assert ["a"] == bodies(read_export("WhatsApp Chat with Kim.txt", app_json(chat(said("a")))))


@pytest.mark.parametrize("folder", ["", "ChatExport_2024-03-31/"])
def test_a_zip_of_the_exported_folder_is_looked_into(folder: str) -> None:
    """Pictures and pages beside it are not."""
    data = zipped((f"{folder}photos/a.jpg", b"\xff\xd8\xff"), (f"{folder}result.json", app_json(chat(said("a", "b")))))
    export = read_export("export.zip", data)
    assert (["a", "b"], True) == (bodies(export), export.archive)


def test_in_one_chat_the_one_it_is_with_is_the_other() -> None:
    """The chat carries the number of the other one, whatever the two are called."""
    twins = [entry(i, Sent(1_700_000_000 + i, i == 2, "x"), ("Sam", "Sam")) for i in (1, 2, 3)]
    export = read(chat(twins, name="Sam"))
    assert ("Sam (user1001)", "Sam") == export.sides
    sided = take_sides(export, me="Sam (user1001)")
    assert [ALTER, EGO, ALTER] == sided.table.sender.tolist()


def test_in_a_full_export_the_owner_is_me() -> None:
    """Also where I never wrote, or the other one never did."""
    mine = read(full(chat(said("a"))))
    theirs = read(full(chat([entry(1, Sent(1_700_000_000, False, "x"), NAMES)])))
    assert [("Sam", "Robin")] * 2 == [mine.sides, theirs.sides]
    assert [[EGO], [ALTER]] == [take_sides(each, me="Sam").table.sender.tolist() for each in (mine, theirs)]


def test_one_who_never_wrote_is_told_apart_from_a_namesake() -> None:
    """Both called Sam, and only one of them writes."""
    mine, theirs = ([entry(1, Sent(1_700_000_000, me, "x"), ("Sam", "Sam"))] for me in (True, False))
    sides = [read(full(chat(each, name="Sam"))).sides for each in (mine, theirs)]
    assert [("Sam", "Sam (user2002)"), ("Sam (user1001)", "Sam")] == sides


def test_a_third_one_in_the_chat_is_no_dyad_and_is_not_guessed() -> None:
    """Then nothing says which two are meant."""
    third = entry(3, Sent(1_700_000_200, False, "x"), ("Sam", "Kim"), other=3)
    export = read(chat([*said("a", "b"), third]))
    assert (("Sam", "Robin", "Kim"), None) == (export.names, export.sides)
    with pytest.raises(NotTwoPeople):
        take_sides(export, me="Sam")


def test_instants_are_kept_and_the_clock_is_that_of_the_exporting_computer() -> None:
    """A zone that is given shows its own clock, and moves nothing."""
    export = read(chat(said("a", "b")))
    plain, moved = (take_sides(export, me="Sam", zone=zone).table for zone in (None, ZoneInfo("Asia/Tokyo")))
    assert (1_700_000_000_000_000, True) == (int(plain.at[0]), plain.zoned)
    assert plain.at.tolist() == moved.at.tolist()
    assert ([3600] * 2, [9 * 3600] * 2) == (plain.offset.tolist(), moved.offset.tolist())


def test_an_old_file_has_a_wall_clock_that_is_read_in_the_zone_given() -> None:
    """Without one it stays a wall clock, and says so."""
    old = read(chat([entry(1, Sent(1_500_000_000, True, "a"), NAMES, old=True)]))
    zoned, plain = (take_sides(old, me="Sam", zone=zone).table for zone in (BERLIN, None))
    assert (1_500_000_000_000_000, True, False) == (int(zoned.at[0]), zoned.zoned, plain.zoned)


def test_one_hour_twice_is_told_apart_by_the_instants() -> None:
    """The night the clocks go back; the wall clock alone steps back."""
    back = 1_729_990_000  # 27 October 2024, 00:46:40 UTC
    entries = [entry(i, Sent(back + i * 1800, True, str(i)), NAMES) for i in range(4)]
    sided = take_sides(read(chat(entries)), me="Sam")
    assert ([1800] * 3, ()) == (
        [int(x) // 1_000_000 for x in (sided.table.at[1:] - sided.table.at[:-1])],
        sided.problems,
    )


def test_stretches_of_a_text_are_joined_as_they_are() -> None:
    """No blank is put between; where `text` is not there its entities are."""
    stretched = entry(1, Sent(1_700_000_000, True, "one two, three", parts=4), NAMES)
    bare = {
        key: value for key, value in entry(2, Sent(1_700_000_001, True, "so", parts=2), NAMES).items() if key != "text"
    }
    assert ["one two, three", "so"] == bodies(read(chat([stretched, bare])))


def test_a_reaction_is_a_row_by_whoever_gave_it_when_they_did() -> None:
    """It comes after what it answers and is no message; an edit at that moment is none."""
    recent = [{"from": "Robin", "from_id": "user2002", "date": stamps(1_700_000_090)["date"]}]
    given = {"type": "emoji", "count": 1, "emoji": "❤", "recent": recent}
    entries = said("a", "b", "c")
    entries[0] |= {"reactions": [given], "edited": stamps(1_700_000_090)["date"]}
    export = read(chat(entries))
    assert ["TEXT", "TEXT", "REACTION", "TEXT"] == kinds(export)
    table = take_sides(export, me="Sam").table
    assert (1_700_000_090_000_000, ALTER) == (int(table.at[2]), int(table.sender[2]))
    assert (3, {}) == (len(table.written()), problems(export))


def test_somebody_who_only_reacted_has_a_name_too() -> None:
    """And a side."""
    given = {
        "count": 1,
        "emoji": "❤",
        "recent": [{"from": "Robin", "from_id": "user2002", "date": "2023-11-14T23:20:00"}],
    }
    assert ("Sam", "Robin") == read(chat([said("a")[0] | {"reactions": [given]}])).names


def test_a_call_is_by_whoever_called() -> None:
    """An unanswered one is a call too, and counted."""
    calls = [entry(i, Sent(1_700_000_000 + i, i == 1, "", Kind.CALL), NAMES) for i in (1, 2)]
    calls[0]["duration_seconds"] = 3
    export = read(chat(calls))
    assert (["CALL", "CALL"], ("Sam", "Robin"), {"calls_unanswered": 1}) == (
        kinds(export),
        export.names,
        problems(export),
    )


def test_what_vanished_is_no_silence() -> None:
    """From the timer to the first message that is still there; on the clock of the table."""
    timer = {"id": 9, "type": "service", **stamps(1_700_001_000), "action": "set_messages_ttl", "period": 86400}
    entries = [*said("a"), timer, *said("b", first=1_700_900_000)]
    unseen = take_sides(read(chat(entries)), me="Sam").table.unseen
    assert [[1_700_001_000_000_000, 1_700_900_000_000_000]] == unseen.tolist()


def test_what_was_cleared_is_no_silence() -> None:
    """From the last message that is still there; where there is none, only the count says so."""
    cleared = {"id": 9, "type": "service", **stamps(1_700_001_000), "action": "clear_history"}
    later = said("b", first=1_700_900_000)
    after, alone = read(chat([*said("a"), cleared, *later])), read(chat([cleared, *later]))
    assert [[[1_700_000_000_000_000, 1_700_001_000_000_000]], []] == [one.unseen.tolist() for one in (after, alone)]
    assert [{"history_cleared": 1}] * 2 == [problems(one) for one in (after, alone)]


KIM = chat([entry(1, Sent(1_700_000_050, False, "hey"), ("Sam", "Kim"), other=3)], name="Kim", id=3)
SECOND_ROBIN = chat([entry(1, Sent(1_700_000_050, False, "hi"), ("Sam", "robin"), other=4)], name="robin", id=4)
OTHERS = [
    chat(said("all"), name="Us", id=9, type="private_supergroup"),
    chat(said("start"), name="Bot", id=8, type="bot_chat"),
    chat(said("note"), name=None, id=ME, type="saved_messages"),
    chat([], name="Nobody", id=77),
]


def test_the_only_chat_of_two_in_a_full_export_needs_no_choosing() -> None:
    """Groups, bots, saved messages and empty chats are none."""
    assert ["a", "b"] == bodies(read(full(*OTHERS, chat(said("a", "b")))))


@pytest.mark.parametrize("wanted", ["Kim", "kim ", "3"])
def test_one_of_several_is_chosen_by_name_or_number(wanted: str) -> None:
    """Case and blanks may differ."""
    assert ["hey"] == bodies(read(full(chat(said("a")), *OTHERS, KIM), chat=wanted))


def test_an_exact_name_wins_over_one_alike() -> None:
    """Where several are alike and none is exact, nothing is guessed."""
    export = full(chat(said("a")), SECOND_ROBIN)
    assert [["a"], ["hi"]] == [bodies(read(export, chat=name)) for name in ("Robin", "robin")]
    with pytest.raises(WhichChat):
        read(export, chat="ROBIN")


def test_several_and_none_chosen_is_asked() -> None:
    """With how many there are, and no name."""
    with pytest.raises(WhichChat) as refusal:
        read(full(chat(said("a")), *OTHERS, KIM))
    assert {"chats": 2} == refusal.value.details
    with pytest.raises(NoSuchChat):
        read(full(chat(said("a")), KIM), chat="Us")


def test_the_chats_of_two_are_listed_with_their_counts() -> None:
    """In the order of the file; one chat alone is a list of one; another format has no list."""
    listed = list_chats(app_json(full(chat(said("a", "b")), *OTHERS, KIM)))
    assert [ChatInside(2002, "Robin", 2), ChatInside(3, "Kim", 1)] == listed
    assert [[ChatInside(2002, "Robin", 1)], []] == [
        list_chats(app_json(chat(said("a")))),
        list_chats(b"28/05/2023, 10:00 - Sam: one\n28/05/2023, 10:01 - Alex: two\n28/05/2023, 10:02 - Sam: x\n"),
    ]


@pytest.mark.parametrize(("type", "what"), [("bot_chat", "a chat with a bot"), ("public_channel", "a channel")])
def test_what_is_no_chat_of_two_says_what_it_is(type: str, what: str) -> None:
    """Groups, channels, bots, saved messages."""
    with pytest.raises(NotADyad) as refusal:
        read(chat(said("a"), type=type))
    assert {"what": what} == refusal.value.details
    with pytest.raises(NoChatOfTwo):
        read(full(*OTHERS))


PAGE = b'<!DOCTYPE html>\n<html>\n <head>\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (PAGE, TelegramPages),
        (zipped(("ChatExport/messages.html", PAGE), ("ChatExport/css/style.css", b"a {}")), TelegramPages),
        (zipped(("a/result.json", app_json(chat(said("a")))), ("b/result.json", app_json(KIM))), SeveralExports),
        (b'{"about": "x", "chats": {"about": "y", "list": []}}', NoChatOfTwo),
        (b'{"personal_information": {"user_id": 1}}', NotAChat),
        (app_json(chat([])), NoMessages),
        (app_json(chat(said("a")))[:-40], BrokenFile),
        (app_json(chat(said("a"))) + b"{}", BrokenFile),
        (app_json(chat(said("a"))).replace(b'"id": 2002,', b'"id": 2002'), BrokenFile),
        (app_json(chat(said("x" * 2_000_000))), EntryTooLong),
        (STYLES["minified"](chat(said("x" * 2_000_000))), EntryTooLong),
        (b'{"guild": {"id": "0"}, "messages": []}', LooksLikeAnotherFile),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


def test_a_damaged_entry_costs_no_other_and_is_counted_with_its_line() -> None:
    """Reading never gives up half-way."""
    data = app_json(chat(said("one", "two", "three"))).replace(b'"text": "two"', b'"text": {"no": 2}')
    export = read_export("x", data)
    assert (["one", "three"], {"entry_not_understood": 1}) == (bodies(export), problems(export))
    assert data[: data.index(b'"id": 2,')].count(b"\n") in range(
        export.problems[0].line - 1, export.problems[0].line + 2
    )


def test_more_messages_than_anyone_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is the same as for other channels."""
    monkeypatch.setattr(conversation, "MESSAGES", 2)
    with pytest.raises(TooManyMessages):
        read(chat(said("a", "b", "c")))


def test_progress_runs_to_the_size_of_the_file() -> None:
    """For the bar on a terminal; raising from it stops the reading."""
    data, seen = app_json(chat(said(*["word " * 50] * 20_000))), list[int]()
    read_export("x", data, progress=lambda done, total, rows: seen.append(done))
    assert sorted(seen) == seen
    assert len(data) // 2 < seen[-1] <= len(data)
