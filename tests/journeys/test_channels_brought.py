"""Every channel through every way in: listed, analysed, kept once, and chosen on the page."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Home, Running
from importers.chats import zipped
from importers.discord_packages import Own, package
from importers.googlechats import KIM as CHAT_KIM
from importers.googlechats import ROBIN as CHAT_ROBIN
from importers.googlechats import SAM as CHAT_SAM
from importers.googlechats import Said
from importers.googlechats import written as google_chat
from importers.googlevoices import Voiced, texts
from importers.imessages import KIM as MAC_KIM
from importers.imessages import ROBIN as MAC_ROBIN
from importers.imessages import Sent as Kept
from importers.imessages import database
from importers.mails import KIM as MAIL_KIM
from importers.mails import ROBIN as MAIL_ROBIN
from importers.mails import Mail, written
from importers.metapages import BUILDS
from importers.metapages import page as html_page
from importers.metas import FOLDER, Chat, classic
from importers.signals import KIM as SIGNAL_KIM
from importers.signals import ROBIN as SIGNAL_ROBIN
from importers.signals import Sent, heads, item, jsonl
from importers.smses import Sms, messages, sms
from journeys.test_cli import refused
from journeys.test_import_page import bring
from journeys.walking import body_of, stored

AT = 1_770_000_000_000
DAY = 86_400_000
ROBIN, KIM = ("+4915100000001", "Robin"), ("+4915100000002", "Kim")


def phone() -> bytes:
    """A phone that wrote with two people, sixteen messages with each."""
    said = [
        Sms(AT + i * DAY + k * 60_000, (i + k) % 2 == 0, f"word {i}?", address=address, name=name)
        for i in range(4)
        for address, name in (ROBIN, KIM)
        for k in range(4)
    ]
    return messages(*map(sms, said))


def signal() -> bytes:
    """The same on Signal."""
    said = [
        item(Sent(AT + i * DAY + k * 60_000, (i + k) % 2 == 0, f"word {i}?"), other=other)
        for i in range(4)
        for other in (SIGNAL_KIM, SIGNAL_ROBIN)
        for k in range(4)
    ]
    return jsonl(*heads(), *said)


def messages_of_a_mac() -> bytes:
    """The same in Messages."""
    said = [
        Kept(AT * 1000 + i * DAY * 1000 + k * 60_000_000, (i + k) % 2 == 0, f"word {i}?", chat=chat)
        for i in range(4)
        for chat in (1, 2)
        for k in range(4)
    ]
    with tempfile.TemporaryDirectory() as folder:
        return database(Path(folder) / "chat.db", said).read_bytes()


def messenger() -> bytes:
    """The same on Messenger."""
    said = [Chat((AT + i * DAY + k * 60_000), (i + k) % 2 == 0, f"word {i}?") for i in range(4) for k in range(4)]
    robin = [(one.at, one.mine, one.text) for one in said]
    other = classic([Robin(*one) for one in robin], people=("Robin", "Sam Roe"), title="Robin", thread_path="inbox/r_1")
    return zipped((f"{FOLDER}message_1.json", classic(said)), ("messages/inbox/r_1/message_1.json", other))


def messenger_for_reading() -> bytes:
    """The same as pages."""
    said = [Chat((AT + i * DAY + k * 60_000), (i + k) % 2 == 0, f"word {i}?") for i in range(4) for k in range(4)]
    robin = [Robin(one.at, one.mine, one.text) for one in said]
    build = BUILDS["messenger 2025"]
    other = html_page(robin, build, title="Robin", people="Participants: Robin and Sam Roe")
    return zipped((f"{FOLDER}message_1.html", html_page(said, build)), ("messages/inbox/r_1/message_1.html", other))


def mailbox() -> bytes:
    """The same by e-mail."""
    return written(
        [
            Mail((AT + i * DAY) // 1000 + k * 60, (i + k) % 2 == 0, f"word {i}?", other=other, id=f"<{i}.{k}.{other}")
            for i in range(4)
            for other in (MAIL_ROBIN, MAIL_KIM)
            for k in range(4)
        ]
    )


def takeout_of_chats() -> bytes:
    """The same on Google Chat."""
    return zipped(
        *(
            (f"Takeout/Google Chat/Groups/DM {other[0]}/messages.json", google_chat(google_said(other)))
            for other in (CHAT_ROBIN, CHAT_KIM)
        )
    )


def google_said(other: tuple[str, str]) -> list[Said]:
    return [
        Said((AT + i * DAY) // 1000 + k * 60, CHAT_SAM if (i + k) % 2 == 0 else other, f"word {i}?")
        for i in range(4)
        for k in range(4)
    ]


def takeout_of_calls() -> bytes:
    """The same on Google Voice, a page a day."""
    return zipped(
        *(
            (
                f"Takeout/Voice/Calls/{other[0]} - Text - 2026-02-0{i + 2}T02_40_00Z.html",
                texts(
                    [Voiced(AT + i * DAY + k * 60_000, (i + k) % 2 == 0, f"word {i}?") for k in range(4)], other=other
                ),
            )
            for other in (("Kim", "+15550100200"), ("Robin", "+15550100300"))
            for i in range(4)
        )
    )


class Robin(Chat):
    """A message of a chat with somebody else."""

    @property
    def who(self) -> str:
        return "Sam Roe" if self.mine else "Robin"


EXPORTS = {
    "sms.xml": (phone(), "sms_backup_xml", "Robin", "Kim"),
    "main.jsonl": (signal(), "signal_plaintext", "Kim", "Robin"),
    "chat.db": (messages_of_a_mac(), "imessage_db", MAC_KIM, MAC_ROBIN),
    "facebook.zip": (messenger(), "messenger_json", "Kim Döe", "Robin"),
    "pages.zip": (messenger_for_reading(), "messenger_html", "Kim Döe", "Robin"),
    "mail.mbox": (mailbox(), "mail", "Robin", "Kim"),
    "chat.zip": (takeout_of_chats(), "google_chat_json", "Robin", "Kim"),
    "voice.zip": (takeout_of_calls(), "google_voice_html", "Kim", "Robin"),
}
"""A file with two chats of sixteen messages each: name → its bytes, its format, who they are with."""
WITHOUT_ZONE = {"messenger_html"}
"""Formats that tell a wall clock alone."""


@pytest.mark.parametrize("name", EXPORTS)
def test_a_chat_is_listed_analysed_and_kept_once(name: str, set_up: Home, tmp_path: Path) -> None:
    """Nobody has to say who they are; a second time adds nothing."""
    data, format, first, second = EXPORTS[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert [(first, 16), (second, 16)] == [
        (one["name"], one["messages"]) for one in set_up.json("chats", path)["chats"]
    ]
    told = set_up.json("analyse", path, "--chat", second)
    known = format not in WITHOUT_ZONE
    assert (format, 16, known) == (told["format"], told["messages"], told["zone_known"])
    counted = [set_up.json("import", path, "--chat", second)["new"] for _ in range(2)]
    assert ([16, 0], (16, 16)) == (counted, stored(set_up))
    assert [format] == [one["format"] for one in set_up.json("imports")["imports"]][:1]


@pytest.mark.parametrize("name", EXPORTS)
def test_on_the_page_it_is_chosen_from_a_list(name: str, own_today: Page, open_server: Running) -> None:
    """And the page knows already which side is whose."""
    data, _, first, second = EXPORTS[name]
    bring(own_today, open_server, name, data)
    expect(own_today.locator("h1")).to_have_text("Which chat is it?")
    expect(own_today.locator("input[name=chat] + span bdi")).to_have_text([first, second], use_inner_text=True)
    own_today.get_by_role("radio", name=second).check()
    own_today.get_by_role("button", name="Read it").click()
    expect(own_today.locator("h1")).to_have_text("Which one is you?")
    assert own_today.locator("input[name=me]:checked").count() == 1
    assert first not in body_of(own_today)
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.locator(".said")).to_have_text("16 messages are new.")


def test_discords_own_package_is_looked_at_and_never_counted(home: Home, tmp_path: Path) -> None:
    """Its one side is listed and printed; what would count the other one as silent refuses it."""
    path = tmp_path / "package.zip"
    path.write_bytes(package([Own(AT, "one"), Own(AT + DAY, "two")], [Own(AT, "three")]))
    listed = home.json("chats", str(path))["chats"]
    assert [("Kim 🌿", 2), ("robin", 1)] == [(one["name"], one["messages"]) for one in listed]
    done = home.run("messages", str(path), "--chat", "77", "--me", "Sam", "--ndjson")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [("Sam", "ego", "one"), ("Sam", "ego", "two")] == [(one["sender"], one["side"], one["text"]) for one in told]
    for command in ("analyse", "import"):
        assert (2, "OneSideOnly") == refused(home, command, str(path), "--me", "Sam")


def test_on_the_page_discords_own_package_is_refused_in_words(own_today: Page, open_server: Running) -> None:
    """And nothing of it waits for an answer."""
    bring(own_today, open_server, "package.zip", package([Own(AT, "one")], [Own(AT, "three")]))
    expect(own_today.get_by_role("alert")).to_contain_text("which holds your messages alone.")
    expect(own_today.locator("h1")).to_have_text("Bring a chat.")


def test_joined_addresses_are_proposed_and_can_be_taken_apart(own_today: Page, open_server: Running) -> None:
    """On the page both together or one alone is ticked; nothing is taken for granted."""
    said = [
        sms(Sms(AT, mine=False, text="hello")),
        sms(Sms(AT + 1, mine=False, text="work", address="kim@example.org")),
    ]
    bring(own_today, open_server, "sms.xml", messages(*said))
    expect(own_today.locator("h1")).to_have_text("Is this one person?")
    expect(own_today.get_by_role("radio")).to_have_count(3)
    own_today.get_by_role("radio", name="Kim alone: kim@example.org").check()
    own_today.get_by_role("button", name="Read it").click()
    expect(own_today.locator("h1")).to_have_text("Which one is you?")
    assert "1 message was read" in body_of(own_today)


def test_joined_addresses_are_told_and_taken_apart_by_command(set_up: Home, tmp_path: Path) -> None:
    """The receipt says so and how to undo it; removed, one of them is brought alone."""
    said = [
        sms(Sms(AT, mine=False, text="hello")),
        sms(Sms(AT + 1, mine=False, text="work", address="kim@example.org")),
    ]
    path = tmp_path / "sms.xml"
    path.write_bytes(messages(*said))
    (chat,) = set_up.json("chats", str(path))["chats"]
    assert "kim@example.org" in chat["addresses"]
    told = set_up.run("import", str(path)).stderr.decode()
    assert "2 addresses that were taken for one person, because their messages carry one name" in told
    assert "--chat =ADDRESS" in told
    (source,) = set_up.json("imports")["imports"]
    assert 2 == set_up.json("imports", "--remove", source["id"])["removed_messages"]
    assert 1 == set_up.json("import", str(path), "--chat", "=kim@example.org")["messages"]
