"""Who wrote an entry: `from_id` says it, not the name, which two people may share and a deleted account has lost."""

from __future__ import annotations

from typing import Final

Id = str | int | None
NOBODY: Final = ""
"""The key of an entry that does not say who wrote it."""


class People(dict[Id, int]):
    """
    Ids as the file spells them → a number for each person, in the order of their first entry.

    Exports before 2021 have bare numbers (`123`) where later ones have `"user123"`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    @property
    def keys_of(self) -> list[str]:
        """The key of each person, by number."""
        return list(self._numbers)

    @property
    def count(self) -> int:
        return len(self._numbers)

    def __missing__(self, id: Id) -> int:
        number = self._numbers.setdefault(key_of(id), len(self._numbers))
        self[id] = number
        return number


def key_of(id: Id) -> str:
    """One spelling of an id."""
    if id is None:
        return NOBODY
    return f"user{id}" if isinstance(id, int) or id.isdecimal() else id
