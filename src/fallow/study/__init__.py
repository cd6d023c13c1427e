"""Learn the population of the silence forecast from event logs."""

from fallow.study.fitting import fit_log, fit_population
from fallow.study.logs import EventLog, read_log

__all__ = ["EventLog", "fit_log", "fit_population", "read_log"]
