"""Own words, said on the urge page or to the terminal: answered at once, help first, and kept nowhere."""

from __future__ import annotations

import json
import re
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from conftest import Home, Running
from fallow.cli.main import main
from fallow.guidance import hear, load_hearing
from journeys.conftest import Shared, new_context
from journeys.scan import places
from journeys.test_pages import check
from journeys.walking import body_of, enter, go, headed, in_scheme, kill_worker, kinds, post, says, unlock

GOLDEN = Path(__file__).parents[1] / "golden" / "pleas"
PLEAS: list[dict[str, Any]] = [
    plea for language in ("en", "de") for plea in json.loads((GOLDEN / f"{language}.json").read_text("utf-8"))
]
FIRST_OF_KIND = {plea["kind"]: plea["text"] for plea in reversed(PLEAS) if hear(plea["text"]).kinds[0] == plea["kind"]}
WORDS = "Say it in your own words"
MARKER = "quoll-4711"


def say(page: Page, words: str) -> None:
    """Type it on the urge page and press the one button below."""
    page.get_by_label(WORDS).fill(words)
    page.get_by_role("button", name="Say it").click()
    page.wait_for_url("**/now/words")


def test_own_words_are_answered_on_the_spot(today: Page, shared: Shared) -> None:
    """Typed on the urge page, answered by sentences and by ways that are there; what was typed can be said again."""
    go(today, shared, "/now")
    say(today, "just closure")
    headed(today, "You said it here.")
    body = body_of(today)
    assert "Wanting it to make sense is a real need." in body
    assert "It understands nothing and is often wrong" in body
    expect(today.locator("textarea")).to_have_value("just closure")
    assert [] == dead_ends(today)


def test_what_is_said_is_recorded_nowhere(today: Page, shared: Shared) -> None:
    """No event, no draft, and not one byte of the words in the data folder."""
    before, kept = kinds(shared.home), sorted(shared.home.folder.rglob("*"))
    go(today, shared, "/now")
    say(today, f"just a hi {MARKER}")
    today.get_by_text("Say it differently").click()
    today.get_by_label("In your own words").fill(f"I am drunk {MARKER}")
    today.get_by_role("button", name="Say it").click()
    expect(today.get_by_text("Drink makes things look urgent that are not.")).to_be_visible()
    assert before == kinds(shared.home)
    assert kept == sorted(shared.home.folder.rglob("*"))
    assert [] == places([shared.home.folder], [MARKER])


def test_it_is_no_address_to_go_to(today: Page, shared: Shared) -> None:
    """Reading it leads to where it can be said, so nothing is in the history of the browser but that."""
    go(today, shared, "/now/words")
    expect(today).to_have_url(shared.origin + "/now")


def test_the_three_ways_stay_first(today: Page, shared: Shared) -> None:
    """Write, wait and call come before everything; the field for own words comes last, and has no words in it."""
    go(today, shared, "/now")
    buttons = today.locator("main button:visible").all()
    assert ["write", "wait", "call"] == [each.get_attribute("value") for each in buttons[:3]]
    assert "Say it" == buttons[-1].inner_text()
    assert today.get_by_label(WORDS).get_attribute("placeholder") is None


def test_danger_shows_help_first_and_at_once(today: Page, shared: Shared) -> None:
    """The heading, the emergency sentence of the country and a number to tap stand before everything else."""
    go(today, shared, "/now")
    say(today, "i dont want to live anymore, what should I write to him")
    headed(today, "Help comes first. This is more than one person can carry alone.")
    body = body_of(today)
    assert "If a life is in danger, call 112." in body
    assert body.index("call 112") < body.index("TelefonSeelsorge") < body.index("Nobody has to be sure")
    assert "tel:08001110111" == today.locator("main a").first.get_attribute("href")
    assert "Words to them are not made here." not in body
    expect(today.get_by_role("button", name="Write it here")).to_have_count(0)


def test_a_heavy_word_shows_help_beside_the_answer(today: Page, shared: Shared) -> None:
    """An idiom changes nothing but that the number is there."""
    go(today, shared, "/now")
    say(today, "I'm dying to text him")
    headed(today, "You said it here.")
    says(today, "If a life is in danger, call 112.")
    today.locator("main").get_by_role("link", name="Help lines").click()
    headed(today, "Help is here.")


@pytest.mark.parametrize("kind", [kind.id for kind in load_hearing().kinds])
def test_every_step_of_every_kind_leads_somewhere(today: Page, shared: Shared, kind: str) -> None:
    """No link to a page that is not there, and always at least one way besides going back."""
    go(today, shared, "/now")
    say(today, FIRST_OF_KIND[kind])
    assert len(hrefs(today)) > 2
    assert [] == dead_ends(today)


def test_writing_it_here_begins_a_draft(today: Page, shared: Shared) -> None:
    """The offer is the same way as on the urge page: an urge is noted, and a page for the words opens."""
    go(today, shared, "/now")
    say(today, "help me word it so that I don't sound desperate")
    today.get_by_role("button", name="Write it here").click()
    today.wait_for_url("**/d/*")
    assert "urge" == kinds(shared.home)[-1]


@pytest.mark.parametrize(
    "words", ["", "   ", "<script>alert(1)</script>{{7*7}}", "</textarea><b>x", "\x00\ud83d", "w" * 60_000]
)
def test_whatever_is_typed_gets_an_answer(today: Page, shared: Shared, words: str) -> None:
    """Nothing, code, half a sign, a page full: a calm answer, and the words shown as words."""
    go(today, shared, "/now")
    status, source = post(today, "/now/words", words=words)
    assert 200 == status
    assert "You said it here." in source
    assert "<script>alert" not in source
    assert "<b>x" not in source


def test_in_a_clear_stop_nothing_leads_to_writing(own_today: Page, open_server: Running) -> None:
    """Whatever is pleaded, in both languages: no way to write, no reason, no time; what is for the person stays."""
    post(own_today, "/settings/stop", because="asked", sure="1")
    for plea in PLEAS[::7]:
        status, source = post(own_today, "/now/words", words=plea["text"])
        assert 200 == status
        for gone in ('value="write"', 'href="/parked"', 'href="/days"', 'href="/inbound"', "Would you send it"):
            assert gone not in source, plea["text"]
    go(own_today, open_server, "/now")
    say(own_today, "something neutral")
    says(own_today, "There is a clear stop, so nothing that leads to them is weighed here.")
    own_today.get_by_role("link", name="Wait with me").click()
    expect(own_today).to_have_url(re.compile("/now/wait$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("words", ["just closure", "I want to die", "I'm dying to text him"])
def test_the_answer_is_accessible_and_fits(today: Page, shared: Shared, words: str, scheme: str) -> None:
    """Axe finds nothing, at two widths, light and dark; every control is high enough for a thumb."""
    in_scheme(today, scheme)
    go(today, shared, "/now")
    say(today, words)
    check(today)
    small = today.evaluate(
        """() => [...document.querySelectorAll('button, .btn, textarea')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert [] == small


@pytest.fixture
def plain(browser: Browser, shared: Shared) -> Iterator[Page]:
    """Today in a browser without scripts."""
    context = new_context(browser, javascript=False)
    context.add_cookies(shared.cookies["cookies"])
    yield context.new_page()
    context.close()


def test_it_needs_no_script(plain: Page, shared: Shared) -> None:
    """Said, answered and said again by plain forms."""
    go(plain, shared, "/now")
    say(plain, "er hat geburtstag")
    says(plain, "A day like this pulls")
    plain.get_by_text("Say it differently").click()
    plain.get_by_label("In your own words").fill("sie hat mich blockiert")
    plain.get_by_role("button", name="Say it").click()
    says(plain, "A block is a request for no contact.")


def test_words_sent_to_a_locked_page_are_answered_once_it_is_open(own_today: Page, open_server: Running) -> None:
    """What was typed goes through the lock with the form; nothing has to be typed again, and nothing is kept."""
    go(own_today, open_server, "/now")
    own_today.get_by_label(WORDS).fill("she blocked me everywhere")
    kill_worker(open_server)
    own_today.get_by_role("button", name="Say it").click()
    expect(own_today.locator("main")).to_contain_text("This was locked while you were writing.")
    unlock(own_today)
    expect(own_today.get_by_text("A block is a request for no contact.")).to_be_visible()
    assert [] == kinds(open_server.home)


def test_while_locked_nothing_is_heard(page: Page, locked_server: Running) -> None:
    """The address leads to the lock page, and help lines are one tap away there."""
    enter(page, locked_server)
    go(page, locked_server, "/now/words")
    expect(page).to_have_url(locked_server.origin + "/unlock")
    page.get_by_role("banner").get_by_role("link", name="Help").click()
    headed(page, "Help is here.")


def dead_ends(page: Page) -> list[str]:
    """Links of the page that lead to no page."""
    status = "path => fetch(path).then(answer => answer.status)"
    return [href for href in hrefs(page) if page.evaluate(status, href) != 200]


def hrefs(page: Page) -> list[str]:
    """Where the links of the page lead, inside the program."""
    found = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [href for href in found if href.startswith("/")]


# --- the terminal ----------------------------------------------------------------------------------------------------


def test_hear_answers_as_json_without_a_store(home: Home) -> None:
    """Nothing is set up, nothing is asked, and nothing is made."""
    answered = home.json("hear", "--stdin", stdin="just closure")
    assert {"kinds", "says", "offers"} == set(answered)
    assert ["closure"] == answered["kinds"]
    assert "hear.closure.name_it" == answered["says"][0]["id"]
    assert {"id", "text"} == set(answered["says"][0])
    assert ["park_question", "call_friend"] == answered["offers"]
    assert not home.folder.exists()


def test_hear_works_while_locked(set_up: Home) -> None:
    """It never asks for the passphrase, and adds no file."""
    before = sorted(set_up.folder.rglob("*"))
    done = set_up.run("hear", "--stdin", "--json", stdin="ich bin betrunken", passphrase=False)
    assert (0, ["drinking"]) == (done.returncode, json.loads(done.stdout)["kinds"])
    assert before == sorted(set_up.folder.rglob("*"))
    assert [] == set_up.json("events")


def test_hear_prints_help_first_where_there_is_danger(home: Home) -> None:
    """The sentence, the emergency number and the lines of the country, as `help-lines` prints them; then the rest."""
    lines = home.run("help-lines").stdout.decode()
    said = home.run("hear", "--stdin", stdin="ich will nicht mehr leben").stdout.decode()
    assert said.startswith("Help comes first. This is more than one person can carry alone.\n" + lines)
    assert "If a life is in danger, call 112." in lines
    assert "Nobody has to be sure" in said.removeprefix(lines)


def test_hear_prints_help_last_where_a_word_is_only_heavy(home: Home) -> None:
    """The answer comes first, and the lines stand below it."""
    lines = home.run("help-lines", "GB").stdout.decode()
    said = home.run("hear", "--stdin", "--country", "GB", stdin="I'm dying to text him").stdout.decode()
    assert said.startswith("It is hard right now.")
    assert said.endswith(lines)


def test_hear_as_json_carries_the_help_it_offers(home: Home) -> None:
    """The country's own entry, whole, as `help-lines --json` gives it."""
    answered = home.json("hear", "--stdin", "--country", "IE", stdin="he hits me")
    assert home.json("help-lines", "IE") == answered["help"]
    assert ["help_lines", "emergency"] == answered["offers"][:2]


def test_hear_without_words_in_its_arguments(home: Home) -> None:
    """Arguments can be read by others of this computer, so words there are refused; they are asked for instead."""
    assert 2 == home.run("hear", "just closure").returncode
    done = home.run("hear", stdin="just closure\n")
    assert 0 == done.returncode
    assert "Wanting it to make sense is a real need." in done.stdout.decode()
    assert b"In your own words" in done.stderr


@pytest.mark.parametrize(
    "given", [b"", b"\xff\xfe\x00", b"\n" * 1000, b"w " * 200_000], ids=["none", "bytes", "lines", "long"]
)
def test_hear_answers_whatever_comes_in(home: Home, given: bytes) -> None:
    """Bytes that are no words, none at all, more than anybody types: the answer for everything else."""
    done = home.run("hear", "--stdin", "--json", stdin=given)
    assert (0, ["longing"]) == (done.returncode, json.loads(done.stdout)["kinds"])


def test_hear_answers_every_plea_and_never_offers_writing() -> None:
    """All of them through the command: the same answer as the page's, and no way to write from a locked terminal."""
    run = CliRunner()
    for plea in PLEAS:
        done = run.invoke(main, ["hear", "--stdin", "--json"], input=plea["text"])
        answered, heard = json.loads(done.stdout), hear(plea["text"])
        assert 0 == done.exit_code
        assert list(heard.kinds) == answered["kinds"]
        assert [s.text for s in heard.says] == [s["text"] for s in answered["says"]]
        assert [o for o in heard.offers if o != "write_here"] == answered["offers"]
        assert ("help_lines" in answered["offers"]) == ("help" in answered)


def test_hear_is_quick(home: Home) -> None:
    """From nothing to help on the screen: no more than twice the processor time that `help-lines` itself takes."""

    def seconds(*arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert 0 == home.run_cold(*arguments, stdin="I want to die").returncode
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds("hear", "--stdin") for _ in range(4)) < 2 * min(seconds("help-lines") for _ in range(4))
