"""
T03: the power goes while a program stores things, and nothing it confirmed is lost.

Killing a program cannot show this: what it wrote is still in the memory of the system. So its calls are recorded, and
disks are built that hold only what it had waited for, and any part of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from fallow.errors import FallowError, StoreError, WrongPassphrase
from fallow.store import Cost, create_key, unlock
from fallow.store.sqlite import open_sqlite
from store.powercut import MODES, Disk, Image
from store.tracing import Call, record

POINTS = 60
SEED = 20_261_123
NEW = "a new and better one"


def test_a_power_cut_loses_nothing_confirmed(folder: Path, key: bytes, tmp_path: Path) -> None:
    """Events, messages, a draft and its deletion; every disk opens and is sound."""
    calls, start = a_recorded_run(folder, key, tmp_path, "--events", "20", "--messages", "300", "--draft")
    faults = []
    for image, confirmed in disks(calls, folder, start):
        faults += faults_of(put_back(image, tmp_path), key, confirmed)
    assert faults == []


def test_without_waiting_for_the_disk_confirmed_events_are_lost(folder: Path, key: bytes, tmp_path: Path) -> None:
    """The control: the same run and the same disks with synchronous=NORMAL."""
    arguments = ("--events", "20", "--pragma", "synchronous=NORMAL")
    calls, start = a_recorded_run(folder, key, tmp_path, *arguments)
    faults = []
    for image, confirmed in disks(calls, folder, start):
        faults += faults_of(put_back(image, tmp_path), key, confirmed)
    assert any(fault.startswith("lost") for fault in faults)


def test_a_power_cut_while_setting_up_leaves_a_way_on(
    folder: Path, tmp_path: Path, passphrase: str, cheap: Cost
) -> None:
    """Either the store opens with the passphrase, or nothing was confirmed and setting up can begin again."""
    key_file = tmp_path / "key"
    calls = record(folder, key_file, tmp_path / "trace", "--set-up", "--events", "3")
    ways = set()
    for image, confirmed in disks(calls, folder, {}):
        place = put_back(image, tmp_path)
        try:
            assert faults_of(place, unlock(place, passphrase), confirmed) == []
            ways.add("opened")
        except StoreError:
            assert confirmed == ()
            create_key(place, passphrase, cost=cheap)
            ways.add("begun again")
    assert ways == {"opened", "begun again"}


def test_a_power_cut_while_changing_the_passphrase_leaves_one(
    folder: Path, tmp_path: Path, passphrase: str, cheap: Cost
) -> None:
    """T25: the former or the new one opens it; once confirmed, the new one."""
    key, _ = create_key(folder, passphrase, cost=cheap)
    open_sqlite(folder, key).close()
    (tmp_path / "key").write_text(key.hex())
    start = read(folder)
    calls = record(folder, tmp_path / "key", tmp_path / "trace", "--new-passphrase", NEW)
    seen = set()
    for image, confirmed in disks(calls, folder, start):
        opening = [word for word in (passphrase, NEW) if opens(put_back(image, tmp_path), word)]
        assert opening in ([passphrase], [NEW])
        assert opening == [NEW] or not confirmed
        seen.add(opening[0])
    assert seen == {passphrase, NEW}


def a_recorded_run(folder: Path, key: bytes, tmp_path: Path, *arguments: str) -> tuple[list[Call], Image]:
    """The calls of a run on a store that was there before, and what was there."""
    open_sqlite(folder, key).close()
    start = read(folder)
    (tmp_path / "key").write_text(key.hex())
    return record(folder, tmp_path / "key", tmp_path / "trace", *arguments), start


def disks(calls: list[Call], folder: Path, start: Image) -> Iterator[tuple[Image, tuple[str, ...]]]:
    """Disks after about 60 of the calls, each with what had been confirmed by then."""
    rng, disk, confirmed = Random(SEED), Disk(folder, start), ""
    points = set(rng.sample(range(len(calls)), min(POINTS, len(calls)))) | {len(calls) - 1}
    for number, call in enumerate(calls):
        disk.make(call)
        if call.path == "1":
            confirmed += call.data.decode()
        if number in points:
            for mode in MODES:
                yield disk.cut(mode, rng), tuple(confirmed.splitlines())


def faults_of(place: Path, key: bytes, confirmed: tuple[str, ...]) -> list[str]:
    """What is not as it was confirmed."""
    try:
        store = open_sqlite(place, key)
        stored = {f"event {record.id}" for record in store.events()}
        stored |= {f"messages {store.message_count()}", *(f"draft {draft.id}" for draft in store.drafts())}
        deleted = {line.replace("deleted", "draft") for line in confirmed if line.startswith("deleted")}
        faults = [
            f"lost: {line}" for line in confirmed if not line.startswith(("deleted", "draft")) and line not in stored
        ]
        faults += [f"came back: {line}" for line in deleted & stored]
        faults += store.check()
        store.close()
    except FallowError as error:
        return [f"does not open: {error.kind}"]
    return faults


def put_back(image: Image, tmp_path: Path) -> Path:
    """The image as a folder of its own."""
    place = tmp_path / f"disk-{len(list(tmp_path.iterdir()))}"
    place.mkdir(mode=0o700)
    for name, data in image.items():
        (place / name).write_bytes(data)
    return place


def read(folder: Path) -> Image:
    """Only for stores nobody has open."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def opens(folder: Path, passphrase: str) -> bool:
    try:
        unlock(folder, passphrase)
    except WrongPassphrase:
        return False
    return True
