"""A file someone brings → one chat, or an error that says what to do instead."""

from __future__ import annotations

from pathlib import Path

from fallow.importers.identify import open_bytes, open_path
from fallow.importers.interface import DateOrder, Export, Progress
from fallow.importers.source import Source
from fallow.importers.telegram.export import ChatInside, list_telegram, read_telegram
from fallow.importers.whatsapp.export import read_whatsapp


def read_export(
    name: str, data: bytes, *, date_order: DateOrder | None = None, chat: str | None = None,
    progress: Progress | None = None,
) -> Export:  # fmt: skip
    """
    Read a chat from bytes in memory, such as an upload.

    Args:
        name: The file's name; it may tell the other party, it never decides what the file is.
        data: The file: text, JSON or a zip with one of them.
        date_order: What the person said about day and month; needed only where the file cannot tell.
        chat: Which chat is meant, by name or id; needed only where a file holds several of two people.
        progress: Called with (bytes done, bytes in all); raising from it stops the reading.
    Returns:
        The chat. O(bytes); a million messages take about as much memory again as the text.
    Raises:
        ImportRefused: One of its kinds; nothing was kept.
    """
    with open_bytes(name, data) as source:
        return _read(source, date_order, chat, progress)


def read_export_file(
    path: Path, *, date_order: DateOrder | None = None, chat: str | None = None, progress: Progress | None = None
) -> Export:
    """
    Read a chat from a file, as `read_export`, without ever holding more of it than its text.

    Raises:
        ImportRefused: As `read_export`; too large a file is refused before it is read.
        OSError: If the file cannot be opened.
    """
    with open_path(path) as source:
        return _read(source, date_order, chat, progress)


def list_chats(file: Path | bytes, *, progress: Progress | None = None) -> list[ChatInside]:
    """
    List the chats of two people in an export that may hold several; nothing but names and counts is kept of them.

    Args:
        file: On disk or in memory.
    Returns:
        The chats in the order of the file; none for a format whose files hold one chat.
    Raises:
        ImportRefused: As `read_export`.
        OSError: If the file cannot be opened.
    """
    with open_path(file) if isinstance(file, Path) else open_bytes("", file) as source:
        return list_telegram(source, progress) if source.channel == "telegram" else []


def _read(source: Source, date_order: DateOrder | None, chat: str | None, progress: Progress | None) -> Export:
    if source.channel == "telegram":
        return read_telegram(source, chat, progress)
    return read_whatsapp(source, date_order, progress)
