"""A hosts file, read by a real parser (python-hosts 1.1.3), and taken out again by the real sed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from python_hosts import Hosts

from reach.lists.making import NAME, text_of, wanted

BEFORE = "127.0.0.1 localhost\n::1 localhost ip6-localhost\n192.168.1.5 printer # on the shelf\n"
GIVEN = wanted(sites="tiktok instagram", profiles=NAME)


def names(path: Path) -> dict[str, str]:
    """What each name leads to."""
    entries = Hosts(path=str(path)).entries
    return {name: entry.address for entry in entries if entry.names for name in entry.names}


def test_the_chosen_names_lead_nowhere_and_others_stay(tmp_path: Path) -> None:
    """Added to a hosts file that is there."""
    path = tmp_path / "hosts"
    path.write_text(BEFORE)
    before = names(path)
    path.write_text(BEFORE + text_of("hosts", GIVEN))
    after = names(path)
    added = {name: address for name, address in after.items() if name not in before}
    assert {"0.0.0.0"} == set(added.values())
    assert {host for site in GIVEN.sites for host in site.hosts} == set(added)
    assert before == {name: after[name] for name in before}


def test_a_profile_is_not_in_it() -> None:
    """A hosts file knows names of computers alone."""
    assert "some.name" not in text_of("hosts", GIVEN)


def test_the_undo_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """To the byte, with lines of others before and after it."""
    path, script = tmp_path / "hosts", tmp_path / "hosts-undo.sed"
    script.write_text(text_of("hosts", GIVEN, undo=True))
    path.write_text(BEFORE + text_of("hosts", GIVEN) + "0.0.0.0 games.example\n")
    undone = subprocess.run(["sed", "-f", script, path], capture_output=True, check=True).stdout.decode()
    assert BEFORE + "0.0.0.0 games.example\n" == undone
