"""The key file: one key, two ways in, and nothing else opens it."""

from __future__ import annotations

import json
import secrets
import threading
import unicodedata
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from fallow.errors import (
    KeyFileDamaged,
    NoStore,
    PassphraseTooLong,
    PassphraseTooShort,
    StoreDamaged,
    StoreExists,
    StoreNewer,
    TooManyTries,
    WrongPassphrase,
)
from fallow.store import Cost, change_passphrase, create_key, destroy_key, renew_recovery_code, store_exists, unlock
from fallow.store.keyfile import LEAST_COST, decode_key_file, encode_key_file
from fallow.store.sqlite import open_sqlite
from store.samples import an_event


@pytest.fixture
def made(folder: Path, passphrase: str, cheap: Cost) -> tuple[bytes, str]:
    """A set-up folder: its key and its recovery code."""
    key, code = create_key(folder, passphrase, cost=cheap)
    open_sqlite(folder, key).close()
    return key, code


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the count of tries. The store is closed, so reading it is harmless."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "tries.json"}


def test_the_passphrase_gives_the_key(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """What was made at set-up comes back."""
    assert made[0] == unlock(folder, passphrase)


def test_the_recovery_code_gives_the_key(folder: Path, made: tuple[bytes, str]) -> None:
    """Typed by hand in small letters with spaces and look-alikes, too."""
    typed = made[1].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (made[0], made[0]) == (unlock(folder, made[1]), unlock(folder, typed))


def test_two_stores_share_nothing(tmp_path: Path, passphrase: str, cheap: Cost) -> None:
    """Key, code, salts, nonces and ids are drawn anew, for one passphrase and within one file."""
    keys = [create_key(tmp_path / name, passphrase, cost=cheap) for name in ("a", "b")]
    files = [json.loads((tmp_path / name / "key.json").read_text()) for name in ("a", "b")]
    drawn = [file["id"] for file in files]
    drawn += [file[slot]["kdf"]["salt"] for file in files for slot in ("passphrase", "recovery")]
    drawn += [file[slot]["nonce"] for file in files for slot in ("passphrase", "recovery")]
    drawn += [value for pair in keys for value in pair]
    drawn += [file["key"] for file in files]
    assert 16 == len(set(drawn))


def test_a_wrong_passphrase_changes_no_byte(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """Wrong, empty, one letter off: refused, and every file is as it was (T19)."""
    before = contents(folder)
    for wrong in ("quite another one", "", passphrase + " ", passphrase.upper()):
        with pytest.raises(WrongPassphrase):
            unlock(folder, wrong)
    assert before == contents(folder)
    assert made[0] == unlock(folder, passphrase)


@pytest.mark.parametrize("length", [10, 64, 1_000, 1_024])
def test_a_long_passphrase_is_taken_unchanged(tmp_path: Path, cheap: Cost, length: int) -> None:
    """Every character counts, the last one as well."""
    passphrase = ("ab c" * 256)[:length]
    key, _ = create_key(tmp_path / "long", passphrase, cost=cheap)
    assert key == unlock(tmp_path / "long", passphrase)
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path / "long", passphrase[:-1] + "!")


def test_too_long_and_too_short_are_said(folder: Path, passphrase: str, made: tuple[bytes, str], cheap: Cost) -> None:
    """Before anything is tried or written."""
    before = contents(folder)
    with pytest.raises(PassphraseTooShort):
        change_passphrase(folder, passphrase, "ninechars", cost=cheap)
    with pytest.raises(PassphraseTooLong):
        change_passphrase(folder, passphrase, "x" * 1_025, cost=cheap)
    with pytest.raises(PassphraseTooLong):
        unlock(folder, "x" * 1_025)
    assert before == contents(folder)


def test_composed_and_decomposed_letters_are_one(tmp_path: Path, cheap: Cost) -> None:
    """Keyboards differ in how they spell é (T19)."""
    spelled = "déjà vu à Zürich"
    key, _ = create_key(tmp_path / "nfc", unicodedata.normalize("NFC", spelled), cost=cheap)
    assert key == unlock(tmp_path / "nfc", unicodedata.normalize("NFD", spelled))


def test_four_outcomes_are_told_apart(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """Nothing there; not that passphrase; the key file; the notes (T19)."""
    key_file, database = folder / "key.json", folder / "notes.db"
    with pytest.raises(NoStore):
        unlock(folder / "elsewhere", passphrase)
    with pytest.raises(WrongPassphrase):
        unlock(folder, "quite another one")
    whole = key_file.read_bytes()
    key_file.write_bytes(whole[:-40])
    with pytest.raises(KeyFileDamaged):
        unlock(folder, passphrase)
    key_file.write_bytes(whole)
    noise = bytearray(database.read_bytes())
    noise[100] ^= 1
    database.write_bytes(noise)
    with pytest.raises(StoreDamaged):
        open_sqlite(folder, unlock(folder, passphrase))
    assert bytes(noise) == database.read_bytes()


def test_every_flipped_bit_of_the_key_file_is_damage(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """Never a wrong passphrase: the person would doubt their memory. One bit of each byte."""
    key_file = folder / "key.json"
    whole = key_file.read_bytes()
    outcomes = set()
    for place in range(len(whole)):
        key_file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        try:
            outcomes.add("opened" if unlock(folder, passphrase) == made[0] else "another key")
        except (KeyFileDamaged, StoreNewer) as error:
            outcomes.add(error.kind)
    # White space and the case of a hexadecimal digit do not carry anything; a higher version reads as newer.
    assert outcomes <= {"KeyFileDamaged", "StoreNewer", "opened"}


def test_a_missing_key_file_beside_notes_is_damage(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """It is not offered to set up anew over notes that are there (T19)."""
    (folder / "key.json").unlink()
    with pytest.raises(KeyFileDamaged):
        unlock(folder, passphrase)
    with pytest.raises(StoreExists):
        create_key(folder, passphrase)


def test_a_lost_database_is_not_replaced_by_an_empty_one(folder: Path, made: tuple[bytes, str]) -> None:
    """Missing or cut to nothing: said, not papered over."""
    database = folder / "notes.db"
    database.write_bytes(b"")
    with pytest.raises(StoreDamaged):
        open_sqlite(folder, made[0])
    database.unlink()
    with pytest.raises(StoreDamaged):
        open_sqlite(folder, made[0])
    assert not database.exists()


def test_a_set_up_cut_off_can_be_begun_again(folder: Path, passphrase: str, cheap: Cost) -> None:
    """Between the key file and the database nothing was confirmed: both ways on are open."""
    first, _ = create_key(folder, passphrase, cost=cheap)
    second, _ = create_key(folder, passphrase, cost=cheap)
    assert first != second
    open_sqlite(folder, unlock(folder, passphrase)).close()
    with pytest.raises(StoreExists):
        create_key(folder, passphrase, cost=cheap)


def test_a_form_sent_twice_makes_one_store(folder: Path, passphrase: str, cheap: Cost) -> None:
    """The key that lost cannot write anything, for nobody could ever read it again."""
    first, _ = create_key(folder, passphrase, cost=cheap)
    second, _ = create_key(folder, passphrase, cost=cheap)
    with pytest.raises(StoreExists):
        open_sqlite(folder, first)
    open_sqlite(folder, second).close()
    assert second == unlock(folder, passphrase)


def test_many_forms_at_once_make_one_store(folder: Path, passphrase: str, cheap: Cost) -> None:
    """Six threads set up one folder: whoever got a store has the key that is in the key file."""
    keys: list[bytes] = []

    def set_up() -> None:
        with suppress(StoreExists):
            key, _ = create_key(folder, passphrase, cost=cheap)
            open_sqlite(folder, key).close()
            keys.append(key)

    threads = [threading.Thread(target=set_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [unlock(folder, passphrase)] == keys


def test_parts_of_a_key_file_cannot_be_exchanged(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """A slot under another name, or with cheaper parameters, does not open even with its check made right."""

    path = folder / "key.json"
    file = decode_key_file(path.read_bytes())
    swapped = msgspec.structs.replace(file, passphrase=file.recovery, recovery=file.passphrase)
    renamed = msgspec.structs.replace(file, id=secrets.token_hex(16))
    for forged in (swapped, renamed):
        path.write_bytes(encode_key_file(forged))
        for secret in (passphrase, made[1]):
            with pytest.raises(WrongPassphrase):
                unlock(folder, secret)


def test_a_newer_key_file_is_named_so(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """An older Fallow does not call it damaged."""
    path = folder / "key.json"
    path.write_text(path.read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(StoreNewer):
        unlock(folder, passphrase)


def test_a_new_passphrase_replaces_the_former(
    folder: Path, passphrase: str, made: tuple[bytes, str], cheap: Cost
) -> None:
    """The key and the notes stay; the former passphrase opens nothing; no copy of the former file is left."""
    database = (folder / "notes.db").read_bytes()
    change_passphrase(folder, passphrase, "a new and better one", cost=cheap)
    assert made[0] == unlock(folder, "a new and better one") == unlock(folder, made[1])
    with pytest.raises(WrongPassphrase):
        unlock(folder, passphrase)
    assert database == (folder / "notes.db").read_bytes()
    assert {"key.json", "notes.db", "tries.json"} == {path.name for path in folder.iterdir()}


def test_the_recovery_code_allows_a_new_passphrase(folder: Path, made: tuple[bytes, str], cheap: Cost) -> None:
    """Which is what it is for."""
    change_passphrase(folder, made[1], "a new and better one", cost=cheap)
    assert made[0] == unlock(folder, "a new and better one")


def test_a_new_recovery_code_replaces_the_former(
    folder: Path, passphrase: str, made: tuple[bytes, str], cheap: Cost
) -> None:
    """The passphrase stays."""
    code = renew_recovery_code(folder, passphrase, cost=cheap)
    assert made[0] == unlock(folder, code) == unlock(folder, passphrase)
    with pytest.raises(WrongPassphrase):
        unlock(folder, made[1])


def test_a_change_needs_the_present_passphrase(
    folder: Path, passphrase: str, made: tuple[bytes, str], cheap: Cost
) -> None:
    """And counts as a try."""
    before = contents(folder)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            change_passphrase(folder, "quite another one", "a new and better one", cost=cheap)
    with pytest.raises(TooManyTries):
        renew_recovery_code(folder, passphrase, cost=cheap)
    assert before == contents(folder)


def test_a_destroyed_key_is_gone(folder: Path, passphrase: str, made: tuple[bytes, str]) -> None:
    """No file of the folder holds the wrapped key any more."""
    wrapped = json.loads((folder / "key.json").read_text())["passphrase"]["wrapped"].encode()
    destroy_key(folder)
    assert not any(wrapped in path.read_bytes() for path in folder.iterdir())
    with pytest.raises(KeyFileDamaged):
        unlock(folder, passphrase)


def test_an_empty_folder_holds_no_store(folder: Path, passphrase: str, cheap: Cost) -> None:
    """Setting up makes it one."""
    assert not store_exists(folder)
    create_key(folder, passphrase, cost=cheap)
    assert store_exists(folder)


def test_deriving_costs_what_was_promised(folder: Path, passphrase: str) -> None:
    """argon2id with at least 64 MiB, 3 passes, 4 lanes, raised towards half a second; each unlock pays it (T27)."""
    key, _ = create_key(folder, passphrase)
    file = json.loads((folder / "key.json").read_text())
    for slot in ("passphrase", "recovery"):
        kdf = file[slot]["kdf"]
        assert "argon2id" == kdf["name"]
        assert (64 * 1024, 3, 4) == (LEAST_COST.memory_kib, LEAST_COST.passes, LEAST_COST.lanes)
        assert kdf["memory_kib"] >= 64 * 1024
        assert kdf["passes"] >= 3
        assert kdf["lanes"] >= 4
    assert key == unlock(folder, passphrase)


def test_the_event_written_before_survives_a_change(folder: Path, passphrase: str, cheap: Cost) -> None:
    """Written under the one, read under the other."""
    store = open_sqlite(folder, create_key(folder, passphrase, cost=cheap)[0])
    with store.transaction():
        stored = store.append([an_event()])
    store.close()
    change_passphrase(folder, passphrase, "a new and better one", cost=cheap)
    again = open_sqlite(folder, unlock(folder, "a new and better one"))
    assert stored == again.events()
    again.close()
