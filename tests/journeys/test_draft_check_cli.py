"""`fallow draft check` as a person and a program use it: from standard input, with and without anything set up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import PASSPHRASE, Home
from fallow.app import record
from fallow.plan import Ask, HardStopSet, QuietTimeChosen, SafetyNoted
from fallow.wiring import open_desk
from journeys.earlier import did, opened

DRAFT = "I miss you, but why did you go?\n"
PLAIN = "The landlord needs both signatures by Friday. Could you sign the form?\n"


def check(home: Home, text: str | bytes, *arguments: str) -> dict[str, Any]:
    told: dict[str, Any] = home.json("draft", "check", "--stdin", *arguments, stdin=text)
    return told


def refusal(home: Home, text: str | bytes, *arguments: str) -> tuple[int, str]:
    done = home.run("draft", "check", "--stdin", "--json", *arguments, stdin=text)
    return done.returncode, json.loads(done.stdout)["error"]["kind"]


def asked(home: Home, *whats: Any) -> None:
    desk = open_desk(home.folder, PASSPHRASE)
    record(desk, *map(Ask, whats))
    desk.store.close()


def test_a_draft_is_checked_with_nothing_set_up_and_leaves_nothing(home: Home) -> None:
    """Each finding has its rule, its place in the text as given and a sentence; no folder is made."""
    told = check(home, DRAFT)

    assert {"ok", "findings", "asks", "words", "language"} == set(told)
    assert (False, 8, "en") == (told["ok"], told["words"], told["language"])
    assert [("nostalgia", "I miss"), ("but", "but"), ("why", "why")] == [
        (each["rule"], DRAFT[slice(*each["span"])]) for each in told["findings"]
    ]
    assert all(each["says"].endswith(".") for each in told["findings"])
    assert "Would you send it if no reply ever came?" == told["asks"]
    assert not home.folder.exists()


def test_a_plain_draft_is_fine_and_the_question_is_asked_all_the_same(home: Home) -> None:
    """Findings are no errors: the exit status is 0 either way."""
    told = check(home, PLAIN, "--reason", "necessity")

    assert (True, []) == (told["ok"], told["findings"])
    assert told["asks"].endswith("?")


def test_in_words_each_finding_shows_its_place(home: Home) -> None:
    """On standard error; standard output is for machines."""
    done = home.run("draft", "check", "--stdin", stdin=DRAFT)
    words = done.stderr.decode().splitlines()

    assert (0, b"") == (done.returncode, done.stdout)
    assert ["“I miss”", "“but”", "“why”"] == [line.partition(":")[0] for line in words[:3]]
    assert "Would you send it if no reply ever came?" == words[3]


def test_in_words_no_finding_is_no_praise(home: Home) -> None:
    """It says that rules can miss things."""
    done = home.run("draft", "check", "--stdin", stdin=PLAIN)

    assert "can miss things" in done.stderr.decode()


def test_words_about_not_living_lead_to_help(home: Home) -> None:
    """First, and with the way to the help lines."""
    done = home.run("draft", "check", "--stdin", stdin="But I want to die.")
    words = done.stderr.decode().splitlines()

    assert words[0].startswith("“want to die”")
    assert "Help lines: fallow help-lines" in words


def test_the_hour_is_the_one_it_would_go_out(home: Home) -> None:
    """A wall clock as given; an offset is turned into the person's own zone (the test's is Europe/Berlin)."""
    for at, night in (
        ("2026-11-23T23:10", True),
        ("2026-11-23T12:00", False),
        ("2026-11-23T21:30:00+00:00", True),
        ("2026-11-23T23:30:00-08:00", False),
    ):
        rules = [each["rule"] for each in check(home, PLAIN, "--at", at)["findings"]]
        assert (["night"] if night else []) == rules, at
    assert (2, "NotUnderstood") == refusal(home, PLAIN, "--at", "tonight")
    assert (2, "NotUnderstood") == refusal(home, PLAIN, "--at", "0001-01-01T00:00:00+14:00")


def test_the_language_can_be_given(home: Home) -> None:
    """Then only its rules are used."""
    assert ["always_never"] == [each["rule"] for each in check(home, "never, nie", "--language", "de")["findings"]]
    assert 2 == home.run("draft", "check", "--stdin", "--language", "fr", stdin=DRAFT).returncode


def test_no_words_are_a_finding_with_a_next_step(home: Home) -> None:
    """Nothing on standard input is no crash."""
    for nothing in (b"", b"\n \n", "\ufeff".encode()):
        told = check(home, nothing)
        assert (False, ["empty"]) == (told["ok"], [each["rule"] for each in told["findings"]])


def test_what_cannot_be_read_is_said(home: Home) -> None:
    """Other encodings, and more than a draft can be: 20,000 characters are read, one more is not."""
    assert (2, "DraftNotText") == refusal(home, "Schlüssel".encode("latin-1"))
    assert (2, "DraftNotText") == refusal(home, DRAFT.encode("utf-16"))
    for sign in ("a", "😀"):
        assert "findings" in check(home, sign * 20_000)
        assert (2, "DraftTooLong") == refusal(home, sign * 20_001)
    assert (2, "DraftTooLong") == refusal(home, b"\xff" * 1_000_000)


def test_words_are_never_an_argument(home: Home) -> None:
    """What stands on the command line can be read by others."""
    assert 2 == home.run("draft", "check", "I miss you").returncode
    assert 2 == home.run("draft").returncode


def test_where_something_is_set_up_it_is_opened_first(set_up: Home, tmp_path: Path) -> None:
    """A wrong passphrase is status 3, and nothing is said of the draft."""
    assert not check(set_up, DRAFT)["ok"]
    set_up.passphrase_file.write_text("not this one at all\n", "utf-8")
    assert (3, "WrongPassphrase") == refusal(set_up, DRAFT)


@pytest.mark.parametrize("because", ["asked", "blocked", "order", "violence", "own_anger"])
def test_in_a_clear_stop_it_is_refused(set_up: Home, because: Any) -> None:
    """With exit status 2 and the reason, for each of them, however harmless the draft."""
    asked(set_up, HardStopSet(because))

    assert (2, "HardStopHolds") == refusal(set_up, PLAIN)


def test_while_help_comes_first_it_is_refused(set_up: Home) -> None:
    """In the safety phase nothing is worded."""
    asked(set_up, SafetyNoted("wish_to_die"))

    assert (2, "NotInThisPhase") == refusal(set_up, PLAIN)


def test_nothing_of_a_draft_is_kept(set_up: Home) -> None:
    """No event, no draft."""
    check(set_up, DRAFT)

    desk = open_desk(set_up.folder, PASSPHRASE)
    assert ((), ()) == (desk.store.events(), desk.store.drafts())
    desk.store.close()


@pytest.mark.parametrize(("days", "rules"), [(10, ["greeting"]), (40, [])])
def test_a_greeting_is_offered_once_the_quiet_time_is_over(set_up: Home, days: int, rules: list[str]) -> None:
    """By the plan that is kept; without one, nobody knows, and it waits."""
    with opened(set_up) as desk:
        did(desk, days, QuietTimeChosen(30))

    assert rules == [each["rule"] for each in check(set_up, "Hi Jo, how are you?", "--reason", "greeting")["findings"]]
