"""
The catalogues of translations: what there is to say, and how the other languages say it.

    tools/words.py update              bring every catalogue up to the code: add what is new, drop what is gone
    tools/words.py missing [AREA]      print what has no translation yet, as a .po to fill in
    tools/words.py check               fail, and say why, unless every catalogue is whole
    tools/words.py compile             make the fallow.mo of each language (`make run` and `make test` do it too)

A catalogue lies in `src/fallow/locales/<language>/<area>.po`; the area is where a message was first found: pages
(web), commands (cli), charts, guidance, reach, or else (everything else). A message may lie in any file of the folder
and stays where it is. To translate: `missing AREA > new.po`, fill in every msgstr, append that to a file of the folder,
then `update`, `compile`, `check`. Two branches that both added messages merge by themselves (`merge=union`); run
`update` after that.

What is gathered: `_()`, `N_()`, `ngettext()` in Python and in templates, the two sentences of every error, help of
every command, what click says itself, and every field of type `Phrase` in a data file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract
from msgspec import inspect

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fallow"
LOCALES = SOURCE / "locales"
LANGUAGES = ("de",)
AREAS = {"web": "pages", "cli": "commands", "charts": "charts", "guidance": "guidance", "reach": "reach"}
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
BRACES = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[sd]|<[^<>]+>")

Found = tuple[str, str | tuple[str, str]]
"""Where, from the folder of the source; and a message, or the two forms of one that counts."""


def needed() -> Catalog:
    """Everything there is to say, each once, with the places where it is said."""
    catalogue = Catalog()
    for where, message in (
        *(*_in_python(), *_in_templates(), *_in_errors()),
        *(*_in_commands(), *_in_click(), *_in_data()),
    ):
        if message and message != ("", ""):
            catalogue.add(message, locations=[(where, 0)])
    return catalogue


def _in_python() -> Iterator[Found]:
    for path in sorted(SOURCE.rglob("*.py")):
        with path.open("rb") as file:
            for _line, _function, message, _comments in extract_python_of(file):
                yield _place(path), message


def extract_python_of(file: object) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    for line, message, comments, _context in extract(extract_python, file, keywords=KEYWORDS):
        yield line, "", message, comments


def _in_templates() -> Iterator[Found]:
    options = {"trimmed": "false", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    for path in sorted((SOURCE / "web" / "templates").rglob("*.*")):
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract(
                partial(babel_extract), file, keywords=KEYWORDS, options=options
            ):
                yield _place(path), message


def _in_errors() -> Iterator[Found]:
    from fallow import errors

    for kind in (getattr(errors, name) for name in errors.__all__):
        place = kind.__module__.removeprefix("fallow.").replace(".", "/") + ".py"
        yield from ((place, words) for words in (kind.says, kind.next_step))


def _in_commands() -> Iterator[Found]:
    from fallow.cli.main import main

    def walk(command: click.Command) -> Iterator[str | None]:
        yield from (command.help, command.short_help, command.epilog)
        for parameter in command.params:
            yield getattr(parameter, "help", None)
        if isinstance(command, click.Group):
            for each in command.commands.values():
                yield from walk(each)

    yield from (("cli/main.py", words) for words in walk(main) if words)


def _in_click() -> Iterator[Found]:
    """What click says itself, read from its own source."""
    from fallow.cli.commands import DEFINING, SPEAKING

    for module in (*SPEAKING, *DEFINING):
        with Path(str(module.__file__)).open("rb") as file:
            yield from (("cli/commands.py", message) for _line, _name, message, _notes in extract_python_of(file))


def _in_data() -> Iterator[Found]:
    from fallow import guidance, reach
    from fallow.language import READERS, each_phrase

    for room in (guidance, reach):
        for name in room.__all__:
            getattr(room, name)  # readers register themselves once their code is read
    for read, form in READERS:
        found: list[str] = []

        def gather(phrase: str, into: list[str] = found) -> str:
            into.append(phrase)
            return phrase

        each_phrase(read(), inspect.type_info(form), gather)
        yield from ((read.__module__.removeprefix("fallow.").replace(".", "/") + ".py", phrase) for phrase in found)


def _place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _area(message: Message) -> str:
    return AREAS.get(str(message.locations[0][0]).split("/")[0], "else")


def read_catalogues(language: str) -> dict[str, Catalog]:
    found = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = read_po(file, locale=language)
    return found


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _said(catalogues: dict[str, Catalog]) -> dict[str, Message]:
    """Every message that some catalogue translates."""
    return {
        _key(message): message
        for catalogue in catalogues.values()
        for message in catalogue
        if message.id and (all(message.string) if isinstance(message.string, tuple) else message.string)
    }


def missing(language: str, area: str | None = None) -> list[Message]:
    """What a language does not say yet, or only in the wrong number of forms."""
    said = _said(read_catalogues(language))
    return [
        message
        for message in needed()
        if message.id
        and (area is None or area == _area(message))
        and (_key(message) not in said or isinstance(message.id, tuple) != isinstance(said[_key(message)].id, tuple))
    ]


def update(language: str) -> None:
    """Write every catalogue of a language anew: sorted, without what is gone, with what is new."""
    wanted = {_key(message): message for message in needed() if message.id}
    catalogues = read_catalogues(language)
    said = _said(catalogues)
    homes: dict[str, str] = {}
    for area, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and _key(message) in wanted:
                homes.setdefault(_key(message), area)
    for key, message in wanted.items():
        homes.setdefault(key, _area(message))
    for area in sorted({*homes.values(), *catalogues}):
        fresh = Catalog(locale=language, project="Fallow", charset="utf-8", fuzzy=False)
        for key, message in wanted.items():
            if homes[key] == area:
                string = said[key].string if key in said and isinstance(said[key].id, type(message.id)) else None
                fresh.add(message.id, string, locations=message.locations)
        _write(fresh, LOCALES / language / f"{area}.po")


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        header = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        file.write((header + '"Content-Type: text/plain; charset=utf-8\\n"\n\n').encode())
        write_po(file, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)


def faults(language: str) -> list[str]:
    """Everything that keeps a language from being whole, a line each."""
    found = [f"{language}: not translated: {_key(message)!r} ({_area(message)})" for message in missing(language)]
    wanted = {_key(message) for message in needed() if message.id}
    for area, catalogue in read_catalogues(language).items():
        for message in catalogue:
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            here = f"{language}/{area}.po: {_key(message)!r}"
            if _key(message) not in wanted:
                found.append(f"{here}: nobody says it any more")
            if message.fuzzy:
                found.append(f"{here}: marked as fuzzy")
            if not placeholders_agree(ids, strings):
                found.append(f"{here}: other placeholders or tags than the message")
            if "!" in "".join(filter(None, strings)) and "!" not in "".join(ids):
                found.append(f"{here}: an exclamation mark")
    return found


def placeholders_agree(ids: Sequence[str], strings: Sequence[str]) -> bool:
    """Whether every form has the holes and tags of the message; one that counts may leave its number out."""
    holes = set().union(*(BRACES.findall(each) for each in ids))
    said = [set(BRACES.findall(each)) for each in strings if each]
    return all(each <= holes if len(ids) > 1 else each == holes for each in said)


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    match arguments:
        case ["compile"]:
            from hatch_build import compile_words

            compile_words()
        case ["update"]:
            for language in LANGUAGES:
                update(language)
        case ["missing", *area] if len(area) < 2:
            rest = Catalog(locale="de")
            for message in missing("de", *area):
                rest.add(message.id, locations=message.locations)
            write_po(sys.stdout.buffer, rest, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
        case ["check"]:
            found = [fault for language in LANGUAGES for fault in faults(language)]
            print("\n".join(found) or "Every catalogue is whole.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
