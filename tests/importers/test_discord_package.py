"""Discord's own package, read as written: what is mine in it, with whom, and that nothing compares it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, NoChatOfTwo, NoMessages, NotADyad, OneSideOnly, WhichChat
from fallow.importers import ChatInside, Export, list_chats, read_export, read_export_file, take_sides
from importers.chats import bodies, kinds, zipped
from importers.discord_packages import ME, ROBIN, Own, channel, listed, package, table

AT = 1_700_000_000_123
SAID = [Own(AT, 'héllo?\nthere; "you"\r\n'), Own(AT + 1000, "look", "https://cdn.example.org/a.png"), Own(AT + 5000)]


def read(data: bytes, chat: str | None = None) -> Export:
    return read_export("package.zip", data, chat=chat, one_side=True)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


@pytest.mark.parametrize("capital", [True, False])
def test_direct_conversations_are_listed_by_the_name_of_the_other_one(*, capital: bool) -> None:
    """Servers and groups are passed over, whatever the folders are called."""
    data = package(SAID, [Own(AT, "hi")], capital=capital)
    assert [ChatInside("77", "Kim 🌿", 3), ChatInside("78", "robin", 1)] == list_chats(data)
    with pytest.raises(WhichChat):
        read(data)
    for wanted in ("robin", "78"):
        assert (["hi"], ("Me", "robin")) == (bodies(read(data, wanted)), read(data, wanted).sides)


@pytest.mark.parametrize(("capital", "ms"), [(True, 0), (False, 123)])
def test_what_i_wrote_comes_back_oldest_first(*, capital: bool, ms: int) -> None:
    """A list has whole seconds, a table fractions; what is sent along is media, words with it are kept."""
    export = read(package(SAID, capital=capital))
    assert [one.text for one in SAID] == bodies(export)
    assert ["TEXT", "MEDIA", "MEDIA"] == kinds(export)
    assert [(one.at // 1000 * 1000 + ms) * 1000 for one in SAID] == export.local.tolist()
    assert export.offset is not None
    assert not export.offset.any()
    assert (1_000_000 if capital else 1_000) == export.resolution


@pytest.mark.parametrize("name", ["messages.csv", "messages.json", "x"])
def test_a_conversation_alone_is_read_and_any_name_is_mine(name: str) -> None:
    """It says nothing of the other one."""
    data = table(SAID) if name.endswith("csv") else listed(SAID)
    chat = take_sides(read_export(name, data, one_side=True), me="Sam")
    assert ("Sam", name) == chat.names
    assert [1, 1, 1] == (chat.table.sender == chat.table.sender[0]).astype(int).tolist()


def test_nothing_but_a_look_takes_it(tmp_path: Path) -> None:
    """Wherever both sides are counted it is refused, in a zip, in a folder and alone."""
    path = tmp_path / "messages" / "c77" / "messages.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(table(SAID))
    for data in (package(SAID), table(SAID), listed(SAID)):
        with pytest.raises(OneSideOnly):
            read_export("x", data)
    for place in (path, tmp_path):
        with pytest.raises(OneSideOnly):
            read_export_file(place)
        assert 3 == len(read_export_file(place, one_side=True))


def test_the_folder_of_one_conversation_is_enough(tmp_path: Path) -> None:
    """It says which one it is."""
    (tmp_path / "channel.json").write_bytes(channel("9", ROBIN))
    (tmp_path / "messages.csv").write_bytes(table(SAID))
    assert [ChatInside("9", "9", 3)] == list_chats(tmp_path)
    assert 3 == len(read_export_file(tmp_path, one_side=True))


def test_a_name_that_is_not_told_is_the_number_of_the_other_one() -> None:
    """Without an index, my own number tells which of the two is not mine."""
    files = [("c9/channel.json", channel("9", ROBIN)), ("c9/messages.json", listed(SAID))]
    account = ("account/user.json", b'{"id": "%s"}' % ME.encode())
    assert [ChatInside("9", ROBIN, 3)] == list_chats(zipped(*files, account))
    assert [ChatInside("9", "9", 3)] == list_chats(zipped(*files))


def test_a_damaged_conversation_or_entry_costs_no_other() -> None:
    """It is counted, or passed over."""
    bad = listed(SAID).replace(b'"look"', b"5x")
    beside = [("m/c81/messages.json", bad), ("m/c82/messages.json", bad[:-9]), ("m/c82/channel.json", b"{")]
    assert [ChatInside("81", "81", 2)] == list_chats(zipped(*beside))
    for export in (read(bad), read(zipped(*beside))):
        assert (2, {"entry_not_understood": 1}) == (len(export), problems(export))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (zipped(("c80/channel.json", channel("80", "1", "2", type=3)), ("c80/messages.csv", table(SAID))), NotADyad),
        (package([], []), NoChatOfTwo),
        (listed(SAID)[:-9], BrokenFile),
        (table([]), NoChatOfTwo),
        (table(SAID) + b'"5', BrokenFile),
        (b'[{"ID": 5, "Timestamp": "", "Contents": "a", "Attachments": ""}]', NoMessages),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """A group, nothing at all, what is cut short, what has no time."""
    with pytest.raises(error):
        read(data)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
OWN = st.builds(Own, st.integers(1_430_000_000_000, 1_700_000_000_000), TEXT, st.sampled_from(["", "https://x/a b"]))


@seed(20261126)
@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(OWN, min_size=1, max_size=12, unique_by=lambda one: one.at), st.booleans())
def test_what_was_written_comes_back_as_it_was(said: list[Own], capital: bool) -> None:
    """When, and every character of what (T53)."""
    said = sorted(said, key=lambda one: one.at // 1000)
    export = read(package(said, capital=capital))
    if capital:
        said = [Own(one.at // 1000 * 1000, one.text, one.files) for one in said]
    assert sorted((one.at, one.text) for one in said) == sorted(
        zip((export.local // 1000).tolist(), bodies(export), strict=True)
    )
