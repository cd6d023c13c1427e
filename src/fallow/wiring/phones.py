"""Phones: what they are shown, and how one is let in."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from fallow.errors import NotOpenToPhones
from fallow.store import Certificate as Certificate
from fallow.store import Phone as Phone
from fallow.store import Phones as Phones
from fallow.store import find_phone as find_phone
from fallow.store import keep_address as keep_address
from fallow.store import open_code, pair_phone, ready_certificate, serving_pid
from fallow.store import read_certificate as read_certificate
from fallow.store import read_phones as read_phones
from fallow.store import remove_phone as remove_phone


def phone_certificate(folder: Path, address: str) -> Certificate:
    """The certificate shown to phones at an address, made where there is none that will do."""
    return ready_certificate(folder, address, dt.datetime.now(dt.UTC))


def make_code(folder: Path) -> tuple[str, str]:
    """
    A code for one phone, good for ten minutes, and the address where it is brought.

    Raises:
        NotOpenToPhones: If no server that lets phones in is running.
    """
    address = read_phones(folder).address
    if not address or serving_pid(folder) is None:
        raise NotOpenToPhones
    return open_code(folder, time.time()), address


def pair(folder: Path, typed: str, kind: str) -> tuple[Phone, str]:
    """
    Let in the phone that brings the open code; returns what it has to bring from now on.

    Raises:
        PairingRefused: It gets nothing.
    """
    return pair_phone(folder, typed, kind, time.time())
