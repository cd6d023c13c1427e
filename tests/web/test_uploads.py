"""A file that is being read is let go of when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from conftest import PASSPHRASE, Running
from fallow.errors import ImportStopped
from fallow.settings import Settings
from fallow.web.application import _while_awaited
from fallow.web.forms import Form, Upload
from fallow.web.office import Office, Visit
from fallow.web.sessions import Sessions
from web.wire import Visitor, connected, unlocked


async def reading(upload: Upload, pieces: int) -> Response:
    """A file of so many pieces, read in a thread as an importer does."""

    def read() -> Response:
        for piece in range(pieces):
            upload.reading.go_on(piece, pieces, piece)
            time.sleep(0.01)
        return PlainTextResponse("read")

    return await asyncio.to_thread(read)


def answer(*, stays: bool, pieces: int) -> Response:
    """What comes of an upload whose browser stays, or goes once the file was sent."""

    sessions = Sessions(None, b"")
    visit = Visit(Office(Path(), Settings(), sessions, 0, lambda: None), sessions.open(unlocked=True), {}, {})

    async def receive() -> dict[str, str]:
        if stays:
            await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def act() -> Response:
        upload = Upload("chat.txt", b"", Form({}))
        return await _while_awaited(Request({"type": "http"}, receive), upload, visit, reading(upload, pieces))

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests runs a loop of its own in this thread
        return apart.submit(lambda: asyncio.run(act())).result()


def test_reading_stops_when_the_browser_has_gone() -> None:
    """Long before the end of the file; the answer is nobody's."""
    with pytest.raises(ImportStopped):
        answer(stays=False, pieces=1_000_000)


def test_reading_goes_on_while_the_browser_waits() -> None:
    """Over several looks, to the end of the file."""
    assert b"read" == answer(stays=True, pieces=100).body


def told(visitor: Visitor) -> str:
    """The sentences of the page that says how far it is."""
    body = visitor.get("/import/reading").body.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body[body.index("<h1>") : body.index("</main>")]).split())


def test_how_long_it_will_take_is_told_to_whoever_sends_it(locked: Running) -> None:
    """Ten of forty pieces in four seconds: nothing at first, then about so long; to no other browser, and no longer."""
    sender, other = (unlocked(locked, PASSPHRASE) for _ in range(2))
    first = f'--x\r\nContent-Disposition: form-data; name="t"\r\n\r\n{sender.token}\r\n--x\r\n'
    body = f'{first}Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode() + b"x" * 4_000_000
    head = "".join(f"{name}: {value}\r\n" for name, value in (
        *sender.head, ("Sec-Fetch-Site", "same-origin"), ("Origin", sender.origin),
        ("Content-Type", "multipart/form-data; boundary=x"), ("Content-Length", str(len(body))),
    ))  # fmt: skip
    with connected(sender.port) as wire:
        wire.sendall(f"POST /import HTTP/1.1\r\n{head}\r\n".encode())
        for piece in range(10):
            wire.sendall(body[piece * 100_000 :][:100_000])
            if piece == 2:
                assert "Reading the file." in told(sender)
                assert "left." not in told(sender)
            time.sleep(0.4)
        assert re.search(r"(About .+|A few seconds) left\.", told(sender))
        assert "messages read" not in told(sender)
        assert "No file is being read." in told(other)
    while "No file is being read." not in told(sender):
        time.sleep(0.1)
