"""My side of the door: short, made from the account, and without anything about a message where a stop holds."""

from __future__ import annotations

import re
from itertools import product

import msgspec
import pytest

from fallow.guidance import load_own_side, own_side
from fallow.guidance.own_side import MOST_LINES
from fallow.plan import AccountGiven
from guidance.test_inbound import READS
from guidance.test_words import FORBIDDEN, every_id

FULL = AccountGiven(own="An act.", cannot_know="Why.", small="yes")
WRITES = {"letters", "review"}
"""Ways that draft, time or reason about a message."""


def accounts() -> list[AccountGiven | None]:
    parts = product((None, "An act."), (None, "Why."), ("yes", "no", "unknown"))
    return [None, *(AccountGiven(own=own, cannot_know=open_, small=small) for own, open_, small in parts)]  # type: ignore[arg-type]


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("told", accounts())
def test_it_is_short(told: AccountGiven | None, *, stopped: bool) -> None:
    """Three lines at the least, seven at the most; what is not mine is said once."""
    found = own_side(told, stopped=stopped)
    assert 3 <= len(found.lines) <= MOST_LINES
    assert len(found.lines) == len({line.id for line in found.lines})
    assert 1 == sum("Not in your hands" in text for text in (*(line.text for line in found.lines), found.not_mine.text))


@pytest.mark.parametrize("told", accounts())
def test_in_a_stop_no_line_is_about_a_message(told: AccountGiven | None) -> None:
    """What helps to write, to time or to find a reason is gone; the rest stays as it was."""
    stopped, free = own_side(told, stopped=True).lines, own_side(told, stopped=False).lines
    assert not WRITES & {line.way for line in stopped}
    assert [line for line in stopped if line in free] == [line for line in free if not line.helps]
    assert not any(re.search(r"\b(?:messag|writ|mend|apolog|letter)\w*", line.text) for line in stopped)


def test_it_is_made_from_the_account() -> None:
    """What was named comes first; what was not yet named is asked for; what is open may stay open."""
    ids = [line.id for line in own_side(FULL, stopped=False).lines]
    assert ["own_side.own", "own_side.mend"] == ids[:2]
    assert "own_side.open" in ids
    assert "own_side.review" in ids
    assert "own_side.tell" in [line.id for line in own_side(None, stopped=False).lines]
    assert "own_side.tell" not in ids


@pytest.mark.parametrize("text", [each["text"] for each in msgspec.to_builtins(load_own_side())["lines"]])
def test_a_line_is_calm_and_reads_nobody(text: str) -> None:
    """Nothing raises its voice, presses, promises, or says what goes on in anybody."""
    assert "!" not in text
    assert not [rule for rule in FORBIDDEN + READS if re.search(rf"\b(?:{rule})\b", text, re.IGNORECASE)]


def test_every_id_names_one_sentence() -> None:
    """An id is used once, so that a translation can be found by it."""
    ids = list(every_id(msgspec.to_builtins(load_own_side())))
    assert len(ids) == len(set(ids))
