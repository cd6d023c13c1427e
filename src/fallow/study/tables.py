"""Silences as a file of rows: Parquet or CSV, the same bytes for the same logs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fallow.dyad import COVARIATES
from fallow.study.logs import EventLog

FORMS: Final = (".parquet", ".csv")
"""The ends of a name that say how it is written."""


def write_silences(logs: Sequence[EventLog], path: Path) -> None:
    """
    Write every silence of some logs.

    Args:
        logs: In the order in which they are written.
        path: A new file that ends in one of FORMS.
    Raises:
        OSError: If it cannot be written; what there is of it is gone again.
    """
    import polars as pl  # with the engine, and never before

    def table(log: EventLog) -> pl.LazyFrame:
        s = log.silences
        known = {"dyad": s.dyad, "view": log.view, "row": s.row, "begin": log.begin, "days": s.days, "cause": s.cause}
        covariates = {name: s.covariates[:, i] for i, name in enumerate(COVARIATES)}
        return pl.LazyFrame(known | covariates).select(pl.lit(log.name).alias("log"), pl.all())

    whole = pl.concat([table(log) for log in logs])
    try:
        if path.suffix == ".parquet":
            whole.collect().write_parquet(path)
        else:
            whole.collect().write_csv(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise
