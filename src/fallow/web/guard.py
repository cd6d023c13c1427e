"""
The guard before everything: who may speak to this server at all, and what every answer carries.

One raw ASGI layer, so that no route can be added around it. It refuses every Host but its own with its port (a page
rebound to 127.0.0.1 keeps its own Host), every unsafe request a page of another origin started (cookies ignore ports,
so `same-site` is another program too), frames, and bodies over the limit. The session-bound token is checked where the
form is read (`web/forms.py`), which every unsafe route goes through.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types worker"
)
HEADERS: Final = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),  # no-referrer would send `Origin: null` with plain forms
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
SAFE: Final = frozenset({"GET", "HEAD"})
EMBEDDED: Final = frozenset({b"iframe", b"frame", b"embed", b"object"})
FORM_LIMIT: Final = 256 * 1024
UPLOAD_LIMIT: Final = 300 * 1024 * 1024


class Refused(Exception):
    """An answer given before any page is asked."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


class Guard:
    """
    Args:
        app: What is guarded.
        host: The exact value of the Host header, port included.
        upload_paths: The exact paths whose bodies may be as large as a chat export.
        scheme: How its own pages are reached: http on this computer, https from a phone.
    """

    def __init__(self, app: ASGIApp, host: str, upload_paths: Iterable[str] = (), scheme: str = "http") -> None:
        self._app = app
        self._host = host.encode()
        self._origin = scheme.encode() + b"://" + self._host
        self._upload_paths = frozenset(upload_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return
        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                names = {name for name, _ in HEADERS}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        try:
            limit = self._admit(scope)
            await self._app(scope, _limited(receive, limit), guarded_send)
        except Refused as refused:
            if started:
                raise
            await _answer(guarded_send, refused)

    def _admit(self, scope: Scope) -> int:
        """Check everything that the head of a request can tell; returns the limit of its body in bytes."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if _values(headers, b"host") != [self._host] or not scope["path"].startswith("/"):
            raise Refused(421, "This address is not served here.")
        method: str = scope["method"]
        site, origin = _values(headers, b"sec-fetch-site"), _values(headers, b"origin")
        if method in SAFE:
            self._admit_reading(headers, site)
            return 0
        if method != "POST":
            raise Refused(405, "This is not possible here.")
        if (site and site != [b"same-origin"]) or (origin and origin != [self._origin]) or not (site or origin):
            raise Refused(403, "This did not come from a page of this program.")
        limit = UPLOAD_LIMIT if scope["path"] in self._upload_paths else FORM_LIMIT
        length = _values(headers, b"content-length")
        if length and (len(length) > 1 or not length[0].isdigit() or int(length[0]) > limit):
            raise Refused(413, "That is more than can be taken at once.")
        return limit

    def _admit_reading(self, headers: list[tuple[bytes, bytes]], site: list[bytes]) -> None:
        """Another site may lead here by a link, and that is all it may do."""
        if site in ([], [b"same-origin"], [b"none"]):
            if any(value in EMBEDDED for value in _values(headers, b"sec-fetch-dest")):
                raise Refused(403, "This page is not shown inside another.")
            return
        if _values(headers, b"sec-fetch-mode") != [b"navigate"] or _values(headers, b"sec-fetch-dest") != [b"document"]:
            raise Refused(403, "This did not come from a page of this program.")


def _values(headers: list[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for key, value in headers if key.lower() == name]


def _limited(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def inner() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > limit:
                raise Refused(413, "That is more than can be taken at once.")
        return message

    return inner


async def _answer(send: Send, refused: Refused) -> None:
    body = refused.words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
