"""
Rules for mail, read and run by real consumers.

Sieve: run by sifter3 0.2.7, its grammar checked by sievelib 1.6.0; run once by hand on 2026-11-26 by Pigeonhole 0.5.19
(sieve-test) with the same outcome. Gmail: read by the XML parser of the standard library, as Atom.
"""

from __future__ import annotations

import sys
import types
import warnings
from email.message import Message
from importlib.metadata import entry_points
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sievelib.parser import Parser

from fallow.language import speaking
from fallow.reach import Wanted, find_kind, make_file
from fallow.reach.lists.mail import APPS, ATOM, quote_sieve
from reach.lists.making import text_of, wanted

GIVEN = wanted(addresses="Some.Name@example.org o'neil+x@mail.example")
THEIRS = ("Some.Name@example.org", "some.name@EXAMPLE.ORG", "Name <some.name@example.org>", "o'neil+x@mail.example")
OTHERS = ("some.name2@example.org", "some.name@example.org.evil.example", "some.name@sub.example.org", "a@example.org",
          "oneil+x@mail.example", "someXname@example.org", '"some.name@example.org" <a@example.net>')  # fmt: skip


def run(script: str, sender: str) -> dict[str, Any]:
    """What a Sieve implementation does with a message from somebody."""
    message = Message()
    message["From"], message["To"], message["Subject"] = sender, "me@example.net", "some.name@example.org"
    return dict(sieve()(script).evaluate(message))


def sieve() -> Any:
    """sifter3, with what it lacks: it finds its parts by a module newer Pythons have no more, and forgets a command."""
    shim: Any = types.ModuleType("pkg_resources")
    shim.iter_entry_points = lambda group: entry_points(group=group)
    with pytest.MonkeyPatch.context() as patched, warnings.catch_warnings():
        patched.setitem(sys.modules, "pkg_resources", shim)
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves a file open that it writes about itself
        from sifter.commands.imap4flags import CommandAddFlag
        from sifter.extensions import ExtensionRegistry
        from sifter.parser import parse_string

        ExtensionRegistry.register_handler(CommandAddFlag)
        ExtensionRegistry.register_extension("imap4flags")

    def parse(script: str) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            return parse_string(script)

    return parse


@pytest.mark.parametrize("sender", THEIRS)
def test_their_messages_go_read_into_a_folder(sender: str) -> None:
    """Moved and marked, and no later rule touches them; neither thrown away nor refused."""
    done = run(text_of("sieve", GIVEN), sender)
    assert (["\\Seen"], ["Set aside"]) == (done["addflag"], done["fileinto"])
    assert set() == {"discard", "reject", "redirect", "keep"} & set(done)


@pytest.mark.parametrize("sender", OTHERS)
def test_nobody_elses_do(sender: str) -> None:
    """They arrive where they always do, also with that address as a name or a subject."""
    assert {"keep"} == set(run(text_of("sieve", GIVEN), sender))


@pytest.mark.parametrize("sender", [*THEIRS, *OTHERS])
def test_with_the_undo_everything_arrives(sender: str) -> None:
    """Theirs too."""
    assert {"keep"} == set(run(text_of("sieve", GIVEN, undo=True), sender))


@pytest.mark.parametrize("undo", [False, True])
def test_the_grammar_is_right(undo: bool) -> None:
    """A second reader takes it, with no extension asked for that is not used."""
    parser = Parser()
    assert parser.parse(text_of("sieve", GIVEN, undo=undo)), parser.error_pos


def test_a_script_in_another_language_runs_as_well() -> None:
    """The folder is named in it, in letters that every server takes."""
    with speaking("de"):
        folder = run(text_of("sieve", GIVEN), THEIRS[0])["fileinto"][0]
        assert folder in text_of("outlook", GIVEN)
    assert folder.isascii()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=40))
def test_whatever_is_quoted_stays_inside_its_string(text: str) -> None:
    """A real reader gives back what went in, and finds one command and nothing behind it."""
    parser = Parser()
    assert parser.parse(f'require ["fileinto"];\nfileinto {quote_sieve(text)};\n')
    assert ["require", "fileinto"] == [each.name for each in parser.result]
    read = parser.result[1].arguments["mailbox"]
    assert text == read[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def properties(body: str) -> list[dict[str, str]]:
    feed = Xml.fromstring(body)
    assert f"{{{ATOM}}}feed" == feed.tag
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert all("filter" == entry.find(f"{{{ATOM}}}category").get("term") for entry in entries)  # type: ignore[union-attr]
    return [{p.get("name", ""): p.get("value", "") for p in entry.findall(f"{{{APPS}}}property")} for entry in entries]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40))
def test_whatever_an_address_were_it_stays_inside_its_property(text: str) -> None:
    """A real reader gives back what went in, and finds no property that was not put there."""
    told = properties(make_file(find_kind("gmail"), Wanted(addresses=(text,))).body.decode())
    assert [text] == [each["from"] for each in told]
    assert 5 == len(told[0])


def test_a_filter_for_gmail_keeps_every_message() -> None:
    """One for each address: out of the inbox, read, under a label, not into a folder that empties itself."""
    told = properties(text_of("gmail", GIVEN))
    assert ["Some.Name@example.org", "o'neil+x@mail.example"] == [each["from"] for each in told]
    for each in told:
        assert {"from", "label", "shouldArchive", "shouldMarkAsRead", "shouldNeverSpam"} == set(each)
        assert {"true"} == {each[name] for name in ("shouldArchive", "shouldMarkAsRead", "shouldNeverSpam")}
        assert "Set aside" == each["label"]
    assert "shouldTrash" not in text_of("gmail", GIVEN)
    assert "forwardTo" not in text_of("gmail", GIVEN)


def test_a_file_does_not_tell_when_it_was_made() -> None:
    """Two made at different times are the same."""
    assert text_of("gmail", GIVEN) == text_of("gmail", GIVEN)
    assert text_of("gmail", GIVEN).count("2026-11-26T00:00:00Z") == 3


def test_outlook_has_its_rule_in_words() -> None:
    """The addresses alone on their lines, the folder, and no word of deleting."""
    words = text_of("outlook", GIVEN)
    assert ["Some.Name@example.org", "o'neil+x@mail.example"] == [
        line.strip() for line in words.splitlines() if "@" in line
    ]
    assert "Set aside" in words
    assert "delete" not in words
    assert text_of("outlook", GIVEN, undo=True).startswith("1. ")
