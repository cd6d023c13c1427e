"""Every chat of two people in a full export at once: when each of them wrote, and no word of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from fallow.importers.identify import open_bytes, open_path
from fallow.importers.interface import Progress
from fallow.importers.telegram.pairs import Pair, pairs_in


def read_pairs(
    file: Path | bytes, *, leave_out: Collection[str | int] = (), zone: ZoneInfo | None = None,
    progress: Progress | None = None,
) -> Iterator[Pair]:  # fmt: skip
    """
    Read when the two people of every personal chat of a full export wrote, chat by chat.

    Args:
        file: A full export of Telegram Desktop, on disk or in memory, alone or in a zip.
        leave_out: Names or ids of chats that are left out.
        zone: Of the computer that exported; used only for files of before June 2022, which have no instants.
        progress: As for `read_export`.
    Yields:
        One pair for every other personal chat, with at least one message, in the order of the file. Any other file, a
        single chat among them, has none. O(bytes); memory is that of the longest chat's times.
    Raises:
        ImportRefused: If it is no chat export, is cut short or damaged, perhaps after some pairs.
        OSError: If the file cannot be opened.
    """
    with open_path(file) if isinstance(file, Path) else open_bytes("", file) as source:
        if source.format.channel == "telegram":
            yield from pairs_in(source, leave_out, zone, progress)
