"""A result as a picture, a sentence that says the same, and a table of its numbers."""

from fallow.charts.again import again_chart
from fallow.charts.ahead import forecast_chart
from fallow.charts.ahead_words import Limited
from fallow.charts.both_sides import BothSides, Figure, Section, draw_both_sides, kept_as, pack, unpack
from fallow.charts.changed import changes_chart
from fallow.charts.drawing import Chart
from fallow.charts.hours import clock_chart
from fallow.charts.open_ways import open_ways_chart
from fallow.charts.openings import openings_chart
from fallow.charts.own_hours import own_hours_chart
from fallow.charts.replies import reply_chart
from fallow.charts.report import write_report
from fallow.charts.returns import lengths_chart, returns_chart
from fallow.charts.silences import silences_chart
from fallow.charts.stability import stability_chart
from fallow.charts.waits import waits_by_hour_chart, waits_chart
from fallow.charts.weekly import weekly_chart
from fallow.charts.writing import read_chart, writing_chart

__all__ = [
    "BothSides",
    "Chart",
    "Figure",
    "Limited",
    "Section",
    "again_chart",
    "changes_chart",
    "clock_chart",
    "draw_both_sides",
    "forecast_chart",
    "kept_as",
    "lengths_chart",
    "open_ways_chart",
    "openings_chart",
    "own_hours_chart",
    "pack",
    "read_chart",
    "reply_chart",
    "returns_chart",
    "silences_chart",
    "stability_chart",
    "unpack",
    "waits_by_hour_chart",
    "waits_chart",
    "weekly_chart",
    "write_report",
    "writing_chart",
]
