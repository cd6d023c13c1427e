"""Spark gives the silences that all others give; run by `make test-spark`, with a real session on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from fallow.errors import LogNotUnderstood
from fallow.study import Engine, open_engine
from study.many import assert_as_in_numpy, untidy_lines, write_csv

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    with open_engine("local[2]", memory_mb=1024) as engine:
        yield engine


def test_many_dyads_have_the_silences_that_each_has(spark: Engine, tmp_path: Path) -> None:
    """The same tables, unchanged, on CSV and on Parquet."""
    lines = untidy_lines(20_000)
    plain = write_csv(tmp_path / "untidy.csv", lines)
    assert_as_in_numpy(spark.read(plain), lines)
    table = pl.read_csv(plain, schema_overrides={"sender": pl.String, "receiver": pl.String})
    table.write_parquet(tmp_path / "untidy.parquet")
    assert_as_in_numpy(spark.read(tmp_path / "untidy.parquet"), lines)


@pytest.mark.parametrize(("last", "line"), [("a,b,soon", 3), ("a,,2", 3), ("a,b,2,3", 3)])
def test_a_line_that_is_no_message_is_named(spark: Engine, last: str, line: int, tmp_path: Path) -> None:
    """As by the other engines."""
    (tmp_path / "log.csv").write_text(f"sender,receiver,at\na,b,1\n{last}\n")
    with pytest.raises(LogNotUnderstood) as refused:
        spark.read(tmp_path / "log.csv")
    assert line == refused.value.details["line"]
