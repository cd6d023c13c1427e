"""A phone without a browser: TLS with the certificate it was told to trust, and the code typed into the page."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

from conftest import PATIENCE, Home, Running, start_server
from fallow.store import read_certificate
from fallow.web.addresses import own_addresses
from web.wire import OVER_TLS, Answer, Visitor, ask

ELSEWHERE = next(iter(own_addresses()), "127.0.0.2")
"""An address of this computer that is not 127.0.0.1; where there is no network, another of its own."""


def start_for_phones(home: Home, *, passphrase: bool = True) -> Running:
    return start_server(home, "--phone", "--address", ELSEWHERE, "--phone-port", "0", passphrase=passphrase)


def port_of(running: Running) -> int:
    return int(running.phone.rpartition(":")[2])


def trusting(folder: Path) -> ssl.SSLContext:
    """A client that trusts what a phone is told to trust, and nothing else."""
    found = read_certificate(folder)
    assert found is not None
    return ssl.create_default_context(cadata=found.signing.decode())


@contextlib.contextmanager
def over_tls(running: Running) -> Iterator[None]:
    """Whatever is asked of the port of a phone's door meanwhile goes over TLS, and trusts that certificate alone."""
    OVER_TLS[port_of(running)] = ELSEWHERE, trusting(running.home.folder)
    yield
    del OVER_TLS[port_of(running)]


def a_phone(running: Running) -> Visitor:
    """A phone in the network that knows the address and nothing else; while it is `over_tls`."""
    port = port_of(running)
    page = ask(port, "GET", "/pair", (("Host", f"{ELSEWHERE}:{port}"),))
    return Visitor(ELSEWHERE, port, page.cookie, page.token, device="")


def bring(phone: Visitor, code: str) -> Answer:
    """What the page for pairing answers to a code."""
    return phone.post("/pair", code=code)


def paired(running: Running) -> Visitor:
    """A phone that was paired by `fallow pair`, and stands before the lock page."""
    phone = a_phone(running)
    answer = bring(phone, running.home.json("pair")["code"])
    assert answer.status == 303, answer.body
    after = Visitor(phone.host, phone.port, answer.cookie, "", device=answer.device)
    return Visitor(phone.host, phone.port, answer.cookie, after.get("/help").token, device=answer.device)


def unlocked_phone(running: Running, passphrase: str) -> Visitor:
    before = paired(running)
    answer = before.post("/unlock", passphrase=passphrase)
    assert answer.status == 303, answer.body
    after = Visitor(before.host, before.port, answer.cookie, "", device=before.device)
    return Visitor(before.host, before.port, answer.cookie, after.get("/").token, device=before.device)


def greet(port: int, context: ssl.SSLContext, *, name: str = ELSEWHERE) -> str | None:
    """One greeting over TLS; returns the version that was agreed on."""
    with (
        socket.create_connection((ELSEWHERE, port), timeout=PATIENCE) as raw,
        context.wrap_socket(raw, server_hostname=name) as wire,
    ):
        return wire.version()


def say_plainly(port: int, request: bytes) -> bytes:
    """What comes back for bytes without TLS."""
    got = b""
    with socket.create_connection((ELSEWHERE, port), timeout=PATIENCE) as wire:
        wire.sendall(request)
        while more := wire.recv(65536):
            got += more
    return got
