"""A made-up person's months, to look around in."""

from __future__ import annotations

import secrets
from pathlib import Path

from fallow.app import fill_demo
from fallow.wiring.desks import create_desk


def make_demo(folder: Path) -> str:
    """A store of a made-up person's months; returns its passphrase, made for this once."""
    passphrase = f"demo-{secrets.token_hex(6)}"
    desk, _code = create_desk(folder, passphrase)
    fill_demo(desk)
    desk.store.close()
    return passphrase
