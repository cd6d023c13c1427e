"""What may come, and how sure."""

from fallow.forecast.hard_hours import (
    MIN_DAYS,
    MIN_HELD,
    WINDOW_DAYS,
    HardHour,
    HourShares,
    count_hours,
    estimate_hours,
    next_hard_hours,
)
from fallow.forecast.population import (
    EDGES,
    Fit,
    LogFit,
    Population,
    age_trend,
    load_population,
    read_population,
)
from fallow.forecast.silence import (
    HORIZONS,
    LEVEL,
    Forecast,
    Silences,
    forecast_silences,
    present_silences,
    typical_silences,
)

__all__ = [
    "EDGES",
    "HORIZONS",
    "LEVEL",
    "MIN_DAYS",
    "MIN_HELD",
    "WINDOW_DAYS",
    "Fit",
    "Forecast",
    "HardHour",
    "HourShares",
    "LogFit",
    "Population",
    "Silences",
    "age_trend",
    "count_hours",
    "estimate_hours",
    "forecast_silences",
    "load_population",
    "next_hard_hours",
    "present_silences",
    "read_population",
    "typical_silences",
]
