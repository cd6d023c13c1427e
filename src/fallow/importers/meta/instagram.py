"""Instagram, as a format: read as Messenger's, told apart by what its threads say; before 2021, one file of its own."""

from __future__ import annotations

from fallow.importers.interface import Answers, ChatInside, Export, Progress
from fallow.importers.meta import export, old_direct
from fallow.importers.source import Part, Source


def knows(head: bytes) -> bool:
    """Whether a file that begins so is Instagram's, of whatever year."""
    return export.knows_instagram(head) or old_direct.looks_like_old_direct(head)


def picks(files: list[Part]) -> tuple[Part, ...]:
    """Its threads among some files; else the one file of before 2021, or its parts."""
    found = export.pick_instagram(files)
    return found or tuple(one for one in files if old_direct.looks_like_old_direct(one.head()))


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    Raises:
        ImportRefused: As `read_export`.
    """
    return old_direct.list_chats(source, progress) if _is_old(source) else export.list_chats(source, progress)


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Raises:
        ImportRefused: As `read_export`.
    """
    return old_direct.read(source, answers, progress) if _is_old(source) else export.read(source, answers, progress)


def _is_old(source: Source) -> bool:
    return old_direct.looks_like_old_direct(source.parts[0].head())
