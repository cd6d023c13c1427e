"""A command started warm is the command: what it says, how it ends, and that it is a process of its own."""

from __future__ import annotations

import re
import subprocess

import pytest

from conftest import PASSPHRASE, Home, ready

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
