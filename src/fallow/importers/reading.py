"""A file someone brings → one chat, or an error that says what to do instead."""

from __future__ import annotations

from pathlib import Path

from fallow.errors import OneSideOnly
from fallow.importers.identify import open_bytes, open_path
from fallow.importers.interface import Answers, ChatInside, DateOrder, Export, Progress
from fallow.importers.source import Source


def read_export(
    name: str, data: bytes, *, date_order: DateOrder | None = None, chat: str | None = None,
    one_side: bool = False, progress: Progress | None = None,
) -> Export:  # fmt: skip
    """
    Read a chat from bytes in memory, such as an upload.

    Args:
        name: The file's name; it may tell the other party, it never decides what the file is.
        data: The file, or a zip with it.
        date_order: What the person said about day and month; needed only where the file cannot tell.
        chat: Which chat is meant, by name or id; needed only where a file holds several of two people.
        one_side: Whether a file is read, too, that holds what one of the two wrote alone.
        progress: Called with (bytes done, bytes in all, messages read); raising from it stops the reading.
    Returns:
        The chat. O(bytes); a million messages take about as much memory again as the text.
    Raises:
        OneSideOnly: If it is such a file and was not asked for.
        ImportRefused: One of its kinds; nothing was kept.
    """
    with open_bytes(name, data) as source:
        return _read(source, Answers(date_order, chat), one_side, progress)


def read_export_file(
    path: Path, *, date_order: DateOrder | None = None, chat: str | None = None, one_side: bool = False,
    progress: Progress | None = None,
) -> Export:  # fmt: skip
    """
    Read a chat from a file or an exported folder, as `read_export`, without ever holding more of it than its text.

    Raises:
        ImportRefused: As `read_export`; too large a file is refused before it is read.
        OSError: If the file cannot be opened.
    """
    with open_path(path) as source:
        return _read(source, Answers(date_order, chat), one_side, progress)


def _read(source: Source, answers: Answers, one_side: bool, progress: Progress | None) -> Export:
    if source.format.one_side and not one_side:
        raise OneSideOnly
    return source.format.read(source, answers, progress)


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
        return source.format.list_chats(source, progress)
