"""Learning from event logs: what the silence forecast ships with is made by this command."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from fallow.cli.keeping import as_json_option
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import FileIsThere, FileNotOpened
from fallow.study import fit_population, read_log
from fallow.wiring import today_in


@click.group()
def study() -> None:
    """Learn the population of the silence forecast from event logs. Nothing of Fallow's own data is read."""


@study.command("fit")
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new file.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the samples; the same one, the same numbers.")
@click.option("--samples", type=click.IntRange(1, 200), default=20, show_default=True, help="Of dyads, for each log.")
@click.option("--ends", multiple=True, metavar="NAME=SECONDS", help="When a log ends; its last message if left out.")
@click.option("--cite", "cites", multiple=True, metavar="NAME=TEXT", help="Where a log was published.")
@as_json_option
def fit(
    *, logs: tuple[Path, ...], output: Path, seed: int, samples: int, ends: tuple[str, ...], cites: tuple[str, ...],
    as_json: bool,
) -> None:  # fmt: skip
    """Fit each log (CSV with sender,receiver,at) and write the numbers with where they come from."""
    with plain_endings(as_json=as_json):
        if output.exists():
            raise FileIsThere
        until = {name: _number(value) for name, value in map(_pair, ends)}
        try:
            read = [read_log(path, until=until.get(path.name.split(".")[0])) for path in logs]
        except OSError as problem:
            raise FileNotOpened from problem
        population = fit_population(
            read,
            seed=seed,
            made=today_in(None).isoformat(),
            cites=dict(map(_pair, cites)),
            samples=samples,
            told=lambda name: say(f"{name} is fitted."),
        )
        output.write_bytes(msgspec.json.encode(population))
        if as_json:
            sizes = ("name", "sha256", "messages", "dyads", "silences", "days")
            answer({"logs": [{name: getattr(log, name) for name in sizes} for log in population.logs]})
        say(f"Written: {len(population.logs)} logs.")


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise click.BadParameter("NAME=VALUE is needed")
    return name, value


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError as problem:
        raise click.BadParameter("seconds are a number") from problem
