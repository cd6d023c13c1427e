"""Files that are something else: each is refused by its content and named for what it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fallow.errors import EmptyFile, ImportRefused, LooksLikeAnotherFile, NotAChat
from fallow.importers import read_export, read_export_file
from importers.chats import lines


def some_database() -> bytes:
    """A database of something else."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE contact (name)")
        return connection.serialize()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "an image"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "an image"),
        (some_database(), "a database"),
        (b"\x1f\x8b\x08" + b"\0" * 50, "a gzip file"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 50, "a video"),
        (b"<!DOCTYPE html><html><body>28/05/2023, 10:00 - Sam: hi</body></html>", "a web page"),
        (b"\xef\xbb\xbf\n <html>", "a web page"),
        (b'<?xml version="1.0"?><feed count="1"/>', "an XML file"),
        (b'{"name": "Sam", "participants": [], "messages": []}', "a JSON file"),
        (b'[{"sender_name": "Sam"}]', "a JSON file"),
        (b"[" * 5_000, "a JSON file"),
        (b"BEGIN:VCARD\nFN:Sam\nEND:VCARD\n", "a contact card"),
        (bytes(range(256)) * 20, "a binary file"),
    ],
)
def test_another_file_is_named(data: bytes, what: str) -> None:
    """The extension is never asked."""
    with pytest.raises(LooksLikeAnotherFile) as refusal:
        read_export("WhatsApp Chat with Sam.txt", data)
    assert {"what": what} == refusal.value.details


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    """Blank lines and a byte order mark are nothing."""
    with pytest.raises(EmptyFile):
        read_export("chat.txt", data)


@pytest.mark.parametrize(
    "text", ["Dear diary\n", "one,two\n1,2\n", "Sam: hi\nAlex: ho\n", "28/05/2023\n", "x\n" * 100_000]
)
def test_a_text_that_is_no_chat_is_refused(text: str) -> None:
    """Nothing is made up from it."""
    with pytest.raises(NotAChat):
        read_export("chat.txt", text.encode())


def test_a_chat_is_read_under_any_name(tmp_path: Path) -> None:
    """Content decides, from bytes as from a file."""
    text = lines("28/05/2023, 10:00 - Sam: hi\n28/05/2023, 10:01 - Alex: ho")
    path = tmp_path / "photo.jpg"
    path.write_bytes(text)
    assert 2 == len(read_export("photo.jpg", text)) == len(read_export_file(path))


def test_an_empty_folder_or_a_device_is_no_chat(tmp_path: Path) -> None:
    """Only regular files are read; an endless one would never end."""
    for path in (Path("/dev/zero"), tmp_path):
        with pytest.raises(NotAChat):
            read_export_file(path)
    with pytest.raises(OSError):
        read_export_file(tmp_path / "nothing")


def test_an_exported_folder_is_read_like_a_zip_of_it(tmp_path: Path) -> None:
    """What lies beside the chat is passed over, and so is what only points elsewhere."""
    text = lines("28/05/2023, 10:00 - Sam: hi\n28/05/2023, 10:01 - Alex: ho")
    folder = tmp_path / "export" / "inside"
    folder.mkdir(parents=True)
    (folder / "WhatsApp Chat with Alex.txt").write_bytes(text)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "again.txt").symlink_to(folder / "WhatsApp Chat with Alex.txt")
    export = read_export_file(tmp_path / "export")
    assert (2, "Alex", True) == (len(export), export.other_name_hint, export.archive)


def test_every_refusal_has_a_sentence_and_a_next_step() -> None:
    """Without braces left over."""
    for data in (b"", b"%PDF-1.7", b"x\n", b"PK\x03\x04", b"28/05/2023, 10:00 - S: x\n" + b"y" * (3 << 20)):
        with pytest.raises(ImportRefused) as refusal:
            read_export("a", data)
        assert "{" not in refusal.value.sentence + refusal.value.advice
