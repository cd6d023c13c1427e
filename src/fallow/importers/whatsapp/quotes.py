"""
Which headers are quoted: lines that a person put into a message, headed like messages of the file itself.

Nothing in such a line tells; its place in time does. It steps out of line with what stands around it, and back in line
after it, and then either nobody of that name ever writes in line, or the very same line stands further up. Small steps
back by themselves are real: messages arrive late, clocks are set, hours come twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers.whatsapp.authors import NOBODY
from fallow.importers.whatsapp.cursor import Places
from fallow.importers.whatsapp.dates import DAY_US

Rows = NDArray[np.bool_]

LONGEST_RUN: Final = 5_000
"""Rows of one stretch out of line beyond which it is no quote: 65,536 characters hold fewer headers."""
LONGEST_COPY: Final = 40
"""Rows of a stretch copied from further up beyond which it is another export, glued to the first and overlapping it."""
MOST_RUNS: Final = 20_000
"""Stretches out of line beyond which a file has no order to be out of."""
MOST_COMPARED: Final = 100_000
NEVER: Final = np.iinfo(np.int64).max


@dataclass(slots=True)
class Lines:
    """
    The headers of a file.

    Args:
        local: int64 [n], their times on the wall clock.
        code: int64 [n], who wrote, or NOBODY.
        known: Code of the one the file is named after, or NOBODY.
        text: The bytes of a header's line, header included.
        own: Whether the words of a line without a name are known to be the app's.
    """

    local: Places
    code: Places
    known: int
    text: Callable[[int], bytes]
    own: Callable[[int], bool]
    uneven: NDArray[np.int64] = field(init=False)
    """Rows later than one behind them or earlier than one before: what is none of these is in line with everything."""

    def __post_init__(self) -> None:
        later = np.minimum.accumulate(self.local[::-1])[::-1]
        self.uneven = np.flatnonzero((self.local < np.maximum.accumulate(self.local)) | (self.local > later))


def find_quoted(lines: Lines) -> tuple[Rows, Rows]:
    """
    Find the headers that are quoted, and those that may be.

    Returns:
        bool [n], quoted; bool [n], by people who do write here, more than a day out of line: read as messages, and
        told. O(n) where time never steps back, as in most files.
    """
    none = np.zeros(len(lines.local), np.bool_)
    if len(lines.local) < 2 or bool((np.diff(lines.local) >= 0).all()) or not (lines.code >= 0).any():
        return none, none
    quoted = _copies(lines, none)
    quoted |= _strangers(lines, ~quoted)
    quoted |= _copies(lines, quoted)
    out, far = _out_of_line(lines, _main_line(lines, ~quoted, _trusted(lines, ~quoted)))
    quoted |= _nameless(lines, quoted, out, far)
    return quoted, far & ~quoted & (lines.code >= 0)


def _copies(lines: Lines, quoted: Rows) -> Rows:
    """Runs of headers below the time reached, half of which stand further up, letter by letter."""
    rows = np.flatnonzero(~quoted)
    local = lines.local[rows]
    reached = np.maximum.accumulate(local)
    below = local < reached
    edges = np.flatnonzero(np.diff(np.concatenate(([False], below, [False])).astype(np.int8)))
    found = np.zeros(len(quoted), np.bool_)
    again = np.flatnonzero(~below & np.isin(local, local[below]))
    if max(int(below.sum()), len(again)) > MOST_COMPARED:
        return found
    above: dict[bytes, int] = {}
    for i in again.tolist():
        above.setdefault(lines.text(int(rows[i])), i)
    for begin, end in edges.reshape(-1, 2).tolist():
        if end - begin > LONGEST_COPY:
            continue
        same = sum(above.get(lines.text(int(rows[row])), end) < begin for row in range(begin, end))
        found[rows[begin:end]] = 2 * same >= end - begin
    return found


def _trusted(lines: Lines, left: Rows) -> list[int]:
    """Who certainly writes here: who writes most, and the one of the file's name, else the next who is in line."""
    counts = np.bincount(lines.code[left & (lines.code >= 0)])
    if len(counts) == 0:
        return []
    main = int(counts.argmax())
    if lines.known not in (NOBODY, main):
        return [main, lines.known]
    out, _ = _out_of_line(lines, _main_line(lines, left, [main]))
    in_line = np.bincount(lines.code[left & ~out & (lines.code >= 0)], minlength=len(counts))
    in_line[main] = 0
    return [main, int(in_line.argmax())] if in_line.any() else [main]


def _strangers(lines: Lines, left: Rows) -> Rows:
    """Headers by people all of whose lines are out of line; by more than a day where only one other writes here."""
    trusted = _trusted(lines, left)
    out, far = _out_of_line(lines, _main_line(lines, left, trusted))
    out = (far if len(trusted) < 2 else out) & left
    named = lines.code >= 0
    people = int(lines.code.max()) + 1
    rows_of = np.bincount(lines.code[named & left], minlength=people)
    stranger = (rows_of > 0) & (rows_of == np.bincount(lines.code[named & out], minlength=people))
    stranger[[*trusted, *([lines.known] if lines.known >= 0 else [])]] = False
    found: Rows = named & left & stranger[np.maximum(lines.code, 0)]
    return found


def _nameless(lines: Lines, quoted: Rows, out: Rows, far: Rows) -> Rows:
    """Lines without a name that are out of line: beside what is quoted, or too far for what the app writes."""
    beside = np.concatenate(([False], quoted[:-1])) | np.concatenate((quoted[1:], [False]))
    rows = np.flatnonzero((lines.code == NOBODY) & ~quoted & out)
    found = np.zeros(len(quoted), np.bool_)
    for row in rows.tolist():
        found[row] = bool(beside[row]) or bool(far[row]) or not lines.own(row)
    return found


def _main_line(lines: Lines, left: Rows, people: list[int]) -> Rows:
    """bool [n]: rows of some people, as many as run forward in time. What is in line with all others always does."""
    main: Rows = np.logical_or.reduce([lines.code == one for one in people]) & left
    nth, rows = np.cumsum(main), lines.uneven[main[lines.uneven]]
    if len(rows) == 0:
        return main
    local = lines.local[rows]
    before = np.concatenate(([-NEVER], np.maximum.accumulate(local)[:-1]))
    after = np.concatenate((np.minimum.accumulate(local[::-1])[::-1][1:], [NEVER]))
    rows = rows[(local < before) | (local > after)]
    cuts = np.flatnonzero(np.diff(nth[rows]) != 1) + 1
    for run in np.split(rows, cuts) if len(cuts) <= MOST_RUNS else []:
        if 0 < len(run) <= LONGEST_RUN:
            main[run] = False
            main[run[_forward(lines.local[run].tolist())]] = True
    return main


def _forward(times: list[int]) -> list[int]:
    """The places of a longest sequence that never runs back. O(n log n)."""
    ends, last, parent = list[int](), list[int](), list[int]()
    for i, time in enumerate(times):
        at = bisect_right(ends, time)
        parent.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(time)
            last.append(i)
        else:
            ends[at], last[at] = time, i
    found, i = list[int](), last[-1]
    while i >= 0:
        found.append(i)
        i = parent[i]
    return found[::-1]


def _out_of_line(lines: Lines, main: Rows) -> tuple[Rows, Rows]:
    """bool [n]: before or after both neighbours of the main line, at all; and by more than a day."""
    out, far = np.zeros(len(main), np.bool_), np.zeros(len(main), np.bool_)
    line, rows = np.flatnonzero(main), lines.uneven[~main[lines.uneven]]
    if len(line) == 0 or len(rows) == 0:
        return out, far
    local, after = lines.local[rows], np.searchsorted(line, rows)
    has_before, has_after = after > 0, after < len(line)
    before = np.where(has_before, lines.local[line[np.maximum(after - 1, 0)]], -NEVER)
    following = np.where(has_after, lines.local[line[np.minimum(after, len(line) - 1)]], NEVER)
    for target, margin in ((out, 0), (far, DAY_US)):
        back = has_before & (local < before - margin) & (following >= local)
        ahead = has_before & has_after & (local > np.minimum(following, NEVER - margin) + margin) & (local >= before)
        target[rows] = back | ahead
    return out, far
