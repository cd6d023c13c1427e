"""A file someone brings → one chat, or an error that says what to do instead."""

from __future__ import annotations

from pathlib import Path

from fallow.importers.identify import open_bytes, open_path
from fallow.importers.interface import DateOrder, Export, Progress
from fallow.importers.whatsapp.export import read_whatsapp


def read_export(
    name: str, data: bytes, *, date_order: DateOrder | None = None, progress: Progress | None = None
) -> Export:
    """
    Read a chat from bytes in memory, such as an upload.

    Args:
        name: The file's name; it may tell the other party, it never decides what the file is.
        data: The file, .txt or .zip.
        date_order: What the person said about day and month; needed only where the file cannot tell.
        progress: Called with (bytes done, bytes in all); raising from it stops the reading.
    Returns:
        The chat. O(bytes); a million messages take about as much memory again as the text.
    Raises:
        ImportRefused: One of its kinds; nothing was kept.
    """
    with open_bytes(name, data) as source:
        return read_whatsapp(source, date_order, progress)


def read_export_file(path: Path, *, date_order: DateOrder | None = None, progress: Progress | None = None) -> Export:
    """
    Read a chat from a file, as `read_export`, without ever holding more of it than its text.

    Raises:
        ImportRefused: As `read_export`; too large a file is refused before it is read.
        OSError: If the file cannot be opened.
    """
    with open_path(path) as source:
        return read_whatsapp(source, date_order, progress)
