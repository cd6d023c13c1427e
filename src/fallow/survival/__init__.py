"""Time-to-event mathematics on plain arrays: curves and the intervals around them."""

from fallow.survival.clustered import clustered_variance
from fallow.survival.curve import SurvivalCurve, kaplan_meier
from fallow.survival.grouped import grouped_medians
from fallow.survival.median import Estimate, median_with_interval

__all__ = ["Estimate", "SurvivalCurve", "clustered_variance", "grouped_medians", "kaplan_meier", "median_with_interval"]
