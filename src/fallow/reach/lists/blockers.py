"""
Settings for LeechBlock, and plain addresses for StayFocusd.

LeechBlock's export is lines of `name=value`, one block set to a number; import reads it line by line, takes true, false
and a sum of days apart, and gives what is not named its default. Seen in its source and in an export of 2026-04-03: so
a file replaces all settings, and what one had is exported first. `sites` match by their beginning alone, which would
close /name2 with /name; `regexpBlock`, where it is filled in, is used in its place, without regard to case, on the
address without its part after #. `activeBlock` holds within a page that is open already.

What StayFocusd's own import takes was found in no document and no public source, so it gets addresses to paste.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from fallow.reach.lists.wanted import Wanted

SETS: Final = 6
"""Block sets LeechBlock begins with."""
EVERY_DAY: Final = 127
WEEKDAYS: Final = 62
"""Days as a sum, Sunday 1, Monday 2, and so on; the second is LeechBlock's default."""
BEFORE: Final = r"^https?:\/\/(?:[^/?#@]*@)?(?:[^/?#@]+\.)?"
WHOLE: Final = r"(?:[:/?#]|$)"
ALONE: Final = r"(?:[/?#]|$)"
ALONE_IN_QUERY: Final = r"(?:[&#]|$)"
PORT: Final = r"(?::\d+)?"


def write_leechblock(wanted: Wanted) -> str:
    """One block set, all day and every day, that anybody can change again."""
    return _options(sites=" ".join(_addresses(wanted)), times="0000-2400", days=EVERY_DAY, blocks=pattern(wanted))


def undo_leechblock(_wanted: Wanted) -> str:
    """The same set, empty, as LeechBlock begins."""
    return _options(sites="", times="", days=WEEKDAYS, blocks="")


def write_stayfocusd(wanted: Wanted) -> str:
    """One address a line."""
    return "\n".join([*_addresses(wanted), ""])


def pattern(wanted: Wanted) -> str:
    """A regular expression, as JavaScript and Python both read it, of every address that is closed."""
    whole = [re.escape(domain) + WHOLE for domain in wanted.domains]
    alone = [
        re.escape(domain) + PORT + re.escape(path) + (ALONE_IN_QUERY if "?" in path else ALONE)
        for profile in wanted.alone
        for domain in profile.site.domains
        for path in profile.paths
    ]
    return f"{BEFORE}(?:{'|'.join(whole + alone)})"


def _options(*, sites: str, times: str, days: int, blocks: str) -> str:
    held = str(bool(blocks)).lower()
    return (
        f"setName1=\nsites1={sites}\ntimes1={times}\ndays1={days}\nregexpBlock1={blocks}\nactiveBlock1={held}\n"
        f"numSets={SETS}\n"
    )


def _addresses(wanted: Wanted) -> Iterator[str]:
    yield from wanted.domains
    for profile in wanted.alone:
        yield from profile.addresses
