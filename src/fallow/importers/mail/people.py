"""
Who is behind the addresses of a mailbox, and whose mailbox it is.

Several addresses are one person where the letters from them carry one name. The owner is who the mail program sent for
and delivered to; where it does not say, whoever is in more letters than anyone else is proposed, not taken.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from fallow.errors import TooManyMessages, WhichChat
from fallow.importers.interface import ME, MESSAGES, ChatInside
from fallow.importers.mail.envelope import Envelope

MOST_PAIRS: Final = 40_000
"""Different pairs of people who wrote each other, from which it is no one's mailbox."""
OWN_SHARE: Final = 10
"""An address belongs to the owner with a tenth of the letters that the first of them has."""
MOST_NAMED: Final = 4
"""Names of one address that are looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two people who wrote each other.

    Args:
        chat: For choosing.
        ego, alter: Their names; ego is the owner, or where there is none either of them.
        own, other: Every address of theirs.
        sure: Whether ego is known to be the owner.
        proposed: Whether at least it is likely.
    """

    chat: ChatInside
    ego: str
    alter: str
    own: frozenset[str]
    other: frozenset[str]
    sure: bool
    proposed: bool


class Addresses:
    """Everybody who wrote or was written to, while a mailbox is looked through."""

    def __init__(self) -> None:
        self._pairs: Counter[tuple[str, frozenset[str]]] = Counter()
        self._names: dict[str, Counter[str]] = {}
        self._called: dict[str, str] = {}
        self._votes: Counter[str] = Counter()

    def add(self, letter: Envelope) -> None:
        """
        One letter that is part of a conversation.

        Raises:
            WhichChat, TooManyMessages: If there are more than any mailbox has.
        """
        own = letter.sender if letter.sent else letter.delivered
        if own and (own in letter.others or own == letter.sender):
            self._votes[own] += 1
        if not letter.others:
            return
        pair = letter.sender, letter.others
        self._pairs[pair] += 1
        if len(self._pairs) > MOST_PAIRS:
            raise WhichChat(chats=MOST_PAIRS)
        if self._pairs[pair] > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        for key, name in letter.names:
            if key == letter.sender:
                names = self._names.setdefault(key, Counter())
                if name in names or len(names) < MOST_NAMED:
                    names[name] += 1
            elif key in letter.others:
                self._called.setdefault(key, name)

    def pairs(self, *, apart: bool = False) -> list[Pair]:
        """
        The people the owner wrote with alone, in the order of the file; without an owner, every two.

        Args:
            apart: Whether every address is somebody of its own, whatever name its letters carry.
        """
        roots = self._roots(apart=apart)
        owners, sure = self._owners(roots)
        owner = min(owners) if owners else ""
        whose = {key: owner if root in owners else root for key, root in roots.items()}
        found: dict[tuple[str, ...], Counter[str]] = {}
        for (sender, others), count in self._pairs.items():
            people = sorted({whose[key] for key in (sender, *others)}, key=lambda one: (one != owner, one))
            if len(people) == 2 and owner in ("", people[0]):
                found.setdefault(tuple(people), Counter()).update(dict.fromkeys((sender, *others), count))
        keys: dict[str, set[str]] = {}
        for key, person in whose.items():
            keys.setdefault(person, set()).add(key)
        letters = self._letters(whose)
        return [
            self._pair((ego, alter), (keys[ego], keys[alter]), counts, letters[frozenset((ego, alter))], (sure, owner))
            for (ego, alter), counts in found.items()
        ]

    def _letters(self, whose: dict[str, str]) -> Counter[frozenset[str]]:
        letters = Counter[frozenset[str]]()
        for (sender, others), count in self._pairs.items():
            letters[frozenset(whose[key] for key in (sender, *others))] += count
        return letters

    def _pair(
        self, people: tuple[str, str], keys: tuple[set[str], set[str]], counts: Counter[str], letters: int,
        owner: tuple[bool, str],
    ) -> Pair:  # fmt: skip
        own, other = (frozenset(one) for one in keys)
        ego, alter = self._name(own, people[0]), self._name(other, people[1])
        most = max(sorted(other), key=lambda key: counts[key])
        alter = alter if alter != ego and alter != ME else f"{alter} ({most})"
        if owner[1]:
            joined = tuple(sorted(other, key=lambda key: (-counts[key], key))) if len(other) > 1 else ()
            chat = ChatInside(most, alter, letters, addresses=joined)
        else:
            chat = ChatInside(f"{max(sorted(own), key=lambda key: counts[key])} {most}", f"{ego}, {alter}", letters)
        return Pair(chat, ego, alter, own, other, owner[0], bool(owner[1]))

    def _name(self, keys: frozenset[str], address: str) -> str:
        """What somebody calls themselves most often, else what others call them, else the address."""
        names = Counter[str]()
        for key in sorted(keys):
            names.update(self._names.get(key, {}))
        if names:
            return names.most_common(1)[0][0]
        return next((self._called[key] for key in sorted(keys) if key in self._called), address)

    def _roots(self, *, apart: bool) -> dict[str, str]:
        """For every address one of the same person: those whose letters carry one name belong together."""
        first: dict[str, str] = {}
        roots = {key: key for sender, others in self._pairs for key in (sender, *others)}
        for key, names in () if apart else self._names.items():
            name = names.most_common(1)[0][0].casefold()
            roots[key] = first.setdefault(name, key)
        return roots

    def _owners(self, roots: dict[str, str]) -> tuple[frozenset[str], bool]:
        """Whose mailbox it is, by all that they are called; and whether that is told or only likely."""
        votes = Counter[str]()
        for key, count in self._votes.items():
            if key in roots:
                votes[roots[key]] += count
        if votes:
            least = max(votes.values()) / OWN_SHARE
            return frozenset(root for root, count in votes.items() if count >= least), True
        there = Counter[str]()
        for (sender, others), count in self._pairs.items():
            there.update(dict.fromkeys({roots[key] for key in (sender, *others)}, count))
        first = there.most_common(2)
        if len(first) == 2 and first[0][1] > first[1][1]:
            return frozenset((first[0][0],)), False
        return frozenset(), False
