"""
Running the small program under strace: killed at a call, or with every write recorded.

Recorded, a run is a list of `Call`s in order: what was written where, what was waited for, which names came and went.
Writes into memory-mapped files are not calls; the only such file is SQLite's index of the log, which it makes anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fallow

PROGRAM = Path(__file__).with_name("add_events.py")
WRITING_CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate")
_TRACED = "openat,close,pwrite64,write,writev,pwritev,ftruncate,fsync,fdatasync,rename,renameat,unlink,unlinkat,lseek"


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that touches a file; `path` is what the descriptor was opened as ("1" is standard output)."""

    name: str
    path: str
    data: bytes = b""
    offset: int = 0
    target: str = ""


def strace() -> str:
    found = shutil.which("strace")
    assert found is not None, "these tests need strace: install the Debian package of that name"
    return found


def run_program(folder: Path, key_file: Path, *arguments: str, under: tuple[str, ...] = ()) -> tuple[int, str]:
    """The exit status and what it confirmed."""
    source = str(Path(fallow.__file__).parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((source, str(PROGRAM.parent.parent))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [*under, sys.executable, str(PROGRAM), str(folder), str(key_file), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout


def kill_at(call: str, nth: int) -> tuple[str, ...]:
    """The prefix that kills a program when it makes a call for the n-th time."""
    injection = ("-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={nth}")
    return (strace(), "-f", "-qqq", "-o", "/dev/null", *injection)


def record(folder: Path, key_file: Path, trace: Path, *arguments: str) -> list[Call]:
    """Run the program to its end; every call on files of the folder, on standard output and on unnamed files."""
    prefix = (
        strace(),
        "-f",
        "-qqq",
        "--seccomp-bpf",
        "-o",
        str(trace),
        "-xx",
        "-s",
        "16777216",
        "-e",
        f"trace={_TRACED}",
    )
    status, _ = run_program(folder, key_file, *arguments, under=prefix)
    assert status == 0
    return list(_calls(trace.read_text("ascii")))


_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _calls(trace: str) -> Iterator[Call]:
    names = {"1": "1", "2": "2"}
    at: dict[str, int] = {}
    for line in trace.splitlines():
        found = _LINE.match(line)
        if found is None:
            assert "<unfinished" not in line, line
            continue
        name, inside, result = found.groups()
        if int(result) < 0:
            continue
        strings = [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(inside)]
        assert '"...' not in inside, "a write was cut short in the trace"
        first, *rest = (part.strip() for part in _STRING.sub("_", inside).split(","))
        if name == "openat":
            names[result], at[result] = os.fsdecode(strings[0]), 0
            yield Call("create" if "O_CREAT" in inside else "open", names[result])
            if "O_TRUNC" in inside:
                yield Call("ftruncate", names[result])
        elif name in ("rename", "renameat"):
            yield Call("rename", os.fsdecode(strings[0]), target=os.fsdecode(strings[1]))
        elif name in ("unlink", "unlinkat"):
            yield Call("unlink", os.fsdecode(strings[0]))
        elif name == "lseek":
            at[first] = int(result)
        elif name in ("write", "writev"):
            yield Call("write", names.get(first, first), b"".join(strings), at.get(first, 0))
            at[first] = at.get(first, 0) + int(result)
        elif name in ("pwrite64", "pwritev"):
            yield Call("write", names.get(first, first), b"".join(strings), int(rest[-1]))
        elif name == "ftruncate":
            yield Call("ftruncate", names.get(first, first), offset=int(rest[0]))
        elif name in ("fsync", "fdatasync"):
            yield Call("fsync", names.get(first, first))
