"""What listens and who is asked: the process that owns the socket, and how it ends and replaces its worker."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import PASSPHRASE, PATIENCE, Home, Running, start_server, stop_server
from fallow.store import unlock
from web.processes import sockets_of
from web.samples import Stored
from web.wire import a_stranger, ask, send, unlocked

ELSEWHERE = """if True:
    import socket, sys
    from pathlib import Path
    from fallow.settings import read_settings
    from fallow.web.serve import Server
    listening = socket.create_server(("127.0.0.2", 0))
    folder = Path(sys.argv[1])
    server = Server(folder, read_settings(folder), listening)
    server.run(lambda link: print(server.port, flush=True))
"""


@pytest.fixture
def home(home: Home) -> Home:
    """Started as people start it, for the processes themselves are looked at."""
    return replace(home, warm=False)


def wait_until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_it_listens_on_this_computer_alone(locked: Running) -> None:
    """T34: one socket, 127.0.0.1, and no other of any kind, before and after unlocking."""
    for _ in range(2):
        found = {address for pid in (locked.process.pid, *locked.workers()) for address in sockets_of(pid)}
        assert {f"tcp 127.0.0.1:{locked.port}"} == found
        unlocked(locked, PASSPHRASE)


def test_a_server_on_any_other_address_would_be_found(set_up: Home) -> None:
    """The control of T34: the same server given a socket on another address, and the same look at it."""
    started = subprocess.Popen([sys.executable, "-c", ELSEWHERE, str(set_up.folder)], stdout=subprocess.PIPE)
    try:
        assert started.stdout is not None
        port = int(started.stdout.readline())
        assert [f"tcp 127.0.0.2:{port}"] == sockets_of(started.pid)
    finally:
        started.terminate()
        started.communicate(timeout=PATIENCE)


def test_another_address_is_refused_in_words(set_up: Home) -> None:
    """`--host 0.0.0.0` ends at once with exit status 2, says why, and opens nothing."""
    for host in ("0.0.0.0", "::", "192.168.1.10", "example.org", ""):
        done = set_up.run("serve", "--host", host, "--port", "0", "--no-browser")
        assert (2, b"") == (done.returncode, done.stdout)
        assert b"listens on this computer only" in done.stderr


def test_a_port_that_is_taken_is_said(locked: Running, tmp_path: Path) -> None:
    """Another folder may be served, but not on the same port."""
    other = Home(tmp_path / "other", locked.home.passphrase_file)
    done = other.run("serve", "--port", str(locked.port), "--no-browser", passphrase=False)
    assert 2 == done.returncode
    assert f"Another program uses port {locked.port}." in done.stderr.decode()


def test_a_folder_is_served_once(locked: Running) -> None:
    """A second server on the same folder is refused, and the first goes on."""
    done = locked.home.run("serve", "--port", "0", "--no-browser", passphrase=False)
    assert (2, b"Fallow is running already for this folder.") == (done.returncode, done.stderr.splitlines()[0])
    assert 200 == a_stranger(locked.host, locked.port).get("/unlock").status


def test_locking_in_quick_succession_is_no_accident(open_server: Running) -> None:
    """Four times within a few seconds: each time another worker, and the pages still answer."""
    workers = [open_server.workers()]
    for _ in range(4):
        assert 0 == open_server.home.run("lock").returncode
        open_server.next_link()
        workers.append(open_server.workers())
    assert [1] * 5 == [len(each) for each in workers]
    assert 5 == len({pid for each in workers for pid in each})
    assert 200 == a_stranger(open_server.host, open_server.port).get("/unlock").status


def test_worker_after_worker_dying_is_not_tried_for_ever(locked: Running) -> None:
    """Three accidents in a row: it stops, and says so calmly."""
    for attempt in range(3):
        os.kill(locked.workers()[0], signal.SIGKILL)
        if attempt < 2:
            locked.next_link()
    assert 1 == locked.process.wait(PATIENCE)
    assert locked.process.stderr is not None
    assert b"ended by themselves several times" in locked.process.stderr.read()


def test_a_wrong_passphrase_file_ends_it_with_two_sentences(set_up: Home) -> None:
    """Exit status 3, no link, no traceback, no second try."""
    set_up.passphrase_file.write_text("not the passphrase at all\n", "utf-8")
    done = set_up.run("serve", "--port", "0", "--no-browser")
    assert (3, b"") == (done.returncode, done.stdout)
    says, next_step = done.stderr.decode().splitlines()
    assert "That passphrase did not open it." == says
    assert next_step.startswith("Take your time")
    set_up.passphrase_file.write_text(PASSPHRASE, "utf-8")
    assert b"" != set_up.run("events", "--json").stdout


def test_a_passphrase_file_that_is_not_there_ends_it_too(set_up: Home) -> None:
    """Rather than a locked server where an unlocked one was asked for."""
    set_up.passphrase_file.unlink()
    done = set_up.run("serve", "--port", "0", "--no-browser")
    assert (2, 2) == (done.returncode, len(done.stderr.splitlines()))


def test_the_worker_ends_with_its_server(open_server: Running) -> None:
    """Killed without a chance to tidy up, the server takes the key with it."""
    worker = open_server.workers()[0]
    open_server.process.kill()
    open_server.process.wait(PATIENCE)
    wait_until(lambda: gone(worker))


def test_it_locks_while_it_is_stopped_in_a_terminal(open_server: Running) -> None:
    """Ctrl-Z puts the server to sleep; `fallow lock` wakes it and it locks."""
    worker = open_server.workers()[0]
    open_server.process.send_signal(signal.SIGSTOP)
    open_server.home.run("lock")
    wait_until(lambda: gone(worker))


def test_leaving_locks_although_nobody_waits_for_the_answer(locked: Running) -> None:
    """The browser hangs up as soon as it has sent: the worker ends all the same."""
    import socket

    owner = unlocked(locked, PASSPHRASE)
    worker, body = locked.workers()[0], f"t={owner.token}".encode()
    head = f"POST /leave HTTP/1.1\r\nHost: {owner.address}\r\nCookie: n={owner.cookie}\r\nOrigin: http://{owner.address}\r\n"
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", locked.port)) as wire:
        wire.sendall((head + kind).encode() + body)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    wait_until(lambda: gone(worker))


def test_a_worker_alone_prints_nothing_of_anybody(home: Home) -> None:
    """Started by hand, with nothing, nonsense or another's orders: the kind of accident, no more."""
    orders = b'{"folder": "/quokka", "link": "wombat"}'
    for given in (b"", b"quokka\n", orders):
        done = subprocess.run(
            [sys.executable, "-m", "fallow.web.worker"], input=given, capture_output=True, env=home.environment(),
            check=False, timeout=20,
        )  # fmt: skip
        assert (1, b"") == (done.returncode, done.stdout)
        assert re.fullmatch(rb"It ended by accident: \w+\n", done.stderr)


def test_an_accident_inside_tells_its_kind_alone() -> None:
    """Words of an exception, of a task or of a thread do not reach the terminal."""
    program = """if True:
        import asyncio, logging, threading
        from fallow.web.worker import speak_plainly
        speak_plainly()
        async def fails():
            raise ValueError("quokka in a task")
        async def main():
            task = asyncio.create_task(fails())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            del task
        asyncio.run(main())
        try:
            raise KeyError("quokka logged")
        except KeyError:
            logging.getLogger("uvicorn.error").exception("quokka %s", "quokka")
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        raise RuntimeError("quokka at last")
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=20)
    told = ["asyncio: ValueError", "uvicorn.error: KeyError"]
    told += [f"It ended by accident: {kind}" for kind in ("ZeroDivisionError", "RuntimeError")]
    assert ("", told) == (done.stdout, done.stderr.splitlines())


def test_what_is_asked_is_printed_nowhere(locked: Running) -> None:
    """Right, wrong and broken requests: the terminal stays empty."""
    stranger = a_stranger(locked.host, locked.port)
    stranger.get("/d/quokka?secret=quokka")
    stranger.post("/unlock", passphrase="quokka quokka quokka")
    ask(locked.port, "GET", "/quokka", (("Host", "quokka"),))
    send(locked.port, b"quokka quokka\r\n\r\n")
    locked.process.terminate()
    assert (b"", b"") == locked.process.communicate(timeout=PATIENCE)


def test_the_server_itself_never_holds_the_key(stored: Stored, home: Home) -> None:
    """Only the worker does: neither the passphrase nor the key is in the memory of the process that owns the socket."""
    from web.processes import copies_in_memory

    running = start_server(home)
    secrets = [PASSPHRASE.encode(), unlock(stored.folder, PASSPHRASE)]
    try:
        if os.geteuid() == 0:
            assert copies_in_memory(running.workers()[0], secrets)[1] > 0
        assert [0, 0] == copies_in_memory(running.process.pid, secrets)
    finally:
        stop_server(running)
