"""
A disk that loses power: what a folder may hold after the calls made so far.

What a file was given counts as kept once that file was waited for (fsync), a name once its folder was. Of the rest,
any part may be there: none, all, the first few with the last of them torn at a sector, or any selection. Names come
and go in order, as journalling file systems keep them. Files mapped into memory are left out: SQLite makes its index
of the log anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from store.tracing import Call

Image = dict[str, bytes]
"""Names in the folder and what each file holds."""

SECTORS: Final = (512, 4_096)


@dataclass(slots=True)
class _File:
    kept: bytes = b""
    waiting: list[Call] = field(default_factory=list)


class Disk:
    """One folder, as the calls of a recorded run change it."""

    def __init__(self, folder: Path, start: Image) -> None:
        self._folder = str(folder)
        self._now = {str(folder / name): _File(data) for name, data in start.items()}
        self._kept = dict(self._now)
        self._waiting: list[dict[str, _File]] = []

    def make(self, call: Call) -> None:
        """Let one call happen."""
        if call.path == self._folder and call.name == "fsync":
            self._kept, self._waiting = dict(self._now), []
        elif not call.path.startswith(self._folder + "/") or call.path.endswith("-shm"):
            return
        elif call.name in ("create", "rename", "unlink"):
            self._name(call)
        elif call.name == "fsync":
            file = self._now[call.path]
            file.kept, file.waiting = _written(file.kept, file.waiting), []
        elif call.name in ("write", "ftruncate"):
            self._now[call.path].waiting.append(call)

    def cut(self, mode: str, rng: Random) -> Image:
        """What is there when the power goes now."""
        steps = len(self._waiting)
        kept = {"none": 0, "all": steps}.get(mode, rng.randint(0, steps))
        names = self._waiting[kept - 1] if kept else self._kept
        choose = _CHOICES[mode]
        return {Path(path).name: _written(file.kept, choose(file.waiting, rng)) for path, file in names.items()}

    def _name(self, call: Call) -> None:
        if call.name == "create" and call.path in self._now:
            return
        if call.name == "create":
            self._now[call.path] = _File()
        else:
            file = self._now.pop(call.path)
            if call.name == "rename":
                self._now[call.target] = file
        self._waiting.append(dict(self._now))


def _written(data: bytes, calls: Sequence[Call]) -> bytes:
    changed = bytearray(data)
    for call in calls:
        if call.name == "ftruncate":
            changed[call.offset :] = bytes(max(0, call.offset - len(changed)))
            continue
        end = call.offset + len(call.data)
        changed.extend(bytes(max(0, end - len(changed))))
        changed[call.offset : end] = call.data
    return bytes(changed)


def _torn(calls: Sequence[Call], rng: Random) -> list[Call]:
    kept = rng.randint(0, len(calls))
    return [*calls[:kept], *(_part(call, rng) for call in calls[kept : kept + 1])]


def _reordered(calls: Sequence[Call], rng: Random) -> list[Call]:
    chosen = [call for call in calls if rng.random() < 0.5]
    return [_part(call, rng) if rng.random() < 0.2 else call for call in chosen]


def _part(call: Call, rng: Random) -> Call:
    sector = rng.choice(SECTORS)
    kept = sector * rng.randint(0, len(call.data) // sector)
    return Call(call.name, call.path, call.data[:kept], call.offset) if call.name == "write" else call


_CHOICES: Final[dict[str, Callable[[Sequence[Call], Random], Sequence[Call]]]] = {
    "none": lambda _calls, _rng: (),
    "all": lambda calls, _rng: calls,
    "torn": _torn,
    "reordered": _reordered,
}
MODES: Final = tuple(_CHOICES)
