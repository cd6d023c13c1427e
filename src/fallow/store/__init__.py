"""Data at rest: what is kept, under which key, and how it stays whole."""

from fallow.store.archive import Archive, restore_archive, save_archive, write_archive
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
from fallow.store.shred import allow_shred, shred

__all__ = [
    "LONGEST_PASSPHRASE",
    "SHORTEST_PASSPHRASE",
    "Archive",
    "Cost",
    "Deletion",
    "Draft",
    "DraftKind",
    "SourceRecord",
    "Store",
    "allow_shred",
    "change_passphrase",
    "create_key",
    "destroy_key",
    "folder_lock",
    "renew_recovery_code",
    "restore_archive",
    "save_archive",
    "serving_pid",
    "shred",
    "store_exists",
    "unlock",
    "write_archive",
]
