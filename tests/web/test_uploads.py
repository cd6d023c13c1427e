"""A file that is being read is let go of when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fallow.errors import ImportStopped
from fallow.web.application import _while_awaited
from fallow.web.forms import Form, Upload


async def reading(upload: Upload, pieces: int) -> Response:
    """A file of so many pieces, read in a thread as an importer does."""

    def read() -> Response:
        for piece in range(pieces):
            upload.go_on(piece, pieces)
            time.sleep(0.01)
        return PlainTextResponse("read")

    return await asyncio.to_thread(read)


def answer(*, stays: bool, pieces: int) -> Response:
    """What comes of an upload whose browser stays, or goes once the file was sent."""

    async def receive() -> dict[str, str]:
        if stays:
            await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def act() -> Response:
        upload = Upload("chat.txt", b"", Form({}))
        return await _while_awaited(Request({"type": "http"}, receive), upload, reading(upload, pieces))

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests runs a loop of its own in this thread
        return apart.submit(lambda: asyncio.run(act())).result()


def test_reading_stops_when_the_browser_has_gone() -> None:
    """Long before the end of the file; the answer is nobody's."""
    with pytest.raises(ImportStopped):
        answer(stays=False, pieces=1_000_000)


def test_reading_goes_on_while_the_browser_waits() -> None:
    """Over several looks, to the end of the file."""
    assert b"read" == answer(stays=True, pieces=100).body
