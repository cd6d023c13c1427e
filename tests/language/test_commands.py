"""Help of every command, and what click says itself, in the language spoken; and the language that is chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from conftest import Home, Running
from fallow.cli.commands import Command
from fallow.cli.main import main
from fallow.language import speaking
from fallow.language.pseudo import CLOSES, OPENS

BRACKETED = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")


def commands(
    group: click.Group = main, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command there is, with the words by which it is called."""
    yield before, group
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from commands(each, (*before, name))
        else:
            yield (*before, name), each


CALLS = dict(commands())


def names(command: click.Command) -> set[str]:
    """What is spelled the same in every language: options, their values and their metavars, commands."""
    context = click.Context(command)
    found = {"python", "m", "fallow", "auto", "x"}
    for parameter in command.get_params(context):
        found |= set(re.findall(r"\w+", " ".join([*parameter.opts, parameter.make_metavar(context)])))
    for usage in command.collect_usage_pieces(context):
        found |= set(re.findall(r"\w+", usage))
    return found


@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(call) or "fallow")
def test_help_is_told_in_the_language_spoken(call: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside the brackets of the pseudo-locale there are names and numbers, never a word of a sentence."""
    monkeypatch.setenv("FALLOW_LANGUAGE", "en-XA")
    with speaking("en"):
        told = CliRunner().invoke(main, [*call, "--help"], prog_name="fallow").output
    assert f"{OPENS}Ûsàgé:" in told
    command = CALLS[call]
    assert isinstance(command, Command)
    rest = told
    if isinstance(command, click.Group):
        rest, *listed = re.split(r"(?m)^  (?=\w)", told[told.index(f"{OPENS}Cömmàñds") :])
        assert listed
        assert all(re.fullmatch(rf"[\w-]+ +{OPENS}.*", line, re.DOTALL) for line in listed)
        rest = told[: told.index(f"{OPENS}Cömmàñds")]
    while rest != (rest := BRACKETED.sub("", rest)):
        pass
    left = set(re.findall(r"[^\W\d]\w*", rest)) - names(command) - set(re.findall(r"\w+", " ".join(call)))
    assert set() == left


def test_the_language_that_was_chosen_stays(home: Home) -> None:
    """The next command is another process; so is the one after the choice was left to the system again."""
    assert {"chosen": "auto", "spoken": "en", "languages": ["en", "de"]} == home.json("language")
    assert {"chosen": "de", "spoken": "de", "languages": ["en", "de"]} == home.json("language", "de")
    assert {"chosen": "de", "spoken": "de", "languages": ["en", "de"]} == home.json("language")
    assert "auto" == home.json("language", "auto")["chosen"]
    assert "en" == home.json("language")["spoken"]
    home.extra = {"LC_ALL": "de_AT.UTF-8"}
    assert {"chosen": "auto", "spoken": "de", "languages": ["en", "de"]} == home.json("language")
    refused = home.run("language", "tlh")
    assert (2, b"") == (refused.returncode, refused.stdout)


def test_a_language_is_not_chosen_behind_a_running_server(locked_server: Running) -> None:
    """It holds the settings and would write its own over them; there the choice is on the page."""
    done = locked_server.home.run("language", "de", "--json")
    assert (2, "AlreadyServing") == (done.returncode, json.loads(done.stdout)["error"]["kind"])
    assert "auto" == locked_server.home.json("language")["chosen"]
