"""
What WhatsApp itself writes, by meaning: the phrases of `phrases.toml`, ready to compare.

Matching is by the whole body, or by a beginning or end that only WhatsApp writes; never by a word somewhere inside,
because people write "added", "left" and "deleted" too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from fallow.importers.whatsapp.layout import BLANKS, MARKS
from fallow.messages import Kind

_PLAIN: Final = {**dict.fromkeys(map(ord, MARKS)), **dict.fromkeys(map(ord, BLANKS), " "), ord("’"): "'"}
_ODD: Final = re.compile(f"[{MARKS}{BLANKS[1:]}’]")
_LENGTH: Final = re.compile(r"\d{1,3} ?[^\W\d]{1,9}\.?(?:,? (?:and |und |y |et |e )?\d{1,3} ?[^\W\d]{1,9}\.?)*")
_PLACE: Final = re.compile(
    r".{1,300}: ?https://foursquare\.com/v/\S+|.{1,40}: ?https://maps\.google\.com/\?q=-?[\d.]+,-?[\d.]+"
)
"""A place in any language: a name or a word, and an address that a phone writes."""
_MAP_LINK: Final = re.compile(
    r"https://(?:maps\.google\.com/|www\.google\.com/maps|maps\.apple\.com/|foursquare\.com/v/)"
)


SYSTEM_CHARS: Final = 400
WHOLE: Final = {
    "sticker": Kind.STICKER,
    "contact": Kind.CONTACT,
    "deleted": Kind.DELETED,
    "location_shared": Kind.LOCATION,
}
"""Lists of whole bodies besides those of media."""
FILES: Final = (Kind.MEDIA, Kind.STICKER, Kind.CONTACT)
"""What a file can be."""
ANDROID_FILE: Final = re.compile(r"(?:img|vid|aud|ptt|stk|doc)-\d{8}-wa\d{4,6}\.\w{2,5} ?\([^()\n]{1,40}\)")
"""A file of Android's with the words behind it, in any language, as `plain`."""


def plain(text: str) -> str:
    """A text as it is compared: without marks, with plain blanks, without regard to case."""
    return (text.translate(_PLAIN) if _ODD.search(text) else text).strip().casefold()


@dataclass(frozen=True, slots=True)
class Phrases:
    """
    Args:
        exact: Whole bodies, as `plain` and without a final full stop, and what they mean.
        edited, attached: Ends, as `plain`.
        timer, timer_off, encrypted, whatsapp: What stands somewhere in lines of the app.
        call, location, poll, notice, deleted_by: Beginnings, as `plain`.
    """

    exact: dict[str, Kind]
    null: frozenset[str]
    edited: tuple[str, ...]
    attached: tuple[str, ...]
    attached_mark: re.Pattern[str]
    call: tuple[str, ...]
    call_end: frozenset[str]
    location: tuple[str, ...]
    poll: frozenset[str]
    notice: tuple[str, ...]
    deleted_by: tuple[str, ...]
    timer: tuple[str, ...]
    timer_off: tuple[str, ...]
    encrypted: tuple[str, ...]
    whatsapp: tuple[str, ...]
    system: tuple[str, ...]
    """Patterns, applied to short bodies only: they may take time with the square of the length."""

    def whole(self, body: str) -> Kind | None:
        """The kind of a body that is one phrase and nothing more; body as `plain`."""
        return self.exact.get(body.removesuffix("."))

    def is_call(self, body: str, *, marked: bool) -> bool:
        """Whether a body, as `plain`, reads like a call; what follows the phrase is free only behind a mark."""
        if not body.startswith(self.call):
            return False
        start = next(one for one in self.call if body.startswith(one))
        rest = body[len(start) :].strip(" .,")
        if body[len(start) : len(start) + 1] not in ("", ".", ","):
            return False
        return not rest or rest in self.call_end or bool(_LENGTH.fullmatch(rest)) or (marked and len(rest) <= 40)

    def is_location(self, body: str) -> bool:
        if _PLACE.fullmatch(body):
            return True
        word, colon, rest = body.partition(":")
        return bool(colon) and word in self.location and bool(_MAP_LINK.search(rest))

    def is_system(self, body: str) -> bool:
        """Whether a body, as `plain`, is a line of WhatsApp's own."""
        return self.is_notice(body) or (
            len(body) <= SYSTEM_CHARS and _compiled(self.system).fullmatch(body) is not None
        )

    def sets_timer(self, line: str) -> bool | None:
        """Whether a line of the app, as `plain`, sets the timer of vanishing messages; None where it is of no timer."""
        if len(line) > SYSTEM_CHARS or not any(one in line for one in self.timer):
            return None
        return not any(one in line for one in self.timer_off)

    def tells_of_encryption(self, line: str) -> bool:
        """Whether a line, as `plain`, may be the notice in a wording not known; only its place can then tell."""
        if "\n" in line or len(line) > SYSTEM_CHARS:
            return False
        return any(one in line for one in self.whatsapp) and any(one in line for one in self.encrypted)

    def is_notice(self, body: str) -> bool:
        return body.startswith(self.notice)

    def begins_special(self, word: str) -> bool:
        """Whether a word before a colon is one WhatsApp writes at the start of bodies."""
        word = plain(word)
        return word in self.location or f"{word}:" in self.poll


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some patterns; compiled when the first line asks, which most chats of Android never do."""
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


@cache
def phrases() -> Phrases:
    """The catalogue, read once."""
    source = files(__package__).joinpath("phrases.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(source)
    lists = {name: [plain(one) for one in entries] for name, entries in table.items()}
    exact = {one.removesuffix("."): Kind.MEDIA for one in lists["media"]}
    for name, kind in WHOLE.items():
        exact |= {one.removesuffix("."): kind for one in lists[name]}
    return Phrases(
        exact=exact,
        null=frozenset(lists["call_on_android"]),
        edited=tuple(lists["edited"]),
        attached=tuple(lists["attached"]),
        attached_mark=re.compile(
            "<(?:" + "|".join(map(re.escape, lists["attached_word"])) + ") ?: ?[^<>\n]{1,300}>"
            "|<[^<>:\n]{1,30}: ?[0-9]{5,9}-[^<>\n]{1,300}>"
        ),
        call=tuple(sorted(lists["call"], key=len, reverse=True)),
        call_end=frozenset(one.removesuffix(".") for one in lists["call_end"]),
        location=tuple(lists["location"]),
        poll=frozenset(lists["poll"]),
        notice=tuple(lists["notice"]),
        deleted_by=tuple(lists["deleted_by"]),
        timer=tuple(lists["timer"]),
        timer_off=tuple(lists["timer_off"]),
        encrypted=tuple(lists["encrypted"]),
        whatsapp=tuple(lists["whatsapp"]),
        system=tuple(table["system"]),
    )


def is_own(line: str) -> bool:
    """Whether a line without a name, as `plain`, is in words that are known to be WhatsApp's own."""
    known = phrases()
    return known.is_system(line) or known.whole(line) is not None or line.startswith(known.call)
