"""Scenario 20: nothing logged for two weeks."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.app import Desk, begin_draft, seal_draft
from fallow.plan import Ask, Looked, QuietTimeChosen, Urge
from fallow.store.sqlite import open_sqlite
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    headed,
    heading,
    key_of,
    kinds,
    lived,
    quiet_days,
    says,
    serving,
)

WORDS = "words of a month ago"


def test_scenario_20_nothing_logged_for_two_weeks(page: Page, set_up: Home) -> None:
    """
    Used for two weeks, then left alone for sixteen days.

    Welcome back, nothing lost: the quiet days went on, what was logged and what was sealed are there, and nobody asks
    where one has been. Then it goes on with one tap.
    """
    lived(
        set_up,
        Ask(QuietTimeChosen(days=60), days_ago(29, 9)),
        Ask(Looked(), days_ago(24, 20)),
        Ask(Urge(intensity=6, cue="a song"), days_ago(19, 22)),
    )
    night = days_ago(16, 23)
    desk = Desk(open_sqlite(set_up.folder, key_of(set_up.folder)), lambda: night)
    sealed = begin_draft(desk, Urge(intensity=7))
    seal_draft(desk, sealed, WORDS, days_ago(15, 10).at)
    desk.store.close()
    with serving(set_up) as server:
        enter(page, server)
        headed(page, "Welcome back. Nothing is lost.")
        said = body_of(page)
        assert (29, 29) == quiet_days(page)
        assert not re.search(r"missed|absen|away|nothing logged", said, re.I)
        expect(page.get_by_role("link", name="Something you sealed can be read again")).to_have_count(1)
        hand = Hand(page)
        hand.tap("link", "What was logged before")
        says(page, "An urge: 6 of 10 · a song")
        hand.tap("link", "Today", exact=True)
        hand.tap("link", "Something you sealed can be read again")
        says(page, WORDS)
        hand.tap("button", "Keep it here")
        hand.tap("button", "I looked at their page")
        assert heading(page) != "Welcome back. Nothing is lost."
    assert ["quiet_time_chosen", "looked", "urge", "urge", "draft_sealed", "looked"] == kinds(set_up)
