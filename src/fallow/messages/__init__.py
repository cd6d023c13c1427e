"""The message table: when and by whom, as columns, oldest first."""

from fallow.messages.table import (
    ALTER,
    EGO,
    Kind,
    MessageTable,
    Side,
    local_to_utc,
    merge_tables,
    occurrences,
)

__all__ = ["ALTER", "EGO", "Kind", "MessageTable", "Side", "local_to_utc", "merge_tables", "occurrences"]
