"""The command `hear`: own words, answered by local rules; it needs nothing, opens nothing and stores nothing."""

from __future__ import annotations

import sys
from typing import Any, Final

import click

from fallow.cli.choosing import say_help
from fallow.cli.commands import as_json_option, command
from fallow.cli.speaking import answer, ask_words, plain_endings
from fallow.guidance import Heard, guess_country, hear, load_help_lines, offer_words
from fallow.language import gettext as _
from fallow.wiring import system_zone

LONGEST: Final = 256 * 1024
"""Bytes read from standard input; as many as a page takes."""


@command("hear")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read the words from standard input, to its end.")
@click.option("--country", metavar="CODE", help="Whose help lines, two letters; else what the time zone tells.")
@as_json_option
def hear_(*, from_stdin: bool, country: str | None, as_json: bool) -> None:
    """
    Say why, in your own words, and be answered from a fixed list of sentences. Nothing is kept.

    It works locked and without a store. Words are asked for or read from standard input, never taken as arguments.
    Writing is not offered here, because a locked terminal cannot know whether a clear stop holds.
    """
    with plain_endings(as_json=as_json):
        heard = hear(_words(from_stdin=from_stdin))
        if as_json:
            answer(describe_heard(heard, country))
        else:
            _say_heard(heard, country)


def _words(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.buffer.read(LONGEST).decode("utf-8", "replace")
    return ask_words(_("In your own words"))


def describe_heard(heard: Heard, country: str | None) -> dict[str, Any]:
    """What was heard, as machines read it; `help` holds the help lines of the country where they are offered."""
    described: dict[str, Any] = {
        "kinds": heard.kinds,
        "says": heard.says,
        "offers": [offer for offer in heard.offers if offer != "write_here"],
    }
    found = load_help_lines().for_country(country or guess_country(system_zone()))
    return described | ({"help": found} if "help_lines" in heard.offers else {})


def _say_heard(heard: Heard, country: str | None) -> None:
    """Help first where it is needed, quietly at the end where something heavy was said."""
    says = [sentence.text for sentence in heard.says]
    if heard.help_first:
        click.echo(says.pop(0))
        say_help(country)
    for sentence in says:
        click.echo(sentence)
    for offer in heard.offers:
        if offer not in ("help_lines", "emergency", "write_here"):
            words = offer_words(offer)
            click.echo(f"- {words.title}: {words.text}")
    if "help_lines" in heard.offers and not heard.help_first:
        say_help(country)
    elif not heard.help_first:
        click.echo(_("Help lines: fallow help-lines"))
