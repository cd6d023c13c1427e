"""Reading a file asks the system for that file and for nothing else (T56), whatever its format."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Home
from fallow.importers import FORMATS
from fallow.settings import FILE as SETTINGS
from store.tracing import strace

GOLDEN = Path(__file__).parents[1] / "golden" / "importers"
CHANGING = "creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,chmod"
OPENED = re.compile(r'openat\([^,]+, "([^"]*)", ([A-Z_|]+)')
WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")


def sample_of(channel: str) -> tuple[Path, str, int]:
    """A golden sample of two people, who is ego in it, and how many messages it has."""
    for expected in sorted((GOLDEN / channel).glob("*.expected.json")):
        told = json.loads(expected.read_text("utf-8"))
        if len(told.get("names", ())) == 2 and "group" not in told:
            name = expected.name.removesuffix(".expected.json")
            sample = next(path for path in sorted(expected.parent.glob(f"{name}.*")) if path != expected)
            return sample, told.get("sides", told["names"])[0], len(told["messages"])
    sample = GOLDEN / channel / "list.json"  # of the one format that holds one side alone
    return sample, "me", len(json.loads(sample.read_text("utf-8")))


@pytest.mark.parametrize("channel", [format.channel for format in FORMATS])
def test_reading_opens_no_store_no_socket_and_writes_nowhere(set_up: Home, tmp_path: Path, channel: str) -> None:
    """Not even where a store lies: no key is looked at, nothing is sent, and what was read goes to the one pipe."""
    sample, me, messages = sample_of(channel)
    trace = tmp_path / "trace"
    watching = [strace(), "-f", "-qqq", "--seccomp-bpf", "-e", f"trace=%network,openat,{CHANGING}", "-o", str(trace)]
    done = subprocess.run(
        [*watching, sys.executable, "-m", "fallow", "messages", str(sample), "--me", me, "--ndjson"],
        env=set_up.environment() | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, check=False,
    )  # fmt: skip
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert (0, messages) == (done.returncode, sum(each["kind"] != "system" for each in said)), done.stderr
    calls = trace.read_text("utf-8", "replace").splitlines()
    opened = [found.groups() for line in calls if (found := OPENED.search(line))]
    assert any(str(sample) == path for path, _ in opened)
    assert [] == [line for line in calls if "openat(" not in line and "resumed>" not in line]
    assert [] == [path for path, flags in opened if WRITES.search(flags) and not path.startswith("/dev/")]
    ours = {Path(path).name for path, _ in opened if path.startswith(str(set_up.folder))}
    assert ours <= {SETTINGS}
