"""
The phone's door: TLS on one address of the own network, answered by the worker beside the computer's own.

A connection that does not begin with TLS is told in one sentence to begin with https, and gets nothing else. The first
byte is looked at without being taken, so that TLS finds the connection untouched. Whoever knows the address can
connect: their number and the time they may take for a greeting are limited, and the computer's own socket has a limit
of its own, so that the network cannot keep the person at the computer out.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass, field
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from fallow.web.guard import HEADERS

GREETING_SECONDS: Final = 10.0
MOST_AT_ONCE: Final = 64
"""Connections through this door; a browser opens six."""
TLS_HANDSHAKE: Final = b"\x16"
"""How every TLS conversation begins (RFC 8446 5.1)."""
BEGIN_WITH_HTTPS: Final = b"This address is answered over TLS only. Begin it with https:// instead."


@dataclass(slots=True)
class PhoneDoor:
    """
    Args:
        sock: Listening.
        context: The certificate, and which TLS is spoken.
        config: How the guarded application of the phone is served.
    """

    sock: socket.socket
    context: ssl.SSLContext
    config: uvicorn.Config
    _inside: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self, state: ServerState) -> None:
        """Answer until cancelled; the socket stays open in the starter, for the worker that follows."""
        loop = asyncio.get_running_loop()
        self.sock.setblocking(False)
        while True:
            try:
                connection, _ = await loop.sock_accept(self.sock)
            except OSError:  # out of descriptors, or gone before it was taken: neither is for ever
                await asyncio.sleep(0.1)
                continue
            if len(self._inside) >= MOST_AT_ONCE:
                connection.close()
                continue
            task = loop.create_task(self._answer(connection, state))
            self._inside.add(task)
            task.add_done_callback(self._inside.discard)

    async def _answer(self, connection: socket.socket, state: ServerState) -> None:
        """One connection from its first byte to its end."""
        loop = asyncio.get_running_loop()
        protocol = PhoneProtocol(self.config, state, {}, loop)
        connection.setblocking(False)
        greeted = False
        try:
            async with asyncio.timeout(GREETING_SECONDS):
                if await _first_byte(connection) != TLS_HANDSHAKE:
                    await _explain(connection)
                    return
                greeted = True  # from here on the connection is closed by what reads it
                await loop.connect_accepted_socket(lambda: protocol, connection, ssl=self.context)
        except OSError:  # too slow, gone, or a refusal of TLS
            return
        finally:
            if not greeted:
                connection.close()
        await protocol.over.wait()


class GuardedProtocol(H11Protocol):
    """What is not even HTTP never reaches the guard, so its answer is given the same headers here."""

    def send_400_response(self, msg: str) -> None:
        body = b"This could not be read."
        headers = ((b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body)),
                   (b"connection", b"close"), *HEADERS)  # fmt: skip
        lines = [b"HTTP/1.1 400 Bad Request", *(name + b": " + value for name, value in headers), b"", body]
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()


class PhoneProtocol(GuardedProtocol):
    """Tells when its connection is over, so that those at once can be counted."""

    def __init__(
        self, config: uvicorn.Config, state: ServerState, lifespan: dict[str, object], loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(config, state, lifespan, loop)
        self.over = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.over.set()


class Doors(uvicorn.Server):
    """The server of the computer's own socket, and of the phone's where there is one."""

    def __init__(self, config: uvicorn.Config, phone: PhoneDoor | None = None) -> None:
        super().__init__(config)
        self._phone = phone
        self._answering: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._phone is not None:
            self._answering = asyncio.get_running_loop().create_task(self._phone.run(self.server_state))

    def close(self) -> None:
        """Answer what is under way and nothing more; the sockets stay open in the starter."""
        for listener in self.servers:
            listener.close()
        if self._answering is not None:
            self._answering.cancel()
        for connection in list(self.server_state.connections):
            connection.shutdown()


async def _first_byte(connection: socket.socket) -> bytes:
    """What a conversation begins with, left where it is; nothing where it was closed."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(connection, lambda: None if ready.done() else ready.set_result(None))
    try:
        await ready
        return connection.recv(1, socket.MSG_PEEK)
    finally:
        loop.remove_reader(connection)


async def _explain(connection: socket.socket) -> None:
    """One answer with the headers of every page; nothing of the request is used, and no cookie is set."""
    loop = asyncio.get_running_loop()
    headers = ((b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(BEGIN_WITH_HTTPS)),
               (b"connection", b"close"), *HEADERS)  # fmt: skip
    lines = [b"HTTP/1.1 400 Bad Request", *(name + b": " + value for name, value in headers), b"", BEGIN_WITH_HTTPS]
    await loop.sock_recv(connection, 8192)
    await loop.sock_sendall(connection, b"\r\n".join(lines))
    connection.shutdown(socket.SHUT_WR)
    with contextlib.suppress(OSError):  # until the other side has read it; closing sooner would take it back
        while await loop.sock_recv(connection, 8192):
            pass
