"""T20 and T47: a whole day of use, and then nothing of it can be read from the disk, and nothing was sent anywhere."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from conftest import PASSPHRASE, Home, Running, start_server, stop_server
from journeys.scan import forms, places
from journeys.walking import enter, first_run, go, wait_kept, write_something

CUE, NOTE, DRAFT, CHAT, SAID = (f"{beast}-4711" for beast in ("quokka", "wombat", "numbat", "potoroo", "dunnart"))
MARKERS = (CUE, NOTE, DRAFT, CHAT, SAID, PASSPHRASE, "+49 30 1234567", "Sascha Other")


@pytest.fixture
def elsewhere(home: Home, tmp_path: Path) -> list[Path]:
    """A home folder and a folder for temporary files of this test's own; whatever is written goes there."""
    folders = [tmp_path / "person", tmp_path / "temporary"]
    for folder in folders:
        folder.mkdir(mode=0o700)
    home.extra |= {"HOME": str(folders[0]), "TMPDIR": str(folders[1]), "PYTHONDONTWRITEBYTECODE": "1"}
    home.extra |= {f"XDG_{name}_HOME": str(folders[0]) for name in ("DATA", "CACHE", "STATE", "CONFIG")}
    return folders


def a_day(page: Page, running: Running, tmp_path: Path) -> None:
    """First run, an urge written down, another noted, an entry with a note, a chat brought in; a log by terminal."""
    enter(page, running)
    first_run(page)
    write_something(page, DRAFT)
    wait_kept(page)
    go(page, running, "/now")
    page.get_by_text("How strong it is").click()
    page.get_by_label("What set it off").fill(CUE)
    page.get_by_role("button", name="Only note it").click()
    go(page, running, "/log")
    page.get_by_text("Add a word or another time first").click()
    page.get_by_label("A note for yourself").fill(NOTE)
    page.get_by_role("button", name="I looked").click()
    bring_chat(page, running, tmp_path)
    terminal(running.home, tmp_path)


def bring_chat(page: Page, running: Running, tmp_path: Path) -> None:
    """Larger than what a web framework would put into a temporary file."""
    names = ("Mira Own", "Sascha Other")
    lines = [f"{n % 28 + 1:02}/03/2024, 10:{n % 60:02} - {names[n % 2]}: {CHAT} {n} {'x' * 200}\n" for n in range(8000)]
    file = tmp_path / "chat.txt"
    file.write_text("".join(sorted(lines)), "utf-8")
    go(page, running, "/import")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url(re.compile(r"/import/.+"))
    page.get_by_label("Mira Own").check()
    page.get_by_label("The words too.").check()
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.wait_for_url(re.compile(r"/picture$"))


def terminal(home: Home, tmp_path: Path) -> None:
    assert 0 == home.run("log", "ran_into", "--note", stdin=f"{SAID}\n").returncode
    assert 0 == home.run("urge", "--write", stdin=f"{SAID} written\n").returncode
    assert 0 == home.run("today").returncode
    assert 0 == home.run("import", str(tmp_path / "chat.txt"), "--me", "Mira Own", "--json").returncode


def test_a_day_later_nothing_of_it_can_be_read(page: Page, home: Home, elsewhere: list[Path], tmp_path: Path) -> None:
    """Locked, the folder of data, the home folder and the temporary files hold no word in any form."""
    folders = [home.folder, *elsewhere]
    running = start_server(home, passphrase=False)
    try:
        a_day(page, running, tmp_path)
        page.get_by_role("button", name="Lock").click()
        running.next_link()
        assert [] == places(folders, MARKERS)
    finally:
        stop_server(running)
    assert [] == places(folders, MARKERS)
    assert (home.folder / "notes.db").stat().st_size > 1_000_000
    modes = {stat.S_IMODE(path.stat().st_mode) for path in home.folder.rglob("*") if path.is_file()}
    assert ({0o600}, 0o700) == (modes, stat.S_IMODE(home.folder.stat().st_mode))
    assert {CUE, NOTE, DRAFT} <= {marker for marker in MARKERS if marker in everything(home)}


def everything(home: Home) -> str:
    """What can be read with the passphrase: the words were there to be found."""
    from fallow.wiring import open_desk

    desk = open_desk(home.folder, PASSPHRASE)
    told = repr((desk.store.events(), desk.store.drafts()))
    desk.store.close()
    return told


@pytest.mark.parametrize("form", list(forms(CUE)))
def test_a_word_in_any_form_would_be_found(form: str, tmp_path: Path) -> None:
    """The control of the search: a file with the word in that form, in the middle of something."""
    (tmp_path / "file").write_bytes(b"some" + forms(CUE)[form] + b"thing")
    assert any(f"as {form}" in place for place in places([tmp_path], [CUE]))


def test_a_word_in_a_name_would_be_found(tmp_path: Path) -> None:
    """The control, for names of files."""
    (tmp_path / f"{CUE}.txt").touch()
    assert places([tmp_path], [CUE])


# --- nothing is sent --------------------------------------------------------------------------------------------------

CALLS = "trace=connect,sendto,sendmsg,sendmmsg,bind"
LOOPBACK = re.compile(r'127\.0\.0\.1|"::1"|AF_UNIX|AF_LOCAL')


def traced(trace: Path) -> list[str]:
    """The prefix that writes down every call by which a program or what it starts could reach somebody."""
    found = shutil.which("strace")
    assert found is not None, "these tests need strace: install the Debian package of that name"
    return [found, "-f", "-qqq", "--seccomp-bpf", "-A", "-s", "32", "-e", CALLS, "-o", str(trace)]


def outside(trace: Path) -> list[str]:
    """The calls that name an address which is not this computer's own."""
    lines = trace.read_text("utf-8", "replace").splitlines()
    calls = [line for line in lines if "sa_family" in line or re.match(r"\d+ +connect\(", line)]
    return [line for line in calls if not LOOPBACK.search(line)]


def test_nothing_is_ever_sent_anywhere(home: Home, tmp_path: Path) -> None:
    """Server, worker and the commands of a day under a trace: no connection to another computer, no name looked up."""
    from web.wire import with_link

    trace, chat = tmp_path / "trace", tmp_path / "chat.txt"
    chat.write_text("01/03/2024, 10:01 - A: hello\n13/03/2024, 10:02 - B: hello\n" * 9, "utf-8")
    for arguments in (("init",), ("log", "looked"), ("today",), ("import", str(chat), "--me", "A"),
                      ("analyse", str(chat), "--me", "A"), ("check",), ("events", "--json")):  # fmt: skip
        command = [*traced(trace), sys.executable, "-m", "fallow", *arguments]
        done = subprocess.run(command, env=home.environment(), capture_output=True, check=False, timeout=60)
        assert done.returncode in (0, 2), done.stderr
    server = subprocess.Popen(
        [*traced(trace), sys.executable, "-m", "fallow", "serve", "--port", "0", "--json"],
        env=home.environment() | {"DISPLAY": ":99", "BROWSER": "true"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert server.stdout is not None
    told = json.loads(server.stdout.readline())
    running = Running(home, server, told["link"], told["host"], told["port"])
    owner = with_link(running, running.link)
    for path in ("/", "/history", "/picture", "/import", "/settings", "/help", "/now"):
        assert 200 == owner.get(path).status, path
    owner.post("/log", kind="looked")
    owner.post("/lock")
    running.next_link()
    subprocess.run(["kill", *(str(pid) for pid in running.workers())], check=True)
    server.wait(20)
    server.communicate()
    assert "bind(" in trace.read_text("utf-8", "replace")
    assert [] == outside(trace)


def test_a_call_home_would_be_seen(tmp_path: Path) -> None:
    """The control: a program that turns to another computer, at a reserved address; nothing goes out."""
    program = "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.connect(('192.0.2.1', 53)); s.close()"
    subprocess.run([*traced(tmp_path / "trace"), sys.executable, "-c", program], check=True, timeout=30)
    assert 1 == len(outside(tmp_path / "trace"))
