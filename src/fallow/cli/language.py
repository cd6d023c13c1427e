"""The command `language`: which language pages and commands speak."""

from __future__ import annotations

from typing import Final, Literal, get_args

import click
from msgspec.structs import replace

from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import AlreadyServing
from fallow.language import LANGUAGES, language_of_system, languages, speak, spoken
from fallow.language import gettext as _
from fallow.settings import read_settings, write_settings
from fallow.wiring import serving_pid

Choice = Literal["auto", "en", "de"]
AUTO: Final = "auto"


@command("language")
@click.argument("choice", required=False, type=click.Choice(get_args(Choice)))
@as_json_option
def language_(choice: Choice | None, *, as_json: bool) -> None:
    """
    The language of pages and commands: which it is, or from now on English, German, or auto.

    auto is the language of the browser, or of the system. FALLOW_LANGUAGE, where it is set, goes before the choice.
    """
    with plain_endings(as_json=as_json):
        place = folder()
        settings = read_settings(place)
        if choice is not None:
            if serving_pid(place) is not None:  # it holds the settings, and would write its own over these
                raise AlreadyServing
            settings = write_settings(place, replace(settings, language=choice))
            speak(language_of_system(choice))
        if as_json:
            answer({"chosen": settings.language, "spoken": spoken(), "languages": languages()})
            return
        if settings.language == AUTO:
            here = LANGUAGES.get(spoken(), spoken())
            say(_("As the system or the browser speaks; here: {language}.").format(language=here))
        else:
            say(_("Chosen: {language}.").format(language=LANGUAGES[settings.language]))
