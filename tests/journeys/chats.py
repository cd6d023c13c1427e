"""Chats as small texts, written for these tests, and files that are no chat."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass


def _long_chat() -> bytes:
    """240 messages, eight a day for thirty days, with a silence of five days in the middle."""
    lines = []
    for day in (*range(1, 14), *range(18, 32), 32, 33, 34):
        date = f"{day:02d}/03/2026" if day < 32 else f"{day - 31:02d}/04/2026"
        for hour in (8, 9, 12, 13, 17, 18, 19, 21):
            minute, name = (day * 7 + hour) % 60, "Sam" if hour in (8, 12, 17, 19) else "Alex"
            lines.append(f"{date}, {hour:02d}:{minute:02d} - {name}: word {day} at {hour}\n")
    return "".join(lines).encode()


LONG_CHAT = _long_chat()


def as_zip(text: bytes, name: str = "_chat.txt") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class WrongFile:
    """A file that is no chat of two, the error it is, and part of what is said."""

    id: str
    name: str
    data: bytes
    kind: str
    says: str


def wrong_files() -> list[WrongFile]:
    return [
        WrongFile("pdf", "chat.txt", b"%PDF-1.7\n%more", "LooksLikeAnotherFile", "This is a PDF, not a chat export."),
        WrongFile("empty", "chat.txt", b"", "EmptyFile", "This file is empty."),
        WrongFile("binary", "chat.txt", bytes(range(256)) * 40, "LooksLikeAnotherFile", "a binary file"),
        WrongFile("truncated_zip", "chat.zip", as_zip(LONG_CHAT)[:-40], "BrokenArchive", "cut short or damaged"),
        WrongFile("html", "chat.txt", b"<!doctype html><html><p>hi</p></html>", "LooksLikeAnotherFile", "a web page"),
        WrongFile("prose", "chat.txt", b"Dear diary, it rained.\n" * 20, "NotAChat", "does not look like a chat"),
    ]
