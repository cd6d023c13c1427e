"""Limited contact, one roof and the list between them: kept, shown on Today, and never counted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Home, Running
from fallow.plan import HardStopSet
from journeys.conftest import Shared, violations
from journeys.earlier import did, opened, quiet_since
from journeys.walking import body_of, go, headed, kinds, post, says

SHAPE = "One thing a message: what, when, where."


def test_what_cannot_be_read_is_said_and_kept_in_the_page(today: Page, shared: Shared) -> None:
    """No channel, hours that are none, a day that is none: a sentence, the words still there, nothing recorded."""
    before = len(kinds(shared.home))
    go(today, shared, "/limits")
    today.get_by_label("What it is for").fill("handover")
    today.get_by_role("button", name="Keep these").click()
    says(today, "This could not be read: the one channel.")
    expect(today.get_by_label("What it is for")).to_have_value("handover")
    for path, fields in (
        ("/limits", {"channel": "e-mail", "from": "25"}),
        ("/limits", {"channel": "e-mail", "from": "18", "until": "9"}),
        ("/home", {"moving_on": "2027-02-30"}),
        ("/items", {"item": "  "}),
    ):
        assert 422 == post(today, path, **fields)[0], path
    assert 404 == post(today, "/items", settle="f" * 32)[0]
    assert before == len(kinds(shared.home))


def test_in_a_clear_stop_no_shape_is_shown(set_up: Home, page: Page) -> None:
    """The list stays; how a message is shaped does not, on page or terminal."""
    from conftest import start_server, stop_server
    from journeys.walking import enter

    with opened(set_up) as desk:
        quiet_since(desk, 3)
        did(desk, 1, HardStopSet("asked"))
    assert [] == set_up.json("limits")["shape"]
    server = start_server(set_up)
    try:
        enter(page, server)
        for path, words in (("/limits", SHAPE), ("/items", "It goes over once")):
            go(page, server, path)
            assert words not in body_of(page)
            assert [] == violations(page)
    finally:
        stop_server(server)


def test_all_of_it_from_a_terminal(set_up: Home) -> None:
    """Asked for, kept, told again after the next start."""
    set_up.json("limits", "--set", "--hours", "9-18", stdin="e-mail\nhandover, school\n")
    told = set_up.json("limits")
    limits = {"kind": "limits_set", "channel": "e-mail", "topics": ["handover", "school"], "hour_from": 9}
    assert limits | {"hour_until": 18} == told["limits"]
    assert ("limited_contact", SHAPE) == (told["mode"], told["shape"][0])
    set_up.json("home", "--set", "--moving-on", "2027-01-31", stdin="the small room is mine\n")
    assert "2027-01-31" == set_up.json("home")["home"]["moving_on"]
    item = set_up.json("items", "--add", "--whose", "mine", stdin="The bicycle\n")[0]["id"]
    set_up.json("items", "--settle", item)
    assert [("The bicycle", True)] == [(each["item"], each["settled"]) for each in set_up.json("items")]
    assert 2 == set_up.run("limits", "--set", "--hours", "nine", stdin="e-mail\n\n").returncode
    assert 2 == set_up.run("home", "--moving-on", "soon").returncode
    assert b"Moving on 31 January 2027." in set_up.run("home").stderr


def test_pages_are_accessible(today: Page, shared: Shared) -> None:
    """With something on each of them."""
    post(today, "/items", item="The table", whose="shared")
    post(today, "/items", item="Half the deposit", money="1")
    for path in ("/limits", "/home", "/items"):
        go(today, shared, path)
        assert [] == violations(today)


def test_nothing_is_counted_under_one_roof(own_today: Page, open_server: Running) -> None:
    """Choosing it on its page is enough; the day of moving is on Today."""
    go(own_today, open_server, "/home")
    own_today.get_by_label("The day one of you moves").fill("2027-01-31")
    own_today.get_by_label("We live together now; nothing is counted then").check()
    own_today.get_by_role("button", name="Keep this").click()
    go(own_today, open_server, "/")
    headed(own_today, "Under one roof. Nothing is counted.")
    says(own_today, "Until 31 January 2027.")
