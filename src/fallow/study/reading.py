"""How a log becomes silences on any engine: it is scanned twice, and between the two only its talks are held."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from fallow.dyad import COVARIATES, DAY_US, Episodes
from fallow.errors import EngineStopped, LogNotInSeconds, LogNotUnderstood
from fallow.study.episodes import Frame, clean_messages, numbered_people, silences_after, talks_of, views_of
from fallow.study.logs import COLUMNS, EventLog, Form, first_bad_line, form_of, hash_of, header_of, name_of

FURTHEST: Final = 4e9
"""Seconds before or after 0 that a log may reach: the year 2096, if 0 is 1970."""
LONGEST: Final = 50 * 365.25 * 86_400
"""Seconds that a log may span: exp(span / the shorter memory) must stay a number."""
YEAR: Final = 365.25 * 86_400


class TableEngine(ABC):
    """An engine that Narwhals speaks to; `refusals` are the errors of its own."""

    refusals: tuple[type[Exception], ...]

    @abstractmethod
    def scan(self, path: Path, form: Form) -> Any:
        """A lazy native table of a file; the columns of a CSV file are words, and nothing at all is null."""

    @abstractmethod
    def keep(self, frame: Frame) -> Frame:
        """The same table, worked out once."""

    def in_order(self, frame: Frame, *names: str) -> Frame:
        """The same table; sorted where windows over it are then cheaper."""
        return frame

    @abstractmethod
    def take(self, frame: Frame) -> pl.DataFrame:
        """The whole table, in its order."""

    def read(self, path: Path, *, until: float | None = None) -> EventLog:
        """As `Engine.read`."""
        sha256 = hash_of(path)
        refusals: tuple[type[Exception], ...] = (*self.refusals, nw.exceptions.NarwhalsError)
        try:
            return self._read(path, sha256, until)
        except refusals as problem:
            line = self._bad_line(path)
            if line is None:
                raise EngineStopped(what=type(problem).__name__) from problem
            raise LogNotUnderstood(line=line) from problem

    def _bad_line(self, path: Path) -> int | None:
        return None if form_of(path) == "parquet" else first_bad_line(path)

    def _read(self, path: Path, sha256: str, until: float | None) -> EventLog:
        lines = self._lines(path)
        origin = self._first_moment(path, lines)
        people = self.keep(numbered_people(lines))
        messages = self.in_order(clean_messages(lines, people), "place")
        talks = self.keep(self.in_order(talks_of(messages, origin), "dyad", "talk"))
        start, last, sent = self.take(
            talks.select(nw.col("start").min(), nw.col("end").max(), (nw.col("sent_0") + nw.col("sent_1")).sum())
        ).row(0)
        end = float(np.floor(until * 1e6 + 0.5)) if until is not None else float(last or 0.0)
        silences = self.keep(silences_after(talks, origin=origin, until=end))
        found = self.take(views_of(silences))
        days = 0.0 if start is None else (end - float(start)) / DAY_US
        return _log_of(found, name=name_of(path), sha256=sha256, messages=int(sent or 0), days=days)

    def _lines(self, path: Path) -> Frame:
        if form_of(path) != "parquet":
            header_of(path)
        scanned: Frame = nw.from_native(self.scan(path, form_of(path)))
        schema = scanned.collect_schema()
        if not set(COLUMNS) <= set(schema.names()):
            raise LogNotUnderstood(line=1)
        at = schema["at"]
        if form_of(path) == "parquet" and not at.is_numeric():
            raise LogNotUnderstood(line=1)
        empty = nw.all_horizontal(*(nw.col(name).is_null() for name in COLUMNS), ignore_nulls=False)
        words = (nw.col(name).cast(nw.String) for name in ("sender", "receiver"))
        return scanned.filter(~empty).select(*words, nw.col("at").cast(nw.Float64))

    def _first_moment(self, path: Path, lines: Frame) -> float:
        """Microseconds, once it is sure that every line has a moment and that all are near enough."""
        half = nw.any_horizontal(*(nw.col(name).is_null() for name in COLUMNS), ignore_nulls=False)
        missing = nw.when(half).then(nw.lit(1)).otherwise(nw.lit(0))
        least, most, empty = self.take(
            lines.select(nw.col("at").min().alias("least"), nw.col("at").max().alias("most"), missing.sum().alias("e"))
        ).row(0)
        if empty:
            raise LogNotUnderstood(line=self._bad_line(path) or 1)
        if least is None:
            return 0.0
        if not (np.isfinite(least) and np.isfinite(most)):
            raise LogNotUnderstood(line=self._bad_line(path) or 1)
        reach = max(abs(least), abs(most))
        if reach > FURTHEST or most - least > LONGEST:
            raise LogNotInSeconds(years=round(max(most - least, reach) / YEAR))
        return float(least) * 1e6


def _log_of(found: pl.DataFrame, *, name: str, sha256: str, messages: int, days: float) -> EventLog:
    _, dyad = np.unique(found["dyad"].to_numpy(), return_inverse=True)
    silences = Episodes(
        dyad=dyad.reshape(-1).astype(np.int64),
        row=found["row"].to_numpy(),
        days=found["days"].to_numpy(),
        cause=found["cause"].to_numpy(),
        covariates=found.select(COVARIATES).to_numpy(order="c"),
    )
    return EventLog(
        name=name,
        sha256=sha256,
        messages=messages,
        days=days,
        view=found["view"].to_numpy(),
        begin=found["begin"].to_numpy(),
        silences=silences,
    )
