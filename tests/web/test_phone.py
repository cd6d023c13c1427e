"""T35: the phone's door. TLS alone; one code, once; whoever is not paired gets the page for pairing alone."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from html import unescape

import pytest

from conftest import PASSPHRASE, PATIENCE, Home, Running, start_server, stop_server
from fallow.errors import CodeOver, PairingRests, WrongCode
from fallow.settings import Settings, read_settings, write_settings
from fallow.store import Cost, change_passphrase, read_phones
from fallow.web.addresses import own_addresses
from fallow.web.door import BEGIN_WITH_HTTPS
from fallow.web.pages import PLACES, Place
from fallow.web.render import static_files
from fallow.wiring import open_desk
from web.processes import sockets_of
from web.samples import MARKERS, Stored, files, state
from web.sweep import header_faults, leaks, path_of, sweep
from web.tls import (
    ELSEWHERE,
    a_phone,
    bring,
    greet,
    over_tls,
    paired,
    port_of,
    say_plainly,
    start_for_phones,
    trusting,
    unlocked_phone,
)
from web.wire import Answer, Visitor, a_stranger, ask, unlocked

HERE = tuple(place for place in PLACES if place.door != "computer")
FOR_PAIRING = tuple(place for place in HERE if place.before_pairing)
NAME = "Quokka"
"""The name in the window, which nobody in the network may learn."""
TELLING = re.compile(r"fallow|urge|unlock|passphrase|draft|quiet day|\bletters\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def light_key(template: Stored, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The key file of the marked things, made cheap to try: they are unlocked a hundred times here."""
    folder = tmp_path_factory.mktemp("light") / "data"
    shutil.copytree(template.folder, folder)
    change_passphrase(folder, PASSPHRASE, PASSPHRASE, cost=Cost(memory_kib=64, passes=1, lanes=1))
    return (folder / "key.json").read_bytes()


@pytest.fixture
def phones(stored: Stored, home: Home, light_key: bytes) -> Iterator[Running]:
    """A locked server on the marked things that lets phones in; it is spoken to over TLS."""
    (stored.folder / "key.json").write_bytes(light_key)
    write_settings(stored.folder, Settings(name=NAME, host=read_settings(stored.folder).host))
    running = start_for_phones(home, passphrase=False)
    with over_tls(running):
        yield running
    stop_server(running)


def said(answer: Answer) -> str:
    return unescape(answer.body.decode("utf-8", "replace"))


def tells(answer: Answer) -> list[str]:
    """Whatever in an answer says what this is, whose it is, or what is in it."""
    text = repr(answer.headers) + said(answer)
    return [*TELLING.findall(text), *(mark for mark in (NAME, *MARKERS) if mark in text)]


# --- what listens, and how it is spoken to ----------------------------------------------------------------------------


def test_it_listens_on_the_address_that_was_named_and_no_other(phones: Running) -> None:
    """One socket on this computer, one on the named address; both processes hold the same two."""
    found = {address for pid in (phones.process.pid, *phones.workers()) for address in sockets_of(pid)}
    assert {f"tcp 127.0.0.1:{phones.port}", f"tcp {ELSEWHERE}:{port_of(phones)}"} == found


@pytest.mark.parametrize("address", ["0.0.0.0", "8.8.8.8", "224.0.0.1", "::", "example.org", "", "198.51.100.77"])
def test_an_address_that_will_not_do_is_refused_in_words(set_up: Home, address: str) -> None:
    """All addresses at once, the open internet, a name, one this computer does not have."""
    done = set_up.run("serve", "--phone", "--address", address, "--port", "0", "--phone-port", "0", "--no-browser")
    assert (2, b"") == (done.returncode, done.stdout)
    assert b"It cannot be opened to a phone at that address." in done.stderr


def test_without_phone_its_options_mean_nothing(set_up: Home) -> None:
    """Rather than being passed over."""
    done = set_up.run("serve", "--address", ELSEWHERE, "--no-browser", "--json")
    assert (2, "NotUnderstood") == (done.returncode, json.loads(done.stdout)["error"]["kind"])


def test_plain_http_in_the_network_is_never_begun(set_up: Home) -> None:
    """`--host` with the address of the network is refused, and the words name the way that is safe."""
    for host in (ELSEWHERE, *own_addresses(), "0.0.0.0"):
        done = set_up.run("serve", "--host", host, "--port", "0", "--no-browser")
        assert (2, b"") == (done.returncode, done.stdout)
        assert b"fallow serve --phone" in done.stderr


def test_plain_http_at_the_phones_door_is_told_to_use_tls(phones: Running) -> None:
    """One sentence with the headers of every page: no cookie, no page, no redirect that another could catch."""
    for request in (
        b"GET / HTTP/1.1\r\nHost: %b:%d\r\n\r\n" % (ELSEWHERE.encode(), port_of(phones)),
        b"GET /unlock HTTP/1.0\r\n\r\n",
        b"POST /pair HTTP/1.1\r\nContent-Length: 9\r\n\r\ncode=AAAA",
        b"\r\n",
        b"quokka",
    ):
        head, _, body = say_plainly(port_of(phones), request).partition(b"\r\n\r\n")
        assert (b"HTTP/1.1 400 Bad Request", BEGIN_WITH_HTTPS) == (head.splitlines()[0], body)
        lines = [line.partition(": ") for line in head.decode().splitlines()[1:]]
        answer = Answer(400, tuple((name.lower(), value) for name, _, value in lines), body)
        assert [] == header_faults(answer) + answer.all("set-cookie") + answer.all("location")
    assert 200 == paired(phones).get("/help").status


def test_an_old_tls_is_refused_and_a_new_one_spoken(phones: Running) -> None:
    """1.2 and 1.3; a client that knows only what came before gets no page."""
    for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
        context = trusting(phones.home.folder)
        context.minimum_version = context.maximum_version = version
        assert name == greet(port_of(phones), context)
    assert [b"", b"\x16"] == [first_byte(port_of(phones), greeting(version)) for version in (b"\x03\x02", b"\x03\x03")]


def greeting(version: bytes) -> bytes:
    """The greeting of a client that knows this TLS at most, written by hand: no library here offers 1.1 any more."""
    suites = b"\xc0\x2b\xc0\x09\xc0\x13"
    extensions = b"\x00\x0a\x00\x04\x00\x02\x00\x17\x00\x0b\x00\x02\x01\x00\x00\x0d\x00\x04\x00\x02\x04\x03"
    body = version + bytes(32) + b"\x00" + len(suites).to_bytes(2) + suites + b"\x01\x00"
    body += len(extensions).to_bytes(2) + extensions
    message = b"\x01" + len(body).to_bytes(3) + body
    return b"\x16\x03\x01" + len(message).to_bytes(2) + message


def first_byte(port: int, request: bytes) -> bytes:
    """How the answer begins: 0x16 goes on with the greeting; nothing, or an alert (0x15), ends it."""
    with socket.create_connection((ELSEWHERE, port), timeout=PATIENCE) as wire:
        wire.sendall(request)
        return wire.recv(1).replace(b"\x15", b"")


def test_somebody_elses_certificate_is_not_taken_for_it(phones: Running) -> None:
    """The control: a client that trusts the usual authorities, or the address under another name, ends the greeting."""
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(port_of(phones), ssl.create_default_context())
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(port_of(phones), trusting(phones.home.folder), name="127.0.0.9")


def test_names_in_the_certificate_tell_nothing(phones: Running) -> None:
    """Everybody in the network can ask for it."""
    context = trusting(phones.home.folder)
    with (
        socket.create_connection((ELSEWHERE, port_of(phones)), timeout=PATIENCE) as raw,
        context.wrap_socket(raw, server_hostname=ELSEWHERE) as wire,
    ):
        shown = wire.getpeercert() or {}
    told = repr({**shown, "notBefore": "", "notAfter": "", "serialNumber": ""})
    assert not TELLING.search(told)
    assert NAME not in told
    assert socket.gethostname() not in told


def test_the_network_cannot_use_up_what_the_computer_needs(phones: Running) -> None:
    """Two hundred connections that say nothing: the computer's own page answers, and later the phone's again."""
    silent = [socket.create_connection((ELSEWHERE, port_of(phones))) for _ in range(200)]
    assert 200 == a_stranger(phones.host, phones.port).get("/unlock").status
    for each in silent:
        each.close()
    until = time.monotonic() + PATIENCE
    while ask(port_of(phones), "GET", "/pair", (("Host", f"{ELSEWHERE}:{port_of(phones)}"),)).status != 200:
        assert time.monotonic() < until


# --- who is let in ----------------------------------------------------------------------------------------------------


def test_a_phone_that_is_not_paired_gets_the_page_for_pairing_and_nothing_else(phones: Running, stored: Stored) -> None:
    """Every address, file and way of not being there; unlocked meanwhile by its owner. Nothing tells what this is."""
    owner, stranger = unlocked(phones, PASSPHRASE), a_phone(phones)
    desk = open_desk(stored.folder, PASSPHRASE)
    before, beside = state(desk), files(stored.folder)
    for place in PLACES:
        path = path_of(place, stored)
        for answer in (stranger.get(path), stranger.get(path, "HEAD")):
            assert [] == leaks(answer) + header_faults(answer) + tells(answer), path
            if not place.before_pairing:
                assert (303, ["/pair"], b"") == (answer.status, answer.all("location"), answer.body), path
        if not place.before_pairing:
            posted = stranger.post(path, kind="looked", do="delete", mode="limited_contact", passphrase=PASSPHRASE)
            assert (403, b"This device is not paired.") == (posted.status, posted.body), path
            assert [] == header_faults(posted) + tells(posted), path
    for path in static_files():
        name = path.rpartition("/")[2]
        answer = stranger.get(path)
        assert (200 if name == "plain.css" or name.startswith("icon-") else 404) == answer.status, path
        assert [] == tells(answer)
    for path in ("/nowhere", "/pair/a/b", "/s/0/app.js"):
        assert stranger.get(path).status in (303, 404)
        assert [] == tells(stranger.get(path))
    assert {"/pair", "/pair/certificate", "/pair/{code}"} == {place.path for place in FOR_PAIRING}
    assert (before, beside) == (state(desk), files(stored.folder))
    assert 200 == owner.get("/").status
    desk.store.close()


def test_what_a_paired_phone_sees_would_be_seen(phones: Running) -> None:
    """The control: the same look at the same addresses, by a phone that is paired, finds what this is."""
    phone = paired(phones)
    for path in ("/unlock", "/help", "/nowhere", "/app.webmanifest"):
        assert tells(phone.get(path)), path


def test_a_code_lets_in_one_phone_once(phones: Running) -> None:
    """The second who brings it is refused in two sentences, and gets nothing."""
    code = phones.home.json("pair")["code"]
    first, second = a_phone(phones), a_phone(phones)
    answer = bring(first, code)
    assert (303, ["/"], True) == (answer.status, answer.all("location"), bool(answer.device))
    again = bring(second, code)
    assert (403, "") == (again.status, again.device)
    assert CodeOver.says in said(again)
    assert CodeOver.next_step in said(again)
    assert [] == tells(again)
    assert 303 == second.get("/unlock").status


def test_a_wrong_code_is_refused_and_the_fifth_ends_the_right_one(phones: Running) -> None:
    """Five tries for one code, whoever brings them."""
    code = phones.home.json("pair")["code"]
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for left in (4, 3, 2, 1, 0):
        answer = bring(a_phone(phones), wrong)
        assert 403 == answer.status
        assert WrongCode(left=left).sentence in said(answer)
    answer = bring(a_phone(phones), code)
    assert (403, True, "") == (answer.status, CodeOver.says in said(answer), answer.device)
    assert () == read_phones(phones.home.folder).paired


def test_a_code_is_over_after_ten_minutes(phones: Running) -> None:
    """Its end is in the file, and is moved to a moment ago."""
    code = phones.home.json("pair")["code"]
    kept = read_phones(phones.home.folder)
    assert kept.open_code is not None
    assert 590 < kept.open_code.until - time.time() <= 600
    path = phones.home.folder / "phones.json"
    path.write_text(path.read_text().replace(str(kept.open_code.until), str(time.time() - 1)))
    answer = bring(a_phone(phones), code)
    assert (403, True, "") == (answer.status, CodeOver.says in said(answer), answer.device)


def test_after_ten_wrong_codes_none_is_taken_for_a_while(phones: Running) -> None:
    """Two codes guessed at in vain: the third is not looked at, even when it is right."""
    for _ in range(2):
        phones.home.json("pair")
        for _ in range(5):
            bring(a_phone(phones), "0000-0000")
    code = phones.home.json("pair")["code"]
    answer = bring(a_phone(phones), code)
    assert (429, True) == (answer.status, PairingRests.says in said(answer))


def test_without_a_code_that_was_asked_for_nothing_pairs(phones: Running) -> None:
    """No code was made yet: an empty one, a guess, and one made for another folder."""
    for code in ("", "AAAA-AAAA", "x" * 300):
        assert 403 == bring(a_phone(phones), code).status
    assert () == read_phones(phones.home.folder).paired


def test_reading_a_code_spends_nothing(phones: Running) -> None:
    """A camera that looks ahead opens the address: only the button pairs."""
    code = phones.home.json("pair")["code"]
    phone = a_phone(phones)
    for _ in range(8):
        assert f'value="{code}"' in said(phone.get(f"/pair/{code}"))
    assert 303 == bring(phone, code).status


def test_it_is_paired_from_its_own_page_alone(phones: Running) -> None:
    """Without its token, or from a page of another origin, the right code is not taken."""
    code = phones.home.json("pair")["code"]
    phone, other = a_phone(phones), a_phone(phones)
    assert 403 == Visitor(phone.host, phone.port, phone.cookie, other.token, device="").post("/pair", code=code).status
    body = f"t={phone.token}&code={code}".encode()
    sent = (("Origin", "https://evil.test"), ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(body))))  # fmt: skip
    assert 403 == ask(phone.port, "POST", "/pair", (*phone.head, *sent), body).status
    assert 303 == bring(phone, code).status


# --- what pairing is worth --------------------------------------------------------------------------------------------


def test_a_paired_phone_still_needs_the_passphrase(phones: Running, stored: Stored) -> None:
    """While somebody at the computer has it unlocked: the phone gets the lock page and no more."""
    owner, phone = unlocked(phones, PASSPHRASE), paired(phones)
    for place in HERE:
        if place.for_whom == "unlocked" and place.show is not None:
            answer = phone.get(path_of(place, stored))
            assert (303, ["/unlock"], []) == (answer.status, answer.all("location"), leaks(answer)), place.path
    assert 403 == phone.post("/unlock", passphrase="not the passphrase").status
    inside = unlocked_phone(phones, PASSPHRASE)
    assert 200 == inside.get("/").status
    assert 200 == owner.get("/").status


def test_pairing_survives_a_restart_and_locking(phones: Running) -> None:
    """The cookie of yesterday leads to the lock page, and the passphrase opens it."""
    phone = paired(phones)
    owner = unlocked(phones, PASSPHRASE)
    assert 303 == owner.post("/lock").status
    phones.next_link()
    assert 200 == phone.get("/unlock").status
    stop_server(phones)
    again = start_server(phones.home, "--phone", "--address", ELSEWHERE, "--phone-port", str(port_of(phones)),
                         passphrase=False)  # fmt: skip
    try:
        page = phone.get("/unlock")
        assert (200, phones.fingerprint) == (page.status, again.fingerprint)
        anew = Visitor(phone.host, phone.port, page.cookie, page.token, device=phone.device)
        assert 303 == anew.post("/unlock", passphrase=PASSPHRASE).status
    finally:
        stop_server(again)


def test_a_phone_that_is_removed_gets_nothing_any_more(phones: Running) -> None:
    """In the middle of an unlocked session, from its next request on; the other phone goes on."""
    one, two = unlocked_phone(phones, PASSPHRASE), unlocked_phone(phones, PASSPHRASE)
    first, _ = phones.home.json("pair", "--list")
    assert {"removed": first["id"]} == phones.home.json("pair", "--remove", first["id"])
    answer = one.get("/")
    assert (303, ["/pair"]) == (answer.status, answer.all("location"))
    assert 403 == one.post("/log", kind="looked").status
    assert 200 == two.get("/").status
    gone = phones.home.run("pair", "--remove", first["id"], "--json")
    assert (2, "NoSuchPhone") == (gone.returncode, json.loads(gone.stdout)["error"]["kind"])


def test_a_session_belongs_to_its_device(phones: Running) -> None:
    """The cookie of an unlocked phone or computer, brought by another paired phone, opens nothing."""
    inside, other, owner = unlocked_phone(phones, PASSPHRASE), paired(phones), unlocked(phones, PASSPHRASE)
    for cookie in (inside.cookie, owner.cookie):
        borrowed = Visitor(other.host, other.port, cookie, other.token, device=other.device)
        assert 303 == borrowed.get("/").status
    at_home = Visitor(phones.host, phones.port, inside.cookie, inside.token)
    assert 303 == at_home.get("/").status
    assert 200 == inside.get("/").status


def test_only_hashes_are_kept(phones: Running) -> None:
    """Neither a code nor what a phone brings is anywhere in the folder; the file is its owner's alone."""
    code, phone = phones.home.json("pair")["code"], a_phone(phones)
    answer = bring(phone, code)
    open_code = phones.home.json("pair")["code"]
    for path in phones.home.folder.iterdir():
        body = path.read_bytes()
        for word in (code, code.replace("-", ""), open_code, open_code.replace("-", ""), answer.device, answer.cookie):
            assert word.encode() not in body, path.name
    for name in ("phones.json", "phone.pem"):
        assert 0o600 == (phones.home.folder / name).stat().st_mode & 0o777
    assert b"another device" in (phones.home.folder / "phones.json").read_bytes(), "the control: it can be read"


def test_removing_everything_takes_the_phones_and_the_certificate_too(phones: Running) -> None:
    """Nothing of it stays in the folder; the folder goes as well."""
    paired(phones)
    assert {"phones.json", "phone.pem"} <= {path.name for path in phones.home.folder.iterdir()}
    assert {"removed": True, "folder": str(phones.home.folder), "left": []} == phones.home.json(
        "end", "--shred", "--sure"
    )
    assert not phones.home.folder.exists()


def test_leaving_from_a_phone_locks_and_keeps_the_pairing(phones: Running) -> None:
    """The session goes, the lock is on, and the phone need not be paired again."""
    phone = unlocked_phone(phones, PASSPHRASE)
    answer = phone.post("/leave")
    assert (200, ['"cache"']) == (answer.status, answer.all("clear-site-data"))
    assert any(each.startswith('__Host-n=""') for each in answer.all("set-cookie"))
    phones.next_link()
    assert (303, ["/unlock"]) == (phone.get("/").status, phone.get("/").all("location"))


# --- the guard, once more, over TLS -----------------------------------------------------------------------------------


def test_every_address_of_a_phone_refuses_what_did_not_come_from_its_own_page(phones: Running, stored: Stored) -> None:
    """T30 at the phone's door: paired, unlocked and with a living session; no effect, nothing told."""
    visitor, other = unlocked_phone(phones, PASSPHRASE), paired(phones)
    desk = open_desk(stored.folder, PASSPHRASE)
    some = [place for place in HERE if place.path in SOME or place.door == "phone"]
    before, beside = state(desk), files(stored.folder)
    count, wrong = sweep(some, visitor, other, stored)
    assert [] == wrong
    assert count > 50 * len(some)
    assert (before, beside) == (state(desk), files(stored.folder))
    assert 200 == visitor.get("/").status
    desk.store.close()


SOME = ("/", "/unlock", "/leave", "/log", "/d/{id}", "/settings/window", "/import")


def test_what_is_for_the_computer_is_not_at_the_phones_door(phones: Running, stored: Stored) -> None:
    """The one-time link, setting up, codes and the list of phones; and the phone's places are not at the computer's."""
    phone, owner = unlocked_phone(phones, PASSPHRASE), unlocked(phones, PASSPHRASE)

    def status(place: Place, visitor: Visitor) -> int:
        path = path_of(place, stored)
        return visitor.get(path).status if place.show is not None else visitor.post(path).status

    for place in PLACES:
        if place.door == "computer":
            assert 404 == status(place, phone), place.path
        if place.door == "phone":
            assert 404 == status(place, owner), place.path
    assert 303 == phone.get("/pair").status
    assert 200 == owner.get("/phone").status
