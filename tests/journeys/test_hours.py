"""Your own hours: what was logged, seen by weekday and hour, with n and intervals, and one calm offer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import Home, Running, start_server, stop_server
from fallow.plan import Ask, Looked, Moment, Urge
from journeys.conftest import new_context, violations
from journeys.walking import Hand, body_of, days_ago, enter, go, headed, in_scheme, lived, records, says


def evenings() -> list[Ask]:
    """Thirty-four days of somebody whose late evenings are hard, and who looked three times."""
    asks = [
        Ask(Urge(cue=("the sofa", None, "The  sofa", "rain")[day % 4]), days_ago(day, 22 + day % 2, 10))
        for day in range(35, 1, -1)
        if day % 5
    ]
    return asks + [Ask(Looked(), days_ago(day, 9)) for day in (12, 8, 5)]


def before(ask: Ask) -> Moment:
    assert ask.happened is not None
    return ask.happened


@pytest.fixture
def lived_in(set_up: Home) -> Home:
    lived(set_up, *sorted(evenings(), key=lambda ask: before(ask).at))
    return set_up


@pytest.fixture
def served(lived_in: Home) -> Iterator[Running]:
    server = start_server(lived_in)
    yield server
    stop_server(server)


@pytest.fixture
def at_hours(page: Page, served: Running) -> Page:
    """The page, reached as a person reaches it: Log, then its link."""
    enter(page, served)
    Hand(page).tap("link", "Log", exact=True)
    Hand(page).tap("link", "Your own hours")
    return page


def test_what_was_logged_is_seen_with_n_and_intervals(at_hours: Page) -> None:
    """The week of urges with its hard hours, too little of looks, cues in own words, days, and the hour after."""
    said = body_of(at_hours)
    headed(at_hours, "Your own hours")
    assert re.search(r"27 urges in 3[45] days, in 27 different hours: 3 in 100 hours held one\.", said)
    assert re.search(r"Clearly more often: \w+day 2[23]:00, \d+ in 100 \(\d+ to \d+\) such hours", said)
    assert "Too little data to say: 3 of at least 20 different hours with a look." in said
    assert re.search(r"The sofa\s+\d+ times · \d+ in 100 \(\d+ to \d+\)", said)
    assert re.search(r"Monday\s+\d of [56] · \d+ in 100", said)
    assert re.search(r"Nothing was logged\s+27 of 27 · 100 in 100 \(88 to 100\)", said)
    assert not re.search(r"streak|score:|!", said)


def test_one_hour_is_offered_and_no_more(at_hours: Page) -> None:
    """The next one that stands out, with its n; a plan for it is linked where plans can be made."""
    offers = re.findall(r"The next hard hour may be \w+day around 2[23]:00: [^.]+\.", body_of(at_hours))
    assert 1 == len(offers)
    assert re.search(r"n = 27 urges in 3[45] days", offers[0])
    assert at_hours.locator("main a[href='/plans']").count() <= 1


def test_the_picture_has_a_table_and_says_how_it_is_counted(at_hours: Page) -> None:
    """A drawing with a name and a sentence; every hour that held one is a row."""
    figure = at_hours.locator("figure").first
    assert "Your urges by weekday and hour" in (figure.locator("svg > title").text_content() or "")
    assert figure.locator("svg > desc").text_content() == figure.locator("figcaption").inner_text()
    at_hours.get_by_text("The same as a table").first.click()
    rows = at_hours.locator("table").first.locator("tbody tr")
    assert 10 < rows.count() <= 27
    at_hours.get_by_text("How it is counted").first.click()
    says(at_hours, "several in one hour count once")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_in_light_and_dark(at_hours: Page, scheme: str) -> None:
    """Axe finds nothing with everything opened."""
    in_scheme(at_hours, scheme)
    at_hours.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [] == violations(at_hours)
    assert 0 == at_hours.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def test_an_entry_taken_back_is_gone_from_it(at_hours: Page, served: Running) -> None:
    """One urge fewer, at once."""
    last = next(each for each in reversed(records(served.home)) if isinstance(each.event.what, Urge))
    go(at_hours, served, f"/history/{last.id}")
    Hand(at_hours).tap("button", "It did not happen; take it back")
    Hand(at_hours).tap("link", "Your own hours")
    says(at_hours, "26 urges in")


def test_it_needs_no_script(browser: Browser, served: Running) -> None:
    """Plain pages and links."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    page.goto(served.link)
    go(page, served, "/hours")
    assert re.search(r"27 urges in 3[45] days", body_of(page))
    context.close()


def test_nothing_logged_is_said_kindly(own_today: Page, open_server: Running) -> None:
    """No number is made up, and there is no offer."""
    go(own_today, open_server, "/hours")
    said = body_of(own_today)
    assert "Too little data to say: 0 of at least 14 days." in said
    assert "Nothing was named yet. It can be, in your own words, when you log an urge." in said
    assert "The next hard hour" not in said
    expect(own_today.locator("svg")).to_have_count(0)


def test_it_stays_open_in_a_clear_stop(own_today: Page, open_server: Running) -> None:
    """It is about one's own hours: nothing in it helps to write or to time a message."""
    open_server.home.run("stop", "--because", "asked")
    go(own_today, open_server, "/hours")
    expect(own_today.get_by_role("heading", level=1)).to_have_text("Your own hours")


def test_the_terminal_tells_the_same(lived_in: Home) -> None:
    """In words on standard error; as JSON all of it, with every hour of the week."""
    words = lived_in.run("patterns").stderr.decode()
    assert re.search(r"27 urges in 3[45] days, in 27 different hours\.", words)
    assert "3 looks: too little data to say when." in words
    assert re.search(r"Set off by The sofa: 14 of 21 that name something, 67 in 100 \(45 to 83\)\.", words)
    assert re.search(r"The next hard hour may be \w+day around 2[23]:00: \d+ in 100 \(\d+ to \d+\) such hours", words)
    told = lived_in.json("patterns")
    assert (27, 3) == (told["urges"]["entries"], told["looks"]["entries"])
    assert 27 == sum(map(sum, told["urges"]["held"])) == told["urges"]["hours_with_one"]
    coming = told["next_hard_hour"]
    assert told["urges"]["average"] < coming["lower"] < coming["value"] < coming["upper"]
    assert coming["hour"] in (22, 23)
    assert told["looks"]["hard_hours"] is None


def test_the_terminal_says_too_little(set_up: Home) -> None:
    """Nothing logged: counts, no hour, and an exit status of 0, for that is an answer."""
    assert b"0 urges: too little data to say when." in set_up.run("patterns").stderr
    done = set_up.run("patterns", "--json")
    assert 0 == done.returncode
    assert json.loads(done.stdout)["next_hard_hour"] is None
