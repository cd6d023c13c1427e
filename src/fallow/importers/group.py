"""
A group → the chat of two of the people in it, as far as a group can be one.

What the others wrote is counted and left out, with the app's own lines, which name them; and so are reactions, because
it is not told to whom they were given.
What is left was written in a room of several: it need not have been meant for the other one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from fallow.errors import NobodyByThatName, NotTwoPeople
from fallow.importers.interface import Export, Problem
from fallow.importers.sides import by_name, find_name
from fallow.messages import Kind

TWO: Final = 2


def pick_two(export: Export, *, me: str, them: str) -> Export:
    """
    Keep what two of the people of a group wrote.

    Args:
        export: n messages by at least three people.
        me, them: Names as the file spells them; case, blanks and marks may differ where one name is left.
    Returns:
        At most n messages by these two, in the same order, with `group` and `sides` set. O(n).
    Raises:
        NobodyByThatName: If one of them wrote nothing in it.
        NotTwoPeople: If both names are one person.
    """
    ego, alter = (find_name(export.names, by_name(export, name)) for name in (me, them))
    if ego is None or alter is None:
        raise NobodyByThatName
    if ego == alter:
        raise NotTwoPeople(people=1)
    theirs = (export.author == ego) | (export.author == alter)
    signs = theirs & (export.kind == Kind.REACTION)
    rows = np.flatnonzero(theirs & ~signs)
    if len(np.unique(export.author[rows])) < TWO:
        raise NobodyByThatName
    first = int(export.author[rows[0]])
    names = [export.names[first], export.names[alter if first == ego else ego]]
    left_out = {"others_left_out": int((~theirs).sum()), "group_reactions": int(signs.sum())}
    return replace(
        export,
        names=tuple(names),
        local=export.local[rows],
        author=(export.author[rows] != first).astype(np.int16),
        kind=export.kind[rows],
        words=export.words[rows],
        size=export.size[rows],
        asks=export.asks[rows],
        other_name_hint=None,
        problems=(*(Problem(0, kind, count) for kind, count in left_out.items() if count), *export.problems),
        start=export.start[rows],
        end=export.end[rows],
        offset=None if export.offset is None else export.offset[rows],
        sides=(export.names[ego], export.names[alter]),
        read_at=None if export.read_at is None else export.read_at[rows],
        line=None if export.line is None else export.line[rows],
        group=len(export.names),
        also={other: name for other, name in export.also.items() if name in names},
        notices=None,
    )
