"""
Two languages that nobody speaks, to see with: what was not translated, what does not fit, what assumes left to right.

`en-XA` puts every message into brackets, accents and two fifths more room; `ar-XB` reads from right to left. They are
chosen with FALLOW_LANGUAGE alone. Placeholders, markup and words in capitals of a shell stay as they are.
"""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Final, Literal

Manner = Literal["long", "leftwards"]

PSEUDO: Final[dict[str, Manner]] = {"en-XA": "long", "ar-XB": "leftwards"}
OPENS: Final = "⟦"
CLOSES: Final = "⟧"
KEPT: Final = re.compile(r"(\{[^{}]*\}|%\([a-z_]+\)[sd]|%%|<[^<>]*>|&[a-z]+;|https?://\S+)")
ACCENTED: Final = str.maketrans("aceinouyAEINOUY", "àçéîñöûýÅÉÎÑÖÛÝ")
MORE: Final = 0.4
"""Room that a language may need beyond English, as a share of its letters."""
LEFTWARDS: Final = "\u202e"
AS_BEFORE: Final = "\u202c"


class Pseudo(NullTranslations):
    """Translations into a pseudo-locale."""

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        self.manner = manner

    def gettext(self, message: str) -> str:
        return self._turned(message) if message else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._turned(msgid1 if n == 1 else msgid2)

    def _turned(self, message: str) -> str:
        if message.startswith(OPENS):
            return message
        parts = KEPT.split(message)
        if self.manner == "leftwards":
            said = "".join(p if i % 2 else f"{LEFTWARDS}{p}{AS_BEFORE}" if p else "" for i, p in enumerate(parts))
            return f"{OPENS}{said}{CLOSES}"
        said = "".join(part if i % 2 else part.translate(ACCENTED) for i, part in enumerate(parts))
        return f"{OPENS}{said}{'·' * round(MORE * len(''.join(parts[::2])))}{CLOSES}"
