"""The command `fallow`: every action of the pages, stateless analysis of files, and the machine interface."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

import click

from fallow import __version__
from fallow.cli.commands import Group, Unread
from fallow.errors import SettingRefused
from fallow.language import gettext as _
from fallow.language import language_of_system, speak
from fallow.settings import data_folder, read_settings

COMMANDS: Final = {
    "account": ("account_",),
    "arranging": ("limits", "home", "items"),
    "both_sides": ("two_sides", "analyse"),
    "check_in": ("check_in",),
    "choosing": ("correct", "drafts", "choose", "help_lines"),
    "dates": ("dates_",),
    "drafting": ("draft",),
    "ending": ("end_", "archive", "restore"),
    "footing": ("surf_", "wait_", "plans_", "gate_", "morning_", "distractions_", "park_"),
    "forecasting": ("forecast",),
    "hearing": ("hear_",),
    "inbound": ("triage", "evidence", "friends"),
    "keeping": ("urge", "log", "events", "today"),
    "known": ("claims", "baserates"),
    "language": ("language_",),
    "letters": ("letters", "better_"),
    "lists": ("lists_",),
    "pairing": ("pair_",),
    "parcels": ("parcels_",),
    "patterns": ("patterns",),
    "place": ("init", "where", "check", "passphrase"),
    "reach": ("reach_",),
    "reading": ("import_", "imports", "chats"),
    "reminding": ("remind",),
    "reviewing": ("review_",),
    "safety": ("stop", "safety"),
    "serving": ("serve", "demo", "lock"),
    "study": ("study",),
    "telling": ("messages_",),
    "weighing": ("weigh_", "mine_"),
}
"""Every command, by the module of this room that holds it; read when it is called. A new one is a word here."""

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


@click.group(cls=Spoken, commands=Unread(COMMANDS), invoke_without_command=True, context_settings=CONTEXT)
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
        context.invoke(main.commands["serve"])
