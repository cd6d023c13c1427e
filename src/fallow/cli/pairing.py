"""The command for phones: a code for one more, which are paired, and letting one in no longer."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import click

from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import FileIsThere, FileNotOpened, NotOpenToPhones, NotUnderstood
from fallow.language import N_, say_day_and_clock
from fallow.language import gettext as _
from fallow.wiring import (
    Certificate,
    Phone,
    make_code,
    read_certificate,
    read_phones,
    remove_phone,
    system_zone_info,
)


@command("pair")
@click.option("--list", "listed", is_flag=True, help="Which phones are paired.")
@click.option("--remove", metavar="ID", help="Let this one in no longer.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what the phone is to trust.",
)
@as_json_option
def pair_(*, listed: bool, remove: str | None, certificate: Path | None, as_json: bool) -> None:
    """A code for one phone, as a square for its camera; for ten minutes and five tries. Asks for the passphrase."""
    with plain_endings(as_json=as_json):
        if sum((listed, remove is not None, certificate is not None)) > 1:
            raise NotUnderstood(what=N_("which of them; --list, --remove and --certificate go one by one"))
        if listed:
            _list(as_json=as_json)
        elif remove is not None:
            remove_phone(folder(), remove)
            if as_json:
                answer({"removed": remove})
            say(_("Removed. It gets nothing any more, from now on."))
        elif certificate is not None:
            _write(certificate, as_json=as_json)
        else:
            _make(as_json=as_json)


def describe_phone(phone: Phone) -> dict[str, str]:
    """A paired phone for machines; what it has to bring is not in it."""
    paired = dt.datetime.fromtimestamp(phone.paired_at, dt.UTC).isoformat(timespec="seconds")
    return {"id": phone.id, "kind": phone.kind, "paired_at": paired}


def _list(*, as_json: bool) -> None:
    paired = read_phones(folder()).paired
    if as_json:
        answer([describe_phone(phone) for phone in paired])
        return
    for phone in paired:
        at = dt.datetime.fromtimestamp(phone.paired_at, system_zone_info())
        say(f"{phone.id}  {_(phone.kind)}, {say_day_and_clock(at)}")
    if not paired:
        say(_("No phone is paired."))


def _make(*, as_json: bool) -> None:
    """Somebody at an unlocked computer can start a command; only who knows the passphrase may let a phone in."""
    opened_desk().store.close()
    code, address = make_code(folder())
    link, shown = f"https://{address}/pair/{code}", _certificate()
    if as_json:
        answer({"address": f"https://{address}", "code": code, "link": link, "minutes": 10,
                "fingerprint": shown.fingerprint})  # fmt: skip
        return
    say(_("Point the phone's camera at this, and tap what it offers."))
    click.echo(_square(link), err=True)
    say(_("Or open this address on the phone and type the code:"))
    say(f"https://{address}\n{code}")
    say(_("It is good for ten minutes, for one phone, and for five tries."))
    say(_("The certificate's fingerprint, to compare on the phone (SHA-256):"))
    say(shown.fingerprint)


def _write(path: Path, *, as_json: bool) -> None:
    shown = _certificate()
    try:
        with path.open("xb") as file:
            file.write(shown.signing)
    except FileExistsError as problem:
        raise FileIsThere from problem
    except OSError as problem:
        raise FileNotOpened from problem
    if as_json:
        answer({"file": str(path), "fingerprint": shown.fingerprint, "until": shown.until.date().isoformat()})
    say(_("Written. It is no secret. On the phone compare its fingerprint (SHA-256) with this:"))
    say(shown.fingerprint)


def _certificate() -> Certificate:
    found = read_certificate(folder())
    if found is None:
        raise NotOpenToPhones
    return found


def _square(link: str) -> str:
    """The square code in half blocks, two rows a line."""
    import segno  # thirty milliseconds that no other command needs

    drawn = io.StringIO()
    segno.make(link, error="m", micro=False).terminal(out=drawn, compact=True, border=4)
    return drawn.getvalue()
