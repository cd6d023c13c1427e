"""Learn the population of the silence forecast from event logs, and score it, on a laptop or an engine for more."""

from fallow.study.engines import MEMORY_MB, Engine, open_engine
from fallow.study.fitting import fit_log, fit_population
from fallow.study.logs import EventLog, name_of
from fallow.study.scoring import Sample, Score, sample_silences, score_dyads_left_out, score_logs_left_out, with_scores
from fallow.study.tables import FORMS, write_silences

__all__ = [
    "FORMS",
    "MEMORY_MB",
    "Engine",
    "EventLog",
    "Sample",
    "Score",
    "fit_log",
    "fit_population",
    "name_of",
    "open_engine",
    "sample_silences",
    "score_dyads_left_out",
    "score_logs_left_out",
    "with_scores",
    "write_silences",
]
