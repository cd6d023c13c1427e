"""The import table of ARCHITECTURE.md: a room imports only what its row names, and from the room, not a file in it."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "fallow"

MAY_IMPORT: dict[str, set[str]] = {
    "language": set(),
    "errors": {"language"},
    "settings": {"errors"},
    "messages": {"errors"},
    "plan": {"errors", "language"},
    "guidance": {"errors", "language", "plan"},
    "reach": {"errors", "language", "plan"},
    "dyad": {"errors", "messages", "survival"},
    "survival": {"errors"},
    "simulation": {"errors", "messages"},
    "forecast": {"errors", "language", "messages", "dyad", "survival"},
    "study": {"errors", "language", "messages", "dyad", "survival", "forecast"},
    "importers": {"errors", "language", "messages"},
    "store": {"errors", "language", "messages", "plan"},
    "charts": {"errors", "language", "plan", "reach", "dyad", "survival", "forecast", "messages"},
    "app": {
        *("errors", "language", "messages", "plan", "guidance", "reach", "dyad", "survival", "simulation", "forecast"),
        "importers",
        "store.interface",
    },
    "wiring": {"errors", "language", "app", "settings", "plan", "store", "store.sqlite"},
    "web": {"errors", "language", "settings", "app", "charts", "guidance", "reach", "wiring", "plan"},
    "cli": {
        "errors",
        "language",
        "settings",
        "app",
        "charts",
        "guidance",
        "reach",
        "wiring",
        "plan",
        "study",
        "web.serve",
        "web.addresses",
    },
    "__main__": {"cli.main"},
}
"""Every room and what it may import. A new room, or a new row, is a decision."""

PURE = {"language", "messages", "plan", "guidance", "reach", "dyad", "survival", "simulation", "forecast", "charts"}
"""Rooms that take values and give values: no clock, no socket, no log, no global random."""
IMPURE_MODULES = {"time", "socket", "logging", "random", "subprocess", "threading", "secrets", "http", "urllib"}
NETWORK_MODULES = {
    "http.client", "urllib.request", "urllib3", "requests", "httpx", "httpx2", "aiohttp", "ftplib", "smtplib",
    "websockets", "xmlrpc", "telnetlib",
}  # fmt: skip
"""No HTTP client in the product (P9): nothing of these is imported anywhere."""


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if path.name != "__init__.py" or path.parent != SOURCE]


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            rooms = {f"fallow.{alias.name}" for alias in node.names if alias.name != "__version__"}
            found |= rooms if node.module == "fallow" else {node.module}
    return found


def test_every_room_is_in_the_table() -> None:
    """A room appears when it has work, and then it has a row."""
    assert {room_of(path) for path in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_what_its_row_names(path: Path) -> None:
    """Across rooms one imports from the room, never from a file in it, but for the files the row names."""
    room = room_of(path)
    for name in imports_of(path):
        package, _, target = name.partition(".")
        if package != "fallow" or not target or target.split(".")[0] == room:
            continue
        assert target in MAY_IMPORT[room], f"{room} imports fallow.{target}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_pure_room_has_no_clock_socket_log_or_chance(path: Path) -> None:
    """Rooms that take values and give values import nothing that reaches outside."""
    if room_of(path) in PURE:
        assert {name.split(".")[0] for name in imports_of(path)} & IMPURE_MODULES == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_can_call_home(path: Path) -> None:
    """There is no HTTP client anywhere, and sockets only where the server listens."""
    found = imports_of(path)
    assert found & NETWORK_MODULES == set()
    if "socket" in found:
        allowed = {f"web/{name}.py" for name in ("addresses", "door", "serve", "worker")}
        assert path.relative_to(SOURCE).as_posix() in allowed


@pytest.mark.parametrize("room", sorted(path.parent.name for path in SOURCE.glob("*/__init__.pyi")))
def test_everything_at_the_door_of_a_room_is_there(room: str) -> None:
    """The names in its `__init__.pyi`, each found where that says, and under its own name."""
    door = importlib.import_module(f"fallow.{room}")
    told = ast.parse((SOURCE / room / "__init__.pyi").read_text("utf-8")).body
    rows = [
        (f"fallow.{room}.{row.module}", each) for row in told if isinstance(row, ast.ImportFrom) for each in row.names
    ]
    assert len(rows) == len(told) == len(door.__all__)
    for module, each in rows:
        assert each.name == each.asname
        assert getattr(door, each.name) is getattr(importlib.import_module(module), each.name)


def test_a_short_command_reads_little_code() -> None:
    """`fallow --version` reads no room but those every command needs; `fallow where` no chat, model or page."""
    for arguments, rooms in (
        (["--version"], {"app", "plan", "store", "dyad"}),
        (["where"], {"dyad", "importers", "web"}),
    ):
        code = (
            f"import sys, runpy; sys.argv = ['fallow', *{arguments}]; runpy.run_module('fallow', run_name='__main__')"
        )
        code = f"try:\n  {code}\nfinally:\n  print(*[n for n in sys.modules if n.count('.') > 1], file=sys.stderr)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert set() == {name.split(".")[1] for name in done.stderr.split() if name.startswith("fallow.")} & rooms


def test_the_table_is_the_one_in_the_architecture() -> None:
    """What ARCHITECTURE.md shows is what this test enforces."""
    lines = (SOURCE.parents[1] / "ARCHITECTURE.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if line.startswith("| `")]
    shown = {cells[0].strip().strip("`/").removesuffix(".py"): cells[2] for cells in rows if len(cells) == 3}
    assert set(shown) == set(MAY_IMPORT)
    for room, words in shown.items():
        named = {word.strip().strip("`") for word in words.split(",") if word.strip()}
        assert named == MAY_IMPORT[room] - {"errors", "language"}, room
