"""A group is brought: two are chosen, the others leave nothing, and it is said throughout that it was a group."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from conftest import PASSPHRASE, Home, Running
from fallow.wiring import open_desk
from importers.telegrams import app_json, full
from importers.test_group import telegram
from journeys.chats import LONG_CHAT
from journeys.test_forecast_cli import chat as silences
from journeys.walking import body_of, go, stored


def group_chat() -> bytes:
    """The long chat of two, with a third person who writes every third day."""
    lines = LONG_CHAT.decode().splitlines()
    third = [f"{line.partition(' - ')[0]} - Robin: secret of Robin" for line in lines[::9]]
    return (
        "\n".join(sorted([*lines, *third], key=lambda line: (line[6:10], line[3:5], line[:2], line[12:17]))) + "\n"
    ).encode()


def kept_words(home: Home) -> str:
    """Everything the store holds of words, names and receipts."""
    desk = open_desk(Path(home.folder), PASSPHRASE)
    try:
        texts = [text or "" for text in desk.store.texts()]
        told = [f"{source.names} {source.receipt!r} {source.problems!r}" for source in desk.store.sources()]
    finally:
        desk.store.close()
    return "\n".join((*texts, *told))


def test_a_group_is_brought_by_command(set_up: Home, tmp_path: Path) -> None:
    """Who is meant has to be said; what the others wrote is counted and gone; numbers out of it say where from."""
    path = tmp_path / "WhatsApp Chat with Us.txt"
    path.write_bytes(group_chat())
    for given in ([], ["--me", "Sam"], ["--them", "Alex"]):
        done = set_up.run("import", str(path), *given, "--json")
        assert (2, "WhichTwo") == (done.returncode, json.loads(done.stdout)["error"]["kind"])
    assert [] == set_up.json("imports")["imports"]
    told = set_up.json("import", str(path), "--me", "Sam", "--them", "Alex")["imports"][0]
    assert (3, 240) == (told["group"], told["messages"])
    assert {"line": 0, "kind": "others_left_out", "count": 27} in told["problems"]
    assert told == set_up.json("imports")["imports"][0]["receipt"]
    assert "hello" in kept_words(set_up).lower() or kept_words(set_up)
    assert "Robin" not in kept_words(set_up)
    assert 240 == set_up.json("two-sides")["group_messages"]
    said = "240 of these messages are out of a group, where nobody writes to one person alone"
    assert said in set_up.run("two-sides").stderr.decode()
    assert said in set_up.run("two-sides", "--html").stdout.decode()
    words = set_up.run("import", str(path), "--me", "Sam", "--them", "Alex").stderr.decode()
    assert "out of a group in which 3 people wrote" in words
    assert "27 messages that others wrote in the group; left out" in words


def test_a_forecast_from_a_group_says_so(set_up: Home, tmp_path: Path) -> None:
    """The last thing it does not know; a chat of two has one less."""
    two = silences().decode()
    line = two.splitlines()[0]
    third = f"{line.partition(' - ')[0]} - Robin: secret of Robin"
    caveats = {}
    for name, words in (("three", f"{third}\n{two}"), ("two", two)):
        path = tmp_path / f"{name}.txt"
        path.write_text(words, "utf-8")
        given = ("--file", str(path), "--me", "Sam", "--them", "Alex", "--at", "2026-02-20T18:00+00:00")
        caveats[name] = set_up.json("forecast", *given)["caveats"]
    assert caveats["three"] == [
        *caveats["two"], "Part of the record is out of a group, where a next message need not be one to you.",
    ]  # fmt: skip


def test_a_group_is_looked_at_without_keeping_it(set_up: Home, tmp_path: Path) -> None:
    """Beside a chat of two, counted with it; the messages of the two alone are printed."""
    path, other = tmp_path / "group.txt", tmp_path / "chat.txt"
    path.write_bytes(group_chat())
    other.write_bytes(LONG_CHAT)
    both = set_up.json("analyse", str(path), str(other), "--me", "Sam", "--them", "Alex")
    assert (240, [3, 0]) == (both["messages"], [each["group"] for each in both["files"]])
    printed = set_up.run("messages", str(path), "--me", "Sam", "--them", "Alex", "--ndjson").stdout.decode()
    assert {"Sam", "Alex"} == {json.loads(line)["sender"] for line in printed.splitlines()}


def test_a_group_out_of_everything_is_named(set_up: Home, tmp_path: Path) -> None:
    """It is listed after the chats of two, with how many write in it; whose export it is needs no saying."""
    path = tmp_path / "result.json"
    path.write_bytes(app_json(full(telegram())))
    listed = {"id": 9, "name": "Us", "messages": 4, "people": 3, "addresses": []}
    assert [listed] == set_up.json("chats", str(path))["chats"]
    assert "9  Us, a group of 3 people, 4 messages" in set_up.run("chats", str(path)).stderr.decode()
    told = set_up.json("import", str(path), "--chat", "Us", "--them", "Kim")["imports"][0]
    assert (3, 3) == (told["group"], told["messages"])


def test_a_group_is_brought_on_the_page(own_today: Page, open_server: Running) -> None:
    """Two are chosen from all who write, the receipt says what was left out, and so does the picture."""
    go(own_today, open_server, "/import")
    own_today.locator("input[type=file]").set_input_files({"name": "a.txt", "mimeType": "", "buffer": group_chat()})
    own_today.get_by_role("button", name="Read it").click()
    expect(own_today.locator("h1")).to_have_text("Which two is it about?")
    assert "This is a group: 3 people write here." in body_of(own_today)
    own_today.locator("select[name=me]").select_option("Sam")
    own_today.locator("select[name=them]").select_option("Sam")
    own_today.get_by_role("radio", name="The words too.").check()
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.get_by_role("alert")).to_be_visible()
    assert (0, 0) == stored(open_server.home)
    own_today.locator("select[name=them]").select_option("Alex")
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.locator(".said")).to_have_text("240 messages are new.")
    assert "240 of these messages are out of a group" in body_of(own_today)
    assert "Robin" not in kept_words(open_server.home)
    go(own_today, open_server, "/import")
    own_today.get_by_text("How it was read").click()
    shown = own_today.locator("dl.numbers")
    expect(shown).to_contain_text("3 people wrote in it; only what these two wrote is kept")
    expect(shown).to_contain_text("messages that others wrote in the group; left out")


def test_a_group_of_a_full_export_is_chosen_on_the_page(own_today: Page, open_server: Running) -> None:
    """Where there is no chat of two, the groups are offered, and whose export it is is proposed."""
    go(own_today, open_server, "/import")
    file = {"name": "result.json", "mimeType": "", "buffer": app_json(full(telegram()))}
    own_today.locator("input[type=file]").set_input_files(file)
    own_today.get_by_role("button", name="Read it").click()
    expect(own_today.locator("h1")).to_have_text("Which chat is it?")
    expect(own_today.locator("h2")).to_have_text("Groups")
    own_today.get_by_role("radio", name="Us 4 messages, 3 people").check()
    own_today.get_by_role("button", name="Read it").click()
    expect(own_today.locator("h1")).to_have_text("Which two is it about?")
    assert "Sam" == own_today.locator("select[name=me]").locator("option:checked").inner_text()
