"""A Telegram export through every way in: kept, analysed, forecast, listed, chosen on the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from conftest import Home, Running
from importers.telegrams import Sent, app_json, chat, entry, full
from journeys.chats import LONG_CHAT
from journeys.test_import_page import bring
from journeys.walking import body_of, records, says, stored

FIRST = 1_770_000_000
"""2 February 2026."""
DAY = 86_400


def returns(days: int = 5, *, other: int, name: str) -> Any:
    """A chat that falls silent for five days and is taken up again, time after time, by each in turn."""
    sent = [Sent(FIRST + i * days * DAY + 60 * k, (i + k) % 2 == 0, f"word {i}") for i in range(8) for k in range(4)]
    entries = [entry(n + 1, one, ("Sam", name), other=other) for n, one in enumerate(sent)]
    return chat(entries, name=name, id=other)


ROBIN, KIM = returns(other=2002, name="Robin"), returns(other=3, name="Kim")
GROUP = chat([entry(1, Sent(FIRST, True, "all"), ("Sam", ""))], name="Us", id=9, type="private_group")
EXPORT = app_json(full(GROUP, ROBIN, KIM))


def written(home: Home, name: str, data: bytes) -> Path:
    path = home.folder.parent / name
    path.write_bytes(data)
    return path


def refused(home: Home, *arguments: object) -> str:
    done = home.run(*map(str, arguments), "--json")
    assert done.returncode == 2
    kind: str = json.loads(done.stdout)["error"]["kind"]
    return kind


def test_one_chat_goes_every_way_and_nobody_has_to_say_who_they_are(set_up: Home) -> None:
    """Analysed, forecast, kept once however often; by name too."""
    path = written(set_up, "result.json", app_json(ROBIN))
    listed = {"id": 2002, "name": "Robin", "messages": 32, "people": 2, "addresses": []}
    assert {"chats": [listed]} == set_up.json("chats", path)
    told = set_up.json("analyse", path)
    assert ("telegram_json", 32, True) == (told["format"], told["messages"], told["zone_known"])
    assert ["Sam", "Robin"] == [one["name"] for one in told["participants"]]
    ahead = set_up.json("forecast", "--file", path, "--at", "2026-03-15T18:00+00:00")
    assert 5 == ahead["n_earlier_silences"]
    counted = [set_up.json("import", path, *more)["new"] for more in ((), ("--me", "Sam"))]
    assert ([32, 0], (32, 32)) == (counted, stored(set_up))
    assert 32 == set_up.json("two-sides")["messages"]
    assert "NobodyByThatName" == refused(set_up, "analyse", path, "--me", "Nobody")


def test_out_of_a_full_export_one_chat_is_chosen_and_no_other_is_kept(set_up: Home) -> None:
    """Without a choice nothing is kept; the list says what there is."""
    path = written(set_up, "result.json", EXPORT)
    assert ["Robin", "Kim"] == [one["name"] for one in set_up.json("chats", path)["chats"]]
    for command in (("analyse",), ("import",), ("forecast", "--file")):
        assert "WhichChat" == refused(set_up, *command, path)
    assert "NoSuchChat" == refused(set_up, "import", path, "--chat", "Nobody")
    assert (0, 0) == stored(set_up)
    assert 32 == set_up.json("import", path, "--chat", "robin", "--without-text")["new"]
    (kept,) = set_up.json("imports")["imports"]
    assert ["Sam", "Robin"] == kept["names"]


def test_two_channels_are_one_record(set_up: Home) -> None:
    """Who I am on Telegram need not be who I am on WhatsApp; the other one is said to be the same."""
    whatsapp = written(set_up, "chat.txt", LONG_CHAT)
    mine = chat([entry(1, Sent(FIRST, True, "so"), ("Sammy", "Robin")), *ROBIN["messages"][1:2]])
    telegram = written(set_up, "result.json", app_json(mine))
    both = ("analyse", whatsapp, telegram, "--me", "Sam", "--zone", "Europe/Berlin")
    assert "AnotherPerson" == refused(set_up, *both)
    assert 242 == set_up.json(*both, "--same-person")["messages"]


def test_on_the_page_the_chat_is_chosen_from_a_list(own_today: Page, open_server: Running) -> None:
    """Two-person chats alone, with their counts; nothing is kept before both answers, and nothing of the others."""
    before = len(records(open_server.home))
    bring(own_today, open_server, "result.json", EXPORT)
    expect(own_today.locator("h1")).to_have_text("Which chat is it?")
    expect(own_today.locator("input[name=chat] + span bdi")).to_have_text(["Robin", "Kim"], use_inner_text=True)
    assert 2 == body_of(own_today).count("32 messages")
    own_today.get_by_role("radio", name="Kim").check()
    own_today.get_by_role("button", name="Read it").click()
    expect(own_today.locator("h1")).to_have_text("Which one is you?")
    expect(own_today.get_by_role("radio", name="Sam")).to_be_checked()
    assert "Robin" not in body_of(own_today)
    assert ((0, 0), before) == (stored(open_server.home), len(records(open_server.home)))
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.locator(".said")).to_have_text("32 messages are new.")
    assert ["Sam", "Kim"] == open_server.home.json("imports")["imports"][0]["names"]


def test_on_the_page_a_file_of_several_chats_can_be_let_go_of(own_today: Page, open_server: Running) -> None:
    """As one of a single chat can."""
    bring(own_today, open_server, "result.json", EXPORT)
    own_today.get_by_role("button", name="Do not keep it").click()
    says(own_today, "Nothing of it was kept.")
    assert (0, 0) == stored(open_server.home)
