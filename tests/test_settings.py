"""Settings: what may be chosen before unlocking, kept readable by their owner only."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

from fallow.errors import SettingRefused
from fallow.settings import Settings, data_folder, read_settings, write_settings


def test_a_fresh_host_is_random_and_on_this_computer(tmp_path: Path) -> None:
    """Cookies ignore ports, so every installation has a name of its own."""
    one, other = read_settings(tmp_path), read_settings(tmp_path)
    assert one.host != other.host
    assert one.host.endswith(".localhost")


def test_settings_come_back_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    """The file lies beside the encrypted notes."""
    kept = write_settings(tmp_path, Settings(name="Field notes", idle_minutes=9, host="abcdefgh12.localhost"))
    assert kept == read_settings(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / "settings.json").stat().st_mode)


@pytest.mark.parametrize(
    "change",
    [{"name": ""}, {"name": "x" * 41}, {"idle_minutes": 0}, {"idle_minutes": 61}, {"leave_to": "javascript:alert(1)"},
     {"leave_to": "https://a b"}, {"host": "example.org"}],
    ids=str,
)  # fmt: skip
def test_a_value_out_of_bounds_is_refused_and_nothing_is_written(tmp_path: Path, change: dict[str, object]) -> None:
    """The name of the field is told, never its value."""
    settings = msgspec.structs.replace(Settings(host="abcdefgh12.localhost"), **change)
    with pytest.raises(SettingRefused) as refused:
        write_settings(tmp_path, settings)
    assert {"setting": next(iter(change))} == refused.value.details
    assert not (tmp_path / "settings.json").exists()


def test_a_damaged_file_is_named_not_shown(tmp_path: Path) -> None:
    """Nothing is guessed over it."""
    (tmp_path / "settings.json").write_text('{"name": 5}')
    with pytest.raises(SettingRefused):
        read_settings(tmp_path)


def test_the_data_folder_is_the_one_named(tmp_path: Path) -> None:
    """`FALLOW_HOME`, else the platform's place."""
    assert tmp_path == data_folder({"FALLOW_HOME": str(tmp_path)})
    assert tmp_path / "fallow" == data_folder({"XDG_DATA_HOME": str(tmp_path)})
