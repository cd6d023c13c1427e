"""Looking for words in files, in every form in which a program may have written them down."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote


def forms(word: str) -> dict[str, bytes]:
    """A word as it may stand in a file."""
    found = {}
    for case, text in (("", word), ("upper ", word.upper()), ("lower ", word.lower())):
        raw = text.encode()
        found |= {case + code: text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
        found |= {f"{case}hex": raw.hex().encode(), f"{case}HEX": raw.hex().upper().encode()}
        found[f"{case}url"] = quote(text, safe="").encode()
        found[f"{case}reversed"] = raw[::-1]
        # Wherever in a stream it begins: the whole triples of bytes in the middle are the same in each.
        found |= {f"{case}base64 {shift}": base64.b64encode(b"x" * shift + raw)[4 * bool(shift) :].rstrip(b"=")[:-1]
                  for shift in range(3)}  # fmt: skip
    return found


def places(folders: Iterable[Path], words: Iterable[str]) -> list[str]:
    """Each file, or name of a file, that holds one of the words, and in which form."""
    needles = {f"{word} as {form}": raw for word in words for form, raw in forms(word).items()}
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        data = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        found += [f"{path}: {what}" for what, raw in needles.items() if raw in data]
    return found
