"""
Draw the pictures of `docs/explanation/forecast.md`: how forecasts compare with what came, and the hazard by age.

Run it with `python tools/forecast_figures.py LOG.csv.gz... NAME=SECONDS...`, logs of `sender,receiver,at`;
`NAME=SECONDS` says when a log ends. The pictures go to `docs/pictures`, or where `--to` says, and the sentence that
says the same stands in each as its description; the document repeats it, and a test holds the two equal. The same logs
give the same pictures.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.charts.drawing import Anchor, dot, label, line, number, stroke
from fallow.dyad import ALTER_BROKE
from fallow.forecast import Population, forecast_silences
from fallow.study import EventLog, fit_population, name_of, open_engine
from fallow.study.scoring import Sample, sample_silences
from fallow.survival import censoring_weights

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
AGE = 7
MONTH = 30.0
FOLDS = 5
TENTHS = 10
DRAWS = 400
SEED = 1
BINS = np.array([1, 1.5, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90])
"""Days between which a hazard is counted."""
LONG = 7.0
"""Days from which on the fall is told."""

STYLE = """
svg { color-scheme: light dark; --paper: #faf8f4; --ink: #23262b; --quiet: #5f5e59; --line: #ddd7ca; --field: #46654a; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14161a; --ink: #e6e2da; --quiet: #a3a199; --line: #2e3138; --field: #9dbf9e; } }
text { font: 14px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
.paper { fill: var(--paper); }
.label { fill: var(--quiet); } .value { fill: var(--ink); } .head { fill: var(--ink); font-weight: 600; }
.axis { stroke: var(--quiet); } .grid { stroke: var(--line); } .even { stroke: var(--quiet); }
.mark { fill: var(--field); stroke: var(--field); } .interval { stroke: var(--field); stroke-opacity: 0.55; }
.halo { stroke: var(--paper); }
"""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Place = Callable[[float], float]


@dataclass(frozen=True)
class Tenths:
    """Silences of a log in ten groups by their chance: the mean of it, the share that came, and its 95 % limits."""

    log: str
    expected: Floats
    observed: Floats
    lower: Floats
    upper: Floats

    @property
    def gap(self) -> float:
        """The largest distance between the two."""
        return float(np.abs(self.expected - self.observed).max())


@dataclass(frozen=True)
class ByAge:
    """Of one log the hazard of being written to in each bin of age, per day, with its 95 % limits."""

    log: str
    age: Floats
    hazard: Floats
    lower: Floats
    upper: Floats

    @property
    def slope(self) -> float:
        """Of the logarithm of the hazard on that of the age, from LONG on, by least squares."""
        late = (self.age >= LONG) & (self.hazard > 0)
        return float(np.polyfit(np.log(self.age[late]), np.log(self.hazard[late]), 1)[0])


def left_out_by_dyads(log: EventLog, sample: Sample, rng: np.random.Generator) -> Floats:
    """The chance of each silence by what the other folds of its log taught, [k]."""
    dyads = np.unique(log.silences.dyad)
    fold = rng.integers(0, FOLDS, len(dyads))
    chance = np.empty(len(sample.row))
    for each in range(FOLDS):
        out = np.isin(log.silences.dyad, dyads[fold == each])
        which = out[sample.row]
        if which.any():
            chance[which] = within_a_month(sample.of(which), learned([log.part(~out)]))
    return chance


def learned(logs: Sequence[EventLog]) -> Population:
    return fit_population(logs, seed=SEED, made="", cites={}, samples=0)


def within_a_month(sample: Sample, population: Population) -> Floats:
    month = np.array([MONTH])
    return forecast_silences(sample.silences(), population, horizons=month, limits=False).other[:, 0]


def in_tenths(sample: Sample, chance: Floats, rng: np.random.Generator) -> Tenths:
    """Ten groups of the same size; the limits by drawing dyads."""
    group = np.argsort(np.argsort(chance, kind="stable"), kind="stable") * TENTHS // len(chance)
    known = censoring_weights(sample.left, sample.cause, horizon=np.array([MONTH]))[:, 0]
    came = known * ((sample.cause == ALTER_BROKE) & (sample.left <= MONTH))
    dyads, which = np.unique(sample.dyad, return_inverse=True)
    seen, hits = (summed(which, group, each, shape=(len(dyads), TENTHS)) for each in (known, came))
    lower, upper = limits_of(hits, seen, rng)
    expected = np.bincount(group, weights=chance, minlength=TENTHS) / np.bincount(group, minlength=TENTHS)
    return Tenths(sample.log.name, expected, hits.sum(0) / seen.sum(0), lower, upper)


def by_age(log: EventLog, rng: np.random.Generator) -> ByAge:
    """Ends by alter over days at risk in each bin of age, each silence as either of the two sees it."""
    s = log.silences
    dyads, which = np.unique(s.dyad, return_inverse=True)
    shape = (len(dyads), len(BINS) - 1)
    risk, ends = np.zeros(shape), np.zeros(shape)
    for j, (low, high) in enumerate(pairwise(BINS)):
        ended = (s.cause == ALTER_BROKE) & (s.days > low) & (s.days <= high)
        risk[:, j] = np.bincount(which, weights=np.clip(s.days, low, high) - low)
        ends[:, j] = np.bincount(which, weights=ended.astype(np.float64))
    some = (risk.sum(0) > 0) & (ends.sum(0) > 0)
    risk, ends = risk[:, some], ends[:, some]
    lower, upper = limits_of(ends, risk, rng)
    return ByAge(log.name, np.sqrt(BINS[:-1] * BINS[1:])[some], ends.sum(0) / risk.sum(0), lower, upper)


def summed(one: Ints, other: Ints, value: Floats, *, shape: tuple[int, int]) -> Floats:
    return np.bincount(one * shape[1] + other, weights=value, minlength=shape[0] * shape[1]).reshape(shape)


def limits_of(above: Floats, below: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The middle 95 of 100 ratios of the column sums of [dyads, g], the dyads drawn with replacement."""
    drawn = rng.multinomial(len(above), np.full(len(above), 1 / len(above)), size=DRAWS).astype(np.float64)
    shares = (drawn @ above) / np.maximum(drawn @ below, 1e-12)
    lower, upper = np.quantile(shares, (0.025, 0.975), axis=0)
    return lower, upper


PANEL, GAP, LEFT, TOP, BELOW = 150, 20, 52, 64, 72
"""Of the small pictures, units."""


ENDS: dict[float, Anchor] = {0.0: "start", 0.5: "middle", 1.0: "end"}
"""Ticks with a number, which keeps within its panel."""


def reliability_picture(rows: Sequence[tuple[str, Sequence[Tenths]]], description: str) -> str:
    """Each row a way of leaving out, each column a log."""
    parts = []
    for i, (words, tenths) in enumerate(rows):
        top = TOP + i * (PANEL + BELOW)
        parts.append(label(LEFT, top - (36 if i == 0 else 14), words, kind="head"))
        for j, each in enumerate(tenths):
            left = LEFT + j * (PANEL + GAP)
            if i == 0:
                parts.append(label(left, top - 10, each.log, kind="value"))
            parts += _panel(each, left, top, outer=j == 0)
    height = TOP + len(rows) * (PANEL + BELOW) + 4
    width = LEFT + len(rows[0][1]) * (PANEL + GAP)
    words = (
        "Across: of 100 silences so many were forecast to be ended by the other one within 30 days. Up: so many were."
    )
    parts.append(label(LEFT, height - 18, words))
    return drawn(width, height, "Forecast and what came, in tenths of the silences", description, parts)


def _panel(tenths: Tenths, left: float, top: float, *, outer: bool) -> list[str]:
    def x(chance: float) -> float:
        return left + chance * PANEL

    def y(chance: float) -> float:
        return top + PANEL - chance * PANEL

    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(line("grid", (left, y(tick)), (left + PANEL, y(tick))))
        if outer and tick in ENDS:
            parts.append(label(left - 8, y(tick) + 5, f"{tick * 100:.0f}", "end"))
    for tick, anchor in ENDS.items():
        parts.append(label(x(tick), top + PANEL + 20, f"{tick * 100:.0f}", anchor))
    parts.append(line("even", (x(0), y(0)), (x(1), y(1)), dash="3 3"))
    points = list(zip(tenths.expected, tenths.observed, strict=True))
    parts.append(stroke("mark", _path([(x(a), y(b)) for a, b in points]), width=1.5))
    for (a, b), low, high in zip(points, tenths.lower, tenths.upper, strict=True):
        parts.append(line("interval", (x(a), y(low)), (x(a), y(high)), width=2))
        parts.append(dot("mark", x(a), y(b), 3.4))
    return parts


SIZE = (760, 470)
INSET = (64, 30, 150, 58)
"""Left, top, right, bottom."""
NEAR = 18.0
"""Units between two names at the right."""
DASHES = ("", "6 5", "2 4", "12 4 2 4", "18 4")


def hazard_picture(curves: Sequence[ByAge], description: str) -> str:
    """Both axes logarithmic; each log a line with its name at the end."""
    (width, height), (left, top, right, bottom) = SIZE, INSET
    lowest = np.log(min(float(each.hazard.min()) for each in curves) * 0.8)
    highest = np.log(max(float(each.hazard.max()) for each in curves) * 1.25)

    def x(age: float) -> float:
        return left + (width - left - right) * float(np.log(age) / np.log(BINS[-1]))

    def y(hazard: float) -> float:
        return top + (height - top - bottom) * float((highest - np.log(max(hazard, 1e-9))) / (highest - lowest))

    parts = [label(left, top - 10, "written to, of 100 silences a day")]
    for share in (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0):
        if lowest <= np.log(share / 100) <= highest:
            parts.append(line("grid", (left, y(share / 100)), (width - right, y(share / 100))))
            parts.append(label(left - 8, y(share / 100) + 5, f"{share:g}", "end"))
    for day in (1, 2, 7, 14, 30, 60, 90):
        parts.append(line("axis", (x(day), height - bottom), (x(day), height - bottom + 5)))
        parts.append(label(x(day), height - bottom + 22, str(day), "middle"))
    parts.append(line("axis", (left, height - bottom), (width - right, height - bottom)))
    parts.append(label(left, height - 12, "age of the silence, days"))
    for each, dash in zip(curves, DASHES * len(curves), strict=False):
        points = [(x(a), y(b)) for a, b in zip(each.age, each.hazard, strict=True)]
        for (across, _), low, high in zip(points, each.lower, each.upper, strict=True):
            if np.log(max(low, 1e-9)) > lowest:
                parts.append(line("interval", (across, y(low)), (across, y(high)), width=1.5))
        parts.append(stroke("mark", _path(points), width=2, dash=dash))
        parts += [dot("mark", *point, 2.6) for point in points]
    parts += _names(curves, y, width - right)
    return drawn(width, height, "The hazard of being written to by the age of the silence", description, parts)


def _names(curves: Sequence[ByAge], y: Place, edge: float) -> list[str]:
    """At the end of each line, kept apart, with a hairline from one to the other."""
    ordered = sorted(curves, key=lambda each: y(float(each.hazard[-1])))
    parts, last = [], -np.inf
    for each in ordered:
        end = y(float(each.hazard[-1]))
        last = max(end, last + NEAR)
        parts.append(line("axis", (edge - 6, end), (edge + 14, last)))
        parts.append(label(edge + 18, last + 5, each.log, kind="value"))
    return parts


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points)


def drawn(width: float, height: float, title: str, description: str, parts: Sequence[str]) -> str:
    """A picture that stands alone, with a ground of its own, so that it can be read on any page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc><style>{STYLE}</style>"
        f'<rect class="paper" width="100%" height="100%" rx="10"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def told_reliability(rows: Sequence[tuple[str, Sequence[Tenths]]]) -> str:
    """What the small pictures show, in one sentence for each row."""
    said = []
    for words, tenths in rows:
        first, *others = [f"{each.gap * 100:.0f} in {{}}{each.log}" for each in tenths]
        gaps = ", ".join([first.format("100 in "), *(each.format("") for each in others)])
        said.append(f"{words}: the tenth that is furthest from its forecast is off by {gaps}.")
    return " ".join(said)


def told_hazard(curves: Sequence[ByAge]) -> str:
    """What the lines show."""

    def at(day: float) -> str:
        return ", ".join(
            f"{each.hazard[np.argmin(np.abs(np.log(each.age / day)))] * 100:.2g} in {each.log}" for each in curves
        )

    slopes = ", ".join(f"{each.slope:.1f} in {each.log}".replace("-", "−") for each in curves)
    return (
        f"Of 100 silences that have lasted 7 to 10 days the other one ends so many a day: {at(8.4)}; of "
        f"100 that have lasted 60 to 90 days: {at(73.5)}. From day 7 on the lines fall with a slope of {slopes}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", nargs="+", metavar="LOG or NAME=SECONDS")
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder of the pictures")
    given = parser.parse_args()
    ends = dict(each.split("=") for each in given.logs if "=" in each)
    with open_engine("polars") as engine:
        logs = [
            engine.read(path, until=float(ends[name_of(path)]) if name_of(path) in ends else None)
            for path in (Path(each) for each in given.logs if "=" not in each)
        ]
    rng = np.random.default_rng(SEED)
    samples = [sample_silences(log, AGE, rng) for log in logs]
    inside = [
        in_tenths(sample, left_out_by_dyads(log, sample, rng), rng) for log, sample in zip(logs, samples, strict=True)
    ]
    rows = [("Pairs left out, learned from the others of the log", inside)]
    if len(logs) > 1:
        whole = learned(logs)
        others = [tuple(fit for fit in whole.logs if fit.name != log.name) for log in logs]
        populations = [msgspec.structs.replace(whole, logs=each) for each in others]
        found = [
            in_tenths(sample, within_a_month(sample, each), rng)
            for sample, each in zip(samples, populations, strict=True)
        ]
        rows.append(("The whole log left out, learned from the others", found))
    curves = [by_age(log, rng) for log in logs]
    given.to.mkdir(parents=True, exist_ok=True)
    for name, picture, sentence in (
        ("forecast-reliability", reliability_picture(rows, told_reliability(rows)), told_reliability(rows)),
        ("forecast-hazard", hazard_picture(curves, told_hazard(curves)), told_hazard(curves)),
    ):
        (given.to / f"{name}.svg").write_text(picture, encoding="utf-8")
        print(f"{name}: {sentence}")


if __name__ == "__main__":
    main()
