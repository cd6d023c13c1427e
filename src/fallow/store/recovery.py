"""
The recovery code: 160 random bits a person can copy by hand.

Eight groups of four Crockford base32 characters (no I, L, O or U; when read, I and L count as 1 and O as 0), then a
ninth group made from the SHA-256 of the first eight, which tells a code from a passphrase and catches slips.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BITS: Final = 160
_BODY: Final = CODE_BITS // 5
_GROUP: Final = 4
_LOOK_ALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": "", "–": "", "\t": ""})


def new_recovery_code() -> str:
    """A fresh code, nine groups of four joined by hyphens."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    code = body + _check(body)
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def read_recovery_code(typed: str) -> str | None:
    """The 32 characters that carry the code, or None when what was typed is not one."""
    code = typed.strip().upper().translate(_LOOK_ALIKES)
    body, check = code[:_BODY], code[_BODY:]
    return body if len(body) == _BODY and check == _check(body) else None


def _check(body: str) -> str:
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:_GROUP])
