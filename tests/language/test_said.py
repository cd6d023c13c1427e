"""What commands say, run for real: every sentence went through gettext, and in German with its plurals and days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from conftest import Home
from fallow.cli.main import main
from fallow.cli.speaking import ask_sure, ask_yes
from fallow.guidance import load_help_lines, load_ledger, load_screeners
from fallow.language import speaking
from fallow.language.pseudo import CLOSES, OPENS
from fallow.reach import KINDS, load_map
from journeys.chats import LONG_CHAT

BRACKETED = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")
WORD = re.compile(r"[^\W\d_][\w-]{2,}")
MACHINES = re.compile(r"\b[0-9a-f]{32}\b|\bDOI 10\S+|\d{4}-\d\d-\d\d(T[\d:.+]+)?|https?://\S+|\b\S+\.(de|com|org)\S*")
"""Ids, dates of a list and addresses: the same in every language."""

CALLS: tuple[tuple[str, str], ...] = (
    ("log wrote", ""), ("log they_wrote", ""), ("log ran_into", ""), ("log hugged", ""),
    ("choose --quiet-time 30 --ended 2026-10-01 --initiator alter", ""), ("today", ""),
    ("triage", ""), ("triage --as pressure", ""), ("evidence --add", "ZZZ\n"),
    ("evidence", ""), ("friends", ""), ("limits --set --hours 9-18", "ZZZ\nZZZ\n"), ("limits", ""),
    ("home --moving-on 2027-01-31", ""), ("home", ""), ("items --add", "ZZZ\n"), ("items", ""),
    ("dates --holiday christmas", ""), ("gate --noon", ""), ("morning", ""), ("distractions --set", "ZZZ\n"),
    ("park", "ZZZ\n"), ("park --list", ""), ("plans 1 --set --hours 0-24", "ZZZ\nZZZ\n"), ("wait", ""), ("today", ""),
    ("surf --before 7 --after 6", ""), ("letters", ""), ("better", ""),
    ("patterns", ""), ("review", ""), ("reach", ""), ("reach show music", ""), ("lists", ""),
    ("claims", ""), ("claims C1", ""), ("baserates", ""), ("weigh", ""), ("mine", ""),
    ("account --revise", "ego\n" + "\n" * 31), ("account", ""), ("check-in --keep", "3\n3\n0\n0\n"),
    ("safety", "1\n"), ("stop --lift", ""), ("help-lines de", ""),
    ("import chat.txt --me Sam", ""), ("imports", ""), ("two-sides", ""), ("forecast", ""),
    ("end", ""), ("language", ""), ("urge", ""),
    ("draft check --stdin", "ZZZ"), ("stop --because asked", ""), ("today", ""), ("baserates", ""),
    ("nonsense", ""), ("reach do nothing", ""), ("gate --nonsense", ""),
)  # fmt: skip


def names(group: click.Group = main) -> Iterator[str]:
    """What is spelled the same in every language, because it is typed."""
    for name, command in group.commands.items():
        yield name
        for parameter in command.params:
            yield from parameter.opts
            if isinstance(parameter.type, click.Choice):
                yield from parameter.type.choices
        if isinstance(command, click.Group):
            yield from names(command)


def data() -> Iterator[str]:
    """Names that are nobody's language: channels, lists, claims, screeners, authors, those who answer a telephone."""
    yield from (channel.id for channel in load_map().channels)
    yield from (kind.id for kind in KINDS)
    yield from (screener.name for screener in load_screeners())
    yield from (claim.id for claim in load_ledger().claims)
    yield from (source.short for source in load_ledger().sources)
    lines = load_help_lines()
    yield from (line.name for line in (*lines.for_country("DE").lines, *lines.other.lines))
    yield from ("fallow", "python", "OPTIONS", "COMMAND", "ARGS", "ZZZ")


def words_outside(said: str) -> set[str]:
    while said != (said := BRACKETED.sub("", said)):
        pass
    return set(WORD.findall(MACHINES.sub("", said)))


def test_every_sentence_of_a_command_goes_through_gettext(set_up: Home, tmp_path: Path) -> None:
    """Outside the brackets of the pseudo-locale are data and what is typed; a sentence that was forgotten shows."""
    (tmp_path / "chat.txt").write_bytes(LONG_CHAT)
    set_up.extra = {"FALLOW_LANGUAGE": "en-XA"}
    alike = {word for name in (*names(), *data()) for word in WORD.findall(name)}
    forgotten = {}
    for call, stdin in CALLS:
        arguments = call.replace("chat.txt", str(tmp_path / "chat.txt")).split()
        done = set_up.run(*arguments, stdin=stdin)
        left = words_outside((done.stdout + done.stderr).decode()) - alike
        if left or b"Traceback" in done.stderr:
            forgotten[call] = left
    assert {} == forgotten


def test_commands_speak_german(set_up: Home, tmp_path: Path) -> None:
    """Whole sentences, plurals, days and numbers as German writes them; keys and ids for machines stay."""
    (tmp_path / "chat.txt").write_bytes(LONG_CHAT)
    set_up.extra = {"FALLOW_LANGUAGE": "de"}

    def said(*arguments: str, stdin: str = "") -> str:
        done = set_up.run(*arguments, stdin=stdin)
        return (done.stdout + done.stderr).decode()

    assert "Gespeichert.\n" == said("choose", "--quiet-time", "30", "--ended", "2026-10-01", "--initiator", "alter")
    assert said("account").startswith("Zu Ende war es am 1. Oktober 2026.\n")
    assert "Noch kein Tag für den Auszug." in said("home")
    said("home", "--moving-on", "2027-01-31")
    assert "Auszug am 31. Januar 2027." in said("home")
    assert "Stand: kein Kontakt." in said("today")
    said("urge")
    assert "1 Drang: zu wenig Daten, um zu sagen, wann." in said("patterns")
    said("urge")
    assert "2 Mal Drang: zu wenig Daten, um zu sagen, wann." in said("patterns")
    assert "240 Nachrichten gelesen, davon neu: 240.\n" in said("import", str(tmp_path / "chat.txt"), "--me", "Sam")
    assert "240 Nachrichten, 1. März 2026 bis 3. April 2026.\n" in said("two-sides")
    assert "Wer hat es beendet (ich, die andere Person, beide, unbekannt): " in said(
        "account", "--revise", stdin="Die andere Person\n" + "\n" * 31
    )
    assert "Wer es beendet hat: die andere Person.\n" in said("account")
    assert said("--version").startswith("fallow, Version ")
    assert "Fehler: Die Option '--nichts' gibt es nicht." in said("gate", "--nichts")
    assert said("gate", "-h").startswith("Aufruf: ")
    told = set_up.json("mine")
    assert {"lines", "not_mine", "own"} == set(told)
    assert "chosen" in set_up.json("language")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "perhaps\ny\n", True), ("en", "no\n", False), ("de", "vielleicht\nja\n", True), ("de", "J\n", True),
        ("de", "yes\n", True), ("de", "nein\n", False),
    ],
)  # fmt: skip
def test_yes_and_no_are_words_of_the_language_spoken(language: str, typed: str, meant: bool) -> None:
    """And the English ones are understood as well; anything else is asked again."""
    with speaking(language), CliRunner().isolation(input=typed):
        assert meant is ask_yes("Is it so")


def test_what_cannot_be_undone_needs_a_yes() -> None:
    """Enter alone is a no."""
    with speaking("de"):
        with CliRunner().isolation(input="\n"):
            assert not ask_sure("Is it meant")
        with CliRunner().isolation(input="j\n"):
            assert ask_sure("Is it meant")
