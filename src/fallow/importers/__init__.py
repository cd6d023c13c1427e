"""Importers: the bytes of a chat export → one chat as its file tells it, and what could not be read."""

from fallow.importers.interface import (
    LINE_BYTES,
    MEMBERS,
    MESSAGES,
    PROBLEMS,
    RATIO,
    TEXT_BYTES,
    DateOrder,
    Days,
    Export,
    Problem,
    Progress,
    SidedChat,
)
from fallow.importers.reading import read_export, read_export_file
from fallow.importers.sides import take_sides

__all__ = [
    "LINE_BYTES",
    "MEMBERS",
    "MESSAGES",
    "PROBLEMS",
    "RATIO",
    "TEXT_BYTES",
    "DateOrder",
    "Days",
    "Export",
    "Problem",
    "Progress",
    "SidedChat",
    "read_export",
    "read_export_file",
    "take_sides",
]
