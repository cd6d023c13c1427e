"""What is known: claims one by one, tools with their reasons, numbers about others where they are asked for."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PASSPHRASE, Home, start_server, stop_server
from fallow.guidance import load_ledger
from journeys.conftest import Shared, new_context
from journeys.test_cli import refused
from journeys.test_pages import check
from journeys.walking import Hand, body_of, enter, go, headed, heading, post, says

LEDGER = load_ledger()
SHARES = ("about 44%", "about two thirds", "71% not", "about 80% divorced")
"""Numbers about couples who met again; they stand on one page, for those who ask."""


def test_a_person_reads_a_claim_and_finds_what_it_rests_on(today: Page, shared: Shared) -> None:
    """From Choices to the list, to one claim with verdict, findings, sizes, limits, what is done and never done."""
    go(today, shared, "/settings")
    Hand(today).tap("link", "What people say after a breakup, and how well it holds")
    headed(today, "What is known, and how well.")
    assert all(claim.claim in body_of(today) for claim in LEDGER.claims)
    claim = LEDGER.claims[9]
    Hand(today).tap("link", claim.claim)
    headed(today, claim.claim)
    body = body_of(today)
    assert all(words in body for words in (claim.in_short, claim.limits, claim.does, claim.never))
    assert all(finding.text in body for finding in claim.open_findings)
    assert "Not supported by what was found. How sure: moderate." in body
    expect(today).to_have_url(re.compile("/known/C10$"))


def test_sources_are_words_and_nothing_leads_outside(today: Page, shared: Shared) -> None:
    """A DOI is text to look up; every link of these pages is one of our own addresses."""
    go(today, shared, "/known/C6")
    today.locator("summary", has_text="sources").click()
    says(today, "DOI 10.1007/s11199-016-0667-1")
    for path in ("/known", "/known/tools", "/known/rates", *(f"/known/{claim.id}" for claim in LEDGER.claims)):
        go(today, shared, path)
        links = today.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert [] == [link for link in links if not re.match(r"/(?!/)|#main$", link)], path


def test_numbers_about_others_stand_on_their_own_page_alone(today: Page, shared: Shared) -> None:
    """No claim and no tool shows a share of couples who met again; one plain link leads to where they are."""
    for path in ("/known", "/known/tools", *(f"/known/{claim.id}" for claim in LEDGER.claims)):
        go(today, shared, path)
        assert [] == [share for share in SHARES if share in today.content()], path
    go(today, shared, "/known")
    Hand(today).tap("link", "How often other couples met again, and how long it took others")
    assert all(share in today.content() for share in SHARES)
    assert all(rate.population in today.content() for rate in LEDGER.base_rates.rates)
    body = body_of(today)
    assert body.index("If it does not happen") < body.index(LEDGER.base_rates.if_not[-1].text)
    Hand(today).tap("link", "Call someone")
    expect(today).to_have_url(re.compile("/now/call$"))


def test_a_tool_says_why_it_is_here(today: Page, shared: Shared) -> None:
    """Each with what was found, with how many, and a caution; what is not built is named too."""
    go(today, shared, "/known")
    Hand(today).tap("link", "Each tool, with what was found about it")
    body = body_of(today)
    assert all(each.found in body and each.caution in body for each in LEDGER.techniques)


def test_a_claim_that_is_not_there_is_said_kindly(today: Page, shared: Shared) -> None:
    """Two sentences and a way back to the list."""
    go(today, shared, "/known/C99")
    headed(today, "There is no such claim.")
    Hand(today).tap("link", "Back")
    headed(today, "What is known, and how well.")


@pytest.mark.parametrize(
    ("path", "fields", "says"),
    [
        ("/settings/stop", {"because": "asked"}, "There is a clear stop here, so numbers about couples"),
        (
            "/screen",
            {"answer": "screen.not_live", "keep": "wish_to_die", "do": "keep"},
            "This is not open at the moment.",
        ),
    ],
    ids=["a clear stop", "help first"],
)
def test_the_numbers_rest_and_knowledge_stays(
    browser: Browser, prepared: Home, home: Home, path: str, fields: dict[str, str], says: str
) -> None:
    """While a stop holds or help comes first: no number and no link to one; every claim is still there."""
    shutil.copytree(prepared.folder, home.folder)
    server = start_server(home)
    context = new_context(browser)
    try:
        page = context.new_page()
        enter(page, server)
        page.wait_for_selector("nav.main")
        go(page, server, "/known/rates")
        headed(page, "What was counted about other people.")
        post(page, path, **fields)
        answer = page.goto(server.origin + "/known/rates")
        assert answer is not None
        assert answer.status in (403, 409)
        assert says in heading(page)
        check(page)
        for open_path in ("/known", "/known/tools", *(f"/known/{claim.id}" for claim in LEDGER.claims)):
            go(page, server, open_path)
            expect(page.locator("a[href='/known/rates']")).to_have_count(0)
            assert [] == [share for share in SHARES if share in page.content()]
        assert LEDGER.claims[-1].claim == heading(page)
    finally:
        context.close()
        stop_server(server)


def test_claims_are_read_on_a_terminal_with_nothing_set_up(home: Home) -> None:
    """The list, one claim in either case, and the same for machines; no folder is made by asking."""
    listed = home.run("claims", passphrase=False)
    assert (0, b"") == (listed.returncode, listed.stdout)
    assert all(claim.claim in listed.stderr.decode() for claim in LEDGER.claims)
    one = home.run("claims", "c12", passphrase=False).stderr.decode()
    assert "Any number of days is an agreement with yourself" in one
    assert "DOI 10.1177/2167702620916454" in one
    told = json.loads(home.run("claims", "C12", "--json", passphrase=False).stdout)
    assert ("C12", "mixed", "moderate") == (told["id"], told["verdict"], told["confidence"])
    assert {id for finding in told["findings"] for id in finding["sources"]} == {s["id"] for s in told["sources"]}
    everything = home.json("claims")
    assert [claim.id for claim in LEDGER.claims] == [claim["id"] for claim in everything["claims"]]
    assert {"claims", "techniques", "not_used", "sources"} == set(everything)
    assert not [share for share in SHARES if share in json.dumps(everything)]
    assert (2, "NoSuchClaim") == refused(home, "claims", "C99")
    assert not home.folder.exists()


def test_numbers_about_others_are_read_on_a_terminal(home: Home) -> None:
    """With nothing set up they need no passphrase; each with its people, and what to do if not comes last."""
    said = home.run("baserates", passphrase=False).stderr.decode()
    assert all(share in said for share in SHARES)
    assert said.rstrip().endswith(LEDGER.base_rates.if_not[-1].text)
    told = home.json("baserates")
    assert {"rates", "findings", "if_not", "sources"} == set(told)
    assert all(rate["population"] and rate["denominator"] for rate in told["rates"])
    assert not home.folder.exists()


def test_numbers_about_others_are_refused_on_a_terminal_while_a_stop_holds(set_up: Home) -> None:
    """Set up, the passphrase is asked for as usual; with a stop, exit 2 and the reason, and nothing on the way out."""
    assert 0 == set_up.run("baserates").returncode
    set_up.passphrase_file.write_text("not this one at all\n")
    assert (3, "WrongPassphrase") == refused(set_up, "baserates")
    set_up.passphrase_file.write_text(PASSPHRASE + "\n")
    assert 0 == set_up.run("stop", "--because", "blocked").returncode
    assert (2, "RatesRest") == refused(set_up, "baserates")
    done = set_up.run("baserates")
    assert (2, b"") == (done.returncode, done.stdout)
    assert not [share for share in SHARES if share in done.stderr.decode()]
    assert 0 == set_up.run("claims").returncode
