"""Every figure of one record, drawn in the order in which it is read: what a page, a file and a report all show."""

from __future__ import annotations

import datetime as dt
from typing import Final, Protocol

import msgspec

from fallow.charts import captions, change_words, phrases
from fallow.charts import report_words as words
from fallow.charts.again import again_chart
from fallow.charts.captions import Caption
from fallow.charts.changed import changes_chart
from fallow.charts.drawing import Chart
from fallow.charts.hours import clock_chart
from fallow.charts.openings import openings_chart
from fallow.charts.replies import reply_chart
from fallow.charts.returns import lengths_chart, returns_chart
from fallow.charts.silences import silences_chart
from fallow.charts.stability import stability_chart
from fallow.charts.timeline import to_date
from fallow.charts.waits import waits_by_hour_chart, waits_chart
from fallow.charts.weekly import weekly_chart
from fallow.charts.writing import read_chart, writing_chart
from fallow.dyad import ChangeReading, TwoSides, busiest_hours
from fallow.language import gettext as _
from fallow.language import spoken

KEPT_AS: Final = "picture-5"
"""The name under which drawn figures are kept; the number rises when one of them changes."""


def kept_as() -> str:
    """The name under which figures are kept in the language spoken, for their words are drawn with them."""
    return KEPT_AS if spoken() == "en" else f"{KEPT_AS} {spoken()}"


class Measured(Protocol):
    """What has been measured of one record."""

    @property
    def first(self) -> dt.datetime: ...
    @property
    def last(self) -> dt.datetime: ...
    @property
    def messages(self) -> int: ...
    @property
    def sides(self) -> TwoSides: ...
    @property
    def ended(self) -> int | None: ...
    @property
    def changes(self) -> ChangeReading | None: ...
    @property
    def too_few_weeks(self) -> tuple[int, int] | None: ...
    @property
    def group(self) -> int: ...


class Figure(msgspec.Struct, frozen=True):
    """
    One drawn chart with its words.

    Args:
        id: Where it is found on a page; unique there.
        title: Its heading.
        svg: Inline SVG; empty where there is too little to draw.
        sentence: The same in words.
        columns, rows: The same as a table.
        definition: What was counted, and how sure it is.
    """

    id: str
    title: str
    svg: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    definition: str


class Section(msgspec.Struct, frozen=True):
    """Figures that answer one question."""

    id: str
    title: str
    figures: tuple[Figure, ...]


class BothSides(msgspec.Struct, frozen=True):
    """A record of `count` messages as sections, the weeks first; ego's side first in every figure."""

    count: int
    first: dt.date
    last: dt.date
    sections: tuple[Section, ...]
    ended: dt.date | None = None
    """The day it ended; None where that is not told."""
    group: int = 0
    """How many of its messages are out of a group."""

    @property
    def group_note(self) -> str:
        """What there is to bear in mind of these; empty where there are none."""
        return words.out_of_group(self.group)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for section in self.sections for figure in section.figures)


def draw_both_sides(measured: Measured) -> BothSides:
    """Draw every figure of a record."""
    sections = tuple(Section(id, _(title), tuple(figures)) for (id, title), figures in _drawn(measured))
    ended = None if measured.ended is None else to_date(measured.ended)
    return BothSides(measured.messages, measured.first.date(), measured.last.date(), sections, ended, measured.group)


def _drawn(measured: Measured) -> list[tuple[tuple[str, str], list[Figure]]]:
    sides = measured.sides
    resolution = sides.replies.ego.resolution
    read = [_figure(captions.READ, read_chart(sides.read))] if sides.read.ego or sides.read.alter else []
    weeks = weekly_chart(sides.weeks, measured.changes, ended=measured.ended)
    soon = reply_chart(sides.latencies.ego, sides.latencies.alter, resolution)
    return [
        (captions.WEEKS, [_figure(captions.EACH_WEEK, weeks)]),
        *_changes(measured),
        (
            captions.BEGAN,
            [
                _figure(captions.OPENINGS, openings_chart(sides.openings, sides.criterion)),
                _figure(captions.CRITERIA, stability_chart(sides.stability)),
            ],
        ),
        (
            captions.WAITED,
            [
                _figure(captions.REPLIES, soon),
                _figure(captions.WAITS, waits_chart(sides.latencies, resolution)),
                _figure(captions.WAITS_BY_HOUR, waits_by_hour_chart(sides.latencies, resolution)),
                *read,
            ],
        ),
        (captions.AGAIN, [_figure(captions.FOLLOW_UPS, again_chart(sides.follow_ups, sides.balance))]),
        (
            captions.CAME_BACK,
            [
                _figure(captions.SILENCES, silences_chart(sides.silences)),
                _figure(captions.LENGTHS, lengths_chart(sides.silences_from)),
                _figure(captions.RETURNS, returns_chart(sides.balance)),
            ],
        ),
        (captions.SENDS, [_figure(captions.WRITING, writing_chart(sides.writing))]),
        (
            captions.RHYTHM,
            [_figure(captions.CLOCK, clock_chart(sides.clock, busiest_hours(sides.clock), sides.overlap))],
        ),
    ]


def _changes(measured: Measured) -> list[tuple[tuple[str, str], list[Figure]]]:
    """When it changed, where the day it ended is told."""
    if measured.changes is not None:
        return [(captions.CHANGED, [_figure(captions.CHANGES, changes_chart(measured.changes))])]
    if measured.too_few_weeks is not None:
        said = change_words.too_few_weeks(*measured.too_few_weeks)
        few = Chart("", said, phrases.columns(change_words.CHANGES_COLUMNS), ())
        return [(captions.CHANGED, [_figure(captions.CHANGES, few)])]
    return []


def _figure(caption: Caption, chart: Chart) -> Figure:
    return Figure(
        id=caption.id,
        title=_(caption.title),
        svg=chart.svg,
        sentence=chart.sentence,
        columns=chart.columns,
        rows=chart.rows,
        definition=_(caption.definition),
    )


def pack(drawn: BothSides) -> bytes:
    """Figures as bytes, to be kept."""
    return msgspec.json.encode(drawn)


def unpack(body: bytes) -> BothSides:
    """What `pack` made."""
    return msgspec.json.decode(body, type=BothSides)
