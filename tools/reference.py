"""Write docs/reference from the code: commands, errors, settings. `--check` only compares."""

from __future__ import annotations

import string
import sys
from pathlib import Path

import click
import msgspec

from fallow import errors
from fallow.cli import errors as cli_errors
from fallow.cli.main import main as command
from fallow.settings import Settings
from fallow.web.errors import status_of

FOLDER = Path(__file__).parents[1] / "docs" / "reference"


def commands() -> str:
    """Every command with its options, as its own help says it."""
    lines = ["# Commands", "", "Made from the code by `tools/reference.py`.", ""]
    lines += [_paragraph(command.help or ""), ""]
    lines += ["| exit status | meaning |", "| --- | --- |", "| 0 | done |", "| 1 | failed |"]
    lines += ["| 2 | understood and refused |", "| 3 | locked: no store, or not the passphrase |", ""]
    context = click.Context(command, info_name="fallow")
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        own = click.Context(found, info_name=name, parent=context)
        lines += [f"## `{' '.join(['fallow', name, *found.collect_usage_pieces(own)])}`", "", _paragraph(found.help or ""), ""]
        records = [record for parameter in found.get_params(own) if (record := parameter.get_help_record(own))]
        lines += ["| option | what it does |", "| --- | --- |"]
        lines += [f"| `{left.replace('|', ' or ')}` | {right} |" for left, right in records] + [""]
    return "\n".join(lines).rstrip() + "\n"


def error_table() -> str:
    """Every error with its two sentences and what it means at both edges; braces are filled with counts and limits."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.FallowError)]
    lines = ["# Errors", "", "Made from the code by `tools/reference.py`.", "Words in braces are counts and limits.", ""]
    lines += ["| error | says | next step | exit | HTTP |", "| --- | --- | --- | --- | --- |"]
    for kind in kinds:
        names = {n for words in (kind.says, kind.next_step) for _, n, _, _ in string.Formatter().parse(words) if n}
        sample = kind(**dict.fromkeys(names, 0))
        status = (cli_errors.exit_status(sample), status_of(sample))
        lines.append(f"| `{kind.__name__}` | {kind.says} | {kind.next_step} | {status[0]} | {status[1]} |")
    return "\n".join(lines) + "\n"


def settings() -> str:
    """The settings file, field by field, and the environment."""
    lines = ["# Settings", "", "Made from the code by `tools/reference.py`.", ""]
    lines += ["`settings.json` lies in the data folder and can be read while everything is locked.", ""]
    lines += ["| field | default | meaning |", "| --- | --- | --- |"]
    described = dict(
        line.strip().split(": ", 1) for line in (Settings.__doc__ or "").splitlines() if line.startswith("        ")
    )
    for field in msgspec.structs.fields(Settings):
        default = f"`{field.default}`" if field.default else "random"
        lines.append(f"| `{field.name}` | {default} | {described[field.name]} |")
    lines += ["", "| environment | meaning |", "| --- | --- |"]
    lines += ["| `FALLOW_HOME` | The data folder; `fallow where` tells it. |"]
    lines += ["| `FALLOW_PASSPHRASE_FILE` | A file whose first line is the passphrase; without it, it is asked for. |"]
    return "\n".join(lines) + "\n"


def _paragraph(text: str) -> str:
    return " ".join(text.split()).replace(". ", ".\n")


def main() -> int:
    pages = {"commands.md": commands(), "errors.md": error_table(), "settings.md": settings()}
    stale = [name for name, body in pages.items() if not (FOLDER / name).exists() or (FOLDER / name).read_text() != body]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/reference/{name} is not what the code says; run make reference")
        return bool(stale)
    for name, body in pages.items():
        (FOLDER / name).write_text(body, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
