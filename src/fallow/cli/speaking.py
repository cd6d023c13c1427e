"""How the command line speaks: JSON on standard output, words on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec

from fallow.cli.errors import FAILED, exit_status
from fallow.errors import DateOrderUnclear, FallowError
from fallow.language import gettext as _


def answer(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
    sys.stdout.flush()


def answer_line(value: Any) -> None:
    """One JSON document on one line, out at once."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def say(sentence: str) -> None:
    """Words for a person."""
    click.echo(sentence, err=True)


def typed_lines() -> Iterator[str]:
    """Words as they are typed, up to an empty line on a terminal, or to the end."""
    for line in sys.stdin:
        if not line.strip() and sys.stdin.isatty():
            return
        yield line


def ask_words(question: str) -> str:
    """One line in a person's own words; empty where nothing was given, or there is nobody to ask."""
    try:
        given: str = click.prompt(question, default="", show_default=False, err=True)
    except click.Abort as ended:
        if not isinstance(ended.__context__, EOFError):  # somebody stopped it
            raise
        given = ""
    _end_line()
    return given.strip()


def ask_yes(question: str) -> bool:
    """Yes or no, one of the two; a question that nobody answers ends the command."""
    said: bool = click.prompt(_("{question} [y/n]").format(question=question), value_proc=_yes_or_no, err=True)
    _end_line()
    return said


def ask_sure(question: str) -> bool:
    """Whether something is meant that cannot be undone; nothing is a no."""
    asked = _("{question} [y/N]").format(question=question)
    return bool(click.prompt(asked, default="n", show_default=False, value_proc=_yes_or_no, err=True))


def _yes_or_no(given: str) -> bool:
    """The letters of the language spoken, and the English ones."""
    typed = given.strip().lower()
    if typed in ("y", "yes", *_("y, yes").split(", ")):
        return True
    if typed in ("n", "no", *_("n, no").split(", ")):
        return False
    raise click.UsageError(_("one of the two is needed."))


def _end_line() -> None:
    """Where answers come from a file or a pipe, nobody's Enter has ended the line of the question."""
    if not sys.stdin.isatty():
        click.echo(err=True)


def describe_error(error: FallowError) -> dict[str, Any]:
    """An error for machines; its details are counts, limits and dates, never words."""
    described: dict[str, Any] = {"kind": error.kind, "says": error.sentence, "next_step": error.advice}
    return described | ({"details": error.details} if error.details else {})


@contextmanager
def plain_endings(*, as_json: bool) -> Iterator[None]:
    """Turn what a person can meet into two sentences and an exit status; show nothing private of anything else."""
    try:
        yield
    except FallowError as error:
        if as_json:
            answer({"error": describe_error(error)})
        say(error.sentence)
        if isinstance(error, DateOrderUnclear):
            say(_("Its dates look like this: {samples}").format(samples=error.details["samples"]))
        say(error.advice)
        raise SystemExit(exit_status(error)) from None
    except (click.ClickException, click.Abort, click.exceptions.Exit, SystemExit, KeyboardInterrupt):
        raise
    except BrokenPipeError:
        raise SystemExit(FAILED) from None
    except Exception as error:  # the edge: the kind alone, for the words may hold something private
        say(_("Something did not work ({kind}). Nothing was changed.").format(kind=type(error).__name__))
        raise SystemExit(FAILED) from None
