"""Time-to-event mathematics on plain arrays: curves, two causes that compete, and the intervals around them."""

from fallow.survival.clustered import clustered_variance
from fallow.survival.curve import SurvivalCurve, kaplan_meier
from fallow.survival.grouped import grouped_medians
from fallow.survival.incidence import IncidenceCurves, aalen_johansen, incidence_at
from fallow.survival.loglinear import LogLinearParameters, fit_log_linear, incidence_ahead, net_ahead
from fallow.survival.median import Estimate, median_with_interval

__all__ = [
    "Estimate",
    "IncidenceCurves",
    "LogLinearParameters",
    "SurvivalCurve",
    "aalen_johansen",
    "clustered_variance",
    "fit_log_linear",
    "grouped_medians",
    "incidence_ahead",
    "incidence_at",
    "kaplan_meier",
    "median_with_interval",
    "net_ahead",
]
