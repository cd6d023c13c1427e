"""
LeechBlock's settings, read the way its source reads them, and the expression in them, run on addresses.

The reader below is written after options.js and common.js of LeechBlock NG as they were read on 2026-11-26, not copied:
a line is taken apart at its first sign of equality, a name that begins with "days" is a sum of days from Sunday on,
true and false are what they say, and what is not named gets a default. The expression is run in a real browser as well,
in tests/journeys/test_lists.py.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from reach.lists.making import text_of, wanted
from reach.lists.test_filters import CLOSED, GIVEN, OPEN


def imported(text: str) -> dict[str, Any]:
    """The options as an import leaves them."""
    found: dict[str, Any] = {}
    for line in re.split(r"[\n\r]+", text):
        taken = re.fullmatch(r"(\w+)=(.*)", line)
        if taken is None:
            continue
        name, value = taken.groups()
        if re.fullmatch(r"days\d+", name):
            found[name] = [bool(int(value) >> day & 1) for day in range(7)]
        else:
            found[name] = {"true": True, "false": False}.get(value, value)
    return found


def blocks(options: dict[str, Any], address: str) -> bool:
    """Whether the first set would close an address: its expression, without the part after #, case aside."""
    expression = options["regexpBlock1"]
    return bool(expression) and re.search(expression, address.partition("#")[0], re.IGNORECASE) is not None


@pytest.mark.parametrize("address", CLOSED)
def test_what_was_chosen_is_closed(address: str) -> None:
    """The same addresses as for a filter, also with a part after #."""
    options = imported(text_of("leechblock", GIVEN))
    assert blocks(options, address)
    assert blocks(options, address + "#top")


@pytest.mark.parametrize("address", OPEN)
def test_nothing_else_is_closed(address: str) -> None:
    """No name that begins alike, which a plain list of sites would close."""
    assert not blocks(imported(text_of("leechblock", GIVEN)), address)


def test_it_holds_all_day_every_day_and_can_be_changed() -> None:
    """In the first set, also within a page that is open; nothing is locked, no password set, no set taken away."""
    options = imported(text_of("leechblock", GIVEN))
    assert ("0000-2400", [True] * 7, True, "6") == (
        options["times1"], options["days1"], options["activeBlock1"], options["numSets"],
    )  # fmt: skip
    assert {"setName1", "sites1", "times1", "days1", "regexpBlock1", "activeBlock1", "numSets"} == set(options)
    assert "tiktok.com" in options["sites1"].split()


def test_the_undo_is_as_it_begins() -> None:
    """Nothing is closed; weekdays are its default."""
    options = imported(text_of("leechblock", GIVEN, undo=True))
    assert not any(blocks(options, address) for address in CLOSED)
    assert ("", "", [False, True, True, True, True, True, False]) == (
        options["sites1"], options["times1"], options["days1"],
    )  # fmt: skip
    assert set(imported(text_of("leechblock", GIVEN))) == set(options)


def test_addresses_to_paste_are_plain() -> None:
    """One a line, without a scheme; the undo is in words."""
    given = wanted(sites="tiktok", profiles="instagram.com/some.name")
    assert ["tiktok.com", "instagram.com/some.name", "instagram.com/stories/some.name"] == text_of(
        "stayfocusd", given
    ).splitlines()
    assert text_of("stayfocusd", given, undo=True).startswith("1. ")
