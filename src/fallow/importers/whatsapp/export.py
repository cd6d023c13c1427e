"""
WhatsApp's "Export chat" → an `Export`: Android and iOS, every layout and language the phrases know.

    bytes ─ clean_text ─> buffer ─ find_sections ─> headers ─ find_authors ─> who
                                                       ├──── decide_order ──> when
                                                       └──── Bodies ────────> what

A message is a header and everything up to the next one. Times are the wall clock of the phone that made the export,
by the minute on Android, by the second on iOS. Nothing is dropped silently: a line either begins a message, belongs to
one, is a line of the system, or is counted among the problems.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import CalendarUnknown, HalvesUnknown, NotAChat
from fallow.importers.interface import Answers, DateOrder, Export, Notices, Problem, Progress
from fallow.importers.signal.sigexport import knows as known_to_signal
from fallow.importers.source import Source
from fallow.importers.text import CleanText, clean_text
from fallow.importers.whatsapp.authors import NOBODY, Authors, find_authors, renumber
from fallow.importers.whatsapp.bodies import SYSTEM, Bodies
from fallow.importers.whatsapp.cursor import PAD, Bytes, Places, keep_freed_memory
from fallow.importers.whatsapp.dates import DAY_SECONDS, IMPOSSIBLE, Decision, decide_order, is_islamic, local_times
from fallow.importers.whatsapp.layout import (
    MARKS,
    SAMPLE_BYTES,
    Layout,
    Shape,
    decode_head,
    has_layout,
    hides_halves,
    learn_layout,
)
from fallow.importers.whatsapp.lines import Headers
from fallow.importers.whatsapp.names import other_name
from fallow.importers.whatsapp.phrases import is_own, phrases, plain
from fallow.importers.whatsapp.quotes import Lines, find_quoted
from fallow.importers.whatsapp.sections import Sections, find_sections
from fallow.importers.whatsapp.vanishing import vanished
from fallow.importers.words import batches, count_words, find_links, find_questions
from fallow.messages import Kind, join_periods

SECOND_US: Final = 1_000_000
CAPS: Final = (40_000, 10_000)
"""Most messages WhatsApp exports: without media, with media. Its help page, quoted by users up to 2026."""
NEAR_CAP: Final = 0.005
WITNESSES: Final = 3
"""Lines from which a name with a colon in it is not doubted."""
MOST_NAMELESS: Final = 20_000
SEVERAL: Final = 20
"""How many of those who write are looked for in lines of WhatsApp's own."""
RARE: Final = 0.05
"""Share of lines up to which an "author" that reads like a system line is one."""


def knows(head: bytes) -> bool:
    """Whether a file that begins so reads like an export; that of signal-export does too, and calls its owner Me."""
    return has_layout(decode_head(head)) and not known_to_signal(head)


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one chat.

    Raises:
        ImportRefused: If there is no chat in it, a limit is passed, or the order of day and month is unclear.
    """
    tick = _Tick(progress, source.size)
    keep_freed_memory()
    text, learned = _load(source, tick)
    size = len(text.buffer)
    text.buffer += bytes(PAD)
    sections = find_sections(text.buffer, size, learned, lambda done: tick(0.25 + 0.25 * done / size))
    chat = _Chat(text, size, sections, other_name(source.name))
    chat.decide(answers.date_order)
    chat.drop_quotes()
    chat.unname_system()
    chat.note_names()
    chat.sort_bodies(lambda done, rows: tick(0.5 + 0.5 * done / size, rows))
    export = chat.export(source)
    tick(1.0, len(export))
    return export


class _Tick:
    """Progress as a share of the work, told in bytes of the source."""

    def __init__(self, progress: Progress | None, size: int) -> None:
        self._progress, self._size = progress, size

    def __call__(self, share: float, rows: int = 0) -> None:
        if self._progress is not None:
            self._progress(int(self._size * min(1.0, share)), self._size, rows)


def _load(source: Source, tick: _Tick) -> tuple[CleanText, tuple[Layout, tuple[Shape, ...]]]:
    """The clean text, and the layout learned from its beginning."""
    text = CleanText()
    for text in clean_text(source):
        tick(0.25 * len(text.buffer) / max(1, source.size))
    sample = text.buffer[:SAMPLE_BYTES].decode("utf-8", "ignore")
    learned = learn_layout(sample)
    if learned is None:
        raise NotAChat
    if hides_halves(sample, learned[0]):
        raise HalvesUnknown
    return text, learned


@dataclass(slots=True)
class _Sorted:
    """What the bodies turned out to be."""

    kind: NDArray[np.uint8]
    words: NDArray[np.int32]
    asks: NDArray[np.int8]
    end: Places


class _Chat:
    """One file between finding its headers and handing out its messages; every column has one row per header."""

    def __init__(self, text: CleanText, size: int, sections: Sections, hint: str | None) -> None:
        self.raw, self.size, self.hint = text.buffer, size, hint
        self.buffer: Bytes = np.frombuffer(text.buffer, np.uint8)
        self.problems: list[Problem] = text.problems + sections.problems
        self.layouts, self.section = sections.layouts, sections.section
        self.headers: Headers = sections.headers
        self.authors: Authors = find_authors(self.raw, self.buffer, self.headers, phrases(), hint=hint)
        self.local: Places = np.empty(0, np.int64)
        self.decision = Decision("ymd", "")
        self.sorted = _Sorted(np.empty(0, np.uint8), np.empty(0, np.int32), np.empty(0, np.int8), np.empty(0, np.int64))

    def _keep(self, keep: NDArray[np.bool_]) -> None:
        if keep.all():
            return
        self.headers, self.section = self.headers.take(keep), self.section[keep]
        self.authors.code, self.authors.body = self.authors.code[keep], self.authors.body[keep]
        self.local = self.local[keep]

    def _note(self, kind: str, rows: NDArray[np.bool_]) -> None:
        if rows.any():
            line = int(self.headers.line[int(rows.argmax())]) + 1
            self.problems.append(Problem(line, kind, int(rows.sum())))

    def decide(self, asked: DateOrder | None) -> None:
        """Fix the order of day and month per section, and with it the time of every header."""
        self.local = np.empty(len(self.headers), np.int64)
        for i, layout in enumerate(self.layouts):
            mine = np.flatnonzero(self.section == i) if len(self.layouts) > 1 else slice(None)
            date = self.headers.date[mine]
            if len(date) == 0:
                continue
            evidence = _evidence(date, self.authors.code[mine])
            decision = decide_order(evidence, layout, asked, today=int(time.time()) // DAY_SECONDS)
            self.local[mine] = local_times(date, self.headers.second[mine], decision.order)
            if i == 0:
                self.decision = decision
        possible = self.local != IMPOSSIBLE
        self._note("date_out_of_range", ~possible)
        if not possible.any() and is_islamic(self.headers.date):
            raise CalendarUnknown
        self._keep(possible)
        if len(self.headers) == 0:
            raise NotAChat

    def drop_quotes(self) -> None:
        """Give quoted headers back to the body they stand in, and note those that may be quoted."""
        names = [plain(name.decode()) for name in self.authors.names]
        known = names.index(plain(self.hint)) if self.hint is not None and plain(self.hint) in names else NOBODY
        quoted, maybe = find_quoted(Lines(self.local, self.authors.code, known, self._line, self._is_own))
        self._note("quoted_header", quoted)
        self._note("maybe_quoted", maybe)
        self._keep(~quoted)

    def _line(self, row: int) -> bytes:
        return bytes(self.raw[int(self.headers.start[row]) : int(self.headers.end[row])])

    def _is_own(self, row: int) -> bool:
        """Whether the words of a line without a name are known to be WhatsApp's."""
        return is_own(plain(self._text(row)))

    def _text(self, row: int) -> str:
        return self.raw[int(self.headers.rest[row]) : int(self.headers.end[row])].decode()

    def note_names(self) -> None:
        """Note names with a colon in them that few lines bear out, and lines without a name in unknown words."""
        counts = np.bincount(self.authors.code[self.authors.code >= 0], minlength=len(self.authors.names))
        doubted = [
            which for which, name in enumerate(self.authors.names) if b": " in name and counts[which] < WITNESSES
        ]
        doubted = [which for which in doubted if plain(self.authors.names[which].decode()) != plain(self.hint or "")]
        self._note("name_with_colon", np.isin(self.authors.code, doubted))
        nameless = np.flatnonzero(self.authors.code == NOBODY)
        if len(nameless) <= MOST_NAMELESS:
            unknown = np.zeros(len(self.headers), np.bool_)
            unknown[[row for row in nameless.tolist() if row and not self._is_own(row)]] = True
            self._note("nameless_lines_unknown", unknown)

    def sort_bodies(self, tick: Callable[[int, int], None]) -> None:
        """Find where every body ends, what it is and how many words it has."""
        n = len(self.headers)
        last = self.size - (self.raw[self.size - 1] == 10) if self.size else 0
        end = np.append(self.headers.start[1:] - 1, max(last, int(self.headers.end[-1])))
        body = np.minimum(self.authors.body, end)
        first_end = np.minimum(self.headers.end, end)
        bodies = Bodies(self.raw, android=not self.layouts[0].bracket, names=self._names_of_all())
        kind = np.empty(n, np.uint8)
        words = np.zeros(n, np.int32)
        asks = np.zeros(n, np.int8)
        for low, high in batches(body, end):
            rows = slice(low, high)
            kind[rows], body[rows], end[rows] = bodies.sort(self.buffer, body[rows], first_end[rows], end[rows], low)
            words[rows] = count_words(self.buffer, body[rows], end[rows])
            links = find_links(self.buffer, body[rows], words[rows])
            kind[rows][links & (kind[rows] == Kind.TEXT)] = Kind.LINK
            asks[rows] = find_questions(self.buffer, body[rows], end[rows])
            tick(int(end[high - 1]), high)
        unknown = bodies.unknown_media()
        kind[unknown], end[unknown] = Kind.MEDIA, body[unknown]
        self._note_odd(np.setdiff1d(np.array(bodies.odd, np.int64), unknown))
        kind[self.authors.code == NOBODY] = SYSTEM
        words[kind != Kind.TEXT] = 0
        asks[kind != Kind.TEXT] = 0
        self.authors.body = body
        self.sorted = _Sorted(kind, words, asks, end)

    def _names_of_all(self) -> tuple[str, ...]:
        """The names of the few who write, and what the file is named after, as `plain`."""
        few = self.authors.names[:SEVERAL]
        return tuple({plain(name.decode()) for name in few} | ({plain(self.hint)} if self.hint else set()))

    def _note_odd(self, rows: NDArray[np.int64]) -> None:
        odd = np.zeros(len(self.headers), np.bool_)
        odd[rows] = True
        self._note("own_lines_unknown", odd & (self.authors.code != NOBODY))

    def unname_system(self) -> None:
        """Take the authorship from lines such as `Sam changed the subject to "Trip: Rome"`."""
        counts = np.bincount(self.authors.code[self.authors.code >= 0], minlength=len(self.authors.names))
        names = [plain(name.decode()) for name in self.authors.names]
        colons = sorted({*names, plain(self.hint or "")}, key=len, reverse=True)
        colons = [name for name in colons if ": " in name][:SEVERAL]
        for which, name in enumerate(names):
            if not 0 < counts[which] <= max(1.0, RARE * len(self.headers)):
                continue
            if not colons and not phrases().is_system(name):
                continue
            rows = np.flatnonzero(self.authors.code == which)
            if phrases().is_system(name) or self._names_a_colon(rows, colons):
                self.authors.body[rows] = self.headers.rest[rows]
                self.authors.code[rows] = NOBODY

    def _names_a_colon(self, rows: NDArray[np.int64], names: list[str]) -> bool:
        """Whether lines are the app's, and their colons those of a name: `Your code with Anna: Work changed`."""
        for row in rows[:SEVERAL].tolist():
            line = plain(self._text(row))
            for name in names:
                line = line.replace(name, "X")
            if ": " in line or not is_own(line):
                return False
        return True

    def export(self, source: Source) -> Export:
        """Hand out the messages, and apart from them the lines of the system."""
        kind, rows = self.sorted.kind, np.flatnonzero(self.sorted.kind != SYSTEM)
        if len(rows) == 0:
            raise NotAChat
        names, author = self._names(self.authors.code[rows])
        start, end = self.authors.body[rows], self.sorted.end[rows]
        self._note_truncation(len(kind), first_is_system=bool(kind[0] == SYSTEM))
        layout = self.layouts[0]
        unseen = self._unseen(np.flatnonzero(kind == SYSTEM), self.local[rows])
        return Export(
            format="whatsapp_ios_txt" if layout.bracket or layout.close == ": " else "whatsapp_android_txt",
            archive=source.archive,
            names=names,
            local=self.local[rows],
            author=author,
            kind=kind[rows],
            words=self.sorted.words[rows],
            asks=self.sorted.asks[rows],
            size=np.where(np.isin(kind[rows], (Kind.TEXT, Kind.LINK)), end - start, 0).astype(np.int32),
            resolution=SECOND_US if all(one.s4 for one in self.layouts) else 60 * SECOND_US,
            date_order=self.decision.order,
            date_order_why=self.decision.why,
            layout=_describe(layout, self.decision.order),
            system=len(kind) - len(rows),
            other_name_hint=self.hint,
            problems=tuple(sorted(self.problems, key=lambda one: (one.line, one.kind))),
            buffer=self.raw,
            start=start,
            end=end,
            stands_in=True,
            line=self.headers.line[rows].astype(np.int64) + 1,
            notices=self._notices(np.flatnonzero(kind == SYSTEM)),
            unseen=unseen,
        )

    def _unseen(self, notices: NDArray[np.int64], said: Places) -> Places:
        """The periods whose messages vanished; notices: rows of the app's lines; said: when messages were."""
        rows = notices[:MOST_NAMELESS].tolist()
        texts = [self.raw[int(self.authors.body[row]) : int(self.sorted.end[row])].decode() for row in rows]
        periods = vanished(list(zip(self.local[rows].tolist(), texts, strict=True)), np.sort(said))
        if len(periods):
            self.problems.append(Problem(0, "messages_vanish", len(periods)))
        return join_periods(periods)

    def _notices(self, rows: NDArray[np.int64]) -> Notices:
        line = self.headers.line[rows].astype(np.int64) + 1
        return Notices(self.local[rows], self.authors.body[rows], self.sorted.end[rows], line)

    def _names(self, code: Places) -> tuple[tuple[str, ...], NDArray[np.int16]]:
        """The names of those who wrote, in order of first message, marks around them left out where none collide."""
        order, ranks = renumber(code)
        whole = [self.authors.names[one].decode() for one in order]
        bare = [name.strip(MARKS) for name in whole]
        names = bare if len(set(bare)) == len(bare) and all(bare) else whole
        return tuple(names), ranks.astype(np.int16)

    def _note_truncation(self, messages: int, *, first_is_system: bool) -> None:
        if any(abs(messages - cap) <= cap * NEAR_CAP for cap in CAPS):
            self.problems.append(Problem(0, "maybe_truncated", messages))
        if not first_is_system:
            self.problems.append(Problem(int(self.headers.line[0]) + 1, "no_beginning_notice", 1))


def _evidence(date: Places, code: Places) -> Places:
    """The dates of the two who write most, because a quoted stranger's dates prove nothing; else all. Runs are cut."""
    counts = np.bincount(code + 1, minlength=2)[1:]
    trusted = np.logical_or.reduce([code == one for one in np.argsort(-counts, kind="stable")[:2].tolist()])
    new = np.ones(len(date), np.bool_)
    new[1:] = (date[1:] != date[:-1]) | ~trusted[:-1]
    return date[trusted & new] if trusted.any() else date


def _describe(layout: Layout, order: DateOrder) -> str:
    if layout.year == "first":
        return layout.described
    if order == "ymd":
        return layout.described.replace("y", "d", 1).replace("a", "y", 1).replace("b", "m", 1)
    first, second = ("m", "d") if order == "mdy" else ("d", "m")
    return layout.described.replace("a", first, 1).replace("b", second, 1)
