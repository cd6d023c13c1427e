"""
A dictionary that is never changed, only added to, and shares what it had.

Kept as a few plain dicts, each at least twice the size of the next; adding merges the small ones. So one more entry
costs O(log n) on average, however long the history, and any older shelf stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """Entries in the order their keys first came, as `items` of all `levels`; a later level wins."""

    __slots__ = ("_levels",)

    def __init__(self, levels: tuple[dict[K, V], ...] = ()) -> None:
        self._levels = levels

    def find(self, key: K) -> V | None:
        """The value, or None where there is none. O(log n)."""
        for level in reversed(self._levels):
            if key in level:
                return level[key]
        return None

    def __contains__(self, key: K) -> bool:
        return any(key in level for level in self._levels)

    def items(self) -> Iterator[tuple[K, V]]:
        """Every key once, with its latest value. O(n)."""
        return iter(self._merged().items())

    def values(self) -> Iterator[V]:
        return iter(self._merged().values())

    def with_entries(self, entries: dict[K, V]) -> Shelf[K, V]:
        """This and more; the dict is taken over and must not be changed any more."""
        if not entries:
            return self
        levels = [*self._levels, entries]
        while len(levels) > 1 and len(levels[-2]) < 2 * len(levels[-1]):
            last = levels.pop()
            levels[-1] = levels[-1] | last
        return Shelf(tuple(levels))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and self._merged() == other._merged()

    def __hash__(self) -> int:
        raise TypeError("a shelf is compared by what it holds")

    def __repr__(self) -> str:
        return f"Shelf({sum(map(len, self._levels))} entries)"

    def _merged(self) -> Mapping[K, V]:
        if len(self._levels) == 1:
            return self._levels[0]
        whole: dict[K, V] = {}
        for level in self._levels:
            whole |= level
        return whole


class Addition(Generic[K, V]):
    """Entries being added to a shelf: reads fall through to it, `finished` joins the two."""

    __slots__ = ("_base", "_new")

    def __init__(self, base: Shelf[K, V]) -> None:
        self._base = base
        self._new: dict[K, V] = {}

    def find(self, key: K) -> V | None:
        if key in self._new:
            return self._new[key]
        return self._base.find(key)

    def __contains__(self, key: K) -> bool:
        return key in self._new or key in self._base

    def put(self, key: K, value: V) -> None:
        self._new[key] = value

    def items(self) -> Iterator[tuple[K, V]]:
        """Every key once, with its latest value. O(n)."""
        return iter({**dict(self._base.items()), **self._new}.items())

    def finished(self) -> Shelf[K, V]:
        return self._base.with_entries(self._new)
