"""
Pages of Messenger and Instagram that are made for reading → rows: what a message was is told as in JSON.

A page has no call's length, no mark of what was unsent and no type; there the app's own sentence tells it
(`phrases.py`). Times are on the clock the download was made with, to the minute or, since 2024, to the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from fallow.errors import BrokenFile
from fallow.importers.gathering import Gathering
from fallow.importers.meta.blocks import Blocks, read_blocks
from fallow.importers.meta.bodies import Body, Sign, body_of, entry_of
from fallow.importers.meta.clock import Clock
from fallow.importers.meta.edits import Edits
from fallow.importers.meta.entries import MOST_REACTED, kind_of
from fallow.importers.meta.threads import Page
from fallow.importers.order import Order
from fallow.messages import Kind

CALLED: Final = (
    r"(?:You called (?:{0})|Du hast (?:{0}) angerufen|Llamaste a (?:{0})|Vous avez appelé (?:{0})|Hai chiamato (?:{0})"
    r"|Você ligou para (?:{0})|(?:Je|Jij) hebt (?:{0}) gebeld)\.?"
)
"""That the owner of the download called, with the name of the other one: in JSON the length of the call tells it."""
SIGN_LETTERS: Final = 20
"""Longest sign of a reaction."""


def read_shown(
    page: Page, people: Sequence[str], clock: Clock, *, gathered: Gathering, order: Order, tick: Callable[[int], None]
) -> None:  # fmt: skip
    """
    Read one page, the newest message first; the pages of one folder are one page to `order`, which the caller ends.

    Args:
        people: Of the thread.
        clock: Decided for the whole download.
    Raises:
        EntryTooLong, BrokenFile: As `read_blocks`.
    """
    rows, blocks, number = _Rows(clock, gathered, order, people), Blocks(), 0
    for block in islice(read_blocks(page.part.open(), tick), 1, None):
        if stamp := blocks.stamp(block):
            number += 1
            rows.add(blocks.sender(block), clock.at(stamp), body_of(blocks.body(block)), number)
    if not number and not page.whole:
        raise BrokenFile


class _Rows:
    """Blocks → rows; what the app wrote is counted."""

    def __init__(self, clock: Clock, gathered: Gathering, order: Order, people: Sequence[str]) -> None:
        self._clock, self._gathered, self._order, self._people = clock, gathered, order, people
        self._edits = Edits()
        names = {re.escape(part) for one in people for part in (one, one.split(" ")[0])}
        self._called = re.compile(CALLED.format("|".join(sorted(names, key=len, reverse=True))))

    def add(self, who: str, at: int, body: Body, number: int) -> None:
        kind, words, problem = kind_of(entry_of(who, body))
        if kind is Kind.TEXT and self._called.fullmatch(words):
            kind, words = Kind.CALL, ""
        if problem is not None:
            self._gathered.note(problem, number)
        if kind is None:
            self._gathered.add_notice(at, body.words, offset=None, line=number)
            return
        if not who:
            self._gathered.system += 1
            return
        for sign in reversed(body.signs[:MOST_REACTED]):
            self._react(sign, at, number)
        if kind is Kind.TEXT:
            words, changed = self._edits.settle(len(self._gathered), who, at, words)
            if changed is not None:
                self._order.drop(changed)
                self._gathered.note("edited", number)
        self._put(at, who, kind, words, number)

    def _react(self, sign: Sign, at: int, number: int) -> None:
        """In front of the message it is to: a page has the newest first."""
        when = self._clock.at(sign.time) if sign.time else 0
        actor = max((one for one in self._people if sign.text.endswith(one)), key=len, default="")
        if when and actor:
            self._put(max(at, when), actor, Kind.REACTION, sign.text[: -len(actor)].strip()[:SIGN_LETTERS], number)
        else:
            self._gathered.note("reactions_without_time", number)

    def _put(self, at: int, who: str, kind: Kind, words: str, number: int) -> None:
        before = len(self._gathered)
        self._gathered.add(at, who, kind, words, offset=None, line=number)
        if len(self._gathered) > before:
            self._order.add(at, who, kind, words)
