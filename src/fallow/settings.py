"""
What a person or a host may choose; read once, passed on as values.

`settings.json` lies beside the encrypted notes and is readable while they are locked, so it holds nothing personal:
a neutral name for the window, the address under which this computer reaches it, a time of day, and numbers.
Everything else a person chooses is inside the store.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from fallow.errors import SettingRefused

DEFAULT_PORT: Final = 8737
FILE: Final = "settings.json"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Icon = Literal["lines", "leaf", "hills", "moon"]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=60)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    The choices that must be known before unlocking.

    Args:
        language: The language of pages and commands; "auto" is that of the browser, or of the system.
        name: The neutral name shown as every page's title, and under the icon on a phone.
        icon: The drawing of that icon: lines, leaf, hills or moon.
        idle_minutes: Minutes without a request after which it locks itself, 1 to 60.
        leave_to: Where quick exit goes: `about:blank` or an http(s) address.
        host: The host name under which the page answers, and no other; random, kept per installation.
        remind_at: The time of day at which an open page reminds, HH:MM on its own clock; empty, and it never does.
    """

    language: Literal["auto", "en", "de"] = "auto"
    name: Name = "Notes"
    icon: Icon = "lines"
    idle_minutes: Minutes = 5
    leave_to: Annotated[str, msgspec.Meta(pattern=r"^(about:blank|https?://[^\s\"'<>]{1,200})\Z")] = "about:blank"
    host: Annotated[str, msgspec.Meta(pattern=r"^([a-z0-9]{8,63}\.localhost|127\.0\.0\.1|localhost)\Z")] = ""
    remind_at: Annotated[str, msgspec.Meta(pattern=r"^(|([01][0-9]|2[0-3]):[0-5][0-9])\Z")] = ""


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds everything: `FALLOW_HOME`, else the platform's place for a person's data."""
    chosen = environ.get("FALLOW_HOME")
    if chosen:
        return Path(chosen).expanduser()
    base = environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "fallow"


def read_settings(folder: Path) -> Settings:
    """
    The settings kept in a folder; where there are none yet, the defaults with a fresh random host.

    Raises:
        SettingRefused: If the file cannot be read as settings.
    """
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings(host=random_host())
    except (msgspec.DecodeError, OSError) as problem:
        raise SettingRefused(setting=f"file {FILE}") from problem


def random_host() -> str:
    """A name that only this installation knows and every browser takes to this computer: cookies ignore ports."""
    return f"{secrets.token_hex(10)}.localhost"


def write_settings(folder: Path, settings: Settings) -> Settings:
    """Keep settings, readable by their owner only; the former file stays until the new one is whole."""
    try:
        body = msgspec.json.encode(settings)
        msgspec.json.decode(body, type=Settings)
    except msgspec.ValidationError as problem:
        raise SettingRefused(setting=_field_of(problem)) from problem
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f".{FILE}.new"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE)
    return settings


def _field_of(problem: msgspec.ValidationError) -> str:
    _, _, path = str(problem).partition("`$.")
    return path.rstrip("`") or FILE
