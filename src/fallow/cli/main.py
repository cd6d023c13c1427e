"""The command `fallow`: every action of the pages, stateless analysis of files, and the machine interface."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import click

from fallow import __version__
from fallow.cli.account import account_
from fallow.cli.arranging import home, items, limits
from fallow.cli.both_sides import analyse, two_sides
from fallow.cli.check_in import check_in
from fallow.cli.choosing import choose, correct, drafts, help_lines
from fallow.cli.commands import Group
from fallow.cli.dates import dates_
from fallow.cli.drafting import draft
from fallow.cli.ending import archive, end_, restore
from fallow.cli.footing import distractions_, gate_, morning_, park_, plans_, surf_, wait_
from fallow.cli.forecasting import forecast
from fallow.cli.hearing import hear_
from fallow.cli.inbound import evidence, friends, triage
from fallow.cli.keeping import events, log, today, urge
from fallow.cli.known import baserates, claims
from fallow.cli.language import language_
from fallow.cli.letters import better_, letters
from fallow.cli.lists import lists_
from fallow.cli.pairing import pair_
from fallow.cli.parcels import parcels_
from fallow.cli.patterns import patterns
from fallow.cli.place import check, demo, init, lock, passphrase, serve, where
from fallow.cli.reach import reach_
from fallow.cli.reading import chats, import_, imports
from fallow.cli.reminding import remind
from fallow.cli.reviewing import review_
from fallow.cli.safety import safety, stop
from fallow.cli.study import study
from fallow.cli.telling import messages_
from fallow.cli.weighing import mine_, weigh_
from fallow.errors import SettingRefused
from fallow.language import gettext as _
from fallow.language import language_of_system, speak
from fallow.settings import data_folder, read_settings

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Spoken(Group):
    """The whole of the commands, in the language of the system or the one chosen; that is settled before any help."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with suppress(SettingRefused):  # the command that needs the settings says so
            speak(language_of_system(read_settings(data_folder()).language))
        return super().make_context(info_name, args, parent, **extra)


def _tell_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(_("%(prog)s, version %(version)s") % {"prog": "fallow", "version": __version__})
        context.exit()


@click.group(cls=Spoken, invoke_without_command=True, context_settings=CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """
    A private, local-first companion for the weeks after a breakup.

    Without a command it serves the pages on this computer and prints the link.

    FALLOW_HOME is the data folder. The passphrase is asked for, or read from the file FALLOW_PASSPHRASE_FILE names.
    JSON goes to standard output, words to standard error. Exit status: 0 done, 1 failed, 2 understood and refused,
    3 locked (no store, or not the passphrase).
    """
    if context.invoked_subcommand is None:
        context.invoke(serve)


COMMANDS = (
    *(init, serve, demo, lock, where, check, passphrase, language_, pair_),
    *(triage, evidence, friends),
    *(review_, draft, limits, home, items),
    *(urge, log, events, correct, drafts, today, choose, hear_, help_lines),
    *(stop, safety, check_in, account_, weigh_, mine_),
    *(import_, imports, chats, messages_, two_sides, analyse, forecast),
    *(claims, baserates, patterns, reach_, lists_),
    *(letters, better_),
    *(surf_, wait_, plans_, gate_, morning_, distractions_, park_, dates_, remind),
    *(end_, archive, restore, parcels_),
    study,
)
for command in COMMANDS:
    main.add_command(command)
