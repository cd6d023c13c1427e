"""
Why dates are read as they are: kept in English beside a chat, and translated where it is said.

Two reasons hold numbers, so that they are found again by their form; the others are messages as they are.
"""

from __future__ import annotations

import re
from typing import Final

from fallow.language import gettext, ngettext

_JUMPED: Final = re.compile(r"read the other way the dates would jump back (?:once|([0-9]+) times)")
_SPREAD: Final = re.compile(r"([0-9]+) days would otherwise spread over ([0-9]+)")


def jumped_back(times: int) -> str:
    return f"read the other way the dates would jump back {'once' if times == 1 else f'{times} times'}"


def spread_over(days: int, more: int) -> str:
    return f"{days} days would otherwise spread over {more}"


def say_why(why: str) -> str:
    """A reason in the language spoken; one that is not known stays as it is."""
    if jumped := _JUMPED.fullmatch(why):
        times = int(jumped[1] or 1)
        return ngettext(
            "read the other way the dates would jump back once",
            "read the other way the dates would jump back {n} times",
            times,
        ).format(n=times)
    if spread := _SPREAD.fullmatch(why):
        return gettext("{days} days would otherwise spread over {more}").format(days=spread[1], more=spread[2])
    return gettext(why)
