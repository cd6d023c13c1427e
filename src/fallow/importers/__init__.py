"""Importers: the bytes of a chat export → one chat as its file tells it, and what could not be read."""

from fallow.importers.formats import FORMATS
from fallow.importers.interface import (
    LINE_BYTES,
    ME,
    MEMBERS,
    MESSAGES,
    PROBLEMS,
    RATIO,
    TEXT_BYTES,
    ChatInside,
    DateOrder,
    Days,
    Export,
    Problem,
    Progress,
    SidedChat,
)
from fallow.importers.reading import list_chats, read_export, read_export_file, read_pairs
from fallow.importers.sides import take_sides
from fallow.importers.telegram.pairs import Pair
from fallow.importers.whys import say_why

__all__ = [
    "FORMATS",
    "LINE_BYTES",
    "ME",
    "MEMBERS",
    "MESSAGES",
    "PROBLEMS",
    "RATIO",
    "TEXT_BYTES",
    "ChatInside",
    "DateOrder",
    "Days",
    "Export",
    "Pair",
    "Problem",
    "Progress",
    "SidedChat",
    "list_chats",
    "read_export",
    "read_export_file",
    "read_pairs",
    "say_why",
    "take_sides",
]
