"""
Side doors: small ways by which one of two people still sees the other, each with a step that can be taken back.

Plain words about kinds of apps; no address, no link and nothing about anybody in particular. Menus differ between
versions, so a step says what to look for and not where to tap.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from fallow.errors import NoSuchDoor


class Door(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    One side door.

    Args:
        id: Stable; marks are kept under it.
        group: Whether ego looks through it, both do, or it opens by itself.
        name, asks: In a few words, and as a question.
        explains: What it shows and what it does not.
        step: What closes it.
        back: How that is undone.
    """

    id: str
    group: Literal["looking", "both", "returning"]
    name: str
    asks: str
    explains: str
    step: str
    back: str


@cache
def load_doors() -> tuple[Door, ...]:
    """
    Read and check the doors that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("doors.json").read_bytes()
    return msgspec.json.decode(body, type=tuple[Door, ...])


def find_door(id: str) -> Door:
    """
    Raises:
        NoSuchDoor: There is none.
    """
    found = next((door for door in load_doors() if door.id == id), None)
    if found is None:
        raise NoSuchDoor
    return found
