"""Write docs/reference from the code and the golden samples: commands, errors, settings, formats."""

from __future__ import annotations

import json
import string
import sys
from pathlib import Path

import click
import msgspec

from fallow import errors
from fallow.cli import errors as cli_errors
from fallow.cli.main import main as command
from fallow.importers import FORMATS, PROBLEMS
from fallow.settings import Settings
from fallow.web.errors import status_of

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
GOLDEN = ROOT / "tests" / "golden" / "importers"


def commands() -> str:
    """Every command with its options, as its own help says it."""
    lines = ["# Commands", "", "Made from the code by `tools/reference.py`.", ""]
    lines += [_paragraph(command.help or ""), ""]
    lines += ["| exit status | meaning |", "| --- | --- |", "| 0 | done |", "| 1 | failed |"]
    lines += ["| 2 | understood and refused |", "| 3 | locked: no store, or not the passphrase |", ""]
    context = click.Context(command, info_name="fallow")
    return "\n".join([*lines, *_commands_of(command, context)]).rstrip() + "\n"


def _commands_of(group: click.Group, context: click.Context) -> list[str]:
    """The section of every command in a group, and in the groups inside it."""
    lines: list[str] = []
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        own = click.Context(found, info_name=name, parent=context)
        if isinstance(found, click.Group):
            lines += _commands_of(found, own)
            continue
        usage = " ".join([own.command_path, *found.collect_usage_pieces(own)])
        lines += [f"## `{usage}`", "", _paragraph(found.help or ""), ""]
        records = [record for parameter in found.get_params(own) if (record := parameter.get_help_record(own))]
        lines += ["| option | what it does |", "| --- | --- |"]
        lines += [f"| `{left.replace('|', ' or ')}` | {right} |" for left, right in records] + [""]
    return lines


def error_table() -> str:
    """Every error with its two sentences and what it means at both edges; braces are filled with counts and limits."""
    kinds: list[type[errors.FallowError]] = [getattr(errors, name) for name in errors.__all__]
    lines = [
        "# Errors",
        "",
        "Made from the code by `tools/reference.py`.",
        "Words in braces are counts and limits.",
        "",
    ]
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
    lines += ["| `FALLOW_LANGUAGE` | The language of pages and commands, before any choice: `en` or `de`. |"]
    return "\n".join(lines) + "\n"


def formats() -> str:
    """Every format with the layouts that its golden samples show, and every problem that reading can tell of."""
    lines = ["# Formats", "", "Made from the code and the samples in `tests/golden` by `tools/reference.py`.", ""]
    lines += [
        "What a file is, is told by its content, never by its name.",
        "Each may come alone, in a zip or in a folder.",
    ]
    for format in FORMATS:
        lines += ["", f"## {format.title}", "", "| format | layout |", "| --- | --- |"]
        lines += [f"| `{name}` | `{layout.replace('|', '/')}` |" for name, layout in _layouts(format.channel)]
        lines += ["", *format.notes]
    lines += ["", "## Problems", "", "Told beside the messages, with a line number and a count.", ""]
    lines += ["| kind | meaning |", "| --- | --- |"]
    lines += [f"| `{kind}` | {words} |" for kind, words in PROBLEMS.items()]
    return "\n".join(lines) + "\n"


def _layouts(channel: str) -> list[tuple[str, str]]:
    read = [json.loads(path.read_text("utf-8")) for path in (GOLDEN / channel).glob("*.expected.json")]
    return sorted({(sample["format"], sample["layout"]) for sample in read if "layout" in sample})


def _paragraph(text: str) -> str:
    return " ".join(text.split()).replace(". ", ".\n")


def main() -> int:
    pages = {"commands.md": commands(), "errors.md": error_table(), "settings.md": settings(), "formats.md": formats()}
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    stale = [name for name, body in pages.items() if kept.get(name) != body]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/reference/{name} is not what the code says; run make reference")
        return bool(stale)
    for name, body in pages.items():
        (FOLDER / name).write_text(body, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
