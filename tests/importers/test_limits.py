"""Hostile files cost little memory and little time, and end in words (T50)."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from fallow.errors import ArchiveTooLarge, ImportRefused
from fallow.importers import archive, read_export
from importers import bombs
from importers.bombs import BOMBS as TEXTS
from importers.chats import zipped
from importers.discord_bombs import BOMBS as CHANNELS
from importers.discord_package_bombs import BOMBS as PACKAGES
from importers.googlechat_bombs import BOMBS as TAKEOUTS
from importers.googlevoice_bombs import BOMBS as PAGES
from importers.imessage_bombs import BOMBS as DATABASES
from importers.mail_bombs import BOMBS as MAILS
from importers.meta_bombs import BOMBS as THREADS
from importers.metapage_bombs import BOMBS as SHOWN
from importers.signal_bombs import BOMBS as LINES
from importers.sms_bombs import BOMBS as XMLS
from importers.table_bombs import BOMBS as TABLES
from importers.telegram_bombs import BOMBS as JSONS

BOMBS = (
    TEXTS | JSONS | XMLS | LINES | DATABASES | THREADS | SHOWN | MAILS | CHANNELS | TABLES | PACKAGES | TAKEOUTS | PAGES
)
MOST_MB = 200
MOST_SECONDS = 20

READ = """
import json, re, resource, sys
from pathlib import Path
from fallow.errors import ImportRefused
from fallow.importers import read_export_file
try:
    read_export_file(Path(sys.argv[1]), one_side=True)
    outcome = "read"
except ImportRefused as refusal:
    outcome = refusal.kind
use = resource.getrusage(resource.RUSAGE_SELF)
if sys.platform == "linux":  # ru_maxrss there counts what the parent held when this was forked from it
    megabytes = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
else:
    megabytes = use.ru_maxrss / (1 << 20)
print(json.dumps([outcome, megabytes, use.ru_utime + use.ru_stime]))
"""


def read_apart(path: Path) -> tuple[str, float, float]:
    """Read a file in a process of its own: (outcome, peak megabytes, CPU seconds). It is stopped when far over."""
    run = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        check=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
    )
    outcome, megabytes, seconds = json.loads(run.stdout)
    return outcome, megabytes, seconds


def test_what_the_tests_themselves_hold_is_not_counted(tmp_path: Path) -> None:
    """The measure is of the reader alone, however large the process that started it has grown."""
    (tmp_path / "chat.txt").write_bytes(b"no chat")
    held = bytearray(300 * 1_000_000)
    held[::4096] = b"x" * len(held[::4096])
    _, megabytes, _ = read_apart(tmp_path / "chat.txt")
    assert 5 < megabytes <= MOST_MB < len(held) / 1_000_000


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_file_ends_in_words_and_within_bounds(name: str, tmp_path: Path) -> None:
    """Each refused by its own error or read with its problems counted, in 200 MB and 20 seconds."""
    make, expected = BOMBS[name]
    path = tmp_path / "bomb"
    make(path)
    outcome, megabytes, seconds = read_apart(path)
    path.unlink()
    assert expected == outcome
    assert megabytes <= MOST_MB
    assert seconds <= MOST_SECONDS


def test_without_its_limits_the_same_reader_would_fall(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The control: with the ratio and size checks lifted, the bomb is unpacked."""
    path = tmp_path / "bomb.zip"
    bombs.packed(path, declared=None, blocks=20)
    data = path.read_bytes()
    with pytest.raises(ArchiveTooLarge):
        read_export("bomb.zip", data)
    monkeypatch.setattr(archive, "RATIO", 10**9)
    seen: list[int] = []
    with pytest.raises(ImportRefused):  # its checksum is wrong, found only after all of it was unpacked
        read_export("bomb.zip", data, progress=lambda done, total, rows: seen.append(done))
    assert len(seen) >= 15


def test_an_honest_zip_of_an_ordinary_chat_is_not_refused() -> None:
    """Chats pack about five to one, a long `haha` more; small texts may pack as well as they like."""
    minutes = (divmod(i * 1_440 // 100_000, 60) for i in range(100_000))
    text = b"".join(b"28/05/2023, %02d:%02d - Sam: haha\n" % minute for minute in minutes)
    assert 100_000 == len(read_export("a.zip", zipped(("_chat.txt", text))))
