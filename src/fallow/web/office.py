"""What one worker holds: the sessions, the unlocked desk, and a chat that was read and not yet kept."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from fallow.app import ChatInside, Desk, Export
from fallow.errors import FallowError, NotUnderstood
from fallow.language import N_, direction, spoken
from fallow.plan import Moment
from fallow.settings import Settings, read_settings, write_settings
from fallow.web.render import environment
from fallow.web.serve import Orders
from fallow.web.sessions import Session, Sessions
from fallow.wiring import Phone, is_set_up, open_desk, passphrase_from_file, zone_of

ENDS_AFTER: Final = 0.05
"""Seconds between an answer and the end of the worker: enough for the answer to leave the socket."""
ENDS_FOR_GOOD_AFTER: Final = 3.0
"""The same where no other worker follows: enough for the last page to ask for its style sheet."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A file of several chats in memory, until it is said which one is meant."""

    name: str
    data: bytes
    chats: list[ChatInside]


@dataclass(slots=True)
class Office:
    """Everything of one worker; ends with it."""

    folder: Path
    settings: Settings
    sessions: Sessions
    port: int
    end: Callable[[], None]
    close_doors: Callable[[], None] = lambda: None
    """Take no further request in this process; set once there is a server."""
    desk: Desk | None = None
    pending: dict[str, Export | Undecided] = field(default_factory=dict)
    demo: bool = False
    phone_address: str = ""
    """Where a phone finds it, as `192.168.1.5:8738`; empty where it does not."""
    removed: bool = False
    """Everything was removed, so nothing is left to serve."""
    idle_limit: float | None = None
    """Seconds in place of the minutes that were chosen; only tests have less time than a minute."""
    drafting: threading.Lock = field(default_factory=threading.Lock)
    heard: dict[tuple[str, str], int] = field(default_factory=dict)
    """The latest save heard of each page that writes a draft, since requests can overtake each other."""
    _last_seen: float = field(default_factory=time.monotonic)

    @classmethod
    def open(cls, orders: Orders, *, end: Callable[[], None]) -> Office:
        """Take up work in a folder; unlocked at once only where a passphrase file was named and may be used."""
        folder = Path(orders.folder)
        settings = read_settings(folder)
        desk = None
        if orders.may_unlock and is_set_up(folder) and (passphrase := passphrase_from_file()) is not None:
            desk = open_desk(folder, passphrase)
        sessions = Sessions(orders.link, orders.mark)
        return cls(
            folder, settings, sessions, orders.port, end, desk=desk, demo=orders.demo, idle_limit=orders.idle_limit,
            phone_address=orders.phone_address,
        )  # fmt: skip

    @property
    def address(self) -> str:
        return f"{self.settings.host}:{self.port}"

    @property
    def unlocked(self) -> bool:
        return self.desk is not None

    @property
    def set_up(self) -> bool:
        return is_set_up(self.folder)

    @property
    def idle_seconds(self) -> float:
        return time.monotonic() - self._last_seen

    @property
    def idle_too_long(self) -> bool:
        return self.idle_seconds > (self.idle_limit or self.settings.idle_minutes * 60)

    def touch(self) -> None:
        self._last_seen = time.monotonic()

    def forget(self) -> None:
        """
        Let nobody in from here on, before the answer that says so goes out.

        Where another worker follows, the doors close too: the browser asks for the next page sooner than this process
        ends, and must reach the worker that stays.
        """
        self.sessions = Sessions(None, b"")
        if not self.removed:
            self.close_doors()

    def end_soon(self) -> None:
        """End the worker once the answer under way has left."""
        threading.Timer(ENDS_FOR_GOOD_AFTER if self.removed else ENDS_AFTER, self.end).start()

    def choose(self, settings: Settings) -> None:
        self.settings = write_settings(self.folder, settings)


@dataclass(slots=True)
class Visit:
    """One request of one browser: who asks, and how to answer."""

    office: Office
    session: Session
    params: Mapping[str, Any]
    query: Mapping[str, str]
    locks: bool = False
    phone: Phone | None = None
    """The paired phone that asks; None for a browser of this computer, and for a phone that is not paired."""
    agent: str = ""
    """What the browser calls itself."""
    carried: tuple[str, str] | None = None
    """Where a form was sent while it was locked, and its fields, once that was unlocked."""

    @property
    def unlocked(self) -> bool:
        return self.session.unlocked and self.office.desk is not None

    @property
    def desk(self) -> Desk:
        assert self.office.desk is not None, "a place for the unlocked was entered while locked"
        return self.office.desk

    def moment(self, typed: str) -> Moment | None:
        """
        A time typed into a page, read in the person's zone; None where nothing was typed.

        Raises:
            NotUnderstood: If it is not a time.
        """
        if not typed:
            return None
        try:
            local = dt.datetime.fromisoformat(typed)
        except ValueError as problem:
            raise NotUnderstood(what=N_("the time")) from problem
        zone = zone_of(self.desk)
        return Moment(local.replace(tzinfo=zone), zone.key)

    def page(self, template: str, /, *, status: int = 200, here: str = "", **context: Any) -> Response:
        """A page from a template, with what every page needs."""
        office = self.office
        values = {
            "language": spoken(),
            "direction": direction(),
            "name": office.settings.name,
            "leave_to": office.settings.leave_to,
            "remind_at": office.settings.remind_at,
            "idle_seconds": office.settings.idle_minutes * 60,
            "token": self.session.token,
            "unlocked": self.unlocked,
            "said": self.session.once.pop("said", ""),
            "here": here,
            "demo": office.demo,
            "on_phone": self.phone is not None,
            "icon": office.settings.icon,
            "writing": False,
            "bare": False,
            "error": None,
        }
        return HTMLResponse(environment().get_template(template).render(values | context), status)

    def go(self, path: str, *, said: str = "") -> Response:
        """To another page, with a sentence to show there once."""
        if said:
            self.session.once["said"] = said
        return RedirectResponse(path, 303)

    def refused(self, template: str, error: FallowError, status: int, **context: Any) -> Response:
        return self.page(template, status=status, error=error, **context)
