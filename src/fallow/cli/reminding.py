"""The command for a reminder a day: remind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from msgspec.structs import replace

from fallow.app import reminder_file
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import AlreadyServing, FileNotWritten, NoStore, NotUnderstood, SettingRefused
from fallow.language import N_
from fallow.language import gettext as _
from fallow.settings import read_settings, write_settings
from fallow.wiring import is_set_up, mark_of, moment_in, serving_pid, system_zone


@command()
@click.option("--at", help="Remind once a day at this time, HH:MM, while a page is open.")
@click.option("--off", is_flag=True, help="Remind no more.")
@click.option("--say", "say_it", is_flag=True, help="Print the reminder, where there is one; for a scheduler.")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a new calendar file.")
@as_json_option
def remind(*, at: str | None, off: bool, say_it: bool, ics: Path | None, as_json: bool) -> None:
    """A reminder a day: none, unless one was chosen. It says two words and the name of the window, and needs no key."""
    with plain_endings(as_json=as_json):
        if sum((at is not None, off, say_it, ics is not None)) > 1:
            raise NotUnderstood(what=N_("more than one thing at once; give one option"))
        place = folder()
        settings = read_settings(place)
        if at is not None or off:
            if not is_set_up(place):
                raise NoStore
            if serving_pid(place) is not None:  # it holds the settings, and would write its own over these
                raise AlreadyServing
            try:
                settings = write_settings(place, replace(settings, remind_at=at or ""))
            except SettingRefused:
                raise SettingRefused(setting=N_("the time")) from None
        if ics is not None:
            if not settings.remind_at:
                raise NotUnderstood(what=N_("at which time; choose one with --at first"))
            _write(ics, reminder_file(
                dt.time.fromisoformat(settings.remind_at), moment_in(system_zone()).local,
                id=mark_of(settings), title=settings.name,
            ))  # fmt: skip
        if as_json:
            told = {"at": settings.remind_at or None, "title": settings.name}
            answer(told | ({} if ics is None else {"file": str(ics)}))
        elif say_it:
            if settings.remind_at:
                click.echo(f"{settings.name}: {_('A reminder.')}")
        elif settings.remind_at:
            say(_("Every day at {clock}, while a page is open.").format(clock=settings.remind_at))
        else:
            say(_("No reminder. To choose one: fallow remind --at HH:MM"))


def _write(path: Path, body: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(body)
    except OSError as problem:
        raise FileNotWritten from problem
