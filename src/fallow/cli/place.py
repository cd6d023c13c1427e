"""Commands about the place itself: init, serve, demo, lock, check, where, passphrase."""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from pathlib import Path

import click
from msgspec.structs import replace

from fallow.cli.commands import command
from fallow.cli.errors import FAILED
from fallow.cli.keeping import as_json_option
from fallow.cli.opening import ask_passphrase, create, folder, opened_desk
from fallow.cli.speaking import answer, answer_line, plain_endings, say
from fallow.errors import NoStore, NotUnderstood, StoreExists
from fallow.language import N_, ngettext, say_count
from fallow.language import gettext as _
from fallow.settings import random_host, read_settings, write_settings
from fallow.web.addresses import listen, listen_for_phone
from fallow.web.serve import Server, lock_running
from fallow.wiring import (
    OPEN_PAGE,
    change_passphrase,
    folder_lock,
    is_set_up,
    make_demo,
    passphrase_from_file,
    read_certificate,
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
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 for any. Left out: the usual one, if free.")
@click.option("--host", default="127.0.0.1", help="This computer only; anything else is refused.")
@click.option(
    "--host-name", type=click.Choice(["random", "127.0.0.1", "localhost"]), help="The name under which it answers."
)
@click.option("--phone", is_flag=True, help="Let paired phones in too, over TLS, at an address of your own network.")
@click.option("--address", metavar="IPV4", help="With --phone: which address, where this computer has several.")
@click.option("--phone-port", type=click.IntRange(0, 65535), help="With --phone: its port, if not the usual one.")
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@as_json_option
def serve(
    *,
    port: int | None,
    host: str,
    host_name: str | None,
    phone: bool,
    address: str | None,
    phone_port: int | None,
    no_browser: bool,
    as_json: bool,
) -> None:
    """Serve the pages on this computer, print the one-time link, and open the browser where there is one."""
    with plain_endings(as_json=as_json):
        if not phone and (address is not None or phone_port is not None):
            raise NotUnderstood(what=N_("what they are for; --address and --phone-port go with --phone"))
        place = folder()
        settings = read_settings(place)
        if host_name is not None:
            settings = replace(settings, host=random_host() if host_name == "random" else host_name)
        write_settings(place, settings)
        with folder_lock(place):
            sock = listen(host, port)
            beside = listen_for_phone(address, phone_port) if phone else None
            _run(Server(place, settings, sock, beside), browser=not no_browser, as_json=as_json)


@command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 for any.")
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@as_json_option
def demo(*, port: int | None, no_browser: bool, as_json: bool) -> None:
    """Show a made-up person's months, in a throwaway store that is gone when this ends."""
    with plain_endings(as_json=as_json), tempfile.TemporaryDirectory(prefix="notes-") as made:
        os.umask(0o077)
        place = Path(made) / "demo"
        passphrase = make_demo(place)
        secret = Path(made) / "passphrase"
        secret.write_text(passphrase, "utf-8")
        os.environ["FALLOW_PASSPHRASE_FILE"] = str(secret)
        settings = write_settings(place, read_settings(place))
        words = _("Everything here is made up. To unlock it again after locking, the passphrase is: {passphrase}")
        say(words.format(passphrase=passphrase))
        with folder_lock(place):
            _run(Server(place, settings, listen("127.0.0.1", port), demo=True), browser=not no_browser, as_json=as_json)


def _run(server: Server, *, browser: bool, as_json: bool) -> None:
    first = True

    def announce(link: str) -> None:
        nonlocal first
        if as_json:
            told = {"link": link, "port": server.port, "host": server.settings.host}
            answer_line(told | ({"phone": _describe_phone_door(server)} if server.phone else {}))
        else:
            say(
                _("Open this link once; after that, the page remembers the browser until it is locked.")
                if first
                else _("Locked.")
            )
            click.echo(link)
            if first and server.phone:
                beside = _describe_phone_door(server)
                say(_("Paired phones find it at {address}; to pair one: fallow pair.").format(**beside))
                say(_("The certificate's fingerprint (SHA-256): {fingerprint}").format(**beside))
        sys.stdout.flush()
        if first and browser:
            open_browser(server.folder, link)
        first = False

    server.run(announce)
    if server.removed:
        if as_json:
            answer_line({"removed": True})
        say(_("Everything was removed, so this has ended."))


def _describe_phone_door(server: Server) -> dict[str, str]:
    """Where a phone finds it, and by what it knows it; the worker has made the certificate by now."""
    shown = read_certificate(server.folder)
    assert shown is not None
    return {"address": f"https://{server.phone_address}", "fingerprint": shown.fingerprint}


def open_browser(place: Path, link: str) -> None:
    """
    Open the link in a browser where there is a screen.

    By way of a private file: a program's arguments, and so a link in them, can be read by everyone on a computer.
    """
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    page = place / OPEN_PAGE
    descriptor = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f'<!doctype html><meta http-equiv="refresh" content="0;url={link}"><title>&#8203;</title>')
    webbrowser.open(page.as_uri())


@command()
@as_json_option
def lock(*, as_json: bool) -> None:
    """Lock a running server at once: the process that holds the key is ended."""
    with plain_endings(as_json=as_json):
        pid = serving_pid(folder())
        if pid is not None:
            lock_running(pid)
        if as_json:
            answer({"locked": True, "was_running": pid is not None})
        say(_("Locked.") if pid is not None else _("Nothing is running, so it is locked."))


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
