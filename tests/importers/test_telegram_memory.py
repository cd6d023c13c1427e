"""A file of any size costs what the chosen chat costs."""

from __future__ import annotations

from pathlib import Path

from importers.telegram_bombs import one
from importers.telegrams import app_json, chat, full, said
from importers.test_limits import read_apart

MOST_MB = 90


def test_the_rest_of_a_full_export_costs_no_memory(tmp_path: Path) -> None:
    """A group of 130 MB before a chat of two; whoever holds the file, or half of it, is over the limit."""
    group = chat([], name="Us", id=9, type="private_group")
    whole = app_json(full(group, chat(said("a", "b"))))
    head, empty, tail = whole.partition(b'"messages": []')
    entry = one(b'"' + b"some words " * 10 + b'"').replace(b"\n", b"\n   ") + b","
    path = tmp_path / "result.json"
    with path.open("wb") as file:
        file.write(head + empty[:-1])
        file.writelines(entry * 1_000 for _ in range(600))
        file.write(entry[:-1] + b"\n    ]" + tail)
    size = path.stat().st_size / 1e6
    outcome, megabytes, _ = read_apart(path)
    assert ("read", size > 130) == (outcome, True)
    assert megabytes <= MOST_MB
