"""What the system tells of our processes: their sockets, their memory, what anybody may read of them. Linux only."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

CHUNK = 1 << 22


def sockets_of(pid: int) -> list[str]:
    """Every internet socket a process holds that listens or is bound without a peer, as `tcp 127.0.0.1:8000`."""
    held = {link for link in map(_target, Path(f"/proc/{pid}/fd").iterdir()) if link.startswith("socket:")}
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        for line in Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]:
            fields = line.split()
            if f"socket:[{fields[9]}]" in held and fields[2].endswith(":0000"):
                found.append(f"{kind} {_address(fields[1])}")
    return found


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""


def _address(field: str) -> str:
    host, _, port = field.partition(":")
    words = b"".join(struct.pack("<I", int(host[at : at + 8], 16)) for at in range(0, len(host), 8))
    return f"{socket.inet_ntop(socket.AF_INET if len(words) == 4 else socket.AF_INET6, words)}:{int(port, 16)}"


def copies_in_memory(pid: int, needles: Sequence[bytes]) -> list[int]:
    """
    How often each of the needles is in the memory of a process, in every part that can be read.

    Raises:
        PermissionError: If the system does not let this process look.
    """
    counts = [0] * len(needles)
    overlap = max(map(len, needles)) - 1
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for first, last in _readable(pid):
            before = b""
            for at in range(first, last, CHUNK):
                memory.seek(at)
                try:
                    piece = before + memory.read(min(CHUNK, last - at))
                except OSError:  # [vvar] and the like
                    break
                for number, needle in enumerate(needles):
                    counts[number] += piece.count(needle) - before.count(needle)
                before = piece[-overlap:] if overlap else b""
    return counts


def _readable(pid: int) -> Iterator[tuple[int, int]]:
    """All but the parts that are a program's or a library's own file and cannot be written to."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        found = re.match(r"([0-9a-f]+)-([0-9a-f]+) r(.)\S+ \S+ \S+ \S+ *(/?)", line)
        if found and (found[3] == "w" or not found[4]):
            yield int(found[1], 16), int(found[2], 16)


def family_of(pid: int) -> list[int]:
    """A process and everything it started."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [pid, *(each for child in listed.stdout.split() for each in family_of(int(child)))]
