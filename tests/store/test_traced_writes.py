"""
T22: every buffer the program hands to the system is looked at, and no word of a person is in any of them.

Files alone do not tell: temporary files are removed before anybody could look.
"""

from __future__ import annotations

import base64
from pathlib import Path

from fallow.store.sqlite import open_sqlite
from store.tracing import Call, record

MARKER = "lighthouse keeper 4711"
MESSAGES = 12_000
ARGUMENTS = ("--marker", MARKER, "--events", "5", "--draft", "--messages", str(MESSAGES), "--sort")
# So small that a sort of the messages cannot stay in memory by itself.
SMALL_CACHE = ("--pragma", "cache_size=-100")


def test_no_word_is_written_anywhere(folder: Path, key: bytes, tmp_path: Path) -> None:
    """Events, a draft, two megabytes of messages and a sort of them: 0 places in every form looked for."""
    calls = a_recorded_run(folder, key, tmp_path, *ARGUMENTS, *SMALL_CACHE)
    written = [call for call in calls if call.data]
    assert sum(len(call.data) for call in written) > 4_000_000
    assert places(written) == []


def test_a_sort_in_a_file_would_be_seen(folder: Path, key: bytes, tmp_path: Path) -> None:
    """The control: the same run with temp_store=FILE writes the words into a file without a name."""
    calls = a_recorded_run(folder, key, tmp_path, *ARGUMENTS, *SMALL_CACHE, "--pragma", "temp_store=1")
    found = places([call for call in calls if call.data])
    assert len(found) > 10
    assert not any(path.startswith(str(folder)) for path in found)


def test_every_form_looked_for_is_found() -> None:
    """The control of the search itself."""
    shown = [b"..", MARKER.encode(), MARKER.encode("utf-16-le"), MARKER.encode().hex().encode()]
    shown += [base64.b64encode(b"x" * shift + MARKER.encode() + b"tail") for shift in range(3)]
    calls = [Call("write", str(number), data) for number, data in enumerate(shown)]
    assert places(calls) == ["1", "2", "3", "4", "5", "6"]


def a_recorded_run(folder: Path, key: bytes, tmp_path: Path, *arguments: str) -> list[Call]:
    open_sqlite(folder, key).close()
    (tmp_path / "key").write_text(key.hex())
    return record(folder, tmp_path / "key", tmp_path / "trace", *arguments)


def places(calls: list[Call]) -> list[str]:
    """Where the marker was written, in any of its forms."""
    forms = marker_forms(MARKER)
    return [call.path for call in calls if any(form in call.data or form in call.data.lower() for form in forms)]


def marker_forms(marker: str) -> list[bytes]:
    """Plain, UTF-16, hexadecimal, and base64 at each of its three alignments; without what neighbours change."""
    plain = marker.encode()
    forms = [plain, marker.encode("utf-16-le"), marker.encode("utf-16-be"), plain.hex().encode()]
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + plain)
        forms.append(coded[4 if shift else 0 : len(coded) - 4])
    return forms
