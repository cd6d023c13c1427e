"""When an unlocked worker ends by itself."""

from __future__ import annotations

import time
from dataclasses import replace

from conftest import PASSPHRASE, Running
from fallow.settings import Settings
from fallow.web.office import Office
from fallow.web.sessions import Sessions
from fallow.web.worker import SLEPT_SECONDS, Watch, asleep_seconds
from fallow.wiring import open_desk
from web.conftest import LIMIT
from web.samples import Stored
from web.test_serve import gone, wait_until
from web.wire import a_stranger, unlocked


def test_it_locks_by_itself_when_nobody_is_there(impatient: Running) -> None:
    """The worker that held the key is gone, and the pages lead to the lock page."""
    worker = impatient.workers()[0]
    owner = unlocked(impatient, PASSPHRASE)
    wait_until(lambda: gone(worker), LIMIT + 5)
    impatient.next_link()
    assert 303 == owner.get("/").status


def test_somebody_who_is_there_is_not_locked_out(impatient: Running) -> None:
    """Every request of an unlocked page starts the time anew; a stranger's and the help page's do not."""
    stranger = a_stranger(impatient.host, impatient.port)
    worker = stayed_there(impatient)
    until = time.monotonic() + LIMIT + 4
    while not gone(worker) and time.monotonic() < until:
        stranger.get("/unlock")
        stranger.get("/help")
        time.sleep(0.1)
    assert gone(worker)


def stayed_there(server: Running) -> int:
    """
    The worker that was kept open for twice the idle time, by asking often.

    A machine that stood still for half of the idle time between two requests proves nothing: then it is tried again.
    """
    for _ in range(10):
        worker, owner = server.workers()[0], unlocked(server, PASSPHRASE)
        began = last = time.monotonic()
        longest = 0.0
        while last - began < 2 * LIMIT:
            time.sleep(LIMIT / 8)
            status = owner.post("/here").status
            last, before = time.monotonic(), last
            longest = max(longest, last - before)
            if longest > LIMIT / 2:
                break
            assert 204 == status
        if longest <= LIMIT / 2:
            assert not gone(worker)
            return worker
        owner.post("/lock")
        wait_until(lambda gone_by=worker: gone(gone_by), LIMIT + 5)
        server.next_link()
    raise AssertionError("this machine stood still ten times")


def test_a_locked_server_stays_as_it_is(impatient: Running) -> None:
    """There is nothing to end when nothing is open."""
    worker = impatient.workers()
    time.sleep(LIMIT + 1.5)
    assert worker == impatient.workers()


def test_a_computer_that_slept_is_locked(stored: Stored) -> None:
    """More than a few seconds asleep between two looks: over."""
    slept = [0.0]
    watch = Watch(an_open_office(stored), asleep=lambda: slept[0])
    seen = []
    for asleep in (0.0, SLEPT_SECONDS - 1, SLEPT_SECONDS, 2 * SLEPT_SECONDS + 1, 2 * SLEPT_SECONDS + 1):
        slept[0] = asleep
        seen.append(watch.is_over())
    assert [False, False, False, True, False] == seen


def test_a_night_slept_through_while_locked_is_forgotten(stored: Stored) -> None:
    """The first unlocking of the morning lasts."""
    office, slept = an_open_office(stored), [0.0]
    office.desk, opened = None, office.desk
    watch = Watch(office, asleep=lambda: slept[0])
    slept[0] = 8 * 3600.0
    assert not watch.is_over()
    office.desk = opened
    assert not watch.is_over()


def test_idle_minutes_are_the_ones_chosen(stored: Stored) -> None:
    """Five if nothing was chosen; another number counts from the next look on."""
    office = an_open_office(stored)
    office._last_seen = time.monotonic() - 299
    assert not Watch(office).is_over()
    office.settings = Settings(idle_minutes=4, host="localhost")
    assert Watch(office).is_over()
    office.touch()
    assert not Watch(office).is_over()


def test_the_system_tells_how_long_it_slept() -> None:
    """And while it is awake, that does not grow."""
    first = asleep_seconds()
    time.sleep(0.05)
    assert abs(asleep_seconds() - first) < 0.01


def an_open_office(stored: Stored) -> Office:
    desk = open_desk(stored.folder, PASSPHRASE)
    desk.store.close()
    office = Office(stored.folder, Settings(host="localhost"), Sessions(None, b"mark"), 1, end=lambda: None, desk=desk)
    return replace(office)
