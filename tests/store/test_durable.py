"""Small files: replaced whole, removed with their bytes, private whatever the umask."""

from __future__ import annotations

import os
from pathlib import Path

from fallow.store.durable import make_private_folder, remove_file, replace_file


def test_a_replaced_file_is_whole_and_private(folder: Path) -> None:
    """Nothing is left beside it."""
    former = os.umask(0)
    try:
        for data in (b"first", b"", b"third" * 100_000):
            replace_file(folder / "file", data)
            assert data == (folder / "file").read_bytes()
    finally:
        os.umask(former)
    assert [("file", 0o600)] == [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()]


def test_a_removed_file_is_overwritten_first(folder: Path) -> None:
    """Seen through a second name of the same file."""
    (folder / "secret").write_bytes(b"secret")
    os.link(folder / "secret", folder / "other name")
    remove_file(folder / "secret")
    remove_file(folder / "was never there")
    assert bytes(6) == (folder / "other name").read_bytes()
    assert not (folder / "secret").exists()


def test_a_private_folder_is_entered_by_its_owner_alone(tmp_path: Path) -> None:
    """Made or there before."""
    (tmp_path / "open").mkdir(mode=0o755)
    for path in (tmp_path / "open", tmp_path / "new" / "deep"):
        make_private_folder(path)
        assert 0o700 == path.stat().st_mode & 0o777
