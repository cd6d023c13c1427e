"""A result as a picture, a sentence that says the same, and a table of its numbers."""

from fallow.charts.drawing import Chart
from fallow.charts.hours import clock_chart
from fallow.charts.openings import openings_chart
from fallow.charts.own_hours import own_hours_chart
from fallow.charts.replies import ReplyCurve, reply_chart
from fallow.charts.silences import silences_chart
from fallow.charts.weekly import weekly_chart

__all__ = [
    "Chart",
    "ReplyCurve",
    "clock_chart",
    "openings_chart",
    "own_hours_chart",
    "reply_chart",
    "silences_chart",
    "weekly_chart",
]
