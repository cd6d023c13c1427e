"""Codes and paired phones in their file: once, for ten minutes, five times, ten wrong ones; and hashes alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fallow.errors import CodeOver, NoSuchPhone, PairingRefused, PairingRests, WrongCode
from fallow.store.phones import (
    CODE_SECONDS,
    CODE_TRIES,
    MOST_WRONG,
    PHONES_FILE,
    find_phone,
    keep_address,
    open_code,
    pair_phone,
    read_phones,
    remove_phone,
)

NOW = 1_800_000_000.0


def test_the_right_code_pairs_and_is_spent(tmp_path: Path) -> None:
    """What the phone is given finds it again; the code does nothing more."""
    code = open_code(tmp_path, NOW)
    phone, secret = pair_phone(tmp_path, code, "iPhone", NOW + 1)
    assert phone == find_phone(tmp_path, secret)
    assert (phone,) == read_phones(tmp_path).paired
    with pytest.raises(CodeOver):
        pair_phone(tmp_path, code, "iPhone", NOW + 2)


def test_a_code_is_read_as_people_type_it(tmp_path: Path) -> None:
    """Small letters, spaces, no hyphen, and letters that look like numbers."""
    for typing in (str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('-', '')} ",
                   lambda code: code.replace("1", "l").replace("0", "O")):  # fmt: skip
        pair_phone(tmp_path, typing(open_code(tmp_path, NOW)), "iPhone", NOW)
    assert 4 == len(read_phones(tmp_path).paired)


@pytest.mark.parametrize(("later", "over"), [(CODE_SECONDS - 1, False), (CODE_SECONDS, True), (-1.0, True)])
def test_a_code_is_good_for_ten_minutes(tmp_path: Path, later: float, over: bool) -> None:
    """Not a second longer; and a clock that was set back does not lengthen it."""
    code = open_code(tmp_path, NOW)
    if over:
        with pytest.raises(CodeOver):
            pair_phone(tmp_path, code, "iPhone", NOW + later)
    else:
        pair_phone(tmp_path, code, "iPhone", NOW + later)
    assert (not over) == bool(read_phones(tmp_path).paired)


def test_the_fifth_wrong_try_ends_a_code(tmp_path: Path) -> None:
    """Four say how many are left; after the fifth the right one is over."""
    code = open_code(tmp_path, NOW)
    left = [_wrong(tmp_path, NOW + at).details["left"] for at in range(CODE_TRIES)]
    assert [4, 3, 2, 1, 0] == left
    with pytest.raises(CodeOver):
        pair_phone(tmp_path, code, "iPhone", NOW + 9)


def test_ten_wrong_codes_close_it_for_ten_minutes(tmp_path: Path) -> None:
    """However many codes are made meanwhile; then it goes on."""
    for _ in range(MOST_WRONG // CODE_TRIES):
        open_code(tmp_path, NOW)
        for _ in range(CODE_TRIES):
            _wrong(tmp_path, NOW)
    code = open_code(tmp_path, NOW + 60)
    with pytest.raises(PairingRests) as refused:
        pair_phone(tmp_path, code, "iPhone", NOW + 61)
    assert {"minutes": 9} == refused.value.details
    pair_phone(tmp_path, open_code(tmp_path, NOW + 600), "iPhone", NOW + 601)


def test_wrong_codes_while_none_is_open_close_nothing(tmp_path: Path) -> None:
    """Nobody in the network can keep pairing shut from outside."""
    for _ in range(3 * MOST_WRONG):
        with pytest.raises(CodeOver):
            pair_phone(tmp_path, "AAAA-AAAA", "iPhone", NOW)
    pair_phone(tmp_path, open_code(tmp_path, NOW), "iPhone", NOW)


def test_a_fresh_code_ends_the_one_before(tmp_path: Path) -> None:
    """One is open at a time."""
    former, code = open_code(tmp_path, NOW), open_code(tmp_path, NOW)
    with pytest.raises(WrongCode):
        pair_phone(tmp_path, former, "iPhone", NOW)
    pair_phone(tmp_path, code, "iPhone", NOW)


def test_codes_cannot_be_foreseen() -> None:
    """Eight of 32 characters, a thousand times, none twice."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        codes = {open_code(Path(folder), NOW) for _ in range(1000)}
    assert 1000 == len(codes)
    assert {9} == {len(code) for code in codes}
    assert 32 == len(set("".join(codes)) - {"-"})


def test_one_code_lets_in_one_of_many_at_once(tmp_path: Path) -> None:
    """Eight phones bring it in the same instant."""
    code = open_code(tmp_path, NOW)

    def bring(_nth: int) -> bool:
        try:
            pair_phone(tmp_path, code, "iPhone", NOW)
        except PairingRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert 1 == sum(pool.map(bring, range(8)))
    assert 1 == len(read_phones(tmp_path).paired)


def test_a_removed_phone_is_not_found_any_more(tmp_path: Path) -> None:
    """And the others still are."""
    (one, first), (_two, second) = (pair_phone(tmp_path, open_code(tmp_path, NOW), "iPhone", NOW) for _ in range(2))
    remove_phone(tmp_path, one.id)
    assert find_phone(tmp_path, first) is None
    assert find_phone(tmp_path, second) is not None
    with pytest.raises(NoSuchPhone):
        remove_phone(tmp_path, one.id)


def test_nobody_is_let_in_by_what_is_not_a_secret(tmp_path: Path) -> None:
    """Nothing, an empty word, the hash that is kept, the id; and a file that was damaged lets in nobody at all."""
    phone, secret = pair_phone(tmp_path, open_code(tmp_path, NOW), "iPhone", NOW)
    assert [None] * 4 == [find_phone(tmp_path, word) for word in (None, "", phone.secret, phone.id)]
    (tmp_path / PHONES_FILE).write_bytes(b'{"paired": [')
    assert find_phone(tmp_path, secret) is None


def test_an_address_that_changes_ends_an_open_code(tmp_path: Path) -> None:
    """A server that starts has no code open; and without a phone ever, no file is made."""
    keep_address(tmp_path, "")
    assert not (tmp_path / PHONES_FILE).exists()
    keep_address(tmp_path, "192.168.1.5:8738")
    code = open_code(tmp_path, NOW)
    keep_address(tmp_path, "192.168.1.5:8738")
    with pytest.raises(CodeOver):
        pair_phone(tmp_path, code, "iPhone", NOW)
    assert "192.168.1.5:8738" == read_phones(tmp_path).address


def _wrong(folder: Path, now: float) -> WrongCode:
    with pytest.raises(WrongCode) as refused:
        pair_phone(folder, "UUUU-UUUU", "iPhone", now)
    return refused.value
