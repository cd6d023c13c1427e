"""Data at rest: what is kept, under which key, and how it stays whole."""

from fallow.store.archive import Archive, restore_archive, save_archive, write_archive
from fallow.store.certificate import CERTIFICATE_FILE, Certificate, read_certificate, ready_certificate
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
from fallow.store.phones import (
    PHONES_FILE,
    Phone,
    Phones,
    find_phone,
    keep_address,
    open_code,
    pair_phone,
    read_phones,
    remove_phone,
)
from fallow.store.shred import allow_shred, shred

__all__ = [
    "CERTIFICATE_FILE",
    "LONGEST_PASSPHRASE",
    "PHONES_FILE",
    "SHORTEST_PASSPHRASE",
    "Archive",
    "Certificate",
    "Cost",
    "Deletion",
    "Draft",
    "DraftKind",
    "Label",
    "Line",
    "ParcelRecord",
    "Phone",
    "Phones",
    "SourceRecord",
    "Store",
    "Taken",
    "allow_shred",
    "change_passphrase",
    "check_parcel",
    "create_key",
    "destroy_key",
    "find_phone",
    "folder_lock",
    "is_passphrase_of",
    "keep_address",
    "open_code",
    "pair_phone",
    "read_certificate",
    "read_parcel",
    "read_phones",
    "ready_certificate",
    "remove_phone",
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
