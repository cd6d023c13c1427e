"""The bytes of a parcel: what went in comes out, with its passphrase alone, whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Sequence

import msgspec
import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from fallow.errors import (
    FallowError,
    NotAParcel,
    ParcelDamaged,
    ParcelNewer,
    PassphraseTooShort,
    WrongParcelPassphrase,
)
from fallow.store import Cost, Label, Line, check_parcel, read_parcel, write_parcel
from fallow.store import parcel as parcel_file
from fallow.store.interface import PackedSource
from store.samples import a_source, a_table

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
WORD = "under another stone"
LABEL = Label("a" * 32, 1, dt.date(2027, 2, 1), 3, 5, 9, (PackedSource(a_source(a_table((1, 0, 1))), b""),))
LINES = [
    Line(5, 0, 0, 2, 10, 0, 0, 3600, 1, None, 0, "Where are you? 🌧"),
    Line(5, 0, 0, 2, 10, 1, 1, 3600, None, 7, 0, None),
    Line(9, 1, 3, 0, 0, 0, 0, -3600, 0, None, 0, ""),
]


def made(lines: Sequence[Line] = LINES, label: Label = LABEL) -> bytes:
    return b"".join(write_parcel(label, lines, WORD, cost=CHEAP))


def opened(data: bytes, word: str = WORD) -> tuple[Label, list[Line]]:
    label, lines = read_parcel(io.BytesIO(data), word)
    return label, list(lines)


def test_what_went_in_comes_out() -> None:
    """The label and every line, twins, gaps and empty words included; no word can be read in between."""
    data = made()
    assert (LABEL, LINES) == opened(data)
    assert (False, False) == (b"Where" in data, b"Robin" in data)


def test_nothing_went_in() -> None:
    """A label alone is a parcel, too."""
    assert (LABEL, []) == opened(made([]))


@given(st.lists(st.text(max_size=30) | st.none(), max_size=40), st.integers(1, 7), st.integers(1, 60))
@settings(max_examples=30, deadline=None)
def test_any_words_come_out_as_they_were(texts: list[str | None], lines: int, words: int) -> None:
    """However they fall into frames."""
    rows = [Line(at, at % 2, 0, 0, 0, 0, 0, 0, None, None, 0, text) for at, text in enumerate(texts)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parcel_file, "_LINES_IN_FRAME", lines)
        patch.setattr(parcel_file, "_WORDS_IN_FRAME", words)
        data = made(rows)
    assert (LABEL, rows) == opened(data)


def test_another_reader_finds_the_same() -> None:
    """Opened by the description of the format alone, with none of the code that made it."""
    data = made()
    assert b"PARCEL\n" == data[:7]
    end = 11 + int.from_bytes(data[7:11])
    header = json.loads(data[11:end])
    kdf = msgspec.convert(header["kdf"], dict)
    salt, prefix = (msgspec.convert(text, bytes) for text in (kdf["salt"], header["nonce"]))
    key = hash_secret_raw(WORD.encode(), salt, kdf["passes"], kdf["memory_kib"], kdf["lanes"], 32, Type.ID)
    frames, at = [], end
    while at < len(data) - 32:
        length = int.from_bytes(data[at : at + 4])
        frames.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    plain = [
        msgspec.msgpack.decode(zlib.decompress(AESGCM(key).decrypt(
            prefix + number.to_bytes(4) + bytes([number == len(frames) - 1]), frame, data[:end])))
        for number, frame in enumerate(frames)
    ]  # fmt: skip
    assert (1, "2027-02-01", 3) == (header["version"], plain[0]["opens_on"], len(plain[1]))
    assert "Where are you? 🌧" == plain[1][0][-1]
    assert hashlib.sha256(data[:-32]).digest() == data[-32:]


def test_every_parcel_has_its_own_salt_and_nonce() -> None:
    """The same messages under the same passphrase share no frame."""
    first, second = made(), made()
    assert first[200:260] not in second


@pytest.mark.parametrize("word", ["", "under another ston", "Under another stone", "seven quiet rivers", "x" * 1_000])
def test_another_passphrase_opens_nothing(word: str) -> None:
    """And it is said to be the passphrase, not damage."""
    with pytest.raises(WrongParcelPassphrase):
        opened(made(), word)


def test_an_accent_typed_in_two_ways_is_one() -> None:
    """Composed or not, as keyboards differ."""
    data = b"".join(write_parcel(LABEL, LINES, "caf\u00e9 at the sea", cost=CHEAP))
    assert LINES == opened(data, "cafe\u0301 at the sea")[1]


def test_a_short_passphrase_is_refused_before_the_first_byte() -> None:
    with pytest.raises(PassphraseTooShort):
        write_parcel(LABEL, LINES, "short", cost=CHEAP)


def test_every_flipped_byte_and_every_missing_end_is_found() -> None:
    """At each place of the file, before the passphrase is tried."""
    data = made()
    for at in range(len(data)):
        torn = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        for hurt in (torn, data[:at]):
            with pytest.raises((NotAParcel, ParcelDamaged)):
                check_parcel(io.BytesIO(hurt))
    with pytest.raises(ParcelDamaged):
        check_parcel(io.BytesIO(data + b"x"))


def resealed(body: bytes) -> bytes:
    """With a digest that fits, as anybody can make one."""
    return body + hashlib.sha256(body).digest()


def frames_of(data: bytes) -> tuple[bytes, list[bytes]]:
    end = at = 11 + int.from_bytes(data[7:11])
    frames = []
    while at < len(data) - 32:
        length = 4 + int.from_bytes(data[at : at + 4])
        frames.append(data[at : at + length])
        at += length
    return data[:end], frames


FORGED: dict[str, Callable[[bytes, list[bytes]], bytes]] = {
    "no frames": lambda preface, frames: preface,
    "the last left out": lambda preface, frames: preface + b"".join(frames[:-1]),
    "one left out": lambda preface, frames: preface + frames[0] + frames[2],
    "two exchanged": lambda preface, frames: preface + frames[0] + frames[2] + frames[1],
    "one twice": lambda preface, frames: preface + b"".join(frames) + frames[-1],
    "too long": lambda preface, frames: preface + b"".join(frames[:-1]) + b"\xff\xff\xff\xff" + frames[-1][4:],
    "too short": lambda preface, frames: preface + frames[0][:-1],
    "no header": lambda preface, frames: preface[:7] + b"\xff\xff\xff\xff" + preface[11:],
    "half a length": lambda preface, frames: preface + b"\0",
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_frames_cannot_be_left_out_repeated_or_moved(forge: Callable[[bytes, list[bytes]], bytes]) -> None:
    """Whatever digest is put under it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parcel_file, "_LINES_IN_FRAME", 2)
        preface, frames = frames_of(made())
    assert 3 == len(frames)
    assert LINES == opened(resealed(preface + b"".join(frames)))[1]
    with pytest.raises((ParcelDamaged, WrongParcelPassphrase)):
        opened(resealed(forge(preface, frames)))


def test_the_header_cannot_be_changed() -> None:
    """Each frame is bound to it; a costlier or cheaper key, another id or salt opens nothing."""
    preface, frames = frames_of(made())
    header = preface[11:].replace(b'"id":"a', b'"id":"b')
    assert header != preface[11:]
    with pytest.raises(WrongParcelPassphrase):
        opened(resealed(preface[:11] + header + b"".join(frames)))


@pytest.mark.parametrize(("header", "error"), [
    (b'{"version":2}', ParcelNewer), (b'{"version":1}', ParcelDamaged), (b"{", ParcelDamaged), (b"\xff", ParcelDamaged),
])  # fmt: skip
def test_a_header_that_is_not_ours_is_said(header: bytes, error: type[FallowError]) -> None:
    """A newer one is newer; the rest is damage."""
    with pytest.raises(error):
        opened(resealed(b"PARCEL\n" + len(header).to_bytes(4) + header))


@pytest.mark.parametrize("data", [b"", b"PARCEL", b"PK\x03\x04" + bytes(100), b"1/1/26, 10:00 - Sam: hello\n"])
def test_another_file_is_another_file(data: bytes) -> None:
    """And not a damaged one."""
    with pytest.raises(NotAParcel):
        opened(data)


def test_a_frame_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who knows the passphrase can make one; memory stays bounded all the same."""
    data = made([Line(5, 0, 0, 2, 10, 0, 0, 3600, 1, None, 0, "a" * 200_000)])
    monkeypatch.setattr(parcel_file, "_LARGEST_FRAME", 100_000)
    with pytest.raises(ParcelDamaged):
        opened(data)


@pytest.mark.parametrize("line", [
    [5, 2, 0, 2, 10, 0, 0, 3600, 1, None, 0, "x"], [2**63, 0, 0, 2, 10, 0, 0, 3600, 1, None, 0, "x"], [5], ["x"] * 12,
])  # fmt: skip
def test_a_line_that_no_store_can_hold_is_damage(line: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two senders and numbers of a size."""
    monkeypatch.setattr(parcel_file, "_in_frames", lambda lines: [list(lines)])
    with pytest.raises(ParcelDamaged):
        opened(b"".join(write_parcel(LABEL, [line], WORD, cost=CHEAP)))  # type: ignore[list-item]
