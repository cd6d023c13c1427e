"""Bringing a chat: who is me is asked, words can be left out, twice is once, and every wrong file is named."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Running
from journeys.chats import LONG_CHAT, WrongFile, as_zip, wrong_files
from journeys.conftest import Shared
from journeys.walking import Served, go, headed, records, says, stored


def bring(page: Page, server: Served, name: str, data: bytes) -> None:
    go(page, server, "/import")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Read it").click()


def choose(page: Page, me: str, *, words: bool = False) -> None:
    expect(page.locator("h1")).to_have_text("Which one is you?")
    page.get_by_role("radio", name=me).check()
    if words:
        page.get_by_role("radio", name="The words too.").check()
    page.get_by_role("button", name="Keep it", exact=True).click()


def test_the_two_names_found_are_asked_about(own_today: Page, open_server: Running) -> None:
    """Nothing is stored before an answer; said no, nothing is kept; said who, the picture opens."""
    bring(own_today, open_server, "WhatsApp Chat with Alex.txt", LONG_CHAT)
    expect(own_today.locator("h1")).to_have_text("Which one is you?")
    expect(own_today.locator("input[name=me] + bdi")).to_have_text(["Sam", "Alex"], use_inner_text=True)
    expect(own_today.get_by_role("radio", name="Sam")).to_be_checked()
    says(own_today, "240 messages were read, 1 March 2026 – 3 April 2026.")
    assert (0, 0) == stored(open_server.home)
    own_today.get_by_role("button", name="Do not keep it").click()
    says(own_today, "Nothing of it was kept.")
    assert (0, 0) == stored(open_server.home)
    bring(own_today, open_server, "chat.zip", as_zip(LONG_CHAT))
    expect(own_today.get_by_role("radio", name="Sam")).not_to_be_checked()
    choose(own_today, "Sam")
    expect(own_today.locator(".said")).to_have_text("240 messages are new.")
    assert (240, 0) == stored(open_server.home)


def test_bringing_it_again_adds_nothing_and_may_add_the_words(own_today: Page, open_server: Running) -> None:
    """Without words first, then the same again, then with words, then a longer export of the same chat."""
    shorter = b"".join(LONG_CHAT.splitlines(keepends=True)[:100])
    counted = []
    for data, words in ((shorter, False), (shorter, False), (shorter, True), (LONG_CHAT, False)):
        bring(own_today, open_server, "chat.txt", data)
        choose(own_today, "Sam", words=words)
        expect(own_today.locator("h1")).to_have_text("What the record shows of both sides")
        counted.append(stored(open_server.home))
    assert [(100, 0), (100, 0), (100, 100), (240, 100)] == counted
    go(own_today, open_server, "/import")
    expect(own_today.get_by_text("with its words")).to_have_count(1)


def test_days_missing_from_the_file_are_asked_about(own_today: Page, open_server: Running) -> None:
    """Two days in the wrong order are said, what was chosen stays, and the right ones are kept with the chat."""
    bring(own_today, open_server, "chat.txt", LONG_CHAT)
    own_today.get_by_role("radio", name="Alex").check()
    own_today.get_by_role("radio", name="The words too.").check()
    own_today.get_by_text("Are days missing from this file?").click()
    own_today.get_by_label("First day that is missing").fill("2026-03-12")
    own_today.get_by_label("Last day that is missing").fill("2026-03-09")
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.get_by_role("alert")).to_contain_text("The days that are missing could not be read.")
    expect(own_today.get_by_role("radio", name="Alex")).to_be_checked()
    expect(own_today.get_by_role("radio", name="The words too.")).to_be_checked()
    expect(own_today.get_by_label("First day that is missing")).to_have_value("2026-03-12")
    assert (0, 0) == stored(open_server.home)
    own_today.get_by_label("Last day that is missing").fill("2026-03-14")
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.locator(".said")).to_have_text("240 messages are new.")
    (period,) = open_server.home.json("two-sides")["missing"]
    assert 3 == (dt.datetime.fromisoformat(period[1]) - dt.datetime.fromisoformat(period[0])).days


def test_a_clock_without_a_zone_is_asked_about_with_samples(own_today: Page, open_server: Running) -> None:
    """Three of its times and the browser's own zone; another one may be typed, and one that is none is refused."""
    bring(own_today, open_server, "chat.txt", LONG_CHAT)
    says(own_today, "Its times tell no time zone, such as")
    zone = own_today.get_by_label("Time zone of the phone that wrote it")
    expect(zone).to_have_value("Europe/Berlin")
    own_today.get_by_role("radio", name="Alex").check()
    zone.fill("Berlin")
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.get_by_role("alert")).to_contain_text("This could not be read: the time zone")
    assert (0, 0) == stored(open_server.home)
    expect(zone).to_have_value("Berlin")
    zone.fill("America/New_York")
    own_today.get_by_role("button", name="Keep it", exact=True).click()
    expect(own_today.locator(".said")).to_have_text("240 messages are new.")
    assert "America/New_York" == open_server.home.json("imports")["imports"][0]["receipt"]["zone"]


@pytest.mark.parametrize("case", wrong_files(), ids=lambda case: case.id)
def test_a_wrong_file_is_named_and_nothing_is_stored(today: Page, shared: Shared, case: WrongFile) -> None:
    """Two sentences on the same page: what it is, and what to do; with the form ready for another file."""
    before = (stored(shared.home), len(records(shared.home)))
    bring(today, shared, case.name, case.data)
    alert = today.get_by_role("alert").locator("p")
    expect(alert).to_have_count(2)
    assert case.says in alert.first.inner_text()
    assert alert.last.inner_text().endswith(".")
    headed(today, "Bring a chat.")
    assert before == (stored(shared.home), len(records(shared.home)))


def test_after_a_wrong_file_the_right_one_can_be_brought_at_once(today: Page, shared: Shared) -> None:
    """The form that comes back with the two sentences works like the first one."""
    bring(today, shared, "chat.pdf", b"%PDF-1.7 something")
    expect(today.get_by_role("alert")).to_contain_text("This is a PDF, not a chat export.")
    today.locator("input[type=file]").set_input_files({"name": "chat.txt", "mimeType": "", "buffer": LONG_CHAT})
    today.get_by_role("button", name="Read it").click()
    expect(today.locator("h1")).to_have_text("Which one is you?")


def test_no_file_at_all_is_said_by_the_browser(today: Page, shared: Shared) -> None:
    """The field is required, so nothing leaves the page."""
    go(today, shared, "/import")
    today.get_by_role("button", name="Read it").click()
    assert today.locator("input[type=file]:invalid").count() == 1


def test_unclear_dates_are_asked_about_with_samples(own_today: Page, open_server: Running) -> None:
    """The page asks what comes first, keeps the chosen file, and reads it as it was told."""
    unclear = b"02/03/26, 10:00 - Sam: one\n02/03/26, 10:05 - Alex: two\n02/03/26, 10:06 - Sam: three\n"
    bring(own_today, open_server, "chat.txt", unclear)
    expect(own_today.get_by_role("alert")).to_contain_text("whether the day or the month comes first")
    says(own_today, "Its dates look like this: 2/3/26")
    own_today.get_by_role("radio", name="the month, as in 12/31/2025").check()
    own_today.get_by_role("button", name="Read it").click()
    choose(own_today, "Alex")
    says(own_today, "3 February 2026")


def test_a_large_chat_is_read_with_progress(today: Page, shared: Shared) -> None:
    """While a file goes over and is read, a bar, words and messages say so; then the two names are asked about."""
    lines = "at,sender,text\n" + "".join(
        f"2026-03-{1 + n // 43200:02d}T{n // 1800 % 24:02d}:{n // 30 % 60:02d}:{n % 30:02d},"
        f"{'Sam' if n % 3 else 'Alex'},words {n}\n"
        for n in range(250_000)
    )
    seen: list[str] = []
    today.on("console", lambda message: seen.append(message.text))
    go(today, shared, "/import")
    today.evaluate(
        """() => {
            const words = document.querySelector("[data-progress]"), bar = document.querySelector("progress");
            const rows = document.querySelector("[data-rows]");
            const shown = () => `${bar.hidden ? "no bar" : "bar"}: ${words.textContent} ${rows.textContent}`;
            const tell = () => console.log(shown());
            new MutationObserver(tell).observe(words.parentElement, {childList: true, attributes: true, subtree: true});
        }"""
    )
    today.locator("input[type=file]").set_input_files({"name": "chat.csv", "mimeType": "", "buffer": lines.encode()})
    today.get_by_role("button", name="Read it").click()
    expect(today.locator("h1")).to_have_text("Which one is you?")
    says(today, "250,000 messages were read")
    assert any(line.startswith("bar: Reading it; a large chat takes a few seconds.") for line in seen)
    assert any(re.search(r"[1-9][0-9,]* messages read so far\.", line) for line in seen)
    assert "no bar" not in " ".join(seen)


def test_how_long_it_will_still_take_is_said_once_it_is_known(today: Page, shared: Shared) -> None:
    """Over a slow connection: nothing at first, then about so long, in a place that is read aloud calmly; then Stop."""
    go(today, shared, "/import")
    throttled = today.context.new_cdp_session(today)
    throttled.send("Network.enable")
    throttled.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000},
    )
    today.locator("input[type=file]").set_input_files({"name": "c.txt", "mimeType": "", "buffer": b"x" * 3_000_000})
    today.get_by_role("button", name="Read it").click()
    left = today.locator("[data-left]")
    expect(today.get_by_role("status").filter(has_text="in 100 handed over")).to_be_visible()
    assert left.inner_text() == ""
    expect(left).to_have_text(re.compile(r"^About .+ left\.$"), timeout=20_000)
    assert ["status", None] == [left.get_attribute("role"), today.locator("[data-rows]").get_attribute("role")]
    today.get_by_role("button", name="Stop", exact=True).click()
    expect(today.get_by_role("status").filter(has_text="It was stopped.")).to_be_visible()
    expect(left).to_have_text("")


def test_reading_can_be_stopped(today: Page, shared: Shared) -> None:
    """One tap while it is handed over or read: nothing was kept, and the same file can be brought again."""
    go(today, shared, "/import")
    today.evaluate("() => { XMLHttpRequest.prototype.send = function () {}; }")  # a computer that takes for ever
    today.locator("input[type=file]").set_input_files({"name": "c.txt", "mimeType": "", "buffer": LONG_CHAT})
    stop = today.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_hidden()
    today.get_by_role("button", name="Read it").click()
    expect(today.get_by_role("progressbar")).to_be_visible()
    stop.click()
    expect(today.get_by_role("status").filter(has_text="It was stopped. Nothing of the file was kept.")).to_be_visible()
    expect(today.get_by_role("progressbar")).to_be_hidden()
    today.reload()
    today.locator("input[type=file]").set_input_files({"name": "c.txt", "mimeType": "", "buffer": LONG_CHAT})
    today.get_by_role("button", name="Read it").click()
    today.wait_for_url("**/import/*")
