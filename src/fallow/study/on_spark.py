"""Logs read by Spark, on this computer or on a cluster whose workers see the files under the same names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import narwhals as nw
import polars as pl
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from fallow.errors import EngineStopped
from fallow.study.episodes import Frame
from fallow.study.logs import Form
from fallow.study.reading import TableEngine

QUIET: Final = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %p %c{1}: %m%n
"""
"""Spark tells of what failed only."""
PIECES: Final = 8
"""Into which Spark on one computer parts a table; its own 200 are for clusters."""


class SparkEngine(TableEngine):
    """Tables are worked out where Spark runs; the silences come back here."""

    refusals = (PySparkException, Py4JError)

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def scan(self, path: Path, form: Form) -> DataFrame:
        where = f"file://{path.absolute()}"
        if form == "parquet":
            return self._session.read.parquet(where)
        return self._session.read.csv(where, header=True, quote='"', escape='"', mode="FAILFAST")

    def keep(self, frame: Frame) -> Frame:
        native: DataFrame = frame.to_native()
        kept: Frame = nw.from_native(native.persist())
        return kept

    def take(self, frame: Frame) -> pl.DataFrame:
        native: DataFrame = frame.to_native()
        taken = pl.from_arrow(native.toArrow())
        assert isinstance(taken, pl.DataFrame)
        return taken


@contextmanager
def open_spark(master: str, memory_mb: int) -> Iterator[SparkEngine]:
    """A session of our own, ended afterwards."""
    with TemporaryDirectory(prefix="fallow-study-") as folder:
        quiet = Path(folder) / "quiet.properties"
        quiet.write_text(QUIET, "utf-8")
        options: dict[str, Any] = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.warehouse.dir": folder,
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
        }
        if master.startswith("local"):
            options |= {
                "spark.driver.memory": f"{memory_mb}m",
                "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.local.dir": folder,
                "spark.sql.shuffle.partitions": PIECES,
            }
        builder = SparkSession.builder.master(master).appName("fallow study")
        try:
            session = builder.config(map=options).getOrCreate()
        except SparkEngine.refusals as problem:
            raise EngineStopped(what=type(problem).__name__) from problem
        try:
            yield SparkEngine(session)
        finally:
            session.stop()
