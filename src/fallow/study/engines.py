"""
What can read a log: Polars on this computer, DuckDB within a stated memory, Spark here or on a cluster.

They come with extras and are loaded when one is asked for, never when Fallow starts.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Protocol

from fallow.errors import JavaMissing, NotUnderstood, StudyPartsMissing
from fallow.language import N_
from fallow.study.logs import EventLog

SPARK: Final = re.compile(r"local(\[(\d+|\*)\])?|spark://[^/\s]+")
MEMORY_MB: Final = 2048
"""What DuckDB and a Spark on this computer stay within, unless said otherwise."""


class Engine(Protocol):
    """Something that reads logs; all of them give the same silences."""

    def read(self, path: Path, *, until: float | None = None) -> EventLog:
        """
        Read a log and find its silences.

        Args:
            path: A file of the form `logs` tells of; on a cluster one that every worker sees under this name.
            until: Seconds at which the log ends; the last message's if None.
        Raises:
            LogNotUnderstood: At the first line that is not of this form.
            LogNotInSeconds: If its times reach further than seconds can.
            EngineStopped: If the engine gave up for a reason of its own.
            OSError: If the file cannot be opened.
        """


@contextmanager
def open_engine(name: str, *, memory_mb: int = MEMORY_MB) -> Iterator[Engine]:
    """
    Start an engine, and end it.

    Args:
        name: polars, duckdb, local[N] (Spark on N cores of this computer) or spark://HOST:PORT.
        memory_mb: Of DuckDB, or of Spark on this computer.
    Raises:
        NotUnderstood: If there is no such engine.
        StudyPartsMissing: If its extra is not installed.
        JavaMissing: If Spark finds no Java.
        EngineStopped: If it does not start.
    """
    spark = SPARK.fullmatch(name) is not None
    opened: AbstractContextManager[Engine]
    try:
        if name == "polars":
            from fallow.study.on_polars import open_polars

            opened = open_polars()
        elif name == "duckdb":
            from fallow.study.on_duckdb import open_duckdb

            opened = open_duckdb(memory_mb)
        elif spark:
            from fallow.study.on_spark import open_spark

            if not have_java():
                raise JavaMissing
            opened = open_spark(name, memory_mb)
        else:
            raise NotUnderstood(what=N_("the engine; one of polars, duckdb, local[2] or spark://HOST:PORT"))
    except ModuleNotFoundError as problem:
        raise StudyPartsMissing(extra="spark" if spark else "study") from problem
    with opened as engine:
        yield engine


def have_java() -> bool:
    """Whether Spark will find a Java to run on."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home is not None and (Path(home) / "bin" / "java").exists())
