"""What speaks for long considered and what for impulsive, piece by piece; and my side of the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from fallow.app import own_hands, plan_of
from fallow.app import weighing as read_weighing
from fallow.guidance import Moved, OwnWay, Passage, Piece, Weighing, find_source, load_weighing
from fallow.language import gettext as _
from fallow.language import ngettext, say_count, say_day, say_number
from fallow.plan import Gate, gate_open
from fallow.web.office import Visit


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a branch leads: an address, what it is called, and the gate it stands behind."""

    path: str
    label: str
    hint: str
    gate: Gate | None = None


def show(visit: Visit) -> Response:
    """The reading, its pieces by direction, what would be needed, and what it leads to."""
    found, words = read_weighing(visit.desk), load_weighing()
    reading = words.reading(found.reading)
    headings = (
        (_("Points to considered"), "considered"),
        (_("Points to impulsive"), "impulsive"),
        (_("Points nowhere"), "neither"),
    )
    groups = [
        (heading, [_piece(each) for each in found.pieces if each.points == points]) for heading, points in headings
    ]
    return visit.page(
        "weighed.html",
        words=words,
        reading=reading,
        basis="; ".join(find_source(id).short for id in reading.sources),
        groups=[(heading, pieces) for heading, pieces in groups if pieces],
        needs=found.needs,
        branches=_branches(visit, found),
    )


def show_mine(visit: Visit) -> Response:
    """What is in my hands; at most seven lines."""
    found = own_hands(visit.desk)
    ways = _ways()
    return visit.page("mine.html", found=found, lines=[(line, *ways[line.way]) for line in found.lines])


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "text": piece.text,
        "weight": load_weighing().weight(piece.weight),
        "because": piece.because,
        "origin": _("from the messages") if piece.id.startswith("record.") else _("from what you told"),
        "basis": "; ".join(find_source(id).short for id in piece.sources),
        "moved": [_moved(each) for each in piece.moved],
    }


def _moved(moved: Moved) -> tuple[str, str]:
    """One series: what it is, and what it did, with its limits and how much was counted."""
    name = {
        ("volume", "ego"): _("Messages of yours"),
        ("volume", "alter"): _("Messages of theirs"),
        ("openings", "ego"): _("Conversations you began"),
        ("openings", "alter"): _("Conversations they began"),
        ("latency", "ego"): _("How long you took to answer"),
        ("latency", "alter"): _("How long they took to answer"),
        ("words", "ego"): _("Words in a message of yours"),
        ("words", "alter"): _("Words in a message of theirs"),
    }[moved.series, moved.side]
    weeks = ngettext("%(n)s week", "%(n)s weeks", moved.weeks) % {"n": moved.weeks}
    counted = _("n = %(n)s in %(weeks)s") % {"n": say_count(moved.n), "weeks": weeks}
    shift = moved.shift
    if shift is None:
        return name, _("no clear change; %(counted)s") % {"counted": counted}
    values = {
        "ratio": say_number(shift.ratio, 2),
        "lower": say_number(shift.lower, 2),
        "upper": say_number(shift.upper, 2),
        "middle": say_day(shift.middle),
        "earliest": say_day(shift.earliest),
        "latest": say_day(shift.latest),
        "counted": counted,
    }
    return name, (
        _(
            "%(ratio)s times what it was (95%% interval %(lower)s to %(upper)s), half way on %(middle)s "
            "(%(earliest)s to %(latest)s); %(counted)s"
        )
        % values
    )


def _branches(visit: Visit, found: Weighing) -> list[tuple[Passage, list[Lead]]]:
    """Each branch with where it leads, as far as that is open now; a place that two lead to stands at the first."""
    plan, now, seen = plan_of(visit.desk), visit.desk.clock(), set[str]()
    branches = []
    for branch in found.branches:
        leads = [lead for lead in _leads(branch.id) if lead.gate is None or gate_open(plan, lead.gate, now)]
        branches.append((branch, [lead for lead in leads if lead.path not in seen]))
        seen |= {lead.path for lead in leads}
    return branches


def _leads(branch: str) -> tuple[Lead, ...]:
    review = Lead("/review", _("Review"), _("a check of state first; Fallow never sends"), "review")
    letter = Lead("/letters", _("A letter that stays here"), _("never sent"), "write")
    mine = Lead("/sides/mine", _("What is in my hands"), _("a short list"))
    quiet = Lead("/", _("Today"), _("the quiet days, one small thing"))
    return {
        "small_thing": (review, mine),
        "quiet": (quiet, letter),
        "own": (mine, review, letter),
        "open": (mine, quiet),
    }[branch]


def _ways() -> dict[OwnWay, tuple[str, str]]:
    return {
        "better": ("/better", _("What is better now")),
        "letters": ("/letters", _("A letter that stays here")),
        "review": ("/review", _("Review")),
        "plans": ("/plans", _("If this, then that")),
        "reach": ("/ways", _("Ways between you")),
        "friends": ("/friends", _("Friends who carry news")),
        "parked": ("/parked", _("Parked questions")),
        "sides": ("/sides", _("Both sides")),
    }
