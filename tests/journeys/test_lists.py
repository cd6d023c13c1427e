"""Lists to install: chosen on a page or on a terminal, saved as a file, used in a real browser, kept nowhere."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PATIENCE, Home, Running
from fallow.plan import Ask, HardStopSet, LimitsSet, ModeChosen
from fallow.reach import KINDS, load_map
from journeys.conftest import Shared, new_context
from journeys.test_cli import refused
from journeys.walking import Hand, body_of, days_ago, enter, go, headed, lived, post, records, says, serving
from reach.lists.making import text_of
from reach.lists.test_blockers import imported
from reach.lists.test_filters import CLOSED, GIVEN, OPEN, engine

THEIRS = "other.one@example.org"


def saved(page: Page, button: str, where: Path) -> tuple[str, str]:
    """The file that a button gives: its name, and what is in it."""
    with page.expect_download() as caught:
        page.get_by_role("button", name=button).click()
    path = where / caught.value.suggested_filename
    caught.value.save_as(path)
    return path.name, path.read_bytes().decode()


def test_a_list_is_made_on_a_page(today: Page, shared: Shared, tmp_path: Path) -> None:
    """From the map to the kinds, to one; a profile and a site give a file, then its undo, from the same page."""
    before = records(shared.home)
    go(today, shared, "/ways")
    hand = Hand(today)
    hand.tap("link", "Lists to install in tools of your own: a browser, mail, a network, the phone")
    headed(today, "Lists for tools of your own.")
    assert len(KINDS) == today.locator("main .ways a").count()
    today.locator("main .ways a", has_text="uBlock Origin").first.click()
    today.get_by_label("One profile alone").fill("https://www.instagram.com/some.name/?hl=de")
    today.locator("summary", has_text="Whole sites").click()
    today.get_by_label("TikTok").check()
    name, body = saved(today, "Make the file", tmp_path)
    assert "ublock-filters.txt" == name
    assert {f"||{each}^$document,subdocument" for each in ("tiktok.com", "instagram.com/some.name")} <= {*body.split()}
    name, undone = saved(today, "Make its undo, from the same", tmp_path)
    assert "ublock-filters-undo.txt" == name
    assert "||tiktok.com^$document,subdocument,badfilter" in undone.split("\n")
    expect(today).to_have_url(shared.origin + "/ways/lists/ublock")
    assert before == records(shared.home)


def test_a_way_that_a_list_closes_leads_to_the_lists(today: Page, shared: Shared) -> None:
    """Instagram and e-mail do; calls and friends, which no list closes, do not."""
    link = today.get_by_role("link", name="Lists to install that close it in tools of your own")
    for id, count in (("instagram", 1), ("email", 1), ("phone", 0), ("mutual_friends", 0)):
        go(today, shared, f"/ways/{id}")
        assert (id, count) == (id, link.count())


def test_nothing_typed_is_kept_anywhere(today: Page, shared: Shared) -> None:
    """In no event, no file of the folder, no address; every answer says not to keep it."""
    before = records(shared.home)
    asked: list[str] = []
    today.on("request", lambda request: asked.append(request.url))
    headers = today.evaluate(
        """async (body) => {
            const fields = new URLSearchParams({ t: document.documentElement.dataset.token, ...body });
            const answer = await fetch('/ways/lists/sieve', { method: 'POST', body: fields });
            return [answer.status, Object.fromEntries(answer.headers), await answer.text()];
        }""",
        {"addresses": THEIRS, "do": "make"},
    )
    status, head, body = headers
    assert (200, "no-store", 'attachment; filename="rule.sieve"') == (
        status, head["cache-control"], head["content-disposition"],
    )  # fmt: skip
    assert THEIRS in body
    go(today, shared, "/ways/lists/sieve")
    assert THEIRS not in today.content()
    assert not [url for url in asked if "other" in url]
    assert before == records(shared.home)
    held = b"".join(path.read_bytes() for path in shared.home.folder.rglob("*") if path.is_file())
    assert b"other.one" not in held


def test_what_is_not_right_is_said_and_stays_on_the_page(today: Page, shared: Shared) -> None:
    """Two calm sentences, what was typed, and no file; a list that is not there leads back to the kinds."""
    go(today, shared, "/ways/lists/sieve")
    today.get_by_label("Their e-mail addresses").fill("good@example.org\nother.one(at)example.org")
    Hand(today).tap("button", "Make the file")
    expect(today.get_by_role("alert")).to_contain_text("One of these is not an e-mail address that a rule can match.")
    expect(today.get_by_label("Their e-mail addresses")).to_have_value("good@example.org\nother.one(at)example.org")
    assert 422 == post(today, "/ways/lists/ublock", do="make")[0]
    assert 422 == post(today, "/ways/lists/ublock", do="make", site="window")[0]
    assert 422 == post(today, "/ways/lists/ublock", do="make", profiles="instagram.com/a$b")[0]
    assert 404 == post(today, "/ways/lists/window", do="make")[0]
    go(today, shared, "/ways/lists/window")
    headed(today, "There is no such list.")
    Hand(today).tap("link", "Back")
    headed(today, "Lists for tools of your own.")


def test_a_list_needs_no_script(browser: Browser, open_server: Running, tmp_path: Path) -> None:
    """A plain form, and the browser saves what comes."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(open_server.link)
    go(page, open_server, "/ways/lists/vcard")
    page.get_by_label("Their telephone numbers").fill("+49 30 123456")
    name, body = saved(page, "Make the file", tmp_path)
    assert ("contact.vcf", True, True) == (name, "FN:Not now\r\n" in body, "TEL;TYPE=CELL:+4930123456\r\n" in body)
    context.close()


def test_the_one_channel_is_left_out_unless_it_is_meant(page: Page, set_up: Home, tmp_path: Path) -> None:
    """The page says so before; a rule for mail is refused with a next step, and made once it is said."""
    lived(set_up, Ask(LimitsSet("E-mail"), days_ago(3, 9)), Ask(ModeChosen("limited_contact"), days_ago(3, 9)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/ways/lists/sieve")
        says(page, "Stays open on purpose: E-mail.")
        page.get_by_label("Their e-mail addresses").fill(THEIRS)
        Hand(page).tap("button", "Make the file")
        expect(page.get_by_role("alert")).to_contain_text("would close the one channel that stays open")
        page.get_by_label("Also what stays open on purpose").check()
        assert THEIRS in saved(page, "Make the file", tmp_path)[1]
        into = str(tmp_path / "lists")
        assert (2, "ListClosesKept") == refused(set_up, "lists", "sieve", "-o", into, "--stdin", stdin=THEIRS)
        assert set_up.json("lists", "sieve", "-o", into, "--stdin", "--with-kept", stdin=THEIRS)["file"]
        told = set_up.json("lists", "ublock", "--site", "tiktok", "-o", into, "--stdin")
        assert [] == told["left_out"]


def test_a_stop_keeps_lists_and_shows_no_way_back(page: Page, set_up: Home, tmp_path: Path) -> None:
    """No undo on any page, in any answer or on a terminal; the list itself is made."""
    lived(set_up, Ask(HardStopSet("asked"), days_ago(3, 9)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/ways/lists/hosts")
        expect(page.get_by_role("button", name="Make its undo")).to_have_count(0)
        says(page, "How a way is opened again is not given while it does.")
        assert "How it is taken out again" not in body_of(page)
        status, said = post(page, "/ways/lists/hosts", site="tiktok", do="undo")
        assert (403, True) == (status, "how a way is opened again is not given" in said)
        page.get_by_label("TikTok").check()
        assert "0.0.0.0 tiktok.com" in saved(page, "Make the file", tmp_path)[1]
        into = str(tmp_path / "lists")
        assert (2, "UndoRests") == refused(set_up, "lists", "hosts", "-o", into, "--undo", "--site", "tiktok")
        assert not Path(into).exists()
        assert [None] * len(KINDS) == [each["undo"] for each in set_up.json("lists")]
        assert b"taken out again" not in set_up.run("lists", "hosts").stderr


def test_the_filters_hide_links_to_one_profile_in_a_real_browser(page: Page) -> None:
    """The selectors that an engine takes from the list, asked of a page with links that are and are not meant."""
    meant = ("/some.name", "/some.name/", "/Some.Name/?hl=de", "/some.name/reels/", "https://www.instagram.com/some.name/",
             "/stories/some.name/314/")  # fmt: skip
    others = ("/", "/some.name2/", "/some.name.x", "/a/some.name/", "/stories/", "/explore/?q=/some.name/",
              "https://evil.example/some.name", "https://www.instagram.com.evil.example/some.name/")  # fmt: skip
    found = engine(text_of("ublock", GIVEN)).url_cosmetic_resources("https://www.instagram.com/").hide_selectors
    page.set_content("".join(f'<a href="{each}">x</a>' for each in (*meant, *others)))
    hidden = page.evaluate(
        "(all) => [...document.querySelectorAll(all)].map(a => a.getAttribute('href'))", ",".join(found)
    )
    assert list(meant) == hidden


def test_the_expression_for_leechblock_reads_the_same_in_a_real_browser(page: Page) -> None:
    """As JavaScript, without regard to case, as the add-on makes it."""
    expression = imported(text_of("leechblock", GIVEN))["regexpBlock1"]
    run = "([text, all]) => all.filter(each => new RegExp(text, 'i').test(each))"
    assert [*CLOSED] == page.evaluate(run, [expression, [*CLOSED, *OPEN]])


@pytest.mark.parametrize("phone", ["ios", "android"])
def test_a_step_card_opens_and_prints_on_its_own(page: Page, home: Home, tmp_path: Path, phone: str) -> None:
    """In a real browser from its file: it fits a phone, has one heading, and asks for nothing."""
    told = json.loads(home.run("lists", phone, "-o", str(tmp_path), "--json", passphrase=False).stdout)
    page.set_content(Path(told["file"]).read_text("utf-8"))
    headed(page, "One step at a time")
    page.set_viewport_size({"width": 320, "height": 640})
    assert 0 == page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def test_the_kinds_are_listed_on_a_terminal_with_nothing_set_up(home: Home) -> None:
    """No passphrase, no folder; each with its words, and one kind with its steps."""
    listed = home.run("lists", passphrase=False)
    assert (0, b"") == (listed.returncode, listed.stdout)
    assert all(f"\n{each.id} " in "\n" + listed.stderr.decode() for each in KINDS)
    assert load_map().notes["evidence"] in listed.stderr.decode()
    told = json.loads(home.run("lists", "--json", passphrase=False).stdout)
    assert [each.id for each in KINDS] == [each["id"] for each in told]
    shown = home.run("lists", "hosts", passphrase=False).stderr.decode()
    assert "How it is installed:\n1. On one computer: add the lines of hosts.txt" in shown
    assert "How it is taken out again:" in shown
    assert "tiktok" in shown
    assert not home.folder.exists()


def test_a_file_is_written_once_and_for_its_owner(home: Home, tmp_path: Path) -> None:
    """In a folder that is made for it; a second time it is refused and left as it was. Undo stands beside it."""
    into = tmp_path / "new" / "lists"
    told = home.json("lists", "sieve", "-o", str(into), "--stdin", stdin=f"{THEIRS}\nthird@example.net\n")
    path = into / "rule.sieve"
    assert (str(path), "sieve", False, len(path.read_bytes())) == (
        told["file"], told["kind"], told["undo"], told["bytes"],
    )  # fmt: skip
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert all(f'"{each}"' in path.read_text() for each in (THEIRS, "third@example.net"))
    before = path.read_bytes()
    assert (2, "FileIsThere") == refused(home, "lists", "sieve", "-o", str(into), "--stdin", stdin="x@example.org")
    assert before == path.read_bytes()
    assert home.json("lists", "sieve", "-o", str(into), "--undo", "--stdin", stdin=THEIRS)["undo"]
    assert {"rule.sieve", "rule-undo.sieve"} == {each.name for each in into.iterdir()}
    assert not home.folder.exists()


def test_a_site_that_is_not_there_is_refused(home: Home, tmp_path: Path) -> None:
    """With those to choose from, and nothing written."""
    done = home.run("lists", "hosts", "--site", "window", "-o", str(tmp_path / "into"), passphrase=False)
    assert (2, True) == (done.returncode, b"choose from instagram, threads" in done.stderr)
    assert not (tmp_path / "into").exists()


def test_what_it_is_made_of_is_asked_for(home: Home, tmp_path: Path) -> None:
    """One after the other, to an empty answer; a name first, for the address book."""
    done = home.run("lists", "sieve", "-o", str(tmp_path), stdin=f"{THEIRS}\n\n", passphrase=False)
    assert (0, b"") == (done.returncode, done.stdout)
    assert THEIRS in (tmp_path / "rule.sieve").read_text()
    assert THEIRS not in done.stderr.decode()
    home.run("lists", "vcard", "-o", str(tmp_path), stdin=f"Office\n+49 30 1234\n{THEIRS}\n\n", passphrase=False)
    card = (tmp_path / "contact.vcf").read_bytes().decode()
    assert ["FN:Office", "TEL;TYPE=CELL:+49301234", f"EMAIL;TYPE=INTERNET:{THEIRS}"] == card.split("\r\n")[3:6]
    home.run("lists", "vcard", "-o", str(tmp_path), "--undo", "--stdin", stdin="Sam\n112\n", passphrase=False)
    assert "FN:Sam\r\n" in (tmp_path / "contact-undo.vcf").read_bytes().decode()


@pytest.mark.parametrize(
    ("arguments", "stdin", "kind"),
    [
        (("ublock", "--undo"), "", "NotUnderstood"),
        (("--site", "tiktok"), "", "NotUnderstood"),
        (("-o", "DIR"), "", "NotUnderstood"),
        (("ublock", "-o", "DIR", "--stdin"), "", "ListIsEmpty"),
        (("ublock", "-o", "DIR", "--stdin"), "evil.example/name", "NotAProfile"),
        (("sieve", "-o", "DIR", "--stdin"), 'a"@example.org', "NotAMailAddress"),
        (("vcard", "-o", "DIR", "--stdin"), "Later\nTEL:112", "NotAPhoneNumber"),
        (("vcard", "-o", "DIR", "--stdin"), "x" * 61 + "\n112", "NotANeutralName"),
        (("sieve", "-o", "FILE", "--stdin"), THEIRS, "FileNotWritten"),
    ],
)
def test_what_is_unclear_is_refused_on_a_terminal(
    home: Home, tmp_path: Path, arguments: tuple[str, ...], stdin: str, kind: str
) -> None:
    """A sentence and a next step; nothing was written, and nothing typed is repeated."""
    (tmp_path / "file").write_text("")
    named = {"DIR": str(tmp_path / "into"), "FILE": str(tmp_path / "file" / "into")}
    done = home.run("lists", *(named.get(each, each) for each in arguments), "--json", stdin=stdin, passphrase=False)
    assert (kind == "FileNotWritten") + 2 * (kind != "FileNotWritten") == done.returncode
    assert kind == json.loads(done.stdout)["error"]["kind"]
    assert not stdin or not re.search(re.escape(stdin.split("\n")[-1]), (done.stdout + done.stderr).decode())
    assert not (tmp_path / "into").exists()
