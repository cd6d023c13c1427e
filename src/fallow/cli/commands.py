"""
Commands whose help is in the language spoken: written in English where defined, translated where it is printed.

Click says a few words of its own ("Usage:", "Error: no such option"). It asks gettext under the names `_` and
`ngettext` in each of its modules, bound before a language is known; ours take their place, once and here.
`tools/words.py` reads those messages out of click itself, so that a newer one cannot bring words nobody translated.
"""

from __future__ import annotations

import inspect
from collections import UserDict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pkgutil import resolve_name
from typing import Any, Final, TypeVar

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

from fallow.language import gettext, ngettext

Definition = Callable[..., Any]
C = TypeVar("C", bound=click.Command)

SPEAKING: Final = (click.core, click.exceptions, click.formatting, click.parser, click.termui, click.types)
"""Modules of click that say something when it is time to say it."""
DEFINING: Final = (click.decorators,)
"""Modules of click that hold words which are printed as the help of an option, and are translated as such."""

for _module in SPEAKING:
    for _name, _ours in (("_", gettext), ("ngettext", ngettext)):
        if hasattr(_module, _name):
            setattr(_module, _name, _ours)


class Command(click.Command):
    """A command that tells its help in the language spoken."""

    def __init__(self, name: str | None, **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.help = self.help and _flowing(self.help)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        said = _said(self)
        said.params = [_said_option(each) for each in self.get_params(ctx)]
        said.add_help_option = False  # it is among them
        super(Command, said).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return super(Command, _said(self)).get_short_help_str(limit)


class Group(Command, click.Group):
    """Several commands under one name."""

    command_class = Command


class Unread(UserDict[str, Any]):
    """
    Commands by their names, each read from its module when it is asked for: most of a short one's time is reading code.

    Args:
        table: The modules of this room, and the commands in each as they are called there: `check_in` is `check-in`,
            and a bar at the end only keeps a name apart from others.
    """

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        super().__init__(
            {_typed(each): f"fallow.cli.{module}:{each}" for module, held in table.items() for each in held}
        )

    def __getitem__(self, name: str) -> click.Command:
        found: click.Command = resolve_name(super().__getitem__(name))
        return found


def _typed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


as_json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


def command(name: str | None = None, **attributes: Any) -> Callable[[Definition], Command]:
    """As `click.command`."""
    return click.command(name, cls=Command, **attributes)


def group(name: str | None = None, **attributes: Any) -> Callable[[Definition], Group]:
    """As `click.group`."""
    return click.group(name, cls=Group, **attributes)


def _flowing(help: str) -> str:
    """Paragraphs each on one line: how a docstring is wrapped is no part of a message."""
    return "\n\n".join(" ".join(each.split()) for each in inspect.cleandoc(help).split("\n\n"))


def _said(command: C) -> C:
    """The command as it is told; the one that runs is left alone."""
    said = copy(command)
    for name in ("help", "short_help", "epilog"):
        words = getattr(command, name)
        setattr(said, name, words and gettext(words))
    return said


def _said_option(parameter: click.Parameter) -> click.Parameter:
    help = getattr(parameter, "help", None)
    if not help:
        return parameter
    said: Any = copy(parameter)
    said.help = gettext(help)
    return said  # type: ignore[no-any-return]
