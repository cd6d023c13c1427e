"""One spelling for a number or an e-mail address, which phones and people write in many ways."""

from __future__ import annotations

import re
from typing import Final

LAST_DIGITS: Final = 9
"""What is the same in a number with its country and without."""
NO_DIGIT: Final = re.compile(r"[^0-9]")


def key_of(address: str) -> str:
    """The last digits of a number; an e-mail address or a sender's word in lower case."""
    digits = NO_DIGIT.sub("", address)
    if len(digits) >= LAST_DIGITS and "@" not in address:
        return digits[-LAST_DIGITS:]
    return "".join(address.split()).casefold()


def root_of(same: dict[str, str], key: str) -> str:
    """Who a key was found to be the same as, in the end."""
    while same.get(key, key) != key:
        key = same[key]
    return key
