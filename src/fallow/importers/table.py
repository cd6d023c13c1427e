"""
A plain table of messages → an `Export`: the way in for every source that has no importer of its own.

    at,sender,kind,text
    2024-03-05T21:04:07+01:00,Kim,text,"Are you there?"

The first line with anything in it names the columns, in any order and case, parted by commas, semicolons or tabs
(RFC 4180; a quoted text may run over several lines; blanks behind a comma are none of a text where the first line has
them too). `at` and `sender` have to be there; `kind` is "text" where it is missing or empty, and `text`, `read_at` may
be. A time is ISO 8601: with an offset it is an instant, without one a wall clock. Other columns are passed over, and so
is the line with which spreadsheets say what parts the columns (`sep=;`).
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from typing import Final

from fallow.errors import BrokenFile, LineTooLong, NotAChat
from fallow.importers.gathering import MINUTE_US, MOST_PEOPLE, SECOND_US, Gathering, clean_name
from fallow.importers.interface import LINE_BYTES, Answers, Export, Progress
from fallow.importers.source import Source
from fallow.importers.text import csv_lines, utf8_pieces
from fallow.language import N_
from fallow.messages import NOT_KNOWN, Kind

COLUMNS: Final = ("at", "sender", "kind", "text", "read_at")
NEEDED: Final = frozenset({"at", "sender"})
DELIMITERS: Final = ",;\t"
KINDS: Final = {kind.name.lower(): kind for kind in Kind}
SYSTEM: Final = "system"
"""Of `kind`: what nobody said; never measured, and no sender of it is read."""
SEPARATOR: Final = re.compile("sep=.")
EPOCH_DAY: Final = dt.date(1970, 1, 1).toordinal()
DAY_S: Final = 86_400


def knows(head: bytes) -> bool:
    """Whether the first line of a file names the columns of a table of messages."""
    text = next(utf8_pieces(iter([head[: len(head) // 2 * 2]])), b"").decode("utf-8", "replace")
    return next((_columns(line) is not None for line in text.splitlines() if not _passed_over(line)), False)


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read the messages of a table.

    Raises:
        ImportRefused: As `read_export`.
    """
    del answers  # nothing in a table is unclear
    gathered = Gathering()
    tell = source.told(progress, gathered.__len__)
    lines = csv_lines(source.chunks, tell)
    first, named = 1, next(lines, "")
    while named and _passed_over(named):
        first, named = first + 1, next(lines, "")
    told = _columns(named)
    if told is None:
        raise NotAChat
    delimiter, columns, blanks = told
    rows = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=blanks)
    whole_minutes, names = True, dict[str, str]()
    before = csv.field_size_limit(LINE_BYTES)
    try:
        line = first + 1
        for row in rows:
            if row:
                seconds = _add(gathered, dict(zip(columns, row, strict=False)), line, names)
                whole_minutes = whole_minutes and not seconds
            line = first + rows.line_num + 1
    except csv.Error as problem:
        if "field larger" in str(problem):
            raise LineTooLong(line=line) from problem
        raise BrokenFile from problem
    finally:
        csv.field_size_limit(before)
    tell(source.size)
    return gathered.export(
        source,
        "table_csv",
        N_("a table with a line for each message"),
        resolution=MINUTE_US if whole_minutes else None,
        why=N_("the year comes first"),
    )


def _add(gathered: Gathering, cells: dict[str, str], line: int, names: dict[str, str]) -> bool:
    """Add one row, or note why not; returns whether its time has seconds. `names` are those cleaned before."""
    kind = cells.get("kind", "").strip().lower() or "text"
    typed, when = cells.get("sender", ""), _instant(cells.get("at", ""))
    if (sender := names.get(typed)) is None:
        sender = clean_name(typed)
        if len(names) < MOST_PEOPLE:
            names[typed] = sender
    if kind == SYSTEM:
        at, offset = when or (0, None)
        gathered.add_notice(at, cells.get("text", ""), offset=offset, line=line)
        return False
    if when is None:
        gathered.note("entries_without_time", line)
        return False
    if not sender or kind not in KINDS:
        gathered.note("entry_not_understood", line)
        return False
    at, offset = when
    read = _instant(told) if (told := cells.get("read_at", "")) else None
    gathered.add(
        at, sender, KINDS[kind], cells.get("text", ""), offset=offset,
        read_at=NOT_KNOWN if read is None or read[1] is None else read[0], line=line,
    )  # fmt: skip
    return at % MINUTE_US != 0


def _instant(typed: str) -> tuple[int, int | None] | None:
    """
    Microseconds UTC and the offset in seconds of an ISO 8601 time; without an offset the wall clock and None.

    None where it is no time.
    """
    try:
        when = dt.datetime.fromisoformat(typed.strip().upper())
    except ValueError:
        return None
    day = (when.toordinal() - EPOCH_DAY) * DAY_S
    seconds = day + when.hour * 3600 + when.minute * 60 + when.second  # whole numbers: a table has a million rows
    wall = seconds * SECOND_US + when.microsecond
    if when.tzinfo is None:
        return wall, None
    offset = 0 if when.tzinfo is dt.UTC else int((when.utcoffset() or dt.timedelta()).total_seconds())
    return wall - offset * SECOND_US, offset


def _passed_over(line: str) -> bool:
    """Whether a line stands before the one that names the columns."""
    return not line.strip() or SEPARATOR.fullmatch(line.strip()) is not None


def _columns(first: str) -> tuple[str, list[str], bool] | None:
    """What parts the columns, how they are called, and whether a blank follows each mark between them."""
    for delimiter in DELIMITERS:
        parts = first.rstrip("\r\n").split(delimiter)
        names = [name.strip().strip('"').strip().lower() for name in parts]
        if set(names) >= NEEDED and all(names.count(one) <= 1 for one in COLUMNS):
            return delimiter, names, all(part.startswith(" ") for part in parts[1:])
    return None
