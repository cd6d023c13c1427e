"""What building Fallow does beyond copying: the catalogues of every language become the one file that is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "src" / "fallow" / "locales"


class CompileWords(BuildHookInterface):  # type: ignore[type-arg]
    """Run by hatchling, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_words()


def compile_words() -> None:
    """Every `locales/<language>/*.po` into `locales/<language>/fallow.mo`."""
    for folder in sorted(path for path in LOCALES.iterdir() if path.is_dir()):
        joined = Catalog(locale=folder.name)
        for path in sorted(folder.glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=folder.name):
                    if message.id and message.string:
                        joined.add(message.id, message.string, flags=message.flags, context=message.context)
        with (folder / "fallow.mo").open("wb") as file:
            write_mo(file, joined)
