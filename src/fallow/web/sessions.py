"""
Who may see what in this process: browser sessions, kept in memory only, so that ending the process ends them all.

A visitor's session carries nothing but its form token. An unlocked session is always a new one, so that nobody can
hand a person a session and wait for it to be unlocked.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from fallow.app import Pace
from fallow.errors import ImportStopped

COOKIE: Final = "n"
PHONE_COOKIE: Final = "__Host-n"
"""Over TLS: for this address, this path and TLS alone (the browser sees to it)."""
LONGEST_SECONDS: Final = 12 * 3600.0
MOST_VISITORS: Final = 200


@dataclass(slots=True)
class Reading:
    """
    A file while it is read.

    Args:
        pace: How far it has come.
        gone: Set once nobody waits for it any more.
    """

    pace: Pace = field(default_factory=lambda: Pace(time.monotonic))
    gone: threading.Event = field(default_factory=threading.Event)

    def go_on(self, done: int, of: int, rows: int) -> None:
        """
        Called while it is read, piece by piece.

        Raises:
            ImportStopped: If nobody waits for it any more.
        """
        if self.gone.is_set():
            raise ImportStopped
        self.pace.put(done, of, rows)


@dataclass(slots=True)
class Session:
    """One browser's session; `token` must come back with every form, `invited` may set things up."""

    id: str
    token: str
    started: float
    unlocked: bool = False
    invited: bool = False
    device: str = ""
    """Which phone it belongs to, or `STRANGER`; empty for a browser of this computer."""
    once: dict[str, str] = field(default_factory=dict)
    """Words to show on exactly one page (the recovery code)."""
    reading: Reading | None = None
    """A file of this browser that is being read."""


STRANGER: Final = "-"
"""In place of a phone's id: somebody who is not paired."""


class Sessions:
    """
    The sessions of one process.

    Args:
        link: Opens the door once; None where no door is left to open.
        mark: What every token is marked with; the same in the worker after this one.
    """

    def __init__(self, link: str | None, mark: bytes, clock: Callable[[], float] = time.monotonic) -> None:
        self._link = link
        self._mark = mark
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def find(self, cookie: str | None, device: str = "") -> Session | None:
        """The session of this name, where it is this device's own."""
        session = self._sessions.get(cookie or "")
        if session is not None and session.device != device:
            return None
        if session is not None and self._clock() - session.started > LONGEST_SECONDS:
            del self._sessions[session.id]
            return None
        return session

    def open(self, *, unlocked: bool = False, invited: bool = False, device: str = "") -> Session:
        """A new session under a new random name of 256 bits."""
        # Of the same device only: whoever is in the network must not push out a visitor at this computer.
        visitors = [s for s in self._sessions.values() if not s.unlocked and s.device == device]
        if len(visitors) >= MOST_VISITORS:
            del self._sessions[min(visitors, key=lambda s: s.started).id]
        word = secrets.token_urlsafe(32)
        token = f"{word}.{self._seal(word)}"
        session = Session(secrets.token_urlsafe(32), token, self._clock(), unlocked, invited, device)
        self._sessions[session.id] = session
        return session

    def replace(self, former: Session, *, unlocked: bool) -> Session:
        """End a session and open another in its place, as every change of rights must."""
        self._sessions.pop(former.id, None)
        return self.open(unlocked=unlocked, invited=former.invited, device=former.device)

    def use_link(self, word: str) -> bool:
        """Whether this is the one-time link, which is spent by asking."""
        if self._link is None or not hmac.compare_digest(self._link.encode(), word.encode()):
            return False
        self._link = None
        return True

    def gave_out(self, token: str) -> bool:
        """
        Whether a page of this server held this token, whichever session it was for, also before the last lock.

        Enough for leaving and for nothing else: a page that was opened before the last unlocking holds a token of its
        own time, and leaving from there must lock as well.
        """
        word, _, seal = token.partition(".")
        return hmac.compare_digest(self._seal(word).encode(), seal.encode())

    def _seal(self, word: str) -> str:
        return hmac.new(self._mark, word.encode(), "sha256").hexdigest()


def token_matches(session: Session, given: str | None) -> bool:
    return given is not None and hmac.compare_digest(session.token.encode(), given.encode())
