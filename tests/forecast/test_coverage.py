"""Whether nine in ten intervals hold the true chance: on dyads simulated as the forecast believes them to be."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

from fallow.forecast import BY_RETURNS, forecast_silences, load_population, model_of, present_silences

SCRIPTS = Path(__file__).parents[2] / "benchmarks"


def test_intervals_hold_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thirds of the dyads by hazards, a third by BG/NBD; benchmarks/RESULTS.md has it with many more."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("forecast_coverage")
    monkeypatch.setattr(script, "DYADS", 300)
    monkeypatch.setattr(script, "RECORDS", (40.0, 120.0))
    population = load_population()
    models = [model_of(log, fit, population.edges) for log in population.logs for fit in log.again]
    held = []
    for make in (script.by_hazards, script.by_returns):
        pairs, true = make(models, np.random.default_rng(1))
        silences = present_silences(*script.arrays(pairs))
        limits = forecast_silences(silences, population).limits
        assert limits is not None
        true = true[silences.dyad]
        held.append(float(((limits[0, 0] <= true) & (true <= limits[0, 1])).mean()))
    assert 0.86 < (1 - BY_RETURNS) * held[0] + BY_RETURNS * held[1] < 0.95
