"""Data at rest: what is kept, under which key, and how it stays whole."""

from fallow.store.archive import Archive, restore_archive, save_archive, write_archive
from fallow.store.cipher import (
    LONGEST_PASSPHRASE,
    SHORTEST_PASSPHRASE,
    change_passphrase,
    create_key,
    destroy_key,
    is_passphrase_of,
    renew_recovery_code,
    store_exists,
    unlock,
)
from fallow.store.durable import save_new
from fallow.store.interface import Deletion, Draft, DraftKind, Label, Line, ParcelRecord, SourceRecord, Store, Taken
from fallow.store.keyfile import Cost
from fallow.store.lockfile import folder_lock, serving_pid
from fallow.store.parcel import check_parcel, read_parcel, write_parcel
from fallow.store.shred import allow_shred, shred

__all__ = [
    "LONGEST_PASSPHRASE",
    "SHORTEST_PASSPHRASE",
    "Archive",
    "Cost",
    "Deletion",
    "Draft",
    "DraftKind",
    "Label",
    "Line",
    "ParcelRecord",
    "SourceRecord",
    "Store",
    "Taken",
    "allow_shred",
    "change_passphrase",
    "check_parcel",
    "create_key",
    "destroy_key",
    "folder_lock",
    "is_passphrase_of",
    "read_parcel",
    "renew_recovery_code",
    "restore_archive",
    "save_archive",
    "save_new",
    "serving_pid",
    "shred",
    "store_exists",
    "unlock",
    "write_archive",
    "write_parcel",
]
