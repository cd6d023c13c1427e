"""
The text of an `attributedBody`: a typedstream, of which only the first string is looked for.

    04 0b "streamtyped" … NSString … + length, bytes, 86

A length is one byte, or 0x81 and two, or 0x82 and four, little end first. The end is told by the length alone: the mark
behind the text, 0x86 0x84, also stands inside characters such as U+1184.
"""

from __future__ import annotations

import re
from typing import Final

BEGIN: Final = re.compile(rb"NS(?:Mutable)?String[^+]{0,16}\+", re.S)
END: Final = 0x86
MARK: Final = b"\x86\x84"


def read_typedstream(blob: bytes) -> str | None:
    """
    The text of a typedstream; bytes that are no text stay lone surrogates for whoever keeps it to count.

    Returns:
        None where there is none.
    """
    found = BEGIN.search(blob)
    if found is None or found.end() >= len(blob):
        return None
    at = found.end()
    width = {0x81: 2, 0x82: 4}.get(blob[at], 0)
    begin = at + 1 + width
    size = int.from_bytes(blob[at + 1 : begin], "little") if width else blob[at]
    end = begin + size
    if end >= len(blob) or blob[end] != END:
        end = blob.find(MARK, begin)
        if end < 0:
            return None
    return blob[begin:end].decode("utf-8", "surrogateescape")
