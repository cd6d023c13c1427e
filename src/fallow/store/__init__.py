"""Data at rest: what is kept, under which key, and how it stays whole."""

from fallow.store.cipher import (
    LONGEST_PASSPHRASE,
    SHORTEST_PASSPHRASE,
    change_passphrase,
    create_key,
    destroy_key,
    renew_recovery_code,
    store_exists,
    unlock,
)
from fallow.store.interface import Deletion, Draft, DraftKind, SourceRecord, Store
from fallow.store.keyfile import Cost
from fallow.store.lockfile import folder_lock, serving_pid

__all__ = [
    "LONGEST_PASSPHRASE",
    "SHORTEST_PASSPHRASE",
    "Cost",
    "Deletion",
    "Draft",
    "DraftKind",
    "SourceRecord",
    "Store",
    "change_passphrase",
    "create_key",
    "destroy_key",
    "folder_lock",
    "renew_recovery_code",
    "serving_pid",
    "store_exists",
    "unlock",
]
