"""One definition of a silence on every engine, and the same as in numpy; what cannot be read is named calmly."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fallow.dyad import COVARIATES, OPEN
from fallow.errors import EngineStopped, FallowError, LogNotInSeconds, LogNotUnderstood, NotUnderstood
from fallow.study import open_engine, write_silences
from study.many import assert_as_in_numpy, read, untidy_lines, write_csv

ENGINES = ("polars", "duckdb")
HEADER = "sender,receiver,at\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smaller one."""
    return write_csv(tmp_path_factory.mktemp("logs") / "untidy.csv", untidy_lines(2_000))


def test_many_dyads_have_the_silences_that_each_has(tmp_path: Path) -> None:
    """The definition over tables is that over arrays: who, which, how long and what was known."""
    lines = untidy_lines(20_000)
    log = write_csv(tmp_path / "untidy.csv", lines)
    for engine in ENGINES:
        assert_as_in_numpy(read(log, engine), lines)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_form_of_a_file_gives_the_same(engine: str, log: Path, tmp_path: Path) -> None:
    """Plain, packed and Parquet, in another order of the lines."""
    plain = read(log, engine)
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    table = pl.read_csv(log, schema_overrides={"sender": pl.String, "receiver": pl.String}).reverse()
    table.write_parquet(tmp_path / "table.parquet")
    for other in (read(packed, engine), read(tmp_path / "table.parquet", engine)):
        assert plain.messages == other.messages
        for name in ("dyad", "row", "days", "cause", "covariates"):
            np.testing.assert_array_equal(getattr(plain.silences, name), getattr(other.silences, name))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", [".parquet", ".csv"])
def test_the_same_log_gives_the_same_bytes(engine: str, form: str, log: Path, tmp_path: Path) -> None:
    """A table of silences can be made again."""
    for name in ("once", "again"):
        write_silences([read(log, engine)], tmp_path / f"{name}{form}")
    assert (tmp_path / f"once{form}").read_bytes() == (tmp_path / f"again{form}").read_bytes()


def test_a_table_of_silences_holds_numbers_and_no_name(log: Path, tmp_path: Path) -> None:
    """Dyads are numbered; the columns are those that are told."""
    out = tmp_path / "silences.parquet"
    found = read(log)
    write_silences([found], out)
    table = pl.read_parquet(out)
    assert ["log", "dyad", "view", "row", "begin", "days", "cause", *COVARIATES] == table.columns
    assert {"untidy"} == set(table["log"])
    assert all(dtype.is_numeric() for name, dtype in table.schema.items() if name != "log")
    np.testing.assert_array_equal(found.silences.days, table["days"].to_numpy())


@pytest.mark.parametrize("engine", ENGINES)
def test_an_end_of_its_own_leaves_silences_open(engine: str, log: Path) -> None:
    """Those that last until then, by that much longer."""
    usual = read(log, engine)
    last = 1 + max(usual.begin.max() / 1e6, float(np.max(usual.begin / 1e6 + usual.silences.days * 86_400)))
    later = read(log, engine, until=last + 10 * 86_400)
    is_open = later.silences.cause == OPEN
    assert usual.dyads <= later.dyads == len(np.unique(later.silences.dyad[is_open]))
    np.testing.assert_allclose(
        later.begin[is_open] / 1e6 + later.silences.days[is_open] * 86_400, last + 10 * 86_400, rtol=0, atol=1e-3
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("who,when\na,b\n", 1),
        (HEADER + "a,b,1\na,b,soon\n", 3),
        (HEADER + "a,b,1\na,,2\n", 3),
        (HEADER + "a,b,1\n\na,b,\n", 4),
        (HEADER + "a,b,1\na,b,2,3\n", 3),
    ],
)
def test_a_line_that_is_no_message_is_named(engine: str, text: str, line: int, tmp_path: Path) -> None:
    """By its number, without what it holds."""
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(LogNotUnderstood) as refused:
        read(tmp_path / "log.csv", engine)
    assert line == refused.value.details["line"]


@pytest.mark.parametrize("engine", ENGINES)
def test_blank_lines_are_passed_over(engine: str, tmp_path: Path) -> None:
    """In the middle and at the end."""
    (tmp_path / "log.csv").write_text(HEADER + "a,b,1\n\nb,a,2\n\n")
    assert 2 == read(tmp_path / "log.csv", engine).messages


@pytest.mark.parametrize("engine", ENGINES)
def test_a_log_of_no_line_has_no_silence(engine: str, tmp_path: Path) -> None:
    """A header alone is a log."""
    (tmp_path / "log.csv").write_text(HEADER)
    found = read(tmp_path / "log.csv", engine)
    assert (0, 0, 0) == (found.messages, found.dyads, len(found.silences))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("at", ["1767225600000", "1e400", "nan"])
def test_times_that_cannot_be_seconds_are_refused(engine: str, at: str, tmp_path: Path) -> None:
    """Milliseconds are the usual slip."""
    (tmp_path / "log.csv").write_text(HEADER + f"a,b,1\nb,a,{at}\n")
    with pytest.raises((LogNotInSeconds, LogNotUnderstood)):
        read(tmp_path / "log.csv", engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_that_is_no_table_is_refused(engine: str, tmp_path: Path) -> None:
    """Whatever its name says."""
    (tmp_path / "log.parquet").write_bytes(b"not a table")
    with pytest.raises(EngineStopped):
        read(tmp_path / "log.parquet", engine)
    pl.DataFrame({"sender": ["a"], "receiver": ["b"], "at": ["yesterday"]}).write_parquet(tmp_path / "words.parquet")
    with pytest.raises(LogNotUnderstood):
        read(tmp_path / "words.parquet", engine)


@pytest.mark.parametrize("name", ["pandas", "spark://", "local[x]", ""])
def test_an_engine_that_is_none_is_refused(name: str) -> None:
    """With those that are."""
    with pytest.raises(NotUnderstood, match="polars, duckdb"), open_engine(name):
        pass


WITHOUT = """
import sys
for name in {missing!r}: sys.modules[name] = None
from fallow.errors import FallowError
from fallow.study import open_engine
try:
    with open_engine({engine!r}): pass
except FallowError as error:
    print(error.advice)
"""


@pytest.mark.parametrize(
    ("engine", "missing", "extra"),
    [("polars", ["narwhals"], "study"), ("duckdb", ["duckdb"], "study"), ("local[2]", ["pyspark"], "spark")],
)
def test_without_its_parts_an_engine_says_what_to_install(engine: str, missing: list[str], extra: str) -> None:
    """Word for word what to type."""
    code = WITHOUT.format(engine=engine, missing=missing)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f'Install them with: pip install "fallow[{extra}]".\n' == done.stdout


def test_fallow_starts_without_any_engine() -> None:
    """They are loaded when a log is read, and at no other time."""
    code = "import sys, fallow.web.worker; from fallow.cli.main import main; list(main.commands.values()); "
    code += "print([n for n in sys.argv if n in sys.modules])"
    engines = ("narwhals", "polars", "duckdb", "pyspark", "pyarrow")
    done = subprocess.run([sys.executable, "-c", code, *engines], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout


def test_duckdb_tells_when_its_memory_is_too_little(tmp_path: Path, log: Path) -> None:
    """A sentence instead of an end."""
    with pytest.raises(FallowError), open_engine("duckdb", memory_mb=1) as engine:
        engine.read(log)
