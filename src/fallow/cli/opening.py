"""Opening what is kept: the folder, and the passphrase from a prompt or a file, never from an argument."""

from __future__ import annotations

import os
from pathlib import Path

import click

from fallow import app, wiring
from fallow.cli.speaking import say
from fallow.errors import NoStore
from fallow.language import gettext as _
from fallow.settings import data_folder, read_settings, write_settings


def folder() -> Path:
    os.umask(0o077)
    return data_folder()


def ask_passphrase() -> str:
    """
    The passphrase from `FALLOW_PASSPHRASE_FILE`, else typed without being shown.

    Raises:
        SettingRefused: If the file cannot be read.
    """
    given = wiring.passphrase_from_file()
    if given is not None:
        return given
    typed: str = click.prompt(_("Passphrase"), hide_input=True, err=True)
    return typed


def opened_desk(*, may_create: bool = False) -> app.Desk:
    """
    The desk, unlocked.

    Args:
        may_create: Whether a first use with a passphrase file may set things up; the words say so.
    Raises:
        NoStore, WrongPassphrase, TooManyTries, StoreError: Nothing was changed.
    """
    place = folder()
    if not wiring.is_set_up(place):
        given = wiring.passphrase_from_file()
        if not may_create or given is None:
            raise NoStore
        desk, code = create(place, given)
        say(_("Set up in {folder}. Recovery code, shown once: {code}").format(folder=place, code=code))
        return desk
    return wiring.open_desk(place, ask_passphrase())


def create(place: Path, passphrase: str) -> tuple[app.Desk, str]:
    """A new store with its settings beside it; returns the recovery code too."""
    desk_and_code = wiring.create_desk(place, passphrase)
    write_settings(place, read_settings(place))
    return desk_and_code
