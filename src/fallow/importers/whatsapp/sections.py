"""
The stretches of a file that share one layout: nearly always one, more where exports were glued together.

A second layout is looked for only where a run of lines without a header is long and most of its lines are headed alike;
and only before the first header, behind the last one by people who write above, or where the run is too long to be one
message. All else is something a person quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.importers.interface import Problem
from fallow.importers.whatsapp.layout import (
    HEADER_CHARS,
    MARKS,
    SAMPLE_BYTES,
    Layout,
    Shape,
    learn_layout,
    read_header,
    replace_pads,
)
from fallow.importers.whatsapp.lines import Headers, Notes, find_headers

RUN_LINES: Final = 50
"""Shortest run of misses that may be another export."""
RUN_HEADERS: Final = 30
"""Fewest lines in it headed alike."""
MOST_SECTIONS: Final = 8
MESSAGE_BYTES: Final = 4 * 65_536
"""Longest message."""
LOOKED_AT: Final = 400


@dataclass(slots=True)
class Sections:
    """
    Args:
        headers: k headers of all sections, in file order.
        section: int64 [k], index into layouts.
        layouts: One per section.
        problems: What was seen on the way.
    """

    headers: Headers
    section: np.ndarray[tuple[int], np.dtype[np.int64]]
    layouts: list[Layout]
    problems: list[Problem]


def find_sections(
    raw: bytearray, size: int, learned: tuple[Layout, tuple[Shape, ...]], tick: Callable[[int], None]
) -> Sections:
    """Find all headers of a text, in as many layouts as it has. O(size)."""
    headers, notes = find_headers(raw, size, layout=learned[0], shapes=learned[1], tick=tick)
    parts, layouts, problems = [headers], [learned[0]], []
    for first, begin, end in _runs(headers, notes, size)[:MOST_SECTIONS]:
        if not _is_export(raw, headers, begin, end, size):
            continue
        other = learn_layout(raw[begin : min(end, begin + SAMPLE_BYTES)].decode("utf-8", "ignore"))
        if other is None:
            continue
        more, _ = find_headers(raw, end, layout=other[0], shapes=other[1], first_line=first, begin=begin)
        parts.append(more)
        layouts.append(other[0])
        problems.append(Problem(first + 1, "layout_changed", len(more)))
    problems += _problems(notes, parts)
    if len(parts) == 1:
        return Sections(headers, np.zeros(len(headers), np.int64), layouts, problems)
    starts = np.concatenate([part.start for part in parts])
    order = np.argsort(starts, kind="stable")
    section = np.concatenate([np.full(len(part), i, np.int64) for i, part in enumerate(parts)])
    columns = {name: np.concatenate([getattr(part, name) for part in parts])[order] for name in Headers.__slots__}
    return Sections(Headers(**columns), section[order], layouts, problems)


def _is_export(raw: bytearray, headers: Headers, begin: int, end: int, size: int) -> bool:
    """Whether a stretch headed otherwise is an export of its own, not something quoted in the message it follows."""
    if len(headers) == 0 or begin < int(headers.start[0]) or end - begin > MESSAGE_BYTES:
        return True
    return end == size and bool(_writers(raw, headers) & _heads(raw[begin:end].decode("utf-8", "ignore")))


def _writers(raw: bytearray, headers: Headers) -> set[str]:
    """What stands before the first colon of the first headers."""
    rows = np.flatnonzero(headers.colon >= 0)[:LOOKED_AT].tolist()
    return {raw[int(headers.rest[row]) : int(headers.colon[row])].decode() for row in rows}


def _heads(text: str) -> set[str]:
    """The same of the first lines of a stretch, whatever their layout."""
    found = set()
    for line in text.split("\n", LOOKED_AT)[:LOOKED_AT]:
        header = read_header(line[:HEADER_CHARS])
        if header is not None:
            found.add(line[header.length :].lstrip(MARKS).partition(":")[0])
    return found


def _runs(headers: Headers, notes: Notes, size: int) -> list[tuple[int, int, int]]:
    """(first line, its first byte, end) of each stretch that reads like another export."""
    if len(notes.others) < RUN_HEADERS:
        return []
    edges = np.concatenate(([-1], headers.line, [notes.lines]))
    bytes_ = np.concatenate((headers.start, [size]))
    runs = []
    for gap in np.flatnonzero(np.diff(edges) > RUN_LINES).tolist():
        inside = [one for one in notes.others if edges[gap] < one[0] < edges[gap + 1]]
        if not inside:
            continue
        layout, count = Counter(replace_pads(one[2]) for one in inside).most_common(1)[0]
        mine = [one for one in inside if one[2] == layout]
        if count >= RUN_HEADERS and 2 * count >= mine[-1][0] - mine[0][0] + 1:
            runs.append((mine[0][0], mine[0][1], int(bytes_[gap])))
    return runs


def _problems(notes: Notes, parts: list[Headers]) -> list[Problem]:
    problems = []
    taken = {int(line) for part in parts[1:] for line in part.line}
    quoted = [line for line, _, _ in notes.others if line not in taken]
    if quoted:
        problems.append(Problem(quoted[0] + 1, "header_of_another_layout", len(quoted)))
    if notes.impossible:
        problems.append(Problem(notes.impossible[0] + 1, "time_out_of_range", len(notes.impossible)))
    if notes.passed_over:
        problems.append(Problem(0, "odd_lines_not_examined", notes.passed_over))
    first = min((int(part.line[0]) for part in parts if len(part)), default=0)
    if first:
        problems.append(Problem(1, "line_before_first_message", first))
    return problems
