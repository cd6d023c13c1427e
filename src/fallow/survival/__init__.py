"""Time-to-event mathematics on plain arrays: curves, competing causes, their intervals, and scores of forecasts."""

from fallow.survival.bgnbd import Returns, bg_nbd_incidence, bg_nbd_log_likelihood, fit_bg_nbd
from fallow.survival.calibration import Calibration, calibration_at
from fallow.survival.clustered import clustered_variance
from fallow.survival.curve import SurvivalCurve, kaplan_meier
from fallow.survival.discrimination import area_under_curve, concordance
from fallow.survival.frailty import cured_chance, cured_survival, frailty_mean, frailty_theta
from fallow.survival.grouped import grouped_medians
from fallow.survival.incidence import IncidenceCurves, aalen_johansen, incidence_at
from fallow.survival.loglinear import (
    LogLinearParameters,
    fit_log_linear,
    hazard_by_age,
    hazard_passed,
    hazards,
    incidence_ahead,
    incidence_of_hazards,
    log_likelihood,
    net_ahead,
    net_of_hazards,
)
from fallow.survival.median import Estimate, median_with_interval
from fallow.survival.scoring import (
    PairedDifference,
    brier_score,
    censoring_survival,
    censoring_weights,
    over_horizons,
    paired_difference,
    squared_errors,
)
from fallow.survival.shift import shift_by_age

__all__ = [
    "Calibration",
    "Estimate",
    "IncidenceCurves",
    "LogLinearParameters",
    "PairedDifference",
    "Returns",
    "SurvivalCurve",
    "aalen_johansen",
    "area_under_curve",
    "bg_nbd_incidence",
    "bg_nbd_log_likelihood",
    "brier_score",
    "calibration_at",
    "censoring_survival",
    "censoring_weights",
    "clustered_variance",
    "concordance",
    "cured_chance",
    "cured_survival",
    "fit_bg_nbd",
    "fit_log_linear",
    "frailty_mean",
    "frailty_theta",
    "grouped_medians",
    "hazard_by_age",
    "hazard_passed",
    "hazards",
    "incidence_ahead",
    "incidence_at",
    "incidence_of_hazards",
    "kaplan_meier",
    "log_likelihood",
    "median_with_interval",
    "net_ahead",
    "net_of_hazards",
    "over_horizons",
    "paired_difference",
    "shift_by_age",
    "squared_errors",
]
