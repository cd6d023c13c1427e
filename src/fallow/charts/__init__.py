"""A result as a picture, a sentence that says the same, and a table of its numbers."""

from fallow.charts.both_sides import KEPT_AS, BothSides, Figure, draw_both_sides, pack, unpack
from fallow.charts.drawing import Chart
from fallow.charts.hours import clock_chart
from fallow.charts.openings import openings_chart
from fallow.charts.own_hours import own_hours_chart
from fallow.charts.replies import ReplyCurve, reply_chart
from fallow.charts.report import write_report
from fallow.charts.silences import silences_chart
from fallow.charts.weekly import weekly_chart

__all__ = [
    "KEPT_AS",
    "BothSides",
    "Chart",
    "Figure",
    "ReplyCurve",
    "clock_chart",
    "draw_both_sides",
    "openings_chart",
    "own_hours_chart",
    "pack",
    "reply_chart",
    "silences_chart",
    "unpack",
    "weekly_chart",
    "write_report",
]
