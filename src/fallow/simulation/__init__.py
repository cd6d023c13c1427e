"""Two people writing, generated from stated parameters: for the demo, for load, for checks of calibration."""

from fallow.simulation.generate import simulate_dyad
from fallow.simulation.parameters import DyadParameters, SideParameters

__all__ = ["DyadParameters", "SideParameters", "simulate_dyad"]
