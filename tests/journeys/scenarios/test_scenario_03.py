"""Scenario 3: drinking tonight."""

from __future__ import annotations

import datetime as dt
import json

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.app import Desk, read_draft, today
from fallow.plan import ConfidantNamed, Moment
from fallow.store.sqlite import open_sqlite
from journeys.earlier import TEXT, calm_fortnight, did, opened, quiet_since, rested_draft, zone_at
from journeys.test_cli import refused
from journeys.walking import Hand, enter, go, headed, heading, key_of, post, says, serving


def test_scenario_03_drinking_tonight(page: Page, set_up: Home) -> None:
    """
    At eight in the evening, before going out, somebody sets a gate until noon.

    A review is due and a draft has rested, and yet until noon nothing can be written, read, weighed or chosen, on the
    pages and on the terminal, and the gate is not opened early. What was written is kept. A friend is one tap away. At
    noon everything is there again, by itself.
    """
    with opened(set_up, zone=zone_at(20)) as desk:
        quiet_since(desk, 40)
        calm_fortnight(desk)
        draft = rested_draft(desk, 4)
        did(desk, 3, ConfidantNamed(name="Mira", phone="+49 30 1234567", words="Ring me, also at four."))
    with serving(set_up) as server:
        enter(page, server)
        expect(page.get_by_role("link", name="Something you sealed can be read again")).to_be_visible()
        hand = Hand(page)
        hand.tap("link", "Urge", exact=True)
        hand.tap("link", "A gate for some hours")
        hand.tap("button", "Until 12:00 tomorrow")
        assert (3, "The gate holds until 12:00 tomorrow.") == (hand.taps, heading(page))
        go(page, server, "/")
        says(page, "A gate you set holds until 12:00 tomorrow. What you wrote is kept")
        expect(page.get_by_role("link", name="Something you sealed")).to_have_count(0)
        for path in (f"/d/{draft}", "/review", "/review/draft"):
            go(page, server, path)
            headed(page, "You set a gate for these hours beforehand, and it holds until 12:00.")
            assert TEXT not in page.content()
        for path, fields in (
            ("/now", {"way": "write"}),
            (f"/d/{draft}", {"do": "yes"}),
            ("/review", {"outcome": "extend", "days": "30"}),
            ("/review/draft", {"draft": draft, "reason": "talk"}),
        ):
            assert (path, 409) == (path, post(page, path, **fields)[0])
        for command in (("urge", "--write"), ("drafts", draft), ("drafts", draft, "--would-send", "yes"), ("review",)):
            assert (2, "SoberGateHolds") == refused(set_up, *command, stdin=TEXT)
        assert (2, "GateOnlyLonger") == refused(set_up, "gate", "--until", _in_an_hour(set_up))
        told = set_up.run("today").stderr.decode()
        assert "A gate you set holds until" in told
        assert "What you wrote is kept" in told
        hand = Hand(page)
        go(page, server, "/")
        hand.tap("link", "Urge", exact=True)
        expect(page.get_by_role("button", name="Write it")).to_have_count(0)
        hand.tap("button", "Call Mira")
        assert (2, "Call Mira.") == (hand.taps, heading(page))
        says(page, "Ring me, also at four.")
    noon = dt.datetime.fromisoformat(json.loads(set_up.run("gate", "--json").stdout)["until"])
    store = open_sqlite(set_up.folder, key_of(set_up.folder))
    at_noon = Desk(store, lambda: Moment(noon, zone_at(20)))
    assert (None, TEXT) == (today(at_noon).footing.gate_until, read_draft(at_noon, draft).text)
    assert [draft] == [each.id for each in today(at_noon).ready]
    store.close()


def _in_an_hour(home: Home) -> str:
    return (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat()
