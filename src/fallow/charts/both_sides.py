"""Every figure of one record, drawn in the order in which it is read: what a page, a file and a report all show."""

from __future__ import annotations

import datetime as dt
from typing import Final, Protocol

import msgspec

from fallow.charts import captions
from fallow.charts.captions import Caption
from fallow.charts.drawing import Chart
from fallow.charts.hours import clock_chart
from fallow.charts.openings import openings_chart
from fallow.charts.replies import ReplyCurve, reply_chart
from fallow.charts.silences import silences_chart
from fallow.charts.weekly import weekly_chart
from fallow.dyad import BusyHours, ReplyLatencies, TwoSides
from fallow.survival import Estimate, SurvivalCurve

KEPT_AS: Final = "picture-3"
"""The name under which drawn figures are kept; the number rises when one of them changes."""


class Waits(Protocol):
    """How long one side took to answer, as `app` joins it: None where nobody waited for it."""

    @property
    def latencies(self) -> ReplyLatencies: ...
    @property
    def curve(self) -> SurvivalCurve | None: ...
    @property
    def median(self) -> Estimate | None: ...


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
    def ego(self) -> Waits: ...
    @property
    def alter(self) -> Waits: ...
    @property
    def busiest(self) -> tuple[BusyHours | None, BusyHours | None]: ...


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


class BothSides(msgspec.Struct, frozen=True):
    """A record of `count` messages as figures, the weeks first; ego's side first in each."""

    count: int
    first: dt.date
    last: dt.date
    figures: tuple[Figure, ...]


def draw_both_sides(measured: Measured) -> BothSides:
    """Draw every figure of a record."""
    return BothSides(measured.messages, measured.first.date(), measured.last.date(), _figures(measured))


def _figures(measured: Measured) -> tuple[Figure, ...]:
    sides = measured.sides
    drawn = (
        (captions.WEEKS, weekly_chart(sides.weeks)),
        (captions.OPENINGS, openings_chart(sides.openings, sides.criterion)),
        (captions.REPLIES, reply_chart(_curve(measured.ego), _curve(measured.alter))),
        (captions.SILENCES, silences_chart(sides.silences)),
        (captions.CLOCK, clock_chart(sides.clock, measured.busiest)),
    )
    return tuple(_figure(caption, chart) for caption, chart in drawn)


def _figure(caption: Caption, chart: Chart) -> Figure:
    return Figure(caption.id, caption.title, chart.svg, chart.sentence, chart.columns, chart.rows, caption.definition)


def _curve(waits: Waits) -> ReplyCurve | None:
    if waits.curve is None or waits.median is None:
        return None
    return ReplyCurve(waits.curve, waits.median, waits.latencies.resolution)


def pack(drawn: BothSides) -> bytes:
    """Figures as bytes, to be kept."""
    return msgspec.json.encode(drawn)


def unpack(body: bytes) -> BothSides:
    """What `pack` made."""
    return msgspec.json.decode(body, type=BothSides)
