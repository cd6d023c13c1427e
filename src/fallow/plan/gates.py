"""
What is closed when: every page, command and action that helps with one of these asks here first.

A hard stop closes all of them, whatever else holds. While help comes first (safety) whatever words, weighs or foretells
is closed. A sober gate, set beforehand, closes writing and looking for a reason until its hour, but not logistics: what
children or a deadline need is never made to wait. Urges, waiting, calling someone, logging, evidence and the help lines
are behind no gate.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Literal

from fallow.errors import HardStopHolds, NotInThisPhase, SoberGateHolds
from fallow.plan.moment import Moment
from fallow.plan.phase import Phase

if TYPE_CHECKING:
    from fallow.plan.evolve import Plan

Gate = Literal["write", "logistics", "review", "time", "reasons", "forecast"]
"""
write: drafts, letters, shapes of an answer; logistics: what a short neutral message holds, and the hours for it;
review: the check of state and the one message; time: choosing a quiet time; reasons: why one might, and how often it
went well for others; forecast: what may come from them.
"""
GATES: Final[tuple[Gate, ...]] = ("write", "logistics", "review", "time", "reasons", "forecast")
_OPEN_IN_SAFETY: Final = frozenset[Gate]({"time"})
_CLOSED_BY_SOBER_GATE: Final = frozenset[Gate]({"write", "review"})


def require_open(plan: Plan, gate: Gate, now: Moment) -> None:
    """
    Raises:
        HardStopHolds: In a hard stop, for every gate.
        NotInThisPhase: While help comes first.
        SoberGateHolds: Until the hour that was set beforehand.
    """
    if plan.terms.hard_stop is not None:
        raise HardStopHolds()
    if plan.phase(now.day) is Phase.SAFETY and gate not in _OPEN_IN_SAFETY:
        raise NotInThisPhase()
    if gate in _CLOSED_BY_SOBER_GATE:
        require_sober(plan, now.at, now)


def gate_open(plan: Plan, gate: Gate, now: Moment) -> bool:
    """Whether a gate is open; for what a page offers."""
    try:
        require_open(plan, gate, now)
    except (HardStopHolds, NotInThisPhase, SoberGateHolds):
        return False
    return True


def sober_until(plan: Plan, at: dt.datetime) -> dt.datetime | None:
    """When the gate set beforehand opens, if it holds at an instant."""
    until = plan.terms.sober_until
    return until if until is not None and at < until else None


def require_sober(plan: Plan, at: dt.datetime, now: Moment) -> None:
    """
    Raises:
        SoberGateHolds: If the gate holds at that instant; told on the clock of now.
    """
    until = sober_until(plan, at)
    if until is not None:
        raise SoberGateHolds(until=f"{Moment(until, now.zone).local:%H:%M}")
