"""In a clear stop no command drafts, times, reasons about, foretells or readies a message: every command there is."""

from __future__ import annotations

import json
from typing import Any, get_args

import click
import pytest

from conftest import PASSPHRASE, Home
from fallow.cli.main import main
from fallow.plan import Because, Correction, PlannedMessage
from fallow.plan.decide import WORDS_OR_TIMES
from fallow.wiring import open_desk
from journeys.earlier import TEXT, everything_open, opened, stopped

STOPPED = "There is a clear stop here"
"""How every refusal of it begins."""
Call = tuple[tuple[str, ...], str]
"""Arguments and standard input; `DRAFT` stands for the draft that has rested."""

CLOSED: dict[str, tuple[Call, ...]] = {
    "baserates": (((), ""),),
    "choose": ((("--quiet-time", "30"), ""), (("--quiet-time", "open"), "")),
    "draft check": ((("--stdin",), TEXT),),
    "drafts": ((("DRAFT",), ""), (("DRAFT", "--would-send", "yes"), "")),
    "forecast": (
        ((), ""),
        (("--file", "chat.txt", "--me", "Sam"), ""),
        (("--episodes", "many.jsonl"), ""),
        (("--others", "all.json"), ""),
    ),
    "letters": ((("--write",), TEXT), (("DRAFT",), ""), (("DRAFT", "--write"), TEXT)),
    "end": ((("--ending", "we-talk-again"), ""),),
    "log": ((("planned_message",), ""),),
    "limits": ((("--set",), "e-mail\nhandover\n"),),
    "friends": ((("--change", "--stdin"), "words\n"),),
    "triage": ((("--as", "about-us"), ""), (("--as", "necessary"), ""), (("--step", "plain-no"), "")),
    "review": (
        ((), ""),
        (("--extend", "30"), ""),
        (("--let-go",), ""),
        (("--early", "health"), ""),
        (("--answer", "purpose"), "words\n"),
        (("--write",), TEXT),
        (("--choose", "apology"), ""),
        (("--choose", "talk", "--draft", "DRAFT"), ""),
        (("--sent",), ""),
    ),
    "urge": ((("--write",), TEXT),),
    "weigh": (((), ""),),
}
"""Calls that help to write or to time a message; every one exits 2 with the reason."""

OPEN: dict[str, tuple[Call, ...]] = {
    "better": (((), ""),),
    "check": (((), ""),),
    "choose": ((("--mode", "limited_contact"), ""), (("--initiator", "ego"), "")),
    "claims": (((), ""),),
    "correct": (),
    "dates": ((("--add",), "A birthday\n12-24\n"), (("--holiday", "christmas"), ""), ((), "")),
    "distractions": ((("--set",), "walk\n"), ((), "")),
    "drafts": (((), ""),),
    "end": (((), ""), (("--ending", "done-waiting"), ""), (("--reopen",), "")),
    "events": (((), ""),),
    "gate": (((), ""), (("--noon",), "")),
    "hear": ((("--stdin",), "just closure"), (("--stdin",), TEXT)),
    "evidence": ((("--add",), "Stood at the door.\n"), ((), "")),
    "friends": (((), ""), (("--change", "--leave-out", "helps.eat"), "")),
    "triage": (((), ""),),
    "home": (((), ""), (("--moving-on", "2027-01-31"), "")),
    "items": (((), ""), (("--add",), "The bicycle\n")),
    "limits": (((), ""),),
    "help-lines": (((), ""),),
    "imports": (((), ""),),
    "language": (((), ""), (("auto",), "")),
    "letters": (((), ""),),
    "log": ((("looked",), ""), (("they_wrote",), "")),
    "mine": (((), ""),),
    "morning": ((("--set",), "Coffee first.\n"), ((), "")),
    "park": (((), "Was it that evening?\n"), (("--list",), "")),
    "patterns": (((), ""),),
    "account": (((), ""), (("--revise",), "ego\n" + "\n" * 31)),
    "check-in": ((("--keep",), "0\n1\n0\n0\n"),),
    "safety": (((), "\n"), (("--yes", "screen.blocked", "--keep"), ""), (("--leave",), "")),
    "parcels list": (((), ""),),
    "plans": ((("1", "--set", "--hours", "0-24"), "in bed\nthe phone goes into the kitchen\n"), ((), "")),
    "reach": (((), ""), (("do", "music"), ""), (("show", "email"), ""), (("undo", "music"), "")),
    "lists": (((), ""), (("sieve",), "")),
    "remind": (((), ""),),
    "stop": ((("--because", "asked"), ""),),
    "surf": ((("--before", "7", "--after", "7"), ""), (("--so-far",), "")),
    "today": (((), ""),),
    "urge": (((), ""),),
    "wait": ((("--minutes", "20"), ""),),
    "where": (((), ""),),
}
"""Calls for oneself, with what they may be asked; none of them records words or a time, or shows a draft."""

ELSEWHERE = {
    *("analyse", "chats", "import", "messages", "study episodes", "study fit", "study score", "two-sides"),
    *("parcels back", "parcels give", "parcels make", "parcels open", "parcels remove"),
    *("archive", "demo", "init", "lock", "pair", "passphrase", "restore", "serve"),
}
"""Commands about files of a chat, or about the place itself; they know no draft and no review."""


def command_names(group: click.Group = main, before: str = "") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= command_names(command, f"{before}{name} ")
        else:
            found.add(f"{before}{name}")
    return found


def all_open(home: Home) -> str:
    with opened(home) as desk:
        return everything_open(desk)


def worded_or_timed(home: Home) -> tuple[list[str], list[str]]:
    desk = open_desk(home.folder, PASSPHRASE)
    try:
        whats: list[Any] = [
            each.event.what.to if isinstance(each.event.what, Correction) else each.event.what
            for each in desk.store.events()
        ]
        events = [repr(what) for what in whats if isinstance(what, (*WORDS_OR_TIMES, PlannedMessage))]
        return events, [draft.text for draft in desk.store.drafts() if draft.kind != "question"]
    finally:
        desk.store.close()


def run(home: Home, name: str, call: Call, draft: str) -> tuple[int, str]:
    arguments = [draft if each == "DRAFT" else each for each in call[0]]
    done = home.run(*name.split(), *arguments, "--json", stdin=call[1])
    return done.returncode, done.stdout.decode()


def test_every_command_is_in_a_table() -> None:
    """A new one is a decision."""
    assert command_names() == set(CLOSED) | set(OPEN) | ELSEWHERE


@pytest.mark.parametrize("because", get_args(Because))
def test_every_command_that_helps_exits_two_with_the_reason(set_up: Home, because: Because) -> None:
    """And nothing that words or times a message is in the store afterwards that was not there before."""
    draft = all_open(set_up)
    stopped(set_up, because)
    before = worded_or_timed(set_up)
    for name, calls in CLOSED.items():
        for call in calls:
            status, told = run(set_up, name, call, draft)
            assert (name, call, 2) == (name, call, status)
            if name != "log":  # a planned message is none of the kinds that are logged
                assert STOPPED in json.loads(told)["error"]["says"], (name, call)
    assert before == worded_or_timed(set_up)


def test_what_is_for_oneself_stays_and_shows_no_draft(set_up: Home) -> None:
    """Urges, logging, help and looking back go on; none shows the draft, none records words or a time."""
    draft = all_open(set_up)
    stopped(set_up, "asked")
    before = worded_or_timed(set_up)
    for name, calls in OPEN.items():
        for call in calls:
            status, told = run(set_up, name, call, draft)
            assert (name, call, 0) == (name, call, status)
            assert TEXT not in told
    assert before == worded_or_timed(set_up)


def test_without_a_stop_the_same_commands_are_open(set_up: Home) -> None:
    """Control: it is the stop that closes them."""
    draft = all_open(set_up)
    for name, calls in CLOSED.items():
        for call in calls:
            _, told = run(set_up, name, call, draft)
            assert STOPPED not in told
    assert TEXT in str(worded_or_timed(set_up)[1])
