"""The folder lock: one server for a folder, and a number that can be trusted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import fallow
from fallow.errors import AlreadyServing
from fallow.store import folder_lock, serving_pid
from fallow.store.lockfile import LOCK_FILE

HOLDER = """
import pathlib, sys
from fallow.store import folder_lock
with folder_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def a_holder(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(fallow.__file__).parent.parent)}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], env=environment, text=True, stdin=-1, stdout=-1
    )
    assert holder.stdout is not None
    assert "held\n" == holder.stdout.readline()
    return holder


def test_a_second_server_is_refused(folder: Path) -> None:
    """While the first lives; its number can be asked for."""
    with a_holder(folder) as holder:
        with pytest.raises(AlreadyServing), folder_lock(folder):
            pass
        assert holder.pid == serving_pid(folder)
        holder.communicate("\n")
    with folder_lock(folder):
        assert os.getpid() == serving_pid(folder)
    assert serving_pid(folder) is None


def test_a_killed_server_holds_nothing(folder: Path) -> None:
    """Its number is still in the file and is not believed."""
    with a_holder(folder) as holder:
        holder.kill()
        holder.communicate()
    assert str(holder.pid) == (folder / LOCK_FILE).read_text().strip()
    assert serving_pid(folder) is None
    with folder_lock(folder):
        pass


def test_an_empty_folder_is_served_by_nobody(folder: Path) -> None:
    """Asking makes no file."""
    assert serving_pid(folder) is None
    assert [] == list(folder.iterdir())
