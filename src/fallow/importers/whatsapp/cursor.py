"""
Reading one exact header spelling off many lines at once: a cursor per line, eight bytes at a time.

A spelling becomes a short program of literals, numbers and halves of the day. Every step runs over all lines that are
still in the race; a line that disagrees drops out. Memory is a few arrays of one number per line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers.whatsapp.layout import Layout, Shape, counterpart, is_afternoon

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Words = NDArray[np.uint64]

PAD: Final = 128
"""Bytes of zero a buffer needs behind its text, so that no cursor leaves it."""
WORD: Final = 8
LARGEST_LEARNED: Final = 33_500_000
"""Bytes; just under the 32 MiB beyond which glibc learns nothing from a block (mallopt(3), M_MMAP_THRESHOLD)."""


@dataclass(frozen=True, slots=True)
class Literal:
    text: bytes


@dataclass(frozen=True, slots=True)
class Number:
    name: str
    least: int
    most: int
    padded: str
    """"2": always two digits, "1": never a leading zero, "?": either."""


@dataclass(frozen=True, slots=True)
class Half:
    words: tuple[tuple[bytes, bool], ...]
    """(word, whether it is the afternoon)."""


Step = Literal | Number | Half


def program(layout: Layout, shape: Shape) -> list[Step]:
    """The steps that read one spelling of a layout, from the first byte after leading marks."""
    day_last = layout.year == "first"
    widths = {
        "a": (4, 4) if day_last else (1, 2),
        "b": (1, 2),
        "c": (4, 4) if layout.year == "last4" else (1, 2),
        "h": (1, 2),
        "m": (2, 2),
        "s": (2, 2),
    }
    pads = dict(zip(("a", "b", "c", "h"), layout.pads, strict=True))
    steps: list[Step] = []
    for name, text in zip(layout.fields, shape.literals, strict=False):
        if name == "s" and not layout.s4:
            continue
        steps += _texts(text, shape.before if name == "h" else None)
        least, most = widths[name]
        padded = pads.get(name, "?")
        if (least, most) == (1, 2) and padded == "2":
            least = 2
        steps.append(Number(name, least, most, padded))
    return steps + _texts(shape.literals[-1], shape.after)


def _texts(text: str, half: tuple[str, str, str] | None) -> list[Step]:
    if half is None or not half[1]:
        return [Literal(text.encode())] if text else []
    before, word, after = half
    words = tuple((one.encode(), is_afternoon(one)) for one in (word, counterpart(word)))
    steps: list[Step] = [Literal(before.encode())] if before else []
    return [*steps, Half(words), *([Literal(after.encode())] if after else [])]


def keep_freed_memory() -> None:
    """
    Let the next columns have the memory of the last ones.

    The allocator of glibc hands back to the system whatever is larger than the largest block that was freed so far;
    each column would then be cleared anew by the kernel, page by page, a quarter of the time of reading. The block is
    never touched, so it takes no memory; with another allocator nothing happens.
    """
    np.empty(LARGEST_LEARNED, np.uint8)


def words_of(buffer: Bytes) -> Words:
    """The eight bytes at every place of a buffer as one number, little end first; a view, nothing is copied."""
    return np.ndarray(shape=(len(buffer) - WORD + 1,), dtype="<u8", buffer=buffer.data, strides=(1,))


@dataclass(slots=True)
class Cursors:
    """
    One cursor per line still in the race.

    Args:
        words: `words_of` the buffer.
        rows: int64 [k], which line each cursor is on.
        at: int64 [k], where it stands.
        zero: UTF-8 of the zero of the script in use.
    """

    words: Words
    rows: Places
    at: Places
    zero: bytes
    numbers: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    late: NDArray[np.bool_] | None = None
    _word: Words = field(init=False)
    _used: int = 0
    _ok: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self._word = self.words[self.at]
        self._ok = np.ones(len(self.at), np.bool_)

    def run(self, steps: list[Step]) -> None:
        """Take all steps; afterwards `rows`, `at`, `numbers` and `late` hold the lines that agreed."""
        for step in steps:
            if isinstance(step, Literal):
                self._literal(step.text)
            elif isinstance(step, Number):
                self._number(step)
            else:
                self._half(step)
        self._move(np.int64(self._used))

    def _move(self, by: NDArray[np.int64] | np.int64) -> None:
        """Step forward, drop lines that disagreed, load the next eight bytes."""
        self.at = self.at + by
        self._used = 0
        if not self._ok.all():
            keep = np.flatnonzero(self._ok)
            self.rows, self.at = self.rows[keep], self.at[keep]
            self.numbers = {name: values[keep] for name, values in self.numbers.items()}
            self.late = None if self.late is None else self.late[keep]
            self._ok = np.ones(len(keep), np.bool_)
        self._word = self.words[self.at]

    def _room(self, size: int) -> None:
        if self._used + size > WORD:
            self._move(np.int64(self._used))

    def _literal(self, text: bytes) -> None:
        while text:
            part, text = text[:WORD], text[WORD:]
            self._room(len(part))
            self._ok &= self._same(part)
            self._used += len(part)

    def _same(self, part: bytes) -> NDArray[np.bool_]:
        shift = np.uint64(8 * self._used)
        mask = np.uint64((1 << (8 * len(part))) - 1)
        same: NDArray[np.bool_] = ((self._word >> shift) & mask) == np.uint64(int.from_bytes(part, "little"))
        return same

    def _digit(self, place: int) -> tuple[Bytes, NDArray[np.bool_]]:
        """The digit at an offset inside the loaded bytes, and whether it is one."""
        wide = len(self.zero)
        columns = self._word.view(np.uint8).reshape(-1, WORD)
        value = columns[:, place + wide - 1] - np.uint8(self.zero[-1])
        ok = value <= 9
        for i in range(wide - 1):
            ok &= columns[:, place + i] == self.zero[i]
        return value, ok

    def _number(self, step: Number) -> None:
        wide = len(self.zero)
        self._room(wide)
        self.numbers[step.name] = np.zeros(len(self.at), np.int64)
        for _ in range(step.least):
            self._room(wide)
            value, ok = self._digit(self._used)
            self._ok &= ok
            self.numbers[step.name] = self.numbers[step.name] * 10 + value
            self._used += wide
        if step.most > step.least:
            self._second(step, wide)

    def _second(self, step: Number, wide: int) -> None:
        """A second digit where there is one; cursors then stand at different offsets."""
        self._room(wide)
        total = self.numbers[step.name]
        value, two = self._digit(self._used)
        if step.padded == "1":
            self._ok &= ~(two & (total == 0))
        self.numbers[step.name] = np.where(two, total * 10 + value, total)
        self._move(self._used + two.astype(np.int64) * wide)

    def _half(self, step: Half) -> None:
        self._move(np.int64(self._used))
        late = np.zeros(len(self.at), np.bool_)
        size = np.zeros(len(self.at), np.int64)
        for word, afternoon in step.words:
            hit = self._whole(word)
            size[hit] = len(word)
            late[hit] = afternoon
        self._ok &= size > 0
        self.late = late
        self._move(size)

    def _whole(self, word: bytes) -> NDArray[np.bool_]:
        """Whether a word of any length stands at each cursor."""
        hit = self._same(word[:WORD])
        for i in range(WORD, len(word), WORD):
            part = word[i : i + WORD]
            mask = np.uint64((1 << (8 * len(part))) - 1)
            hit &= (self.words[self.at + i] & mask) == np.uint64(int.from_bytes(part, "little"))
        return hit
