"""Requests written byte by byte, so that nothing between the test and the server repairs them."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass

from conftest import PATIENCE, Running

Headers = tuple[tuple[str, str], ...]
RESET = 0
"""In place of a status: the server closed the connection on a body it did not want to read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back until the server closed the connection."""

    status: int
    headers: Headers
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    @property
    def cookie(self) -> str:
        """The session that was set, or ''."""
        return self._cookie("n") or self._cookie("__Host-n")

    @property
    def device(self) -> str:
        """What a phone was given by pairing, or ''."""
        return self._cookie("__Host-d")

    def _cookie(self, name: str) -> str:
        given = (value.partition(";")[0].partition("=") for value in self.all("set-cookie"))
        return next((value for key, _, value in given if key == name), "")

    @property
    def token(self) -> str:
        found = re.search(rb'(?:data-token|name="t" value)="([^"]+)"', self.body)
        return found[1].decode() if found else ""


def ask(port: int, method: str, target: str, headers: Headers, body: bytes = b"") -> Answer:
    """Exactly this request and nothing added but the closing of the connection."""
    lines = [
        f"{method} {target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers),
        "Connection: close",
        "",
        "",
    ]
    return send(port, "\r\n".join(lines).encode("latin-1") + body)


OVER_TLS: dict[int, tuple[str, ssl.SSLContext]] = {}
"""Ports that lead to a phone's door: at which address, and what is trusted there."""


def connected(port: int) -> socket.socket:
    """A connection to a port of 127.0.0.1, or over TLS to a phone's door, certificate and address checked."""
    address, context = OVER_TLS.get(port, ("127.0.0.1", None))
    wire = socket.create_connection((address, port), timeout=PATIENCE)
    return wire if context is None else context.wrap_socket(wire, server_hostname=address)


def send(port: int, request: bytes) -> Answer:
    got = b""
    with connected(port) as wire:
        try:
            wire.sendall(request)
            while more := wire.recv(65536):
                got += more
        except (BrokenPipeError, ConnectionResetError):
            if not got:
                return Answer(RESET, (), b"")
    head, _, body = got.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in rest)
    return Answer(int(first.split()[1]), tuple((name.lower(), value) for name, _, value in pairs), body)


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser's session on a server: its cookie, and the token of its forms."""

    host: str
    port: int
    cookie: str
    token: str
    device: str | None = None
    """For a phone, whose port is one of `OVER_TLS`: what it was given by pairing, '' before that."""

    @property
    def origin(self) -> str:
        return f"{'http' if self.device is None else 'https'}://{self.address}"

    @property
    def cookies(self) -> dict[str, str]:
        if self.device is None:
            return {"n": self.cookie}
        return {"__Host-n": self.cookie} | ({"__Host-d": self.device} if self.device else {})

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def head(self) -> Headers:
        return (
            ("Host", self.address),
            ("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())),
        )

    def get(self, path: str, method: str = "GET") -> Answer:
        return ask(self.port, method, path, self.head)

    def post(self, path: str, **fields: str) -> Answer:
        return self.post_as(("application/x-www-form-urlencoded"), path, form({"t": self.token, **fields}))

    def post_as(self, kind: str, path: str, body: bytes) -> Answer:
        sent = (("Sec-Fetch-Site", "same-origin"), ("Origin", self.origin), ("Content-Type", kind))
        return ask(self.port, "POST", path, (*self.head, *sent, ("Content-Length", str(len(body)))), body)


def form(fields: dict[str, str]) -> bytes:
    from urllib.parse import urlencode

    return urlencode(fields).encode()


def a_stranger(host: str, port: int) -> Visitor:
    """Somebody who knows the address and nothing else."""
    page = ask(port, "GET", "/unlock", (("Host", f"{host}:{port}"),))
    return Visitor(host, port, page.cookie, page.token)


def with_link(server: Running, link: str) -> Visitor:
    """The browser that spends a one-time link."""
    path = link.removeprefix(server.origin)
    cookie = ask(server.port, "GET", path, (("Host", f"{server.host}:{server.port}"),)).cookie
    token = Visitor(server.host, server.port, cookie, "").get("/help").token
    return Visitor(server.host, server.port, cookie, token)


def unlocked(server: Running, passphrase: str) -> Visitor:
    """A browser that unlocked a server with the passphrase."""
    before = a_stranger(server.host, server.port)
    answer = before.post("/unlock", passphrase=passphrase)
    assert answer.status == 303, answer.body
    after = Visitor(server.host, server.port, answer.cookie, "")
    return Visitor(server.host, server.port, answer.cookie, after.get("/").token)
