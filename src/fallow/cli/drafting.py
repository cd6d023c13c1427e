"""Checking a draft before anybody sends it: `draft check`."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Final, get_args

import click

from fallow.app import LONGEST_DRAFT, CheckedDraft, Desk, check_words, describe_checked
from fallow.cli.commands import as_json_option, group
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import DraftNotText, DraftTooLong, NotUnderstood
from fallow.guidance import LANGUAGES, Language
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import Reason, find_zone
from fallow.wiring import is_set_up, system_zone

MOST_BYTES: Final = 4 * LONGEST_DRAFT + 4
"""Bytes from which a text is too long in any case: no character of UTF-8 has more than four."""
SHOWN: Final = 60
"""Characters of a finding that are shown again beside it; a longer one is told by its rule alone."""


@group()
def draft() -> None:
    """A draft of a message. Fallow never sends one."""


@draft.command("check")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read it from standard input to its end, without asking.")
@click.option("--reason", type=click.Choice(get_args(Reason)), help="What it is for.")
@click.option("--at", help="When you would send it, ISO 8601; without an offset, in your own zone.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Told from the text if left out.")
@as_json_option
def check_(
    *, from_stdin: bool, reason: Reason | None, at: str | None, language: Language | None, as_json: bool
) -> None:
    """
    Hold a draft against the rules, each explained; nothing is kept, sent or scored.

    English and German are checked. Where something is set up here it is opened first: in a clear stop this is refused.
    """
    with plain_endings(as_json=as_json):
        desk = opened_desk() if is_set_up(folder()) else None
        hour = None if at is None else _hour(at, desk)
        text = _read(from_stdin=from_stdin)
        checked = check_words(desk, text, language=language, hour=hour, reason=reason)
        if as_json:
            answer(describe_checked(checked))
        else:
            _tell(checked, text)


def _hour(given: str, desk: Desk | None) -> int:
    """The hour of the day at which it would go out, where the person is."""
    zone = find_zone(system_zone() if desk is None else desk.clock().zone)
    try:
        told = dt.datetime.fromisoformat(given)
        return told.astimezone(zone).hour if told.tzinfo else told.hour
    except (ValueError, OverflowError) as problem:
        raise NotUnderstood(what=N_("the hour")) from problem


def _read(*, from_stdin: bool) -> str:
    if not from_stdin and sys.stdin.isatty():
        say(_("Write it here; end with Ctrl-D on a line of its own. It is checked, not kept, and never sent."))
    read = sys.stdin.buffer.read(MOST_BYTES)
    if len(read) == MOST_BYTES:
        raise DraftTooLong(limit=LONGEST_DRAFT)
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise DraftNotText from problem


def _tell(checked: CheckedDraft, text: str) -> None:
    """Each rule once, with the words it is about."""
    for finding in checked.findings:
        begin, end = finding.span
        words = " ".join(text[begin:end].split())
        say(
            _("“{words}”: {says}").format(words=words, says=finding.says)
            if 0 < len(words) <= SHOWN and end - begin < len(text)
            else finding.says
        )
    if any(finding.rule == "help_first" for finding in checked.findings):
        say(_("Help lines: fallow help-lines"))
    if not checked.findings:
        say(_("No rule found anything. The rules read words, in English and German, and can miss things."))
    say(checked.asks)
