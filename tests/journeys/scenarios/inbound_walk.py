"""They wrote a quarter of an hour ago, so the pause is over; then a walk through the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from conftest import Home, Running, start_server, stop_server
from fallow.plan import TheyWrote
from journeys.earlier import did, opened, quiet_since
from journeys.walking import Hand, enter, go

QUARTER = 15 / (24 * 60)
"""Of an hour, in days."""


@contextmanager
def they_wrote(page: Page, home: Home, *, zone: str | None = None, quiet: int = 12, ago: float = QUARTER
               ) -> Iterator[tuple[Running, Hand]]:  # fmt: skip
    """A quiet time that has run a while, and what came; the walk begins where logging it leads."""
    with opened(home, zone=zone) as desk:
        quiet_since(desk, quiet)
        did(desk, ago, TheyWrote())
    server = start_server(home)
    try:
        enter(page, server)
        go(page, server, "/inbound")
        yield server, Hand(page)
    finally:
        stop_server(server)


def told(home: Home) -> tuple[int, int, str]:
    """Quiet days, days since reaching out, and the phase, as a machine reads them."""
    today = home.json("today")
    return today["quiet_days"], today["since_reached_out"], today["phase"]
