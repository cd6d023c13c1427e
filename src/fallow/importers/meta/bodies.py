"""
The body of one message of a page → its words, and what else it holds, as an entry of JSON would tell it.

A body is one element of several slots: an empty one, the words, what was shared, and then pictures, calls and signs.
What was shared has a caption, a film has a sentence for those who cannot see it, a call how long it was: only what
stands in the slot of the words is anybody's words.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final

import msgspec

from fallow.importers.meta.entries import Entry, Share

TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
LINK: Final = re.compile(r'\b(?:href|src)="([^"<>]{0,5000})"')
ALT: Final = re.compile(r'\balt="([^"<>]{0,100})"')
EMPTY_TAGS: Final = frozenset(("br", "img", "hr", "wbr", "source", "input", "meta", "link"))
MEDIA_TAGS: Final = frozenset(("img", "video", "audio"))
PLAIN: Final = re.compile(r"<div><div></div><div>([^<>]*)</div>(?:<div></div>)*</div></div>")
"""A body of words alone, and where it ends."""
BREAK: Final = "\ue000\x00"
"""Stands for a line break until the lines of the source are known from it."""
TIMED_SIGN: Final = re.compile(r"\(([^()]{6,100})\)$")
SIGN_LETTERS: Final = 500
"""Longest sign with the name and the time behind it."""
PRESENT: Final = msgspec.Raw(b"1")


class Said(Entry):
    """An entry whose characters are right already."""

    @property
    def who(self) -> str:
        return self.sender_name or ""

    @property
    def words(self) -> str:
        return self.content or ""


@dataclass(slots=True)
class Sign:
    """A reaction as it stands: the sign and the name behind it as one, and the time, empty where there is none."""

    text: str
    time: str = ""


@dataclass(slots=True)
class Body:
    """What a body holds; `lasted` is how long a call was, in the language of the account."""

    words: str = ""
    link: str = ""
    media: bool = False
    sticker: bool = False
    lasted: str = ""
    signs: list[Sign] = field(default_factory=list)


def unescaped(source: str) -> str:
    """A text of which signs were written as entities."""
    return html.unescape(source) if "&" in source else source


def body_of(source: str) -> Body:
    """What the body of a block holds."""
    if plain := PLAIN.match(source):
        return Body(unescaped(plain[1]))
    walk = _Walk()
    at = 0
    for tag in TAG.finditer(source):
        if walk.ended:
            break
        if tag.start() > at:
            walk.text(source[at : tag.start()])
        at = tag.end()
        walk.tag(tag[2].lower(), tag[3], closes=bool(tag[1]))
    return walk.body()


class _Walk:
    """A way through a body: how deep, in which slot, in which sign."""

    def __init__(self) -> None:
        self.ended = False
        self._depth = self._wrappers = self._slots = 0
        self._parts: dict[str, list[str]] = {"words": [], "first": []}
        self._body = Body()
        self._sign: list[str] | None = None
        self._in_call = False
        self._inside = 0
        """In how many links, films and sounds."""

    def tag(self, name: str, attributes: str, *, closes: bool) -> None:
        if name == "br":
            self._add(BREAK)
            return
        if closes:
            self._close(name)
            return
        if name in MEDIA_TAGS or name == "a":
            self._meet(name, attributes)
        self._in_call = name == "span" and "_idm" in attributes
        if name == "li":
            self._sign = []
        elif name in EMPTY_TAGS or attributes.endswith("/"):
            return
        self._wrappers += self._depth == 0
        self._slots += self._depth == 1
        self._depth += 1
        self._inside += name in ("a", "video", "audio")

    def _close(self, name: str) -> None:
        self._depth -= 1
        self._in_call = False
        self._inside -= name in ("a", "video", "audio")
        self.ended = self._depth < 0
        if name == "li" and self._sign is not None:
            self._body.signs.append(_sign("".join(self._sign)))
            self._sign = None

    def _meet(self, name: str, attributes: str) -> None:
        found = LINK.search(attributes)
        address = unescaped(found[1]) if found else ""
        if self._in_words:
            if name == "img" and (told := ALT.search(attributes)):
                self._add(told[1])
        elif name != "a" or (address and not re.match(r"[a-z]+:", address)):
            self._body.media = True
            self._body.sticker = self._body.sticker or "stickers_used" in address
        elif not self._body.link:
            self._body.link = address

    @property
    def _in_words(self) -> bool:
        return self._depth > 1 and self._wrappers == 1 and self._slots == 2 and self._sign is None

    def text(self, source: str) -> None:
        self._add(unescaped(source))

    def _add(self, text: str) -> None:
        if self._sign is not None:
            self._sign.append(text)
        elif self._in_call:
            self._body.lasted += text
        elif self._in_words or self._depth <= 1:
            self._parts["words"].append(text)
        elif self._slots == 1 and not self._inside:
            self._parts["first"].append(text)

    def body(self) -> Body:
        """Its words as they were written; a line break is one, whether or not the source breaks there too."""
        words = _joined(self._parts["words"])
        if not words.strip() and self._slots <= 1 and not self._body.media and not self._body.link:
            words = _joined(self._parts["first"])
        self._body.words = words if words.strip() else ""
        return self._body


def _joined(parts: list[str]) -> str:
    text = "".join(parts)
    if "\n" in text[: len(text) - len(text.lstrip())]:
        text = text.lstrip()
    if "\n" in text[len(text.rstrip()) :]:
        text = text.rstrip()
    return text.replace(BREAK + "\r\n", "\n").replace(BREAK + "\n", "\n").replace(BREAK, "\n")


def _sign(text: str) -> Sign:
    text = text[:SIGN_LETTERS].replace(BREAK, " ").strip()
    timed = TIMED_SIGN.search(text)
    return Sign(text[: timed.start()].rstrip(), timed[1]) if timed else Sign(text)


def entry_of(who: str, body: Body) -> Said:
    """A block as an entry of JSON would be, its time left out."""
    return Said(
        sender_name=who,
        content=body.words or None,
        photos=PRESENT if body.media else msgspec.Raw(),
        sticker=PRESENT if body.sticker else msgspec.Raw(),
        share=Share(body.link) if body.link else None,
        call_duration=bool(re.search("[1-9]", body.lasted)) if body.lasted else None,
    )
