"""Learning from event logs: what the silence forecast ships with is made and scored by these commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from fallow.cli.commands import as_json_option, group
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import FileIsThere, FileNotOpened, FileNotWritten, NotUnderstood
from fallow.language import N_, ngettext, say_count
from fallow.language import gettext as _
from fallow.study import (
    FORMS,
    MEMORY_MB,
    EventLog,
    Score,
    fit_population,
    name_of,
    open_engine,
    score_dyads_left_out,
    score_logs_left_out,
    with_scores,
    write_silences,
)
from fallow.wiring import today_in

Command = Callable[..., None]

_logs = click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
_output = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new file."
)
_seed = click.option(
    "--seed", type=int, default=1, show_default=True, help="Of the samples; the same, the same numbers."
)


def _reading_options(command: Command) -> Command:
    """What every command that reads logs takes."""
    options = (
        click.option(
            "--engine",
            default="polars",
            show_default=True,
            metavar="ENGINE",
            help="polars, duckdb, local[N] (Spark on N cores here) or spark://HOST:PORT.",
        ),
        click.option(
            "--memory",
            type=click.IntRange(256),
            default=MEMORY_MB,
            show_default=True,
            metavar="MB",
            help="What DuckDB, or a Spark here, stays within.",
        ),
        click.option(
            "--ends", multiple=True, metavar="NAME=SECONDS", help="When a log ends; its last message if left out."
        ),
        as_json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@group()
def study() -> None:
    """Learn the population of the silence forecast from event logs. Nothing of Fallow's own data is read."""


@study.command("episodes")
@_logs
@_output
@_reading_options
def episodes(
    *, logs: tuple[Path, ...], output: Path, engine: str, memory: int, ends: tuple[str, ...], as_json: bool
) -> None:
    """
    Find every silence of a day and more in each log, as each of the two sees it, with what was known when it began.

    Written as Parquet or CSV, by the end of the name; the columns are told in the guide to learning from other logs.
    """
    with plain_endings(as_json=as_json):
        _new(output)
        if output.suffix not in FORMS:
            raise NotUnderstood(
                what=_("how to write; the name has to end in {one} or {other}").format(one=FORMS[0], other=FORMS[1])
            )
        read = _read(logs, engine=engine, memory=memory, ends=ends)
        try:
            write_silences(read, output)
        except OSError as problem:
            raise FileNotWritten from problem
        if as_json:
            answer({"engine": engine, "logs": [_described(log) for log in read]})
        written = sum(len(log.silences) for log in read)
        say(ngettext("Written: {n} silence.", "Written: {n} silences.", written).format(n=say_count(written)))


@study.command("fit")
@_logs
@_output
@_seed
@click.option("--samples", type=click.IntRange(1, 200), default=20, show_default=True, help="Of dyads, for each log.")
@click.option("--cite", "cites", multiple=True, metavar="NAME=TEXT", help="Where a log was published.")
@_reading_options
def fit(
    *, logs: tuple[Path, ...], output: Path, seed: int, samples: int, cites: tuple[str, ...],
    engine: str, memory: int, ends: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Fit each log and write the numbers with where they come from, and how well they told of dyads left out."""
    with plain_endings(as_json=as_json):
        _new(output)
        cited = dict(map(_pair, cites))
        read = _read(logs, engine=engine, memory=memory, ends=ends)
        population = fit_population(
            read,
            seed=seed,
            made=today_in(None).isoformat(),
            cites=cited,
            samples=samples,
            told=lambda name: say(_("{name} is fitted.").format(name=name)),
        )
        population = with_scores(
            population, read, seed=seed, told=lambda name: say(_("{name} is scored.").format(name=name))
        )
        try:
            output.write_bytes(msgspec.json.encode(population))
        except OSError as problem:
            raise FileNotWritten from problem
        if as_json:
            sizes = ("name", "sha256", "messages", "dyads", "silences", "days")
            answer({"logs": [{name: getattr(log, name) for name in sizes} for log in population.logs]})
        fitted = len(population.logs)
        say(ngettext("Written: {n} log.", "Written: {n} logs.", fitted).format(n=say_count(fitted)))


@study.command("score")
@_logs
@_seed
@click.option("--folds", type=click.IntRange(2, 20), default=5, show_default=True, help="Into which dyads are drawn.")
@click.option(
    "--most", type=click.IntRange(100), default=10_000, show_default=True, help="Silences scored of each age."
)
@_reading_options
def score(
    *, logs: tuple[Path, ...], seed: int, folds: int, most: int,
    engine: str, memory: int, ends: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """
    Score the forecast on dyads it has not learned from and, of two logs and more, on logs it has not learned from.

    Beside it two baselines: one curve for everybody (Aalen-Johansen), and each side's own rate of returns.
    """
    with plain_endings(as_json=as_json):
        read = _read(logs, engine=engine, memory=memory, ends=ends)
        told = _say_row if not as_json else _say_scored
        if not as_json:
            click.echo(HEAD)
        scores: list[Score] = []
        for log in read:
            scores += score_dyads_left_out(log, seed=seed, folds=folds, most=most, told=told)
        if len(read) > 1:
            scores += score_logs_left_out(read, seed=seed, most=most, told=told)
        if as_json:
            answer({"seed": seed, "folds": folds, "logs": [_described(log) for log in read], "scores": scores})


HEAD = (
    "| log | left out | age, days | model | silences | IBS ratio | 95 % limits | in the large | ICI | largest gap "
    "| slope | AUC | C |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def _say_scored(row: Score) -> None:
    say(_("{log}, {n} days, {model}: scored.").format(log=row.log, n=say_count(row.age_days), model=row.model))


def _say_row(row: Score) -> None:
    """One row of the table, as it is known."""

    def told(value: float | None, form: str = ".3f") -> str:
        return "" if value is None else format(value, form)

    limits = f"{told(row.ibs_ratio_lower)}–{told(row.ibs_ratio_upper)}"
    cells = (
        *(row.log, row.left_out, str(row.age_days), row.model.replace("_", " "), f"{row.silences:,}"),
        *(told(row.ibs_ratio), limits, told(row.in_the_large, "+.3f"), told(row.ici), told(row.largest_gap)),
        *(told(row.slope, ".2f"), told(row.auc), told(row.concordance)),
    )
    click.echo(f"| {' | '.join(cells)} |")


def _read(logs: Sequence[Path], *, engine: str, memory: int, ends: Sequence[str]) -> list[EventLog]:
    """Every log by one engine, telling of each when it is done."""
    until = {name: _number(value) for name, value in map(_pair, ends)}
    if len({name_of(path) for path in logs}) < len(logs):
        raise NotUnderstood(what=N_("which log is which; each needs a name of its own"))
    read = []
    with open_engine(engine, memory_mb=memory) as opened:
        for path in logs:
            try:
                log = opened.read(path, until=until.get(name_of(path)))
            except OSError as problem:
                raise FileNotOpened from problem
            say(
                _("{name}: {messages} messages, {silences} silences of {dyads} dyads.").format(
                    name=log.name,
                    messages=say_count(log.messages),
                    silences=say_count(len(log.silences)),
                    dyads=say_count(log.dyads),
                )
            )
            read.append(log)
    return read


def _described(log: EventLog) -> Mapping[str, Any]:
    sizes = {name: getattr(log, name) for name in ("name", "sha256", "messages", "dyads")}
    return sizes | {"silences": len(log.silences), "days": round(log.days, 1)}


def _new(output: Path) -> None:
    if output.exists():
        raise FileIsThere


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise click.BadParameter(_("NAME=VALUE is needed"))
    return name, value


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError as problem:
        raise click.BadParameter(_("seconds are a number")) from problem
