"""Whether they may write: opened on purpose and once a week, said with limits, closed in a clear stop."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import Home, Running, start_server, stop_server
from fallow.errors import BudgetSpent, HardStopHolds
from fallow.plan import HardStopSet, PageOpened, TheyWrote
from journeys.conftest import new_context, violations
from journeys.earlier import did, opened
from journeys.walking import Hand, body_of, enter, go, headed, in_scheme, kinds, open_picture, post, says

PROMISES = re.compile(
    r"streak|score\b|will come back|coming back soon|hope|don't give up|days left|only \d+ more|!", re.I
)


def chat_of(returns: str, *, days_ago: int = 8) -> bytes:
    """Talks of six messages, each after four days taken up by `o` (Alex) or `m` (Sam, me), until some days ago."""
    last = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days_ago)
    lines = []
    for place, who in enumerate("o" + returns):
        day = last - dt.timedelta(days=4 * (len(returns) - place))
        names = ("Alex", "Sam") if who == "o" else ("Sam", "Alex")
        lines += [f"{day:%d/%m/%Y}, 1{hour}:07 - {names[hour % 2]}: a word\n" for hour in range(6)]
    return "".join(lines).encode()


def keep(home: Home, chat: bytes) -> None:
    path = home.folder.parent / "chat.txt"
    path.write_bytes(chat)
    assert home.run("import", str(path), "--me", "Sam", "--without-text").returncode == 0


@pytest.fixture
def brought(set_up: Home) -> Home:
    """A chat whose last seven silences before the one of now count: the first came after too few messages."""
    keep(set_up, chat_of("oomomoom"))
    return set_up


@pytest.fixture
def served(brought: Home) -> Iterator[Running]:
    server = start_server(brought)
    yield server
    stop_server(server)


@pytest.fixture
def shut(page: Page, served: Running) -> Page:
    """Reached as a person reaches it: More, then its line."""
    enter(page, served)
    Hand(page).tap("link", "More", exact=True)
    Hand(page).tap("link", "Whether they may write")
    return page


@pytest.fixture
def unfolded(shut: Page) -> Page:
    Hand(shut).tap("button", "Open it")
    shut.locator("figure").wait_for()
    return shut


def test_it_says_what_it_is_before_it_is_opened(shut: Page, served: Running) -> None:
    """No number, no curve; asking for the page records nothing."""
    said = body_of(shut)
    assert "It is about a next message, not about coming back." in said
    assert "once a week at most" in said
    assert not re.search(r"\d", said)
    assert (0, []) == (shut.locator("svg").count(), kinds(served.home))


def test_a_curve_a_sentence_and_a_table_say_the_same(unfolded: Page, served: Running) -> None:
    """One opening is recorded; the picture is described by its sentence, and its numbers stand in the table."""
    assert ["page_opened"] == kinds(served.home)
    sentence = unfolded.locator("figcaption").inner_text()
    assert sentence == unfolded.locator("svg > desc").text_content()
    limits = r"\d+ \(\d+ to \d+\)"
    said = re.fullmatch(
        rf"In 100 silences like this one, they wrote first within the next 30 days in about ({limits}), "
        rf"you in about ({limits}), and in about ({limits}) nobody did\. Were you to keep quiet throughout, and that "
        rf"changed nothing on their side, they would write in about ({limits})\.",
        sentence,
    )
    assert said is not None
    unfolded.get_by_text("How sure, and how counted").click()
    rows = [row.locator("td").all_inner_texts() for row in unfolded.locator("tbody tr").all()]
    assert ["7 days", "14 days", "30 days", "60 days", "90 days"] == [row[0] for row in rows]
    assert [said[4], said[1], said[2], said[3]] == rows[2][1:]
    told = served.home.json("forecast")
    assert said[1].split(" ")[0] == f"{100 * told['other'][2]['p']:.0f}"
    assert said[4].split(" ")[0] == f"{100 * told['if_silent'][2]['p']:.0f}"


def test_it_says_what_it_rests_on_and_what_it_does_not_know(unfolded: Page) -> None:
    """The silences before and who ended them, what moved it, the assumption, the limits; and nothing is promised."""
    said = body_of(unfolded)
    for words in (
        "This is about a message, not about coming back.",
        "There were 7 earlier silences of a day or more. They ended 4 of them and you 3.",
        "This one is longer than any of them.",
        "they more often than you. That moves it up.",
        "The longer, the lower.",
        "No log can show whether that is so.",
        "It does not say what a message of yours would do.",
        "The longer a silence has lasted, the less often it was ended",
        "none of it was a breakup",
    ):
        assert words in said
    assert not PROMISES.search(said)
    unfolded.get_by_text("Sources").click()
    expect(unfolded.locator("details li")).to_have_count(5)
    Hand(unfolded).tap("link", "How often other couples met again")
    headed(unfolded, "What was counted about other people.")


def test_the_budget_holds_for_a_week(unfolded: Page, served: Running) -> None:
    """A second look within the hour is the same opening; after it the page is shut until a week has gone."""
    go(unfolded, served, "/ahead")
    expect(unfolded.locator("svg")).to_have_count(1)
    assert 409 == post(unfolded, "/ahead")[0]
    assert ["page_opened"] == kinds(served.home)


@pytest.mark.parametrize(("days", "open_again"), [(0.1, False), (6.9, False), (7.1, True)])
def test_it_is_shut_until_a_week_has_gone(page: Page, brought: Home, days: float, open_again: bool) -> None:
    """With the day on which it can be opened again, and no way round it by sending the form."""
    with opened(brought) as desk:
        did(desk, days, PageOpened("forecast"))
    server = start_server(brought)
    try:
        enter(page, server)
        go(page, server, "/ahead")
        assert open_again == (page.get_by_role("button", name="Open it").count() == 1)
        assert open_again != ("It can be opened again on" in body_of(page))
        expect(page.locator("svg")).to_have_count(0)
        if not open_again:
            status, source = post(page, "/ahead")
            assert (409, True) == (status, BudgetSpent.says.split("{")[0] in source)
    finally:
        stop_server(server)


def test_a_clear_stop_closes_it(page: Page, brought: Home) -> None:
    """By its address, by its form, and while it was open; More and the picture no longer name it."""
    with opened(brought) as desk:
        did(desk, 0.01, PageOpened("forecast"))
        did(desk, 0.005, HardStopSet("asked"))
    server = start_server(brought)
    try:
        enter(page, server)
        before = kinds(brought)
        go(page, server, "/ahead")
        says(page, HardStopHolds.says)
        expect(page.locator("svg")).to_have_count(0)
        assert 403 == post(page, "/ahead")[0]
        assert before == kinds(brought)
        for path in ("/", "/more", "/now", "/picture"):
            go(page, server, path)
            assert 0 == page.locator("a[href='/ahead']").count(), path
        open_picture(page, server)
        expect(page.locator("a[href='/ahead']")).to_have_count(0)
    finally:
        stop_server(server)


def test_more_and_the_end_of_the_picture_lead_to_it_and_nothing_else_does(shut: Page, served: Running) -> None:
    """Not Today, and not the pages of an urge."""
    for path in ("/", "/now", "/now/call", "/log", "/hours", "/history"):
        go(shut, served, path)
        assert 0 == shut.locator("a[href='/ahead']").count(), path
    open_picture(shut, served)
    expect(shut.locator("main a[href='/ahead']")).to_have_count(1)


def test_too_little_is_an_answer_and_costs_no_opening(page: Page, set_up: Home) -> None:
    """What it takes is said, with a next step; sending the form records nothing."""
    keep(set_up, chat_of("om"))
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/ahead")
        headed(page, "Not known")
        says(page, "Too little data to say: 1 of at least 3.")
        says(page, "Not known is an answer too.")
        expect(page.locator("main a[href='/import']")).to_have_count(1)
        assert 200 == post(page, "/ahead")[0]
        assert [] == kinds(set_up)
    finally:
        stop_server(server)


def test_while_they_are_in_touch_there_is_no_silence(page: Page, brought: Home) -> None:
    """They wrote an hour ago, which was logged: nothing to look at, and no opening is spent."""
    with opened(brought) as desk:
        did(desk, 0.05, TheyWrote())
    server = start_server(brought)
    try:
        enter(page, server)
        go(page, server, "/ahead")
        headed(page, "No silence at present")
        post(page, "/ahead")
        assert "page_opened" not in kinds(brought)
    finally:
        stop_server(server)


def test_without_a_chat_it_is_an_invitation_without_pressure(own_today: Page, open_server: Running) -> None:
    """A choice, and a way to bring one."""
    go(own_today, open_server, "/ahead")
    says(own_today, "many people are better off without it")
    expect(own_today.locator("main a[href='/import']")).to_have_text("Bring a chat")


def test_it_needs_no_script(browser: Browser, served: Running) -> None:
    """A plain form opens it."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    page.goto(served.link)
    go(page, served, "/ahead")
    page.get_by_role("button", name="Open it").click()
    assert page.locator("figcaption").inner_text().startswith("In 100 silences like this one")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(unfolded: Page, scheme: str) -> None:
    """Axe finds nothing with everything opened, and a small phone is wide enough."""
    in_scheme(unfolded, scheme)
    unfolded.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [] == violations(unfolded)
    for width in (320, 390):
        unfolded.set_viewport_size({"width": width, "height": 844})
        assert 0 == unfolded.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def test_the_history_calls_it_by_its_name(unfolded: Page, served: Running) -> None:
    """A look ahead, not a picture."""
    go(unfolded, served, "/history")
    says(unfolded, "A look ahead was opened")
    assert "The picture was opened" not in body_of(unfolded)
