"""Commands that serve the pages: serve; demo, with a made-up person's months; and lock."""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from pathlib import Path

import click
from msgspec.structs import replace

from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder
from fallow.cli.speaking import answer, answer_line, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.language import N_
from fallow.language import gettext as _
from fallow.settings import random_host, read_settings, write_settings
from fallow.web.addresses import listen, listen_for_phone
from fallow.web.serve import Server, lock_running
from fallow.wiring import (
    OPEN_PAGE,
    folder_lock,
    make_demo,
    read_certificate,
    serving_pid,
)


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
