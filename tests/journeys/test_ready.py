"""A command started warm is the command: what it says, how it ends, and that it is a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from conftest import PASSPHRASE, PATIENCE, Home, Running, ready, start_server, stop_server
from ready import Started
from web.wire import ask, with_link

OWN = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+|[0-9a-f]{32}|(?<=\"seq\": )\d+")
"""An instant, an id, a number in the order of events: what two runs of one command cannot share."""


def told(done: subprocess.CompletedProcess[bytes]) -> tuple[int, bytes, bytes]:
    return done.returncode, OWN.sub(b"", done.stdout), OWN.sub(b"", done.stderr)


@pytest.mark.parametrize(
    ("arguments", "given", "status"),
    [
        (("--help",), "", 0),
        (("hugged",), "", 2),
        (("log", "--no-such"), "", 2),
        (("where",), "", 0),
        (("today",), "", 0),
        (("log", "looked", "--note", "--json"), "a photo – of hers\n", 0),
        (("log", "hugged", "--json"), "", 2),
        (("hear", "--stdin", "--json"), "just closure", 0),
        (("check", "--json"), "", 0),
    ],
)
def test_both_ways_of_starting_give_the_same(set_up: Home, arguments: tuple[str, ...], given: str, status: int) -> None:
    """Standard output, standard error and exit status, whether Python has just started or was read ahead."""
    assert ready().fits(set_up.environment())
    warm, cold = set_up.run(*arguments, stdin=given), set_up.run_cold(*arguments, stdin=given)
    assert told(cold) == told(warm)
    assert status == warm.returncode


def test_a_wrong_passphrase_is_refused_either_way(set_up: Home) -> None:
    """What a command is told by its environment is told to it alone, and nothing is remembered for the next one."""
    assert 0 == set_up.run("events").returncode
    set_up.passphrase_file.write_text("not this one\n")
    assert 3 == set_up.run("events").returncode == set_up.run_cold("events").returncode
    set_up.passphrase_file.write_text(PASSPHRASE + "\n")
    assert 0 == set_up.run("events").returncode


def test_what_is_read_at_the_start_makes_a_cold_start(home: Home) -> None:
    """An environment that Python itself looks at cannot be given to a process that runs already."""
    home.extra["PYTHONUTF8"] = "0"
    assert not ready().fits(home.environment())
    assert 0 == home.run("where").returncode


def test_more_than_a_pipe_holds_goes_both_ways(set_up: Home) -> None:
    """Standard input and output of many times what a pipe takes, neither of which waits for the other."""
    done = set_up.run("log", "--stdin", stdin="not json\n" * 20_000)
    assert (2, 20_000) == (done.returncode, len(done.stdout.splitlines()))


@contextmanager
def started(home: Home) -> Iterator[Running]:
    running = start_server(home)
    try:
        yield running
    finally:
        stop_server(running)


@pytest.fixture(params=[True, False], ids=["warm", "cold"])
def either(set_up: Home, request: pytest.FixtureRequest) -> Iterator[Running]:
    """A server started in either way, and proof that it was."""
    with started(replace(set_up, warm=request.param)) as running:
        assert request.param == isinstance(running.process, Started)
        yield running


PAGES = ("/", "/now", "/log", "/history", "/settings", "/more", "/help", "/known", "/ways", "/nowhere")
ANEW = re.compile(rb"\b[\w-]{22,}\b|[0-9a-f]{8}\.localhost|:\d{4,5}\b")
"""A token, a name of a host and a port: what two servers cannot share."""


def pages(running: Running) -> dict[str, tuple[int, bytes]]:
    visitor = with_link(running, running.link)
    answers = {path: visitor.get(path) for path in PAGES}
    return {path: (answer.status, ANEW.sub(b"", answer.body)) for path, answer in answers.items()}


@pytest.mark.parametrize("language", ["", "de"])
def test_a_server_answers_the_same_either_way(set_up: Home, language: str) -> None:
    """Page by page, also in another language than that of the command which started it."""
    spoken = replace(set_up, extra={"FALLOW_LANGUAGE": language} if language else {})
    with started(spoken) as warm:
        told = pages(warm)
    with started(replace(spoken, warm=False)) as cold:
        assert told == pages(cold)
    assert 200 == told["/"][0]


def test_a_locked_worker_is_replaced_either_way(either: Running) -> None:
    """Told to lock, it is gone with what it held, and another answers that knows no session and asks to be unlocked."""
    visitor, former = with_link(either, either.link), either.workers()
    assert 200 == visitor.get("/").status
    os.kill(either.process.pid, signal.SIGUSR1)
    link = either.next_link()
    assert [] == [each for each in former if each in either.workers()]
    assert 303 == visitor.get("/").status
    again = with_link(either, link)
    assert (303, ["/unlock"]) == ((answer := again.get("/")).status, answer.all("location"))


def test_a_worker_ends_with_its_server_either_way(either: Running) -> None:
    """Killed with no time to tell anybody: nothing listens any more once the worker has noticed."""
    visitor = with_link(either, either.link)
    assert 200 == visitor.get("/").status
    either.process.kill()
    assert -signal.SIGKILL == either.process.wait(PATIENCE) == either.process.poll()
    until = time.monotonic() + PATIENCE
    while answers(either.port) and time.monotonic() < until:
        time.sleep(0.02)
    assert not answers(either.port)


def answers(port: int) -> bool:
    try:
        ask(port, "GET", "/", ())
    except ConnectionError:
        return False
    return True


def test_a_server_told_to_end_says_nothing_either_way(either: Running) -> None:
    """Status 0, and not a word on standard output or standard error."""
    either.process.terminate()
    assert (b"", b"") == either.process.communicate(timeout=PATIENCE)
    assert 0 == either.process.returncode


def test_a_server_that_cannot_begin_says_why_either_way(set_up: Home) -> None:
    """A second one on the same folder: the same words and the same status."""
    with started(set_up):
        ends = []
        for warm in (True, False):
            refused = replace(set_up, warm=warm)
            ends.append(told(refused.run("serve", "--port", "0", "--no-browser", "--json")))
    assert ends[0] == ends[1]
    assert 0 != ends[0][0]
