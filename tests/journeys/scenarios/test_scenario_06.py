"""Scenario 6: hopeful pings."""

from __future__ import annotations

import subprocess

from playwright.sync_api import Page, expect

from conftest import PATIENCE, Home, Running
from fallow.plan import QuietTimeChosen, TheyWrote
from fallow.web.pages import PLACES
from journeys.earlier import did, opened, rested_draft
from journeys.walking import enter, go, says, serving

WATCH = """() => {
  window.pings = [];
  const seen = (what) => () => { window.pings.push(what); return Promise.resolve("denied"); };
  class Ping { constructor() { window.pings.push("notification"); } }
  Ping.requestPermission = seen("asks to notify");
  Object.defineProperty(window, "Notification", {value: Ping});
  for (const name of ["AudioContext", "Audio", "SpeechSynthesisUtterance", "PushManager", "SharedWorker", "Worker"])
    window[name] = class { constructor() { window.pings.push(name); } };
  HTMLMediaElement.prototype.play = seen("sound");
  Navigator.prototype.vibrate = seen("vibrates");
  Navigator.prototype.setAppBadge = seen("badge");
  Permissions.prototype.query = seen("asks");
  if (navigator.serviceWorker) ServiceWorkerContainer.prototype.register = seen("stays in the background");
  window.open = seen("opens a window");
  window.alert = seen("alert"); window.confirm = seen("confirm");
  addEventListener("DOMContentLoaded", () => new MutationObserver(seen("blinks in its title"))
    .observe(document.head, {subtree: true, childList: true, characterData: true}));
}"""
"""Every way in which a page could call somebody back, replaced by one that tells."""
READABLE = [place.path for place in PLACES if place.show is not None and "{" not in place.path and not place.file]


def test_scenario_06_hopeful_pings(page: Page, set_up: Home) -> None:
    """
    Somebody hopes at every sound of the phone that it is the other one. Fallow makes none.

    A review is due, something sealed can be read again, and it was logged that they wrote: all of it waits on Today
    until it is opened. No page asks to notify, notifies, sounds, shakes, blinks or stays in the background, not when
    ten minutes of waiting are over, and not after an hour on Today. The server says nothing after its first line,
    rings no bell and starts no program.
    """
    with opened(set_up, zone="Europe/Berlin") as desk:
        did(desk, 40, QuietTimeChosen(30))
        rested_draft(desk, 4)
        did(desk, 1, TheyWrote())
    page.add_init_script(f"({WATCH})()")
    with serving(set_up) as server:
        enter(page, server)
        page.wait_for_selector("nav.main")
        says(page, "They wrote.")
        for path in READABLE:
            go(page, server, path)
            assert [] == page.evaluate("pings"), path
            expect(page.locator("audio, video, iframe, object, marquee, link[rel=manifest]")).to_have_count(0)
        page.clock.install()
        go(page, server, "/now/wait")
        for _ in range(21):  # half a minute each: the page says meanwhile that somebody is there
            page.clock.fast_forward("00:30")
            page.wait_for_timeout(50)
        says(page, "The ten minutes have passed.")
        assert [] == page.evaluate("pings")
        go(page, server, "/")
        page.clock.fast_forward("04:00")
        assert [] == page.evaluate("pings")
        assert "Notes" == page.title()
        ping(page)
        assert 1 == len(server.workers())
        assert [] == children(server.workers()[0])
        spoken = quiet_end(server)
    assert b"" == spoken


def ping(page: Page) -> None:
    """The control: a page that did any of it would be seen."""
    page.evaluate("() => { new Notification('x'); new Audio(); navigator.vibrate(1); document.title = 'x (1)'; }")
    assert ["notification", "Audio", "vibrates"] == page.evaluate("pings")[:3]
    page.wait_for_function("pings.includes('blinks in its title')")


def children(pid: int) -> list[str]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.split()


def quiet_end(server: Running) -> bytes:
    """Everything the server said after its first line, until it was ended."""
    server.process.terminate()
    out, err = server.process.communicate(timeout=PATIENCE)
    return out + err
