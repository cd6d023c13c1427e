"""The review as a hand goes through it, one question a screen."""

from __future__ import annotations

from playwright.sync_api import Page

from journeys.walking import Served, go

ANSWERS = {
    "purpose": ("The purpose is fine with silence or a no", "It would be fine with silence or a no", "To own it."),
    "changed": ("What ended it has changed", "It has changed", "I no longer drink."),
    "reader": ("One person you trust has read it", "They have read it", "Mira; she said it is short and kind."),
    "no_reply": ("What happens when nothing comes is agreed", "I agree to this", "A week at my sister's."),
}


def answer(page: Page, *names: str) -> None:
    """From the list of points to each question and back."""
    for name in names:
        point, holds, words = ANSWERS[name]
        page.get_by_role("link", name=point).click()
        page.get_by_label(holds).check()
        page.locator("textarea").fill(words)
        page.get_by_role("button", name="Keep this").click()
        page.wait_for_url("**/review/one")


def choose(page: Page, server: Served, reason: str) -> None:
    """The draft that rested, with a reason."""
    go(page, server, "/review/draft")
    page.get_by_label("What it is for").select_option(label=reason)
    page.get_by_role("button", name="This one message").click()
    page.wait_for_load_state()
