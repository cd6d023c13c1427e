"""
The elements of a flat XML file from a stream, in bounded memory, each with its attributes.

No general XML parser reads these files: backups of before 2019 hold halves of characters (`&#55357;&#56832;`) that
XML forbids, one damaged message would end the whole file, and a picture is one attribute of many megabytes. So this
knows tags and attributes alone. Definitions (a DTD, and with it entities) are refused, nothing refers to another file,
and an attribute that is longer than any message is passed over, not held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from fallow.errors import BrokenFile, EntryTooLong, LooksLikeAnotherFile
from fallow.language import N_

ELEMENT_BYTES: Final = 1 << 20
"""Longest attributes of one element together; no message is near it."""
SHORT_BYTES: Final = 1 << 14
"""Longest element that is read in one go, and most that is kept of an attribute that is no text."""
WORDS: Final = (b"body", b"text")
"""Attributes that hold what was written."""
SLASH: Final = ord("/")
MOST_LEARNED: Final = 100
"""Attributes of one element whose order is learned."""
MOST_LESSONS: Final = 50
"""Orders that are learned of one file."""
NOTHING_LEARNED: Final = (re.compile(rb"(?!)"), list[bytes](), b"")
LONGEST_BEGIN: Final = len(b"<![CDATA[")
MOST_REJECTED: Final = 10_000
"""Elements that may be damaged before the whole file counts as damaged."""
VALUE: Final = rb"""(?:"[^"<]{0,16383}+"|'[^'<]{0,16383}+')"""
NAMES: Final = rb"[A-Za-z_][\w.:-]{0,99}+"
TAG: Final = re.compile(rb"<(/?" + NAMES + rb")((?:\s*+" + NAMES + rb"\s*+=\s*+" + VALUE + rb")*+)\s*+/?>")
ATTRIBUTE: Final = re.compile(rb"(" + NAMES + rb")\s*+=\s*+(" + VALUE + rb")")
NAME: Final = re.compile(rb"</?" + NAMES)
NEXT: Final = re.compile(rb"\s*+(?:(" + NAMES + rb""")\s*+=\s*+(["'])|/?>)""")
REFERENCE: Final = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Element:
    """
    A tag as it stands.

    Args:
        name: With a slash in front where it ends an element.
        attributes: Those that were asked for, as they are written, quotation marks and all.
        alone: Whether it is an element of its own, with nothing inside and no end.
    """

    name: bytes
    attributes: dict[bytes, bytes]
    alone: bool

    def raw(self, name: bytes) -> bytes:
        """An attribute as it is written; empty where it is not there, or says `null`, as these files do."""
        raw = self.attributes.get(name, b"")[1:-1]
        return b"" if raw == b"null" else raw

    def number(self, name: bytes) -> int:
        """An attribute as a whole number, 0 for anything else."""
        raw = self.attributes.get(name, b"")[1:-1]
        return int(raw) if len(raw) <= 18 and raw.isdigit() else 0


def unescape(raw: bytes) -> str:
    """
    What an attribute says: references resolved, two halves of a character joined.

    References to control characters stand for nothing. A half alone, or a byte that is no text, is left as a lone
    surrogate for whoever keeps the text to replace and count.
    """
    text = raw.decode("utf-8", "surrogateescape")
    if "&" not in text:
        return text
    text = REFERENCE.sub(_resolved, text)
    if SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


def _resolved(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code < 32:
        return chr(code) if code in (9, 10, 13) else ""
    return chr(code) if code < 0x110000 else "\ufffd"


class Elements:
    """
    The tags of a file, in order; what cannot be read is counted in `rejected`, `rejected_line` is where that began.

    Programs write the attributes of all messages in one order. It is learned from the first one, and what is asked for
    then found in one step; whatever differs is taken apart.
    """

    def __init__(
        self, chunks: Iterator[bytes], wanted: Collection[bytes], tick: Callable[[int], None] = lambda done: None
    ) -> None:
        self._chunks, self._wanted, self._tick = chunks, frozenset(wanted), tick
        self._buffer, self._at, self._done = b"", 0, 0
        self._lines, self._counted = 1, 0
        self._learned: dict[bytes, tuple[re.Pattern[bytes], list[bytes], bytes]] = {}
        self._lessons = 0
        self._begin = 0
        self.rejected, self.rejected_line = 0, 0

    def line(self) -> int:
        """The line on which the element in hand begins."""
        return self._line(self._begin)

    def __iter__(self) -> Iterator[Element]:
        """
        Raises:
            BrokenFile: If the file ends inside a tag, or too much of it cannot be read.
            EntryTooLong: If the attributes of one element are longer than any message.
            LooksLikeAnotherFile: If it has definitions of its own.
        """
        while self._to_next_tag():
            at = self._begin = self._at
            pattern, names, name = self._learned.get(self._buffer[at + 1 : at + 4], NOTHING_LEARNED)
            found = pattern.match(self._buffer, at)
            if found is not None:
                self._at = found.end()
                yield Element(name, dict(zip(names, found.groups(), strict=True)), self._buffer[self._at - 2] == SLASH)
            elif (found := TAG.match(self._buffer, at)) is not None:
                self._at = found.end()
                attributes = ATTRIBUTE.findall(found[2])
                self._learn(found[1], [one for one, _ in attributes])
                kept = {one: value for one, value in attributes if one in self._wanted}
                yield Element(found[1], kept, self._buffer[self._at - 2] == SLASH)
            elif not self._passed_over() and (element := self._by_attributes()) is not None:
                yield element

    def _learn(self, name: bytes, attributes: list[bytes]) -> None:
        if self._lessons == MOST_LESSONS or not 1 < len(attributes) <= MOST_LEARNED:
            return
        wanted = [one for one in attributes if one in self._wanted]
        if len(set(wanted)) < len(wanted):
            return
        self._lessons += 1
        values = [b"(" + VALUE + b")" if one in self._wanted else VALUE for one in attributes]
        each = [rb"\s+" + re.escape(one) + b"=" + value for one, value in zip(attributes, values, strict=True)]
        self._learned[name[:3]] = (re.compile(b"<" + re.escape(name) + b"".join(each) + rb"\s*+/?>"), wanted, name)

    def _line(self, at: int) -> int:
        self._lines += self._buffer.count(b"\n", self._counted, at)
        self._counted = max(self._counted, at)
        return self._lines

    def _more(self) -> bool:
        """Let go of what was read, and add the next piece."""
        chunk = next(self._chunks, b"")
        if not chunk:
            return False
        self._line(self._at)
        self._done += self._at
        self._buffer = self._buffer[self._at :] + chunk
        self._at = self._counted = self._begin = 0
        self._tick(self._done)
        return True

    def _require_more(self) -> None:
        if not self._more():
            raise BrokenFile

    def _to_next_tag(self) -> bool:
        while (at := self._buffer.find(b"<", self._at)) < 0:
            self._at = len(self._buffer)
            if not self._more():
                return False
        self._at = at
        return True

    def _passed_over(self) -> bool:
        """Take what is no element: a comment, an instruction."""
        while len(self._buffer) - self._at < LONGEST_BEGIN and self._more():
            pass
        for begin, end in ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<![CDATA[", b"]]>")):
            if self._buffer.startswith(begin, self._at):
                self._skip_to(end)
                return True
        if self._buffer.startswith(b"<!", self._at):
            raise LooksLikeAnotherFile(what=N_("an XML file with definitions of its own"))
        return False

    def _skip_to(self, end: bytes) -> None:
        while (at := self._buffer.find(end, self._at)) < 0:
            self._at = max(self._at, len(self._buffer) - len(end))
            self._require_more()
        self._at = at + len(end)

    def _reject(self) -> None:
        """
        Go on behind what cannot be read.

        Raises:
            BrokenFile: If too much could not be read.
        """
        self.rejected_line = self.rejected_line or self._line(self._at)
        self.rejected += 1
        self._at = min(self._at + 1, len(self._buffer))
        if self.rejected > MOST_REJECTED:
            raise BrokenFile

    def _by_attributes(self) -> Element | None:
        """A tag that is long, or cut by the end of a piece, attribute by attribute; None where it is damaged."""
        line, kept, size = self._line(self._at), dict[bytes, bytes](), 0
        name = self._match(NAME)
        while name is not None and (found := self._match(NEXT)) is not None:
            if found[1] is None:
                return Element(name[0][1:], kept, found[0].endswith(b"/>"))
            words = found[1] in WORDS
            value = self._value(found[2], ELEMENT_BYTES if words else SHORT_BYTES)
            if value is None:
                break
            size += len(value)
            if size > ELEMENT_BYTES:
                raise EntryTooLong(line=line)
            if found[1] in self._wanted:
                kept[found[1]] = found[2] + value + found[2]
        self._reject()
        return None

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """What stands here, and take it; None where something else does."""
        while len(self._buffer) - self._at < SHORT_BYTES and self._more():
            pass
        found = pattern.match(self._buffer, self._at)
        self._at = self._at if found is None else found.end()
        return found

    def _value(self, quote: bytes, most: int) -> bytes | None:
        """
        Up to the closing quotation mark; of a value longer than `most` as much as was seen by then.

        None where there is a tag inside: then the mark is missing.
        """
        value = b""
        while True:
            end = self._buffer.find(quote, self._at)
            piece = self._buffer[self._at : end if end >= 0 else len(self._buffer)]
            if (tag := piece.find(b"<")) >= 0:
                self._at += tag - 1
                return None
            self._at += len(piece)
            if len(value) <= most:
                value += piece[: most + 1]
            if end >= 0:
                self._at += 1
                return value
            self._require_more()
