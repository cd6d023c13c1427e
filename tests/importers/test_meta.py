"""Messenger's and Instagram's downloads, read as written: which thread, whose, what, and its two halves as one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import (
    BrokenFile,
    EntryTooLong,
    LooksLikeAnotherFile,
    NoChatOfTwo,
    NoMessages,
    NoSuchChat,
    WhichChat,
)
from fallow.importers import ChatInside, Export, list_chats, read_export, read_export_file, take_sides
from fallow.importers.meta.entries import mended
from fallow.messages import EGO, Kind
from importers.chats import bodies, kinds, zipped
from importers.metapages import BUILDS, page
from importers.metas import (
    FOLDER,
    INSTAGRAM,
    KIM,
    ME,
    OTHERS,
    Chat,
    byte_by_byte,
    classic,
    classic_entry,
    encrypted,
    pages,
    thread,
)
from importers.test_limits import read_apart

AT = 1_700_000_000_000
HELLO = Chat(AT, mine=False, text="héllo 😀 ❤️")
THERE = Chat(AT + 1, mine=True, text="there")


def read(*said: Chat, **more: Any) -> Export:
    return read_export("message_1.json", classic(said), **more)


def entry(words: str | None = None, *, mine: bool = False, **more: Any) -> Chat:
    return Chat(AT + 10, mine=mine, text=words or "", more=tuple(more.items()))


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def test_names_and_words_written_byte_by_byte_are_whole() -> None:
    """The oldest first, to the millisecond, and the file says whose chat it is by what it is called."""
    export = read(HELLO, THERE)
    assert (["héllo 😀 ❤️", "there"], (KIM, ME), (ME, KIM)) == (bodies(export), export.names, export.sides)
    table = take_sides(export, me=ME).table
    assert ([AT * 1000, (AT + 1) * 1000], [1, 0], 1000) == (table.at.tolist(), table.sender.tolist(), table.resolution)


@pytest.mark.parametrize(
    ("broken", "whole"), [("hÃ©", "hé"), ("hé", "hé"), ("😀", "😀"), ("ð\x9f\x98\x80", "😀"), ("Ã", "Ã"), ("ok", "ok")]
)
def test_what_is_right_already_is_left(broken: str, whole: str) -> None:
    """Newer files are written as they should be."""
    assert whole == mended(broken)


def test_each_kind_of_entry_is_told_apart() -> None:
    """A picture with words under it is a picture; a link with words is a text."""
    said = [Chat(AT + i, mine=True, kind=kind) for i, kind in enumerate((Kind.MEDIA, Kind.STICKER, Kind.LINK))]
    said += [Chat(AT + 3, mine=True, text="look", kind=Kind.MEDIA), Chat(AT + 4, mine=True, text="x", kind=Kind.LINK)]
    said += [Chat(AT + 5, mine=False, text="gone", kind=Kind.DELETED)]
    export = read(*said)
    assert ["MEDIA", "STICKER", "LINK", "MEDIA", "TEXT", "DELETED"] == kinds(export)
    assert ["", "", "", "look", "x", ""] == bodies(export)


def test_calls_are_by_whoever_called() -> None:
    """One of no seconds, and one that says so, was not answered."""
    export = read(entry("Kim called you.", call_duration=9), entry("x", call_duration=0), entry("y", missed=True))
    assert (["CALL"] * 3, ["", "", ""], {"calls_unanswered": 2}) == (kinds(export), bodies(export), problems(export))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (f"{KIM} set the nickname for Sam Roe to sunshine.", None),
        ("You set your nickname to moon.", None),
        (f"{KIM} changed the theme to Love.", None),
        ("Reacted 😂 to your message ", None),
        ("Liked a message", None),
        (f"{KIM} created a poll: Where?", "POLL"),
        (f"{KIM} sent an attachment.", "MEDIA"),
        (f"{KIM} hat einen Anhang gesendet.", "MEDIA"),
        (f"{KIM} unsent a message", "DELETED"),
        (f"{KIM} missed your video call.", "CALL"),
        ("You missed a video chat with Kim Döe.", "CALL"),
        (f"{KIM} shared a location.", "LOCATION"),
        ("Video chat ended", "CALL"),
        ("I changed the theme, do you like it?", "TEXT"),
        ("You left the group of people I trust", "TEXT"),
        ("You sent a photo", "TEXT"),
        ("Kim removed my things from the group", "TEXT"),
        ("Reacted to your message badly, sorry", "TEXT"),
        (f"{KIM} is my name", "TEXT"),
        (f"{KIM} created a poll: Where?\nno", "TEXT"),
    ],
)
def test_lines_of_the_app_are_told_by_their_whole_wording(words: str, kind: str | None) -> None:
    """A message that only holds such words stays a message."""
    export = read(entry(words), THERE)
    assert [kind] * (kind is not None) == [
        one for i, one in enumerate(kinds(export)) if export.names[export.author[i]] == KIM
    ]
    assert int(kind is None) == export.system


def test_entries_of_people_who_came_or_paid_are_nobodys() -> None:
    """Their type says so."""
    export = read(HELLO, entry("x", type="Subscribe"), entry("y", type="Payment"), entry("z", type="Generic"))
    assert (["héllo 😀 ❤️", "z"], 2) == (bodies(export), export.system)


def test_a_reaction_is_a_row_where_it_says_when() -> None:
    """Older files do not; those are counted."""
    given = [{"reaction": "❤", "actor": ME, "timestamp": AT // 1000 + 60}, {"reaction": "x", "actor": ME}]
    export = read(entry("nice", reactions=given))
    assert (["TEXT", "REACTION"], ["nice", "❤"], (KIM, ME)) == (kinds(export), bodies(export), export.names)
    assert {"reactions_without_time": 1} == problems(export)


def test_an_edit_is_one_message_with_its_first_time_and_last_wording() -> None:
    """Where what was written first stands close by; else what looks like one stays as it is."""
    said = [
        Chat(AT, mine=True, text="Last year"),
        Chat(AT + 1_000, mine=False, text="what"),
        Chat(AT + 24_000, mine=True, text="Last year 😭 (edited)"),
        Chat(AT + 90_000, mine=True, text="Last year 😭 really (edited)"),
        Chat(AT + 95_000, mine=False, text="Last year (edited)"),
        Chat(AT + 2_000_000, mine=False, text="Last year (edited)"),
        Chat(AT + 2_000_001, mine=True, text="it says (edited)"),
    ]
    told = [(AT, "Last year 😭 really"), *((one.at, one.text) for one in (said[1], *said[4:]))]
    for export in (read(*said), read_export("m.html", page(said, BUILDS["messenger 2025"]))):
        tick = export.resolution // 1000
        assert [(at // tick * tick, words) for at, words in told] == [
            (int(export.local[i]) // 1000, export.body(i)) for i in range(len(export))
        ]
        assert 2 == problems(export)["edited"]


def test_the_files_of_a_thread_are_one_chat() -> None:
    """The tenth is older than the ninth; they may come in several parts of a download."""
    said = [Chat(AT + i, mine=i % 3 == 0, text=f"m{i}") for i in range(23)]
    files = pages(said, 2)
    assert 12 == len(files)
    export = read_export("f.zip", zipped(*files))
    assert [one.text for one in said] == bodies(export)
    assert {} == problems(export)


def test_messages_of_one_tick_keep_their_order() -> None:
    """The file has the newest first, so the order there is turned round."""
    said = [Chat(AT, mine=True, text=f"m{i}") for i in range(3)] + [Chat(AT + 1, mine=True, text="z")]
    assert ["m0", "m1", "m2", "z"] == bodies(read(*said))


def test_two_downloads_of_one_thread_are_there_once() -> None:
    """Two messages alike in one of them stay two."""
    said = [HELLO, HELLO, THERE]
    files = [
        ("old/" + FOLDER + "message_1.json", classic(said[:2])),
        ("new/" + FOLDER + "message_1.json", classic(said)),
    ]
    assert [one.text for one in said] == bodies(read_export("f.zip", zipped(*files)))


def test_a_chat_in_two_halves_is_one() -> None:
    """The classic half, what was moved, and the encrypted half; what lies in both is there once."""
    old, moved, new = Chat(AT - 9, True, "old"), HELLO, [HELLO, THERE]
    files = [
        (FOLDER + "message_1.json", classic([old])),
        (FOLDER.replace("inbox", "e2ee_cutover") + "message_1.json", classic([old, moved])),
        ("Kim Döe_7.json", encrypted(new)),
    ]
    data = zipped(*files)
    assert [ChatInside("kimdoee_104", KIM, 5)] == list_chats(data)
    export = read_export("f.zip", data)
    assert (["old", HELLO.text, "there"], "both downloads") == (bodies(export), export.layout)
    assert ({"joined_at_cutover": 1}, (ME, KIM)) == (problems(export), export.sides)


def test_half_a_chat_says_that_there_is_another() -> None:
    """Else the rest would look like silence."""
    assert {"older_half_elsewhere": 1} == problems(read_export("k.json", encrypted([HELLO, THERE])))
    moved = zipped((FOLDER.replace("inbox", "e2ee_cutover") + "message_1.json", classic([HELLO])))
    assert {"newer_half_elsewhere": 1} == problems(read_export("f.zip", moved))


def test_a_busy_end_since_encryption_may_go_on_elsewhere() -> None:
    """Else the rest would look like silence; a quiet end, an earlier one and Instagram's are ends."""
    since = 1_701_388_800_000
    for first, step, folder, told in (
        (since, 60_000, FOLDER, {"maybe_newer_half_elsewhere": 12}),
        (since, 86_400_000, FOLDER, {}),
        (since - 86_400_000, 60_000, FOLDER, {}),
        (since, 60_000, INSTAGRAM, {}),
    ):
        said = [Chat(first + i * step, mine=i % 2 == 0, text=f"m{i}") for i in range(12)]
        assert told == problems(read_export("f.zip", zipped(*pages(said, 20, folder=folder))))


def test_which_half_belongs_to_which_of_two_people_of_one_name_is_not_guessed() -> None:
    """They stay three chats."""
    files = [(f"messages/inbox/kim_{i}/message_1.json", classic([HELLO], thread_path=f"inbox/kim_{i}")) for i in (1, 2)]
    listed = list_chats(zipped(*files, ("Kim_1.json", encrypted([THERE]))))
    assert [1, 1, 1] == [one.messages for one in listed]
    assert 3 == len({one.answer for one in listed})


def download() -> bytes:
    """Two chats of two, a group, and other files."""
    robin = [Chat(AT, mine=True, text="hi")]
    robin_file = classic(robin, people=("Robin", ME), title="Robin", thread_path="inbox/robin_5")
    group = classic([HELLO], people=(KIM, ME, "Robin"), title="All", thread_path="inbox/all_9")
    return zipped(
        *pages([HELLO, THERE], 1),
        ("your_facebook_activity/messages/archived_threads/robin_5/message_1.json", robin_file),
        ("your_facebook_activity/messages/inbox/all_9/message_1.json", group),
        ("your_facebook_activity/posts/your_posts_1.json", b'[{"timestamp": 1, "title": "x"}]'),
        ("your_facebook_activity/messages/inbox/kimdoee_104/photos/1.jpg", b"\xff\xd8\xff"),
        ("your_facebook_activity/messages/autofill_information.json", b"{}"),
    )


def test_several_threads_are_listed_and_one_is_chosen() -> None:
    """Groups come last; whose download it is, is told by who is in every chat."""
    assert [
        ChatInside("kimdoee_104", KIM, 2), ChatInside("robin_5", "Robin", 1), ChatInside("all_9", "All", 1, people=3),
    ] == list_chats(download())  # fmt: skip
    with pytest.raises(WhichChat):
        read_export("f.zip", download())
    export = read_export("f.zip", download(), chat="robin")
    assert (["hi"], (ME, "Robin"), "messenger_json") == (bodies(export), export.sides, export.format)
    with pytest.raises(NoSuchChat):
        read_export("f.zip", download(), chat="Nobody")


def test_instagram_is_told_by_where_its_files_lie() -> None:
    """The very same file elsewhere is Messenger's; in a folder as in a zip."""
    data = classic([HELLO, THERE], thread_path="inbox/kim_17845")
    assert "messenger_json" == read_export("message_1.json", data).format
    assert "messenger_json" == read_export("a.zip", zipped((FOLDER + "message_1.json", data))).format
    assert "instagram_json" == read_export("a.zip", zipped((INSTAGRAM + "message_1.json", data))).format
    more = ("instagram-kim-2024-01-01/messages/inbox/robin_1/message_1.json", classic([HELLO]))
    assert 2 == len(list_chats(zipped((INSTAGRAM + "message_1.json", data), more)))


def test_a_thread_of_instagram_may_say_so_itself() -> None:
    """What was shared in it lies in Instagram's folder, or belonged to somebody there."""
    shared = entry(None, share={"link": "https://example.org/p", "original_content_owner": "robin"})
    assert "instagram_json" == read(HELLO, shared).format
    assert "messenger_json" == read(entry('"original_content_owner": 1, "uri": "your_instagram_activity/')).format


def test_a_file_without_a_fitting_title_leaves_open_who_is_me() -> None:
    """Then it is asked."""
    assert read_export("m.json", classic([HELLO, THERE], title="us")).sides is None


def test_a_damaged_entry_costs_no_other() -> None:
    """It is counted; so does half a character."""
    data = classic([HELLO, entry("BAD"), THERE])
    export = read_export("m.json", data.replace(b'"content": "BAD"', b'"content": 5x'))
    assert (["héllo 😀 ❤️", "there"], {"entry_not_understood": 1}) == (bodies(export), problems(export))
    half = read_export("m.json", data.replace(b"BAD", b"\\ud83d"))
    assert ("\ufffd", {"undecodable_bytes": 1}) == (half.body(2), problems(half))


def test_a_damaged_thread_costs_no_other() -> None:
    """It is not in the way of a chat that is whole; itself it is refused."""
    files = [(f"messages/inbox/kim_{i}/message_1.json", classic([HELLO], thread_path=f"inbox/kim_{i}")) for i in (1, 2)]
    data = zipped((files[0][0], files[0][1][:-30]), files[1])
    assert [HELLO.text] == bodies(read_export("f.zip", data, chat="kim_2"))
    with pytest.raises(BrokenFile):
        read_export("f.zip", data, chat="kim_1")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'<html><div class="other">_a6-p</div></html>', LooksLikeAnotherFile),
        (classic([]), NoChatOfTwo),
        (classic([HELLO])[:-30], BrokenFile),
        (classic([Chat(0, mine=True, text="when")]), NoMessages),
        (classic([Chat(AT, mine=True, text="x" * 3_000_000)]).replace(b"\n", b""), EntryTooLong),
        (b'{"participants": [], "other": []}', LooksLikeAnotherFile),
        (json.dumps({"messages": [{"sender_name": "a"}]}).encode(), LooksLikeAnotherFile),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
KINDS = st.sampled_from((Kind.TEXT, Kind.TEXT, Kind.TEXT, *OTHERS))


@st.composite
def conversations(draw: st.DrawFn, *, mended_twice: bool) -> list[Chat]:
    """Two people over years, every kind of message, any characters."""
    at, said = draw(st.integers(1_300_000_000_000, 1_600_000_000_000)), []
    text = TEXT if mended_twice else TEXT.filter(lambda one: mended("so " + one) == "so " + one)
    shape = st.tuples(st.integers(0, 10**10), st.booleans(), text, KINDS)
    for gap, mine, words, kind in draw(st.lists(shape, min_size=1, max_size=15)):
        at += gap
        said.append(Chat(at, mine, "so " + words if kind is Kind.TEXT else "", kind))
    return said


def back(export: Export) -> list[tuple[int, bool, str, Kind]]:
    """An export as plain data, in time order."""
    sided = take_sides(export, me=ME)
    mine = (sided.table.sender == EGO).tolist()
    at, rows = (sided.table.at // 1000).tolist(), sided.order.tolist()
    return [(at[i], mine[i], export.body(row), Kind(int(export.kind[row]))) for i, row in enumerate(rows)]


def flat(said: list[Chat]) -> list[tuple[int, bool, str, Kind]]:
    return [(one.at, one.mine, one.text, one.kind) for one in said]


@seed(20261126)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations(mended_twice=True), st.integers(1, 20), st.sampled_from((FOLDER, INSTAGRAM)))
def test_a_conversation_comes_back_as_it_was_written(said: list[Chat], size: int, folder: str) -> None:
    """Who, when and every character of what, in one file or in many, of either channel (T53)."""
    export = read_export("f.zip", zipped(*pages(said, size, folder=folder)))
    assert flat(said) == back(export)
    assert problems(export).keys() <= {"calls_unanswered"}


@seed(20261127)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations(mended_twice=False), st.integers(0, 15), st.integers(0, 4))
def test_two_halves_come_back_as_one_conversation(said: list[Chat], cut: int, both: int) -> None:
    """However much of it lies in both."""
    cut = min(cut, len(said))
    old, new = said[: cut + both], said[cut:]
    files = pages(old, 5) + [("Kim_1.json", encrypted(new))] * bool(new)
    found = back(read_export("f.zip", zipped(*files)))
    assert sorted(flat(said)) == sorted(found)
    assert [one.at for one in said] == [at for at, *_ in found]


def test_mending_undoes_what_the_download_does() -> None:
    """For the whole of Unicode's first plane and beyond, character by character and as one text."""
    every = [chr(code) for code in (*range(1, 0xD800), *range(0xE000, 0x11000), 0x1F600, 0x10FFFF)]
    assert every == [mended(one.encode().decode("latin-1")) for one in every]
    whole = "".join(every)
    assert whole == mended(json.loads(byte_by_byte(whole)))


def test_a_download_of_any_size_costs_what_the_chosen_chat_costs(tmp_path: Path) -> None:
    """A group of 130 MB beside a chat of two."""
    one = json.dumps(classic_entry(Chat(AT, mine=True, text="some words " * 75)), indent=2).encode()
    group = byte_by_byte(thread([], people=(KIM, ME, "Robin"), title="All", thread_path="inbox/all_9"))
    head, empty, tail = group.partition(b'"messages": []')
    folder = tmp_path / "inbox"
    (folder / "all_9").mkdir(parents=True)
    (folder / "kim_1").mkdir()
    with (folder / "all_9" / "message_1.json").open("wb") as file:
        file.write(head + empty[:-1])
        file.writelines((one + b",\n") * 1_000 for _ in range(160))
        file.write(one + b"]" + tail)
    (folder / "kim_1" / "message_1.json").write_bytes(classic([HELLO, THERE], thread_path="inbox/kim_1"))
    outcome, megabytes, _ = read_apart(folder)
    assert ("read", True) == (outcome, (folder / "all_9" / "message_1.json").stat().st_size > 130_000_000)
    assert megabytes <= 90
    assert np.array_equal([AT * 1000, (AT + 1) * 1000], read_export_file(folder).local)
