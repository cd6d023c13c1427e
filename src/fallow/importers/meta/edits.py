"""
An edit, as Meta's downloads have it: a message of its own beside the one that was changed → one message again.

The changed one ends with `(edited)` and has its own time; what was written first stands next to it, by the same person,
and one begins as the other does. Then it counts once, when it was first written, with its last wording. What only
looks like an edit stays as it is.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Final

from fallow.importers.gathering import MINUTE_US

MARK: Final = re.compile(r" \((?:edited|bearbeitet|editado|modifié|modificato|bewerkt)\)$")
LATEST_US: Final = 16 * MINUTE_US
"""A message can be changed for a quarter of an hour; the clock of a page may hide most of a minute."""
BETWEEN: Final = 5
"""Messages that may stand between the two."""


@dataclass(frozen=True, slots=True)
class Open:
    """A changed message whose first wording was not met yet: its row, whose, when, and its words without the mark."""

    row: int
    who: str
    at: int
    words: str


class Edits:
    """The changed messages of one file, which has the newest first."""

    def __init__(self) -> None:
        self._open: deque[Open] = deque(maxlen=BETWEEN + 1)

    def settle(self, row: int, who: str, at: int, words: str) -> tuple[str, int | None]:
        """
        Look at one more message.

        Args:
            row: Where it will be.
            at: When it was written, microseconds.
        Returns:
            The words it counts with, and the row of the changed one that it stands for; None where there is none.
        """
        marked = MARK.search(words)
        own = words[: marked.start()] if marked else words
        later = next((one for one in self._open if own and _fits(one, who, at, own)), None)
        if later is not None:
            self._open.remove(later)
        if marked:
            self._open.append(Open(row, who, at, later.words if later else own))
        return (later.words, later.row) if later else (words, None)


def _fits(later: Open, who: str, at: int, words: str) -> bool:
    alike = later.words.startswith(words) or (words.startswith(later.words) and bool(later.words))
    return later.who == who and 0 <= later.at - at <= LATEST_US and alike
