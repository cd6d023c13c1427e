"""Logs read by DuckDB, within a stated memory: what does not fit goes to a folder that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import narwhals as nw
import polars as pl

from fallow.study.episodes import Frame
from fallow.study.logs import Form, header_of
from fallow.study.reading import TableEngine


class DuckDBEngine(TableEngine):
    """Tables are worked out in a database file of their own."""

    refusals = (duckdb.Error,)

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._kept = 0

    def scan(self, path: Path, form: Form) -> duckdb.DuckDBPyRelation:
        if form == "parquet":
            return self._connection.read_parquet(str(path))
        return self._connection.read_csv(
            str(path),
            # Told everything: what it guesses from a small file is not always what the file says.
            columns=dict.fromkeys(header_of(path), "VARCHAR"),
            auto_detect=False,
            header=True,
            sep=",",
            quotechar='"',
            escapechar='"',
            compression="gzip" if form == "csv.gz" else "none",
        )

    def keep(self, frame: Frame) -> Frame:
        native: duckdb.DuckDBPyRelation = frame.to_native()
        self._kept += 1
        name = f"kept_{self._kept}"
        native.create(name)
        kept: Frame = nw.from_native(self._connection.table(name))
        return kept

    def take(self, frame: Frame) -> pl.DataFrame:
        native: duckdb.DuckDBPyRelation = frame.to_native()
        return pl.DataFrame(native)  # over Arrow's C stream, so that pyarrow is not needed


@contextmanager
def open_duckdb(memory_mb: int) -> Iterator[DuckDBEngine]:
    """A database in a folder of its own; no extension is fetched from anywhere."""
    with TemporaryDirectory(prefix="fallow-study-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mb}MiB",
            "temp_directory": folder,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(Path(folder) / "study.duckdb", config=settings) as connection:
            yield DuckDBEngine(connection)
