"""Messenger, as a format: read as the other one of Meta's, told apart by what its threads say."""

from fallow.importers.meta.export import knows_messenger as knows
from fallow.importers.meta.export import list_chats, read
from fallow.importers.meta.export import pick_messenger as picks

__all__ = ["knows", "list_chats", "picks", "read"]
