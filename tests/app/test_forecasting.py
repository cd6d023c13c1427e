"""The silence forecast of a stored record, with what was logged since; refused where it would mislead."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.desks import NOON, a_desk, with_record
from fallow.app import Desk, Line, describe_forecast, forecast_lines, record, silence_forecast
from fallow.app.forecasting import KEPT
from fallow.errors import (
    EpisodeNotUnderstood,
    HardStopHolds,
    NoSilenceNow,
    NotEnoughData,
    NotInThisPhase,
    SilenceNotSeen,
)
from fallow.messages import EGO, NOT_KNOWN, Kind, MessageTable
from fallow.plan import Ask, HardStopSet, Moment, SafetyNoted, TheyWrote, Wrote
from forecast.silences import DAY_US, rows_of

EIGHT_DAYS = 8.0


def table_ending(returns: str, *, days_before: float) -> MessageTable:
    """A dyad whose last message was so many days before noon."""
    at, sender, _ = rows_of(returns, age_days=1.0)
    at = at - at[-1] + round(NOON.timestamp() * 1e6 - days_before * DAY_US)
    n = len(at)
    return MessageTable(
        at=at,
        offset=np.full(n, 3600, np.int32),
        sender=sender,
        kind=np.full(n, Kind.TEXT, np.uint8),
        words=np.full(n, 3, np.int32),
        size=np.full(n, 15, np.int32),
        asks=np.zeros(n, np.int8),
        read_at=np.full(n, NOT_KNOWN),
        unseen=np.empty((0, 2), np.int64),
        resolution=60_000_000,
        zoned=True,
    )


def desk_with(folder: Path, returns: str = "omomom", *, days_before: float = EIGHT_DAYS) -> Desk:
    desk = a_desk(folder / "data")
    with_record(desk, table_ending(returns, days_before=days_before))
    return desk


def test_a_silence_is_forecast_with_what_it_rests_on(tmp_path: Path) -> None:
    """Its age, the silences before and who ended them, and at every horizon three chances that add up to 1."""
    found = silence_forecast(desk_with(tmp_path))
    assert (8.0, 5, 2, 3) == (found.silence_days, found.n_earlier_silences, found.ended_by_other, found.ended_by_self)
    assert (7, 14, 30, 60, 90) == found.horizons
    for other, own, neither, silent in zip(found.other, found.self, found.neither, found.if_silent, strict=True):
        assert abs(other.p + own.p + neither.p - 1) < 1e-9
        assert silent.p >= other.p
        assert all(0 <= each.lo <= each.p <= each.hi <= 1 for each in (other, own, neither, silent))
    assert {"silence_days", "horizons", "other", "self", "neither", "n_earlier_silences", "model", "caveats"} <= set(
        describe_forecast(found)
    )


def test_contact_logged_after_the_record_ends_the_silence(tmp_path: Path) -> None:
    """A chat brought last week does not make a silence of what was logged since; a correction counts as corrected."""
    desk = desk_with(tmp_path)
    yesterday = NOON - dt.timedelta(days=2)
    (kept,) = record(desk, Ask(TheyWrote(), Moment(yesterday, "Europe/Berlin")))
    found = silence_forecast(desk)
    assert (2.0, 6, 3) == (found.silence_days, found.n_earlier_silences, found.ended_by_other)
    assert kept.event.happened.at == dt.datetime.fromisoformat(found.since)
    record(desk, Ask(Wrote(), Moment(NOON - dt.timedelta(hours=3), "Europe/Berlin")))
    with pytest.raises(NoSilenceNow):
        silence_forecast(desk)


def test_earlier_silences_are_kept_beside_the_messages(tmp_path: Path) -> None:
    """A second look does not read the messages again, says the same, and follows what is logged meanwhile."""
    desk = desk_with(tmp_path)
    once, kept = silence_forecast(desk), desk.store.derived(KEPT)
    assert kept is not None
    assert (once, kept) == (silence_forecast(desk), desk.store.derived(KEPT))
    record(desk, Ask(TheyWrote(), Moment(NOON - dt.timedelta(days=2), "Europe/Berlin")))
    assert silence_forecast(desk).n_earlier_silences == once.n_earlier_silences + 1
    assert kept != desk.store.derived(KEPT)


@pytest.mark.parametrize(("day", "earlier"), [(-9.0, 4), (-400.0, 5)])
def test_what_is_known_to_be_missing_is_no_silence(tmp_path: Path, day: float, earlier: int) -> None:
    """Two days without a record in the middle of a silence take it out; before the record they change nothing."""
    desk, table = a_desk(tmp_path / "data"), table_ending("omomom", days_before=7.0)
    middle = int(table.at[-1]) + round((day + 7.0) * DAY_US)
    with_record(desk, replace(table, unseen=np.array([[middle, middle + 2 * DAY_US]])))
    assert earlier == silence_forecast(desk).n_earlier_silences


def test_a_silence_with_days_missing_in_it_is_not_told(tmp_path: Path) -> None:
    """They may have written then."""
    desk, table = a_desk(tmp_path / "data"), table_ending("omomom", days_before=7.0)
    end = int(table.at[-1])
    with_record(desk, replace(table, unseen=np.array([[end + DAY_US, end + 3 * DAY_US]])))
    with pytest.raises(SilenceNotSeen):
        silence_forecast(desk)


def test_too_little_is_said_and_not_guessed(tmp_path: Path) -> None:
    """No record, and a record with one earlier silence (the first came after six messages only)."""
    with pytest.raises(NotEnoughData):
        silence_forecast(a_desk(tmp_path / "empty"))
    with pytest.raises(NotEnoughData) as few:
        silence_forecast(desk_with(tmp_path, "om"))
    assert (1, 3) == (few.value.details["have"], few.value.details["need"])


def test_reactions_break_no_silence(tmp_path: Path) -> None:
    """A heart under an old message is a row, not a message."""
    desk, table = a_desk(tmp_path / "data"), table_ending("omomom", days_before=2.0)
    kind = table.kind.copy()
    kind[-1] = Kind.REACTION
    table = replace(table, kind=kind, at=np.append(table.at[:-1] - 6 * DAY_US, table.at[-1]))
    with_record(desk, table)
    assert silence_forecast(desk).silence_days > 7.9


def test_it_is_closed_in_a_clear_stop_and_while_help_comes_first(tmp_path: Path) -> None:
    """Whatever the record holds."""
    desk = desk_with(tmp_path)
    record(desk, Ask(SafetyNoted("wish_to_die")))
    with pytest.raises(NotInThisPhase):
        silence_forecast(desk)
    record(desk, Ask(SafetyNoted("wish_to_die", holds=False)), Ask(HardStopSet("asked")))
    with pytest.raises(HardStopHolds):
        silence_forecast(desk)


def line_of(eid: str, returns: str, *, age_days: float = 7.0) -> Line:
    at, sender, now = rows_of(returns, age_days=age_days)
    events = [(t / 1e6, "me" if who == EGO else "other") for t, who in zip(at.tolist(), sender.tolist(), strict=True)]
    return Line(eid, age_days, float(now[0]) / 1e6, events)


def test_many_lines_are_answered_in_their_order() -> None:
    """Where they came back before it is likelier; one with too little of its own is an average one of the logs."""
    few = Line("few", 7.0, 700_000.0, [(0.0, "me")])
    answered = forecast_lines([line_of("theirs", "oooooo"), few, line_of("mine", "mmmmmm")])
    assert ["theirs", "few", "mine"] == [eid for eid, _ in answered]
    theirs, average, mine = (np.array(chances) for _, chances in answered)
    assert bool((theirs > mine).all() and (np.diff(theirs) >= 0).all())
    assert [average.tolist()] == [list(chances) for _, chances in forecast_lines([few])]
    assert 0.15 < average[2] < 0.45
    older = msgspec.structs.replace(few, silence_days=60.0)
    assert bool((np.array(forecast_lines([older])[0][1]) < average).all())


def test_what_lies_ahead_of_now_is_not_looked_at() -> None:
    """Nor does the order of the events matter."""
    line = line_of("a", "omomom")
    ahead = [*line.events, (line.now + 86_400.0, "other")]
    mixed = msgspec.structs.replace(line, events=ahead[::-1])
    assert forecast_lines([line]) == forecast_lines([mixed])


def test_an_event_by_neither_names_its_line() -> None:
    """The second line, not what it holds."""
    wrong = Line("b", 7.0, 1e6, [(0.0, "somebody")])
    with pytest.raises(EpisodeNotUnderstood) as refused:
        forecast_lines([line_of("a", "omom"), wrong])
    assert 2 == refused.value.details["line"]
