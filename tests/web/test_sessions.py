"""T32: who is let in, for how long, and that nothing but unlocking lets anybody in."""

from __future__ import annotations

import math
import re
from html import unescape

import pytest

from conftest import PASSPHRASE, PATIENCE, Home, Running
from fallow.app import plan_of
from fallow.plan import Looked
from fallow.web.sessions import LONGEST_SECONDS, MOST_VISITORS, Sessions, token_matches
from fallow.wiring import open_desk
from web.samples import Stored
from web.wire import Answer, Visitor, a_stranger, unlocked, with_link

WRONG = "not the passphrase at all"


def test_the_link_opens_once() -> None:
    """The second who brings it gets nothing, and neither does a guess."""
    sessions = Sessions("the-link", b"mark")
    assert [False, True, False] == [sessions.use_link(word) for word in ("a-guess", "the-link", "the-link")]


def test_no_door_is_left_open_by_a_missing_link() -> None:
    """While a worker ends there is no link, not an empty one."""
    assert not Sessions(None, b"mark").use_link("")


def test_a_session_ends_after_twelve_hours() -> None:
    """However busy it is."""
    now = [0.0]
    sessions = Sessions("link", b"mark", clock=lambda: now[0])
    opened = sessions.open(unlocked=True)
    now[0] = 12 * 3600
    assert sessions.find(opened.id) is opened
    now[0] += 1
    assert sessions.find(opened.id) is None
    assert LONGEST_SECONDS == 12 * 3600


def test_names_and_tokens_cannot_be_guessed_and_are_never_the_same() -> None:
    """256 random bits each; a thousand of them differ."""
    sessions = Sessions("link", b"mark")
    opened = [sessions.open() for _ in range(1000)]
    assert 2000 == len({word for session in opened for word in (session.id, session.token)})
    assert min(len(session.id) for session in opened) * math.log2(64) >= 256


def test_strangers_cannot_push_out_who_is_unlocked() -> None:
    """Visitors are limited in number; only visitors make way for them."""
    sessions = Sessions("link", b"mark")
    owner = sessions.open(unlocked=True)
    first = sessions.open()
    for _ in range(MOST_VISITORS):
        sessions.open()
    assert sessions.find(owner.id) is owner
    assert sessions.find(first.id) is None


def test_a_token_belongs_to_one_session() -> None:
    """Another session's token is of this server, and that is all it is."""
    sessions, later = Sessions("link", b"mark"), Sessions("link", b"mark")
    mine, other = sessions.open(), later.open()
    assert token_matches(mine, mine.token)
    assert not token_matches(mine, other.token)
    assert sessions.gave_out(other.token)
    assert not any(sessions.gave_out(token) for token in ("", ".", "word", "word.seal", mine.token[:-1]))
    assert not Sessions("link", b"another mark").gave_out(mine.token)


def test_unlocking_never_raises_the_session_one_came_with(locked: Running) -> None:
    """Fixation: who planted a cookie before still has a stranger's afterwards."""
    planted = a_stranger(locked.host, locked.port)
    answer = planted.post("/unlock", passphrase=PASSPHRASE)
    assert 303 == answer.status
    assert answer.cookie not in ("", planted.cookie)
    assert 303 == planted.get("/").status
    assert 200 == Visitor(locked.host, locked.port, answer.cookie, "").get("/").status


def test_a_cookie_made_up_by_somebody_is_never_taken_over(locked: Running) -> None:
    """A session has the name the server gave it."""
    made_up = Visitor(locked.host, locked.port, "chosen-by-somebody-else", "")
    answer = made_up.get("/unlock")
    assert answer.cookie not in ("", "chosen-by-somebody-else")


def test_locking_ends_every_session(locked: Running) -> None:
    """Two browsers are in; one locks; the other finds the lock page, also after the next unlocking."""
    one, two = unlocked(locked, PASSPHRASE), unlocked(locked, PASSPHRASE)
    assert [200, 200] == [one.get("/").status, two.get("/").status]
    assert 303 == one.post("/lock").status
    locked.next_link()
    assert [303, 303] == [one.get("/").status, two.get("/").status]
    unlocked(locked, PASSPHRASE)
    assert [303, 303] == [one.get("/").status, two.get("/").status]


@pytest.mark.parametrize("way", ["/lock", "/leave"])
def test_the_page_after_locking_comes_from_the_worker_that_stays(locked: Running, way: str) -> None:
    """Asked for at once, four times over: it is the lock page, and its own form opens it again at the first try."""
    for _time in range(4):
        owner = unlocked(locked, PASSPHRASE)
        owner.post(way)
        page = owner.get("/unlock")
        assert (200, True) == (page.status, b'name="passphrase"' in page.body)
        answer = Visitor(owner.host, owner.port, page.cookie, page.token).post("/unlock", passphrase=PASSPHRASE)
        assert 303 == answer.status
        locked.next_link()


def test_the_link_of_an_unlocked_server_lets_in_once(open_server: Running) -> None:
    """Whoever finds it in a history or a terminal later is a stranger."""
    owner = with_link(open_server, open_server.link)
    second = with_link(open_server, open_server.link)
    assert [200, 303] == [owner.get("/").status, second.get("/").status]


def test_the_link_of_a_locked_server_lets_nobody_in(locked: Running) -> None:
    """It leads to the lock page; the passphrase decides."""
    assert 303 == with_link(locked, locked.link).get("/").status


def test_the_sixth_wrong_passphrase_has_to_wait(locked: Running) -> None:
    """Five are free; then even the right one waits, for every browser and after a restart."""
    visitor = a_stranger(locked.host, locked.port)
    assert [403] * 5 == [visitor.post("/unlock", passphrase=WRONG).status for _ in range(5)]
    assert 429 == visitor.post("/unlock", passphrase=PASSPHRASE).status
    assert 429 == a_stranger(locked.host, locked.port).post("/unlock", passphrase=PASSPHRASE).status
    assert 3 == locked.home.run("events").returncode


def test_an_old_page_can_still_leave(locked: Running) -> None:
    """A page from before the last unlocking holds a token of its time; leaving from there locks all the same."""
    before = unlocked(locked, PASSPHRASE)
    before.post("/lock")
    locked.next_link()
    now = unlocked(locked, PASSPHRASE)
    old_page = Visitor(now.host, now.port, now.cookie, before.token)
    assert 403 == old_page.post("/lock").status
    assert 200 == now.get("/").status
    answer = old_page.post("/leave")
    assert (200, ['"cache", "cookies", "storage"']) == (answer.status, answer.all("clear-site-data"))
    locked.next_link()
    assert 303 == now.get("/").status


def test_what_was_being_written_is_carried_through_unlocking(locked: Running, stored: Stored) -> None:
    """The text comes back in the lock page and is saved by unlocking: no line, sign or letter of it is lost."""
    words = 'first line\n\n  <b>&amp; "second" line</b> äöü 🌿\nlast'
    stale = Visitor(locked.host, locked.port, "of-a-session-that-ended", "its-token")
    page = stale.post(f"/d/{stored.draft}", text=words.replace("\n", "\r\n"), do="keep")
    assert 403 == page.status
    assert b"<b>" not in page.body
    visitor = Visitor(locked.host, locked.port, page.cookie, page.token)
    carried = carried_by(page)
    again = visitor.post("/unlock", passphrase=WRONG, **carried)
    assert 403 == again.status
    assert carried == carried_by(again)
    answer = visitor.post("/unlock", passphrase=PASSPHRASE, **carried)
    assert [f"/d/{stored.draft}"] == answer.all("location")
    assert words == kept_draft(locked.home, stored)


def test_what_an_old_page_wrote_is_handed_back(locked: Running, stored: Stored) -> None:
    """Unlocked again elsewhere: the old page's form has expired, but the words in it are not thrown away."""
    now = unlocked(locked, PASSPHRASE)
    old_page = Visitor(now.host, now.port, now.cookie, "expired")
    page = old_page.post(f"/d/{stored.draft}", text="typed in another tab", do="keep")
    assert 403 == page.status
    assert "typed in another tab" in carried_by(page)["carry"]
    assert "typed in another tab" != kept_draft(locked.home, stored)


def test_a_note_is_carried_through_unlocking(locked: Running, home: Home) -> None:
    """What was logged after it had locked itself is logged once it is unlocked, with its note."""
    stale = Visitor(locked.host, locked.port, "of-a-session-that-ended", "its-token")
    page = stale.post("/log", kind="looked", note="her story, at two\r\nand again", at="")
    visitor = Visitor(locked.host, locked.port, page.cookie, page.token)
    assert 303 == visitor.post("/unlock", passphrase=PASSPHRASE, **carried_by(page)).status
    desk = open_desk(home.folder, PASSPHRASE)
    last = desk.store.events()[-1].event.what
    desk.store.close()
    assert Looked(note="her story, at two\nand again") == last


@pytest.mark.parametrize(
    "place", ["http://evil.test/", "//evil.test/", "/settings/stop", "/settings/unstop", "/lock", "/d"]
)
def test_words_are_carried_only_where_words_are_kept(locked: Running, home: Home, place: str) -> None:
    """The lock page leads nowhere else and does nothing else, whatever it is told."""
    visitor = a_stranger(locked.host, locked.port)
    carry = '{"because":["asked"],"text":["words"]}'
    answer = visitor.post("/unlock", passphrase=PASSPHRASE, carry=carry, carry_to=place)
    assert (303, ["/"]) == (answer.status, answer.all("location"))
    desk = open_desk(home.folder, PASSPHRASE)
    stop = plan_of(desk).terms.hard_stop
    desk.store.close()
    assert None is stop


def test_what_is_no_form_is_said(locked: Running, stored: Stored) -> None:
    """A carried text that was tampered with is refused in words."""
    visitor = a_stranger(locked.host, locked.port)
    answer = visitor.post("/unlock", passphrase=PASSPHRASE, carry="words", carry_to=f"/d/{stored.draft}")
    assert 422 == answer.status
    assert b"what was carried through the lock" in answer.body


def carried_by(page: Answer) -> dict[str, str]:
    """What a lock page holds of a form that came while it was locked."""
    source = page.body.decode()
    kept = re.search(r'<textarea name="carry"[^>]*>\n(.*?)</textarea>', source, re.S)
    where = re.search(r'name="carry_to" value="([^"]*)"', source)
    assert kept is not None
    assert where is not None
    return {"carry": unescape(kept[1]), "carry_to": unescape(where[1])}


def test_names_and_tokens_are_in_no_address_and_no_output(locked: Running, home: Home) -> None:
    """Neither where the browser is sent nor what the terminal shows; no request is printed at all."""
    owner = unlocked(locked, PASSPHRASE)
    answers = [owner.get(path) for path in ("/unlock", "/", "/history", "/settings", "/nowhere", "/start/99")]
    secrets = (owner.cookie, owner.token, PASSPHRASE)
    assert not any(secret in address for answer in answers for address in answer.all("location") for secret in secrets)
    assert not any(owner.cookie.encode() in answer.body for answer in answers)
    owner.post("/lock")
    link = locked.next_link()
    locked.process.terminate()
    out, err = locked.process.communicate(timeout=PATIENCE)
    assert (b"", b"") == (out, err)
    assert not any(secret in locked.link + link for secret in secrets)
    assert home.folder.exists()


def kept_draft(home: Home, stored: Stored) -> str:
    desk = open_desk(home.folder, PASSPHRASE)
    draft = desk.store.draft(stored.draft)
    desk.store.close()
    assert draft is not None
    return draft.text
