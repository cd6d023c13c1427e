"""
The map of channels that came with this version: read once, checked once, and nothing about anybody in particular.

Menus move between versions of an app, so every channel has a `step` that says what to look for wherever it is now; what
was seen of a platform stands below it with the day and the place it was read, and says so where nobody read it.
"""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from typing import Literal

import msgspec

from fallow.errors import NoSuchChannel
from fallow.language import Phrase, per_language
from fallow.plan import Mode

Way = Literal["reach_me", "see_me", "watch_them", "returns"]
"""What an open channel lets happen: they can reach ego, they can see ego, ego can watch them, it comes up by itself."""
Group = Literal["messages", "profiles", "shared", "places", "people", "returning"]
Size = Literal["small", "middle", "large"]
"""How much there is to do: a switch, a look through some settings, or something to arrange with others."""


class PlatformStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    The step as it was last seen on one platform.

    Args:
        on: The platform, or the part of it.
        step, back: What closes it, and how that is undone.
        lasting: What undoing does not bring back; empty: nothing.
        seen: Day on which a stored page about it was read; None: nobody checked it.
        where: The site of that page; empty where nothing was read.
        own: Whether that is the platform's own help.
    """

    on: Phrase
    step: Phrase
    back: Phrase
    lasting: Phrase = ""
    seen: dt.date | None = None
    where: str = ""
    own: bool = False

    @property
    def reversible(self) -> bool:
        """Whether undoing it brings everything back."""
        return not self.lasting


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    One channel.

    Args:
        id: Stable; what a person marks is kept under it.
        group: Where the map shows it.
        name, asks: In a few words, and as a question.
        explains: What it shows and what it does not.
        lets: What happens through it while it is open, at least one.
        modes: On whose list it stands: no contact, limited contact, living together.
        size: How much there is to do.
        notes: Ids of what to think of first, at least one.
        step, back: What closes it wherever menus are now, and how that is undone.
        lasting: What undoing does not bring back; empty: nothing.
        words: What a person may call it who names it as the one channel, in small letters.
        platforms: The step as it was seen on platforms.
    """

    id: str
    group: Group
    name: Phrase
    asks: Phrase
    explains: Phrase
    lets: tuple[Way, ...]
    modes: tuple[Mode, ...]
    size: Size
    notes: tuple[str, ...]
    step: Phrase
    back: Phrase
    lasting: Phrase = ""
    words: tuple[str, ...] = ()
    platforms: tuple[PlatformStep, ...] = ()

    @property
    def reversible(self) -> bool:
        """Whether undoing it brings everything back."""
        return not self.lasting

    @property
    def seen(self) -> dt.date | None:
        """The earliest day among its platforms' steps that were read; None: none was."""
        return min((each.seen for each in self.platforms if each.seen is not None), default=None)


class ChannelMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    Every channel, in the order in which the map offers them.

    Args:
        notes: What to think of first, by id.
        channels: Each id once.
    """

    notes: dict[str, Phrase]
    channels: tuple[Channel, ...]

    def for_mode(self, mode: Mode) -> tuple[Channel, ...]:
        """The list for how things stand."""
        return tuple(each for each in self.channels if mode in each.modes)


@per_language(ChannelMap)
def load_map() -> ChannelMap:
    """
    Read and check the map that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    return msgspec.toml.decode(files(__package__).joinpath("channels.toml").read_bytes(), type=ChannelMap)


def find_channel(id: str) -> Channel:
    """
    Raises:
        NoSuchChannel: There is none.
    """
    found = next((each for each in load_map().channels if each.id == id), None)
    if found is None:
        raise NoSuchChannel
    return found


def kept_open(named: str) -> frozenset[str]:
    """
    The channels that a person means who names the one that stays open in limited contact.

    Args:
        named: Their own words, such as "e-mail" or "WhatsApp, for the school".
    Returns:
        Ids; several where several are named, none where the map does not know the words.
    """
    small = f" {re.sub(r'[^a-z-]+', ' ', named.casefold())} "
    return frozenset(each.id for each in load_map().channels if any(f" {word} " in small for word in each.words))
