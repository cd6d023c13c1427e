"""
Two people writing, drawn from parameters, as arrays from the first bout to the last message.

    openings of each side ─┐
    long silences ─────────┴─> bouts ─> turns ─> messages ─> instants, pushed apart so that no bouts overlap
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.messages import ALTER, COLUMNS, EGO, NOT_KNOWN, Kind, MessageTable
from fallow.simulation.parameters import DyadParameters, SideParameters

DAY_US: Final = 86_400_000_000
HOUR_US: Final = 3_600_000_000
MINUTE_US: Final = 60_000_000
SECOND_US: Final = 1_000_000

SILENCE_DAYS: Final = 3.0
"""A long silence lasts at least this long before either side may end it."""
TYPING_SECONDS: Final = 20.0
TYPING_SPREAD: Final = 0.8
"""Log-normal pause between two messages of one turn."""
WORDS_SPREAD: Final = 0.7
BYTES_PER_WORD: Final = 6
READING_SPREAD: Final = 1.0
REACTING_MINUTES: Final = 4.0
"""Median of a log-normal delay, as wide as that of reading."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Senders = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class _Openings:
    """k bouts to be, in time order: when (days since the start) and by whom."""

    when: Floats
    opener: Senders


@dataclass(frozen=True, slots=True)
class _Lines:
    """n messages in order, before they have an instant: `gap` µs since the one before, median of `words`; each [n]."""

    sender: Senders
    bout: Ints
    gap: Ints
    words: Floats


@dataclass(frozen=True, slots=True)
class _Wander:
    """The slow wander of each side by day of the record, in log; both [days], or of one zero where there is none."""

    ego: Floats
    alter: Floats

    def at(self, side: int, when: Floats) -> Floats:
        path = self.alter if side == ALTER else self.ego
        return path[np.minimum(when.astype(np.int64), len(path) - 1)]


def simulate_dyad(parameters: DyadParameters, rng: np.random.Generator) -> MessageTable:
    """
    Generate the messages of a dyad.

    Args:
        parameters: What the dyad is like.
        rng: The one source of chance: the same state gives the same table.
    Returns:
        n messages in time order. Where bouts would overlap the later one is moved back, so a full record may run
        past `days`. O(n log n), about a second for a million.
    """
    wander = _Wander(ego=_draw_wander(parameters, rng), alter=_draw_wander(parameters, rng))
    openings = _with_silences(parameters, _draw_openings(parameters, wander, rng), rng)
    if len(openings.when) == 0:
        none = np.empty(0, np.int64)
        return _as_table(parameters, none, _Lines(none.astype(np.int8), none, none, np.empty(0)), rng)
    lines = _draw_lines(parameters, openings, wander, rng=rng)
    return _as_table(parameters, _place(parameters, openings, lines, rng), lines, rng)


def _draw_wander(parameters: DyadParameters, rng: np.random.Generator) -> Floats:
    """An autoregression of first order by day, stationary from the first."""
    if parameters.sway == 0:
        return np.zeros(1)
    days = int(np.ceil(parameters.days))
    keeps = float(np.exp(-1 / parameters.sway_days))
    step = parameters.sway * np.sqrt(1 - keeps * keeps) * rng.standard_normal(days)
    step[0] = parameters.sway * rng.standard_normal()
    return np.array(list(accumulate(step.tolist(), lambda before, next_step: keeps * before + next_step)))


def _draw_openings(parameters: DyadParameters, wander: _Wander, rng: np.random.Generator) -> _Openings:
    hours = np.asarray(parameters.day_rhythm, np.float64)
    whens, openers = [], []
    for code, side in ((EGO, parameters.ego), (ALTER, parameters.alter)):
        path = wander.at(code, np.arange(len(wander.ego), dtype=np.float64))
        most = float(np.exp(path.max()))
        # A wander is even in log; this keeps the mean rate what it was said to be.
        n = int(rng.poisson(side.opens_per_day * parameters.days * most * np.exp(-(parameters.sway**2) / 2)))
        day = rng.integers(0, parameters.days, n)
        hour = rng.choice(24, n, p=hours / hours.sum())
        when = day + (hour + rng.random(n)) / 24
        when = when[rng.random(n) < _kept(parameters, side, when) * np.exp(wander.at(code, when)) / most]
        whens.append(when)
        openers.append(np.full(len(when), code, np.int8))
    return _in_order(np.concatenate(whens), np.concatenate(openers))


def _in_order(when: Floats, opener: Senders) -> _Openings:
    order = np.argsort(when, kind="stable")
    return _Openings(when[order], opener[order])


def _kept(parameters: DyadParameters, side: SideParameters, when: Floats) -> Floats:
    """The fraction of a side's rate that is left at a time, 1 before the decline."""
    return 1 - side.decline * parameters.progress(when)


def _with_silences(parameters: DyadParameters, openings: _Openings, rng: np.random.Generator) -> _Openings:
    """Lay long silences over the record: what would open inside one is gone, and its breaker opens at its end."""
    if parameters.silences_per_day <= 0:
        return openings
    ego, alter = parameters.ego.breaks_per_day, parameters.alter.breaks_per_day
    most = 10 + int(parameters.days * parameters.silences_per_day * 3)
    until_next = rng.exponential(1 / parameters.silences_per_day, most)
    length = SILENCE_DAYS + rng.exponential(1 / (ego + alter), most)
    end = np.cumsum(until_next + length)
    inside = end < parameters.days
    begin, end = (end - length)[inside], end[inside]
    breaker = np.where(rng.random(len(end)) < alter / (ego + alter), ALTER, EGO).astype(np.int8)
    silence = np.searchsorted(begin, openings.when, side="right") - 1
    spoken = (silence < 0) | (openings.when >= np.append(end, 0.0)[silence])
    return _in_order(np.concatenate((openings.when[spoken], end)), np.concatenate((openings.opener[spoken], breaker)))


def _draw_lines(
    parameters: DyadParameters, openings: _Openings, wander: _Wander, *, rng: np.random.Generator
) -> _Lines:
    turns = rng.geometric(1 / parameters.turns_per_bout, len(openings.when))
    bout_of_turn = np.repeat(np.arange(len(turns)), turns)
    first_turn = np.cumsum(turns) - turns
    place = np.arange(len(bout_of_turn)) - first_turn[bout_of_turn]
    turn_sender = ((openings.opener[bout_of_turn] + place) % 2).astype(np.int8)
    is_alter = turn_sender == ALTER
    when = openings.when[bout_of_turn]

    def of_side(ego: Floats | float, alter: Floats | float) -> Floats:
        return np.where(is_alter, alter, ego).astype(np.float64)

    e, a = parameters.ego, parameters.alter
    progress = parameters.progress(when)
    wandered = of_side(wander.at(EGO, when), wander.at(ALTER, when))
    kept = of_side(_kept(parameters, e, when), _kept(parameters, a, when))
    mean = 1 + (of_side(e.messages_per_turn, a.messages_per_turn) - 1) * kept
    messages = rng.geometric(1 / mean)
    latency = of_side(e.reply_minutes, a.reply_minutes) * np.exp(
        of_side(e.reply_spread, a.reply_spread) * rng.standard_normal(len(mean))
    )
    latency *= np.exp(of_side(np.log(e.slowing), np.log(a.slowing)) * progress - wandered)
    latency[place == 0] = 0
    first_message = np.cumsum(messages) - messages
    gap_seconds = TYPING_SECONDS * np.exp(TYPING_SPREAD * rng.standard_normal(int(messages.sum())))
    gap = (gap_seconds * SECOND_US).astype(np.int64)
    gap[first_message] = (latency * MINUTE_US).astype(np.int64)
    median = of_side(e.words_per_message, a.words_per_message) * np.exp(wandered / 2)
    median *= 1 - of_side(e.words_decline, a.words_decline) * progress
    return _Lines(
        sender=np.repeat(turn_sender, messages),
        bout=np.repeat(bout_of_turn, messages),
        gap=gap,
        words=np.repeat(median, messages),
    )


def _place(parameters: DyadParameters, openings: _Openings, lines: _Lines, rng: np.random.Generator) -> Ints:
    """Local instants: each bout begins when it was drawn, or a pause after the end of the one before."""
    elapsed = np.cumsum(lines.gap)
    ends = np.append(np.flatnonzero(np.diff(lines.bout)), len(lines.bout) - 1)
    ended = elapsed[ends]
    # `ended` adds up all bouts so far; a bout's own length is its step, so this is each one's earliest begin.
    begun = np.append(0, ended[:-1])
    least = parameters.least_pause_hours * HOUR_US
    pauses = np.cumsum(least + rng.exponential(least, len(ended))).astype(np.int64)
    drawn = (openings.when * DAY_US).astype(np.int64)
    start = np.maximum.accumulate(drawn - begun - pauses) + begun + pauses
    placed: Ints = elapsed + (start - begun)[lines.bout]
    return placed


def _as_table(parameters: DyadParameters, placed: Ints, lines: _Lines, rng: np.random.Generator) -> MessageTable:
    n = len(placed)
    start = (parameters.start - dt.date(1970, 1, 1)).days * DAY_US - parameters.utc_offset * SECOND_US
    at = placed + start
    chance = rng.random(n)
    kind = np.where(chance < parameters.media, Kind.MEDIA, Kind.TEXT).astype(np.uint8)
    kind[chance > 1 - parameters.media / 10] = Kind.CALL
    words = np.maximum(np.round(lines.words * np.exp(WORDS_SPREAD * rng.standard_normal(n))), 1).astype(np.int32)
    words[kind != Kind.TEXT] = 0
    asks = (kind == Kind.TEXT) & (rng.random(n) < _of(parameters, lines.sender, "asks"))
    table = MessageTable(
        at=at - at % parameters.resolution,
        offset=np.full(n, parameters.utc_offset, np.int32),
        sender=lines.sender,
        kind=kind,
        words=words,
        size=(words * BYTES_PER_WORD).astype(np.int32),
        asks=asks.astype(np.int8),
        read_at=_draw_reading(parameters, at, lines.sender, rng),
        unseen=_instants(parameters.unseen, start),
        resolution=parameters.resolution,
        zoned=True,
    )
    return _without_unseen(_with_reactions(parameters, table, rng))


def _instants(stretches: tuple[tuple[float, float], ...], start: int) -> Ints:
    """Days since the start as microseconds UTC, [p, 2]."""
    days = np.array(stretches, np.float64).reshape(-1, 2)
    return np.round(days * DAY_US).astype(np.int64) + start


def _of(parameters: DyadParameters, sender: Senders, chance: Literal["asks", "reacts", "reads"]) -> Floats:
    """What the side that sent each message was given, [n]."""
    of_each: Floats = np.array([getattr(parameters.ego, chance), getattr(parameters.alter, chance)], np.float64)
    return of_each[sender]


def _draw_reading(parameters: DyadParameters, at: Ints, sender: Senders, rng: np.random.Generator) -> Ints:
    """When the other side read each message, no later than its own next one; NOT_KNOWN by chance."""
    n, reader = len(at), (1 - sender).astype(np.int8)
    known = rng.random(n) < _of(parameters, reader, "reads")
    median = np.where(reader == ALTER, parameters.alter.read_minutes, parameters.ego.read_minutes)
    delay = median * np.exp(READING_SPREAD * rng.standard_normal(n))
    read = at + (delay * MINUTE_US).astype(np.int64)
    for side in (EGO, ALTER):
        own = np.append(at[sender == side], np.iinfo(np.int64).max)
        theirs = np.flatnonzero(sender != side)
        following = np.cumsum(sender == side)[theirs]
        read[theirs] = np.minimum(read[theirs], own[following])
    return np.where(known, read - read % parameters.resolution, NOT_KNOWN)


def _with_reactions(parameters: DyadParameters, table: MessageTable, rng: np.random.Generator) -> MessageTable:
    """Rows of reactions laid between the messages, each by the side that did not write what it is set to."""
    reactor = (1 - table.sender).astype(np.int8)
    chosen = np.flatnonzero(rng.random(len(table)) < _of(parameters, reactor, "reacts"))
    if len(chosen) == 0:
        return table
    delay = REACTING_MINUTES * np.exp(READING_SPREAD * rng.standard_normal(len(chosen)))
    at = table.at[chosen] + (delay * MINUTE_US).astype(np.int64)
    nothing = np.zeros(len(chosen), np.int64)
    rows = {
        "at": at - at % parameters.resolution,
        "offset": table.offset[chosen],
        "sender": reactor[chosen],
        "kind": nothing + Kind.REACTION,
        "read_at": nothing + NOT_KNOWN,
    }
    order = np.argsort(np.append(table.at, rows["at"]), kind="stable")

    def laid(name: str) -> Any:
        column = getattr(table, name)
        return np.append(column, rows.get(name, nothing).astype(column.dtype))[order]

    return replace(table, **{name: laid(name) for name in COLUMNS})


def _without_unseen(table: MessageTable) -> MessageTable:
    """Take out what was written in the stretches of which the record holds nothing."""
    if len(table.unseen) == 0:
        return table
    place = np.searchsorted(table.unseen[:, 0], table.at, side="right") - 1
    kept = (place < 0) | (table.at >= table.unseen[place, 1])
    return replace(table, **{name: getattr(table, name)[kept] for name in COLUMNS})
