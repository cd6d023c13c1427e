"""
Step cards for a telephone: the steps of the map that are done on the device itself, to print and tick.

Steps and days are the map's own, so a card says of each when and where it was read. It holds nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final, Literal

from fallow.language import direction, say_day, spoken
from fallow.language import gettext as _
from fallow.reach.channels import Channel, ChannelMap, PlatformStep

Phone = Literal["ios", "android"]
CARDS: Final[dict[Phone, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "ios": (
        ("chimes", ()),
        ("old_chat", ()),
        ("sms", ("iPhone",)),
        ("phone", ("iPhone",)),
        ("imessage", ("iPhone",)),
        ("photo_memories", ("Photos on an iPhone",)),
        ("location", ("iPhone", "Find My")),
        ("shared_albums", ("iPhone, shared albums",)),
        ("passwords", ("iPhone",)),
    ),
    "android": (
        ("chimes", ()),
        ("old_chat", ()),
        ("sms", ()),
        ("phone", ("Android",)),
        ("photo_memories", ("Google Photos",)),
        ("location", ("Google Maps",)),
        ("shared_albums", ("Google Photos",)),
        ("calendars", ("Google Calendar",)),
        ("passwords", ()),
    ),
}
"""Channels of a card in their order, and the platforms whose steps stand on it."""
STYLE: Final = (
    "body{font:17px/1.5 Georgia,'DejaVu Serif',serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#23262b;"
    "background:#fff}h1{font-weight:400}h2{font-size:1.05rem;margin:1.6rem 0 .2rem}p{margin:.2rem 0}"
    "small{color:#5f5e59}section{break-inside:avoid}@media print{body{margin:0}}"
)


def write_card(phone: Phone, known: ChannelMap, leave_out: frozenset[str], *, undo: bool) -> str:
    """
    A page of its own, without a script and without an address of anything outside.

    Args:
        known: The map.
        leave_out: Ids of channels that are not put on it.
        undo: Whether it says how each step is taken back.
    """
    title = _("Taking it back, one at a time") if undo else _("One step at a time")
    parts = "\n".join(_sections(phone, known, leave_out, undo=undo))
    advice = escape(known.notes["evidence"])
    return (
        f'<!doctype html>\n<html lang="{spoken()}" dir="{direction()}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(_("Notes"))}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>{escape(title)}</h1>\n<p>{advice}</p>\n{parts}\n</body>\n</html>\n"
    )


def _sections(phone: Phone, known: ChannelMap, leave_out: frozenset[str], *, undo: bool) -> Iterator[str]:
    by_id = {each.id: each for each in known.channels}
    for id, platforms in CARDS[phone]:
        if id not in leave_out:
            yield _section(by_id[id], platforms, undo=undo)


def _section(channel: Channel, platforms: tuple[str, ...], *, undo: bool) -> str:
    named = {*platforms, *map(_, platforms)}  # the map may be in another language than this file
    steps = [each for each in channel.platforms if each.on in named]
    lines = [f"<h2>☐ {escape(channel.name)}</h2>", *_told(channel, undo=undo)]
    for step in steps:
        lines += [*_told(step, undo=undo), f"<p><small>{escape(_seen(step))}</small></p>"]
    return f"<section>{''.join(lines)}</section>"


def _told(each: Channel | PlatformStep, *, undo: bool) -> Iterator[str]:
    yield f"<p>{escape(each.back if undo else each.step)}</p>"
    if each.lasting:
        yield f"<p>{escape(_('Not undone by that:'))} {escape(each.lasting)}</p>"


def _seen(step: PlatformStep) -> str:
    if step.seen is None:
        return _("Nobody checked this step; menus may have moved.")
    return _("Read on {day}; menus may have moved since.").format(day=say_day(step.seen))
