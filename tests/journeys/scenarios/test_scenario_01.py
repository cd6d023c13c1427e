"""Scenario 1: two in the morning, typed and deleted."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.app import Desk, begin_draft, next_mornings, save_draft, seal_draft
from fallow.plan import Urge
from fallow.store.sqlite import open_sqlite
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    go,
    headed,
    key_of,
    kinds,
    says,
    serving,
    wait_kept,
)

FIRST, SECOND = "Are you awake? I cannot", "I miss the kitchen in the morning"


def test_scenario_01_typed_and_deleted(page: Page, set_up: Home) -> None:
    """
    Last night at ten past two something was written here instead of sent, and sealed until ten.

    Now it is hard again: two taps to a blank page, typed, deleted, typed again; sealed until ten; a wait of ten minutes
    that is made longer and left at will. What was sealed last night is read by daylight, and let go.
    """
    night = days_ago(1, 2, 10)
    desk = Desk(open_sqlite(set_up.folder, key_of(set_up.folder)), lambda: night)
    sealed = begin_draft(desk, Urge(intensity=9))
    save_draft(desk, sealed, FIRST)
    opens = next_mornings(night)[0]
    assert (night.local.date(), dt.time(10, 0)) == (opens.date(), opens.time())
    seal_draft(desk, sealed, FIRST, opens)
    desk.store.close()
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Write it")
        assert 2 == hand.taps
        sheet = page.locator("textarea")
        sheet.press_sequentially("please answer")
        sheet.fill("")
        sheet.press_sequentially(SECOND)
        wait_kept(page)
        page.reload()
        expect(page.locator("textarea")).to_have_value(SECOND)
        hand.tap("button", "Seal it")
        headed(page, "Sealed.")
        assert re.search(r"It opens \d+ \w+ \d{4} at 10:00, if you still want to read it\.", body_of(page))
        assert SECOND not in page.content()
        hand.tap("link", "Wait with me")
        expect(page.locator("main button.link")).to_have_text(["5 min", "20 min", "30 min"], use_inner_text=True)
        hand.tap("button", "20 min")
        expect(page.get_by_role("timer")).to_have_attribute("data-seconds", "1200")
        hand.tap("link", "Leave now, it is enough")
        expect(page.get_by_role("link", name="Something you wrote is sealed")).to_contain_text("10:00")
        go(page, server, f"/d/{sealed}")
        headed(page, "Would you send it now?")
        says(page, FIRST)
        hand.tap("button", "Delete it")
        says(page, "Deleted. Nothing was sent.")
    assert ["urge", "draft_sealed", "urge", "draft_sealed", "draft_let_go"] == kinds(set_up)[:5]
