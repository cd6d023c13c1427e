"""Logs read by Polars, on all cores of this computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import narwhals as nw
import polars as pl

from fallow.study.episodes import Frame
from fallow.study.logs import Form
from fallow.study.reading import TableEngine


class PolarsEngine(TableEngine):
    """Tables are worked through in pieces; what is kept is in memory."""

    refusals = (pl.exceptions.PolarsError,)

    def scan(self, path: Path, form: Form) -> pl.LazyFrame:
        if form == "parquet":
            return pl.scan_parquet(path, glob=False)
        return pl.scan_csv(path, glob=False, infer_schema=False)

    def keep(self, frame: Frame) -> Frame:
        kept: Frame = nw.from_native(self.take(frame).lazy())
        return kept

    def in_order(self, frame: Frame, *names: str) -> Frame:
        return frame.sort(*names)

    def take(self, frame: Frame) -> pl.DataFrame:
        native: pl.LazyFrame = frame.to_native()
        return native.collect(engine="streaming")


@contextmanager
def open_polars() -> Iterator[PolarsEngine]:
    """Nothing to start, nothing to end."""
    yield PolarsEngine()
