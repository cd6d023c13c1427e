"""
The silence forecast of a stored record, of a file, and of many dyads at once: what may come, and how sure.

It is about a next message and no more. What was logged after the record ends (they wrote, I wrote, I answered) counts
as contact, so that a chat brought weeks ago does not make of them a silence that there was not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.app.analysis import merge_chats
from fallow.app.desk import Desk, plan_of
from fallow.app.importing import group_messages
from fallow.app.own_world import own_world, population_in
from fallow.dyad import ALTER_BROKE, LEAST_DAYS, LEAST_MESSAGES, OPEN, Episodes, find_episodes
from fallow.errors import EpisodeNotUnderstood, NoSilenceNow, NotEnoughData, SilenceNotSeen
from fallow.forecast import (
    HORIZONS,
    LEVEL,
    THETA,
    Recalibration,
    Silences,
    forecast_silences,
    load_population,
    present_silences,
    typical_silences,
)
from fallow.importers import SidedChat
from fallow.language import N_
from fallow.messages import ALTER, EGO
from fallow.plan import Logistics, Moment, Plan, Replied, TheyWrote, Wrote, require_open

MODEL: Final = "five public logs mixed, log-linear hazards with frailty, BG/NBD; 2"
"""Name and number of the model; the number rises when forecasts change."""
LEAST_EARLIER: Final = 3
"""Earlier silences of a day and more. Under three, a dyad's own record says next to nothing and it would be all base
rate."""
FEW_OF_OWN: Final = int(THETA)
"""Earlier silences under which other people's weigh more than a person's own."""
KEPT: Final = "silences 1"
"""Under what the earlier silences are kept beside the messages; the number rises with what `_Past` or its covariates
hold."""
DAY_US: Final = 86_400_000_000
CAVEATS: Final = (
    N_("It is about a next message, not about coming back."),
    N_(
        "It was learned from people who write to each other at work, at a university and on a network; none of it was "
        "a breakup."
    ),
    N_("It does not know that this was one, what was said, or that people change."),
    N_("The longer a silence has lasted, the less often it was ended, in every log it was learned from."),
)
GROUP_CAVEAT: Final = N_("Part of the record is out of a group, where a next message need not be one to you.")
_EGO_KINDS: Final = (Wrote, Replied, Logistics)


class Chance(msgspec.Struct, frozen=True):
    """A probability with the limits of its interval, all in [0, 1]."""

    p: float
    lo: float
    hi: float


class SilenceForecast(msgspec.Struct, frozen=True):
    """
    What may come of one silence.

    Args:
        silence_days: How long it has lasted.
        since: The last contact known, ISO 8601.
        horizons: Days from now.
        other: By each, alter makes the next contact; ego may come first.
        self: Ego does.
        neither: Nobody does.
        if_silent: Alter does, if ego stays silent throughout and that changes nothing in alter.
        level: Of the intervals.
        n_earlier_silences: Silences of a day and more before this one.
        ended_by_other, ended_by_self: Of these, whoever wrote first after them.
        longest_days: The longest of them.
        other_dyads: Other conversations of the same person that the logs were moved to; 0: none.
        model: Which.
        caveats: What it does not know; marked, and translated where it is said.
    """

    silence_days: float
    since: str
    horizons: tuple[int, ...]
    other: tuple[Chance, ...]
    self: tuple[Chance, ...]
    neither: tuple[Chance, ...]
    if_silent: tuple[Chance, ...]
    level: float
    n_earlier_silences: int
    ended_by_other: int
    ended_by_self: int
    longest_days: float
    other_dyads: int
    model: str = MODEL
    caveats: tuple[str, ...] = CAVEATS


class Line(msgspec.Struct, frozen=True):
    """One dyad to forecast: what happened up to now, in seconds."""

    eid: str | int
    silence_days: float
    now: float
    events: list[tuple[float, str]]


class _Past(msgspec.Struct, frozen=True):
    """
    What a forecast needs of a record.

    Args:
        messages: How many there are.
        last_at: The last one, microseconds.
        days, cause, covariates: Every silence of a day and more, as `Episodes` holds them; the last one open.
        hole: Whether something is known to be missing after the last message.
        logged: Contacts logged beside the record, which the last of them may have ended.
    """

    messages: int
    last_at: int
    days: bytes
    cause: bytes
    covariates: bytes
    hole: bool = False
    logged: tuple[tuple[int, int], ...] = ()

    def silences(self, present: int) -> Silences | None:
        """The present silence and those before it; None if there is none that can be looked at."""
        cause = np.frombuffer(self.cause, np.int8)
        if len(cause) == 0 or cause[-1] != OPEN:
            return None
        covariates = np.frombuffer(self.covariates).reshape(len(cause), -1)
        none = np.zeros(len(cause) - 1, np.int64)
        earlier = Episodes(none, none, np.frombuffer(self.days)[:-1], cause[:-1], covariates[:-1])
        age = np.array([(present - self.last_at) / DAY_US])
        return Silences(np.zeros(1, np.int64), age, covariates[-1:], earlier, none)


def silence_forecast(desk: Desk) -> SilenceForecast:
    """
    Forecast the present silence of the stored record.

    Raises:
        HardStopHolds, NotInThisPhase: It is closed.
        NotEnoughData: If the record is too small, or holds too few earlier silences.
        NoSilenceNow: If the last contact is less than a day ago.
        SilenceNotSeen: If something is known to be missing after the last message.
    """
    plan, now = plan_of(desk), desk.clock()
    require_open(plan, "forecast", now)
    return _bearing(_forecast(_past_kept(desk, plan), now, own_world(desk)), group_messages(desk))


def _bearing(found: SilenceForecast, group: int) -> SilenceForecast:
    """The same, with what there is to bear in mind where some of the messages are out of a group."""
    return msgspec.structs.replace(found, caveats=(*found.caveats, GROUP_CAVEAT)) if group else found


def forecast_chats(
    chats: Sequence[SidedChat], at: Moment, own: Recalibration | None = None, *, group: int = 0
) -> SilenceForecast:
    """
    Forecast the silence of chats of one dyad that are not stored, as of a moment.

    Args:
        chats: Of one dyad.
        at: The moment.
        own: What was learned from other conversations of the same person.
        group: How many of their messages are out of a group.
    Raises:
        NotEnoughData, NoSilenceNow, SilenceNotSeen: As `silence_forecast`.
    """
    written = merge_chats(chats).written()
    present = round(at.at.timestamp() * 1e6)
    known = written.at <= present
    begun = written.unseen[:, 0] < present
    found = _forecast(_past_of(written.at[known], written.sender[known], written.unseen[begun]), at, own)
    return _bearing(found, group)


def forecast_lines(lines: Sequence[Line]) -> list[tuple[str | int, tuple[float, ...]]]:
    """
    Forecast many dyads at once: the chance that the other one makes the next contact, by each horizon.

    Args:
        lines: n dyads, each with its events up to its own now.
    Returns:
        For each line its id and one probability a horizon. A dyad with too little of its own is answered as an
        average one of the logs, at the age its line gives.
    Raises:
        EpisodeNotUnderstood: If an event is by neither of the two.
    """
    dyad, at, sender, now = _as_arrays(lines)
    population = load_population()
    silences = present_silences(dyad, at, sender, now)
    ages = np.maximum(np.array([line.silence_days for line in lines], np.float64), LEAST_DAYS)
    table = forecast_silences(typical_silences(population, ages), population, limits=False).other
    table[silences.dyad] = forecast_silences(silences, population, limits=False).other
    return [(line.eid, tuple(row)) for line, row in zip(lines, table.tolist(), strict=True)]


def _as_arrays(
    lines: Sequence[Line],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]:
    counts = np.array([len(line.events) for line in lines], np.int64)
    dyad = np.repeat(np.arange(len(lines), dtype=np.int64), counts)
    seconds = np.array([second for line in lines for second, _ in line.events], np.float64)
    who = [side for line in lines for _, side in line.events]
    for i, side in enumerate(who):
        if side not in ("me", "other"):
            raise EpisodeNotUnderstood(line=int(dyad[i]) + 1)
    sender = np.array([ALTER if side == "other" else EGO for side in who], np.int8)
    at = np.round(seconds * 1e6).astype(np.int64)
    now = np.round(np.array([line.now for line in lines], np.float64) * 1e6).astype(np.int64)[dyad]
    order = np.lexsort((at, dyad))
    order = order[at[order] <= now[order]]  # what lies ahead of its now is not known then
    return dyad[order], at[order], sender[order], now[order]


def _past_kept(desk: Desk, plan: Plan) -> _Past:
    """The past of the stored record and of what was logged since; worked out once for both."""
    logged = _logged(plan)
    found = desk.store.derived(KEPT)
    if found is not None and (past := msgspec.msgpack.decode(found, type=_Past)).logged == logged:
        return past
    table = desk.store.messages().written()
    end = int(table.at[-1]) if len(table) else 0
    since = [(instant, side) for instant, side in logged if instant > end]
    at = np.concatenate((table.at, np.array([instant for instant, _ in since], np.int64)))
    sender = np.concatenate((table.sender, np.array([side for _, side in since], np.int8)))
    past = msgspec.structs.replace(_past_of(at, sender, table.unseen), logged=logged)
    with desk.store.transaction():
        desk.store.put_derived(KEPT, msgspec.msgpack.encode(past))
    return past


def _logged(plan: Plan) -> tuple[tuple[int, int], ...]:
    """What was logged as contact: instants in microseconds, and by whom."""
    logged = []
    for record in plan.records.values():
        stood = plan.stands_as(record)
        if isinstance(stood, (TheyWrote, *_EGO_KINDS)):
            instant = round(record.event.happened.at.timestamp() * 1e6)
            logged.append((instant, ALTER if isinstance(stood, TheyWrote) else EGO))
    return tuple(sorted(logged))


def _past_of(at: NDArray[np.int64], sender: NDArray[np.int8], unseen: NDArray[np.int64]) -> _Past:
    """The silences of one dyad, the last of them open; those in which messages are known to be missing are none."""
    if len(at) == 0:
        return _Past(0, 0, b"", b"", b"")
    open_end = np.full(len(at), int(at[-1]) + 2 * DAY_US)
    found = find_episodes(np.zeros(len(at), np.int64), at, sender, open_end)
    begins, ends = at[found.row], np.append(at, np.iinfo(np.int64).max)[found.row + 1]
    ended = found.cause != OPEN
    holes = ((unseen[:, 0] < ends[:, None]) & (unseen[:, 1] > begins[:, None])).any(axis=1)
    seen = ~(holes & ended)
    return _Past(
        messages=len(at),
        last_at=int(at[-1]),
        days=found.days[seen].tobytes(),
        cause=found.cause[seen].tobytes(),
        covariates=found.covariates[seen].tobytes(),
        hole=bool((unseen[:, 1] > at[-1]).any()),
    )


def _forecast(past: _Past, now: Moment, own: Recalibration | None) -> SilenceForecast:
    present = round(now.at.timestamp() * 1e6)
    if past.messages == 0:
        raise NotEnoughData(have=0, need=LEAST_MESSAGES)
    if present - past.last_at < DAY_US:
        raise NoSilenceNow
    if past.hole:
        raise SilenceNotSeen
    silences = past.silences(present)
    if silences is None:
        raise NotEnoughData(have=min(past.messages, LEAST_MESSAGES - 1), need=LEAST_MESSAGES)
    if len(silences.earlier) < LEAST_EARLIER:
        raise NotEnoughData(have=len(silences.earlier), need=LEAST_EARLIER)
    return _described(silences, dt.datetime.fromtimestamp(past.last_at / 1e6, now.at.tzinfo), own)


def _described(silences: Silences, since: dt.datetime, world: Recalibration | None) -> SilenceForecast:
    ahead = forecast_silences(silences, population_in(world))
    assert ahead.limits is not None
    values = (ahead.other, ahead.self, ahead.neither, ahead.net)
    other, own, neither, silent = (
        tuple(Chance(p, min(lo, p), max(hi, p)) for p, lo, hi in zip(*rows, strict=True))
        for rows in ((v[0].tolist(), *limit[:, 0].tolist()) for v, limit in zip(values, ahead.limits, strict=True))
    )
    earlier = silences.earlier
    by_other = int(np.count_nonzero(earlier.cause == ALTER_BROKE))
    return SilenceForecast(
        silence_days=round(float(silences.days[0]), 3),
        since=since.isoformat(),
        horizons=tuple(int(h) for h in HORIZONS),
        other=other,
        self=own,
        neither=neither,
        if_silent=silent,
        level=LEVEL,
        n_earlier_silences=len(earlier),
        ended_by_other=by_other,
        ended_by_self=len(earlier) - by_other,
        longest_days=round(float(earlier.days.max()), 3),
        other_dyads=0 if world is None else world.dyads,
    )


def describe_forecast(found: SilenceForecast) -> dict[str, Any]:
    """The same for machines."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return plain
