"""Commands about the place itself: init, check, where, passphrase."""

from __future__ import annotations

import click

from fallow.cli.commands import as_json_option, command
from fallow.cli.errors import FAILED
from fallow.cli.opening import ask_passphrase, create, folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NoStore, StoreExists
from fallow.language import gettext as _
from fallow.language import ngettext, say_count
from fallow.wiring import (
    change_passphrase,
    is_set_up,
    passphrase_from_file,
    renew_recovery_code,
    serving_pid,
)


@command()
@as_json_option
def init(*, as_json: bool) -> None:
    """Set up an encrypted store under a new passphrase; prints the recovery code once."""
    with plain_endings(as_json=as_json):
        place = folder()
        if is_set_up(place):
            raise StoreExists
        given = passphrase_from_file()
        if given is None:
            given = click.prompt(
                _("A new passphrase, at least ten characters"), hide_input=True, confirmation_prompt=True, err=True
            )
        _desk, code = create(place, given)
        if as_json:
            answer({"folder": str(place), "recovery_code": code})
        else:
            say(_("Set up. Write this recovery code down, on paper; it is shown once and kept nowhere:"))
            click.echo(code)


@command()
@as_json_option
def check(*, as_json: bool) -> None:
    """Read everything that is kept and say whether it is sound."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        problems = desk.store.check()
        counted = {"events": len(desk.store.events()), "messages": desk.store.message_count()}
        if as_json:
            answer({"ok": not problems, "problems": list(problems), **counted})
        if not problems:
            say(_("Everything is sound."))
            return
        say(
            ngettext(
                "{n} problem was found; restore from a backup.",
                "{n} problems were found; restore from a backup.",
                len(problems),
            ).format(n=say_count(len(problems)))
        )
        raise SystemExit(FAILED)


@command()
@as_json_option
def where(*, as_json: bool) -> None:
    """The folder that holds everything."""
    with plain_endings(as_json=as_json):
        place = folder()
        if as_json:
            answer({"folder": str(place), "set_up": is_set_up(place), "serving": serving_pid(place) is not None})
        else:
            click.echo(str(place))


@command()
@click.option(
    "--recovery-code", "code", is_flag=True, help="Make a new recovery code instead; the former stops working."
)
@as_json_option
def passphrase(*, code: bool, as_json: bool) -> None:
    """Change the passphrase (the present one may be the recovery code), or make a new recovery code."""
    with plain_endings(as_json=as_json):
        place = folder()
        if not is_set_up(place):
            raise NoStore
        present = ask_passphrase()
        if code:
            fresh_code = renew_recovery_code(place, present)
            if as_json:
                answer({"recovery_code": fresh_code})
            else:
                say(_("Write it down, on paper; the former one no longer opens anything:"))
                click.echo(fresh_code)
            return
        fresh = click.prompt(
            _("A new one, at least ten characters"), hide_input=True, confirmation_prompt=True, err=True
        )
        change_passphrase(place, present, fresh)
        if as_json:
            answer({"changed": True})
        say(_("Changed. The former passphrase no longer opens anything."))
