"""The message table: when and by whom, as columns, oldest first."""

from fallow.messages.table import (
    ALTER,
    COLUMNS,
    EGO,
    NOT_KNOWN,
    Kind,
    MessageTable,
    Side,
    join_periods,
    local_to_utc,
    merge_tables,
    occurrences,
    utc_offsets,
)

__all__ = [
    "ALTER",
    "COLUMNS",
    "EGO",
    "NOT_KNOWN",
    "Kind",
    "MessageTable",
    "Side",
    "join_periods",
    "local_to_utc",
    "merge_tables",
    "occurrences",
    "utc_offsets",
]
