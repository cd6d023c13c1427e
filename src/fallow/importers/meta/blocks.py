"""
A page of Messenger or Instagram, made for reading → its blocks, one a message: who, when as it stands, what.

Three generations share one build, under other names: a box (`_2lej` until 2021, `_a6-g` since) holds the name of the
sender (`_2lel`, `_a6-i`), a body (`_2let`, `_a6-p`; `bodies.py`) and the time (`_2lem`, `_a6-o`). Meta writes `<`, `>`
and quotation marks of a text as entities, so none of this can be met inside a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from fallow.errors import BrokenFile, EntryTooLong
from fallow.importers.gathering import clean_name
from fallow.importers.meta.bodies import TAG, unescaped
from fallow.importers.source import HEAD_BYTES
from fallow.importers.telegram.stream import ENTRY_BYTES
from fallow.importers.text import utf8_pieces

HEAD_KEPT: Final = 1 << 20
"""Most bytes in front of the first block that are looked at; a page begins with a style and a picture or two."""
LOOKED_AT: Final = 1 << 14
"""Bytes from the first block on that tell what a page is."""
NAME_BYTES: Final = 4_000
"""Longest line of names that is read."""


def _classed(names: str) -> str:
    """The attributes of an element that has one of these classes."""
    return rf'[^<>]{{0,300}}?\bclass="[^"<>]{{0,200}}(?<![\w-])(?:{names})(?![\w-])[^"<>]{{0,200}}"[^<>]{{0,300}}>'


BOXES: Final = re.compile(rb"_(?:2lej|a6-g)(?![\w-])")
BLOCK: Final = re.compile(rf"<(?:div|section)\s{_classed('_2lej|_a6-g')}".encode())
SENDER: Final = re.compile(
    rf"<(?:div|h2|h3)\s{_classed('_2lel|_a6-i')}([^<>]*(?:<(?!/(?:div|h2|h3)\b)[^<>]*>[^<>]*)*)".encode()
)
SENDER_FIRST: Final = re.compile(rb"<[^<>]*>\s*" + SENDER.pattern)
HEADING: Final = re.compile(rf"<(?:div|h2|h3)\s{_classed('_2lek|_a6-h')}([^<>]*)".encode())
BODY: Final = re.compile(rf"<div\s{_classed('_2let|_a6-p')}".encode())
TIME: Final = re.compile(rf"<(?:div|footer)\s{_classed('_2lem|_a6-o')}(?:\s*<[a-z][^<>]*>)*".encode())
TITLE: Final = re.compile(rb"<title>([^<>]{0,1000})</title>|<h1\b[^<>]*>([^<>]{0,1000})</h1>")
BODY_SEEN: Final = re.compile(_classed("_2let|_a6-p").encode())
TIME_SEEN: Final = re.compile(_classed("_2lem|_a6-o").encode())
SENDER_SEEN: Final = re.compile(rf"<(?:div|h2|h3)\s{_classed('_2lel|_a6-[hi]')}".encode())
OF_A_POST: Final = re.compile(_classed("_2pin").encode())
STYLES: Final = re.compile(rb"\._(?:2lej|a6-g)\b")
"""What the style in front of a page names; a long one may fill the whole of a file's beginning."""
OF_INSTAGRAM: Final = re.compile(rb'class="pam _3-95 _2ph- (?:_2lej|_a6-g) ')
"""How Instagram's box begins in every generation; Messenger's never does."""
TAG_BYTES: Final = 600
"""Most bytes of a box's tag in front of its class."""
ENDS: Final = (b"</html", b"</body")


def looks_like_page(head: bytes) -> bool:
    """Whether a file that begins so is a page of a thread, and none of posts or of a profile."""
    starts = _starts(head)
    if not starts:
        return len(head) >= HEAD_BYTES and b"<body" not in head and bool(STYLES.search(head))
    rest = head[starts[0] : starts[0] + LOOKED_AT]
    timed = TIME_SEEN.search(rest) or len(rest) == LOOKED_AT or len(head) >= HEAD_BYTES
    return bool(timed and BODY_SEEN.search(rest) and SENDER_SEEN.search(rest)) and not OF_A_POST.search(rest)


def is_of_instagram(head: bytes) -> bool:
    """Whether a page is Instagram's by its build."""
    return OF_INSTAGRAM.search(head) is not None


def title_of(head: bytes) -> str:
    """What a page is called, from what stands in front of its first block."""
    found = TITLE.search(head)
    return clean_name(unescaped((found[1] or found[2] or b"").decode("utf-8", "replace"))) if found else ""


def read_blocks(chunks: Iterator[bytes], tick: Callable[[int], None]) -> Iterator[bytes]:
    """
    What stands in front of the first block, then block after block as they come.

    Args:
        tick: Called with how many bytes are done.
    Raises:
        EntryTooLong: If one is longer than ENTRY_BYTES.
        BrokenFile: If the page does not come to its end.
    """
    whole, head, begun, number, done = b"", b"", False, 0, 0
    for chunk in utf8_pieces(chunks):
        done += len(chunk)
        tick(done)
        whole += chunk
        starts = _starts(whole)
        if not begun and starts:
            head = whole[: starts[0]]
            yield head
        for low, high in pairwise(starts):
            number += 1
            if high - low > ENTRY_BYTES:
                raise EntryTooLong(line=number)
            yield whole[low:high]
        begun = begun or bool(starts)
        whole = whole[starts[-1] :] if starts else whole
        if len(whole) > (ENTRY_BYTES if begun else HEAD_KEPT):
            raise EntryTooLong(line=number + 1)
    if begun and b"<html" in head.lower() and not any(end in whole.lower() for end in ENDS):
        raise BrokenFile
    yield whole


def _starts(whole: bytes) -> list[int]:
    """Where boxes begin."""
    opened = (whole.rfind(b"<", max(0, one.start() - TAG_BYTES), one.start()) for one in BOXES.finditer(whole))
    return [at for at in opened if at >= 0 and BLOCK.match(whole, at)]


class Blocks:
    """Sources of blocks → what they say; how body and time were opened last is looked for first."""

    def __init__(self) -> None:
        self._body = self._time = b"\0"

    def stamp(self, block: bytes) -> str:
        """Its time as it stands, empty where it has none, as a heading."""
        at, self._time = _find(block, TIME, self._time)
        return unescaped(_decoded(block[at : block.find(b"<", at)])).strip() if at else ""

    def sender(self, block: bytes) -> str:
        """By whom a message is, empty where that is not told."""
        found = SENDER_FIRST.match(block) or SENDER.search(block)
        if found is None and (found := HEADING.search(block)) and b":" in found[1]:
            return ""
        return _name(found[1]) if found else ""

    def body(self, block: bytes) -> str:
        """The source of what stands between sender and time."""
        body, self._body = _find(block, BODY, self._body)
        time, self._time = _find(block, TIME, self._time)
        end = time - len(self._time) if time > body else len(block)
        return _decoded(block[body:end]) if body else ""


def heading_of(block: bytes) -> str:
    """What stands in a block without a time: who takes part, or that it was a request."""
    found = HEADING.search(block)
    return unescaped(_decoded(found[1][:NAME_BYTES])) if found else ""


def _find(block: bytes, opening: re.Pattern[bytes], last: bytes) -> tuple[int, bytes]:
    """Where an element's inside begins, 0 where there is none, and how it was opened."""
    at = block.find(last)
    if at >= 0:
        return at + len(last), last
    found = opening.search(block)
    return (found.end(), found[0]) if found else (0, last)


@lru_cache(1024)
def _name(source: bytes) -> str:
    return clean_name(unescaped(TAG.sub("", _decoded(source))))


def _decoded(source: bytes) -> str:
    return source.decode("utf-8", "surrogateescape")
