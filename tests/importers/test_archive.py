"""Zips: the chat inside is found by what it is, and nothing else is read."""

from __future__ import annotations

import random
import struct
import zipfile

import pytest

from fallow.errors import BrokenArchive, ImportRefused, LooksLikeAnotherFile, NotAChat, SeveralExports
from fallow.importers import read_export
from importers.chats import bodies, lines, zipped

CHAT = lines("28/05/2023, 10:00 - Sam: hello\n28/05/2023, 10:01 - Alex: there\n28/05/2023, 10:02 - Sam: you")


def test_the_chat_of_an_iphone_is_called_underscore_chat() -> None:
    """The zip then tells the other name."""
    export = read_export("WhatsApp Chat - Alex.zip", zipped(("_chat.txt", CHAT), ("0001-PHOTO.jpg", b"\xff\xd8\xff")))
    assert (["hello", "there", "you"], "Alex", True) == (bodies(export), export.other_name_hint, export.archive)


def test_the_chat_of_an_android_is_the_text_that_reads_like_one() -> None:
    """Documents that were sent along may be texts too."""
    members = (("notes.txt", b"buy milk\n"), ("WhatsApp Chat with Alex.txt", CHAT), ("IMG.jpg", b"\xff\xd8\xff"))
    export = read_export("whatever.zip", zipped(*members))
    assert (["hello", "there", "you"], "Alex") == (bodies(export), export.other_name_hint)


def test_a_stored_member_is_read_like_a_packed_one() -> None:
    """Some phones do not compress."""
    export = read_export("a.zip", zipped(("_chat.txt", CHAT), method=zipfile.ZIP_STORED))
    assert 3 == len(export)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (zipped(), NotAChat),
        (zipped(("a.jpg", b"\xff\xd8\xff"), ("b.jpg", b"\xff\xd8\xff")), NotAChat),
        (zipped(("a.txt", b"nothing here\n")), NotAChat),
        (zipped(("a.txt", CHAT), ("b.txt", CHAT)), SeveralExports),
        (zipped(("inner.zip", zipped(("_chat.txt", CHAT)))), LooksLikeAnotherFile),
        (zipped(("_chat.txt", zipped(("_chat.txt", CHAT)))), LooksLikeAnotherFile),
        (zipped(("_chat.txt", b"%PDF-1.7 ")), LooksLikeAnotherFile),
        (zipped(("../_chat.txt", CHAT)), LooksLikeAnotherFile),
        (zipped(("/etc/_chat.txt", CHAT)), LooksLikeAnotherFile),
        (zipped(("_chat.txt", CHAT), method=zipfile.ZIP_BZIP2), LooksLikeAnotherFile),
        (zipped(("_chat.txt", CHAT), method=zipfile.ZIP_LZMA), LooksLikeAnotherFile),
        (zipped(("_chat.txt", CHAT))[:-30], BrokenArchive),
        (zipped(("_chat.txt", CHAT))[:40], BrokenArchive),
        (b"PK\x03\x04", BrokenArchive),
    ],
)
def test_a_zip_without_one_readable_chat_is_refused(data: bytes, error: type[ImportRefused]) -> None:
    """Each for its own reason, in words."""
    with pytest.raises(error):
        read_export("a.zip", data)


def test_a_member_without_a_name_is_passed_over() -> None:
    """Nobody packs such a one; a damaged zip may hold it."""
    data = zipped(("zzz", b"x"), ("_chat.txt", CHAT)).replace(b"zzz", b"\0zz")
    assert 3 == len(read_export("a.zip", data))


def test_a_zip_with_a_password_says_so() -> None:
    """The flag alone decides; nothing is tried."""
    data = bytearray(zipped(("_chat.txt", CHAT)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(LooksLikeAnotherFile) as refusal:
        read_export("a.zip", bytes(data))
    assert {"what": "a zip file with a password"} == refusal.value.details


@pytest.mark.parametrize("lie", [1, 10, 100_000])
def test_a_lying_size_is_noticed(lie: int) -> None:
    """What is unpacked is counted, whatever the header says."""
    data = bytearray(zipped(("_chat.txt", CHAT)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", len(CHAT) + lie if lie > 1 else len(CHAT) - 10)
    with pytest.raises(BrokenArchive):
        read_export("a.zip", bytes(data))


def test_a_flipped_byte_is_noticed() -> None:
    """The checksum of the member is checked to the end."""
    data = bytearray(zipped(("_chat.txt", CHAT), method=zipfile.ZIP_STORED))
    data[data.index(b"hello")] ^= 1
    with pytest.raises(BrokenArchive):
        read_export("a.zip", bytes(data))


def test_mutants_of_a_zip_are_read_or_refused() -> None:
    """Whatever is changed in it, nothing but a refusal is raised."""
    rng = random.Random(1)
    sample = zipped(("_chat.txt", CHAT * 20), ("0001-PHOTO.jpg", b"\xff\xd8\xff" * 20))
    for _ in range(1_000):
        data = bytearray(sample)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 3)] = bytes(rng.randrange(256) for _ in range(rng.randint(0, 3)))
        try:
            assert len(read_export("a.zip", bytes(data)))
        except ImportRefused:
            continue
