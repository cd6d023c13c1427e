"""A person's own hours and cues, from what stands of what they logged, on a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fallow.app import Desk, Patterns, begin_draft, describe_patterns, read_patterns, record, seal_draft
from fallow.plan import Accident, Ask, Correction, Logged, Looked, Moment, Replied, Urge, Wrote
from fallow.store import Cost, create_key
from fallow.store.sqlite import open_sqlite

BERLIN = "Europe/Berlin"
NOW = dt.datetime(2026, 11, 12, 15, 20)
"""A Thursday afternoon."""


def moment(local: dt.datetime, zone: str = BERLIN) -> Moment:
    return Moment(local.replace(tzinfo=ZoneInfo(zone)), zone)


def ago(days: float, what: Logged, zone: str = BERLIN) -> Ask:
    return Ask(what, moment(NOW - dt.timedelta(days=days), zone))


def evening(days: int, what: Logged, hour: int = 22, minute: int = 10) -> Ask:
    """So many days before, late."""
    return Ask(what, moment(dt.datetime.combine(NOW.date() - dt.timedelta(days=days), dt.time(hour, minute))))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    key, _code = create_key(tmp_path / "data", "a slow green field", cost=Cost(memory_kib=64, passes=1, lanes=1))
    return Desk(open_sqlite(tmp_path / "data", key), lambda: moment(NOW))


def found(desk: Desk, asks: Iterable[Ask]) -> Patterns:
    record(desk, *asks)
    return read_patterns(desk)


def months(hour: int = 22) -> list[Ask]:
    """Five weeks in which most late evenings were hard."""
    return [evening(days, Urge(cue="the sofa"), hour) for days in range(1, 36) if days % 4]


def test_nothing_logged_is_said_as_nothing(desk: Desk) -> None:
    """No hour, no cue, no offer, and a day that was looked at."""
    patterns = read_patterns(desk)
    assert (0, 0, None, ()) == (patterns.urges.entries, patterns.looks.entries, patterns.coming, patterns.cues)
    assert patterns.first == patterns.last == NOW.date()
    assert describe_patterns(patterns)["urges"]["hard_hours"] is None


def test_hard_evenings_are_found_and_the_next_is_offered(desk: Desk) -> None:
    """On a Thursday afternoon it is tonight's, with n and an interval above the average."""
    patterns = found(desk, months())
    coming, shares = patterns.coming, patterns.urges.found
    assert coming is not None
    assert shares is not None
    assert (3, 22, 7) == (coming.weekday, coming.hour, coming.ahead)
    assert shares.entries == patterns.urges.entries == 27
    assert coming.lower > shares.average


def test_urges_and_looks_are_counted_apart(desk: Desk) -> None:
    """Looks alone make no hard hour of urges."""
    patterns = found(desk, [replace_what(ask, Looked()) for ask in months()])
    assert (0, 27) == (patterns.urges.entries, patterns.looks.entries)
    assert patterns.urges.found is patterns.coming is None
    assert patterns.looks.found is not None


def replace_what(ask: Ask, what: Logged) -> Ask:
    return Ask(what, ask.happened)


def test_an_entry_is_read_on_the_clock_of_its_place(desk: Desk) -> None:
    """Ten at night in Tokyo is ten at night, though it was afternoon in Berlin."""
    held = found(desk, [Ask(Urge(), moment(dt.datetime(2026, 11, 2, 22, 5), "Asia/Tokyo"))]).urges.held
    assert [[0, 22]] == np.argwhere(held).tolist()


def test_cues_are_counted_in_own_words(desk: Desk) -> None:
    """Capitals and blanks aside they are one, spelled as at first; a cue that came once is not named."""
    said = ["Our song", "our  SONG ", "the bakery", None, "rain", " the bakery", "our song", "  "]
    patterns = found(desk, [ago(3 + place, Urge(cue=cue)) for place, cue in enumerate(said)])
    assert [("Our song", 3), ("the bakery", 2)] == [(cue.words, cue.count) for cue in patterns.cues]
    assert 6 == patterns.with_cue
    assert {None} == {cue.share for cue in patterns.cues}


def test_from_ten_on_a_cue_has_a_share_with_its_interval(desk: Desk) -> None:
    """Four of ten, by Wilson 17 to 69 in 100."""
    said = ["a"] * 4 + ["b"] * 3 + list("cde")
    cue = found(desk, [ago(2 + place, Urge(cue=each)) for place, each in enumerate(said)]).cues[0]
    assert cue.share is not None
    assert ("a", 4, 10) == (cue.words, cue.share.count, cue.share.n)
    assert (17, 69) == (round(100 * cue.share.lower), round(100 * cue.share.upper))


def test_days_of_the_week_are_out_of_such_days(desk: Desk) -> None:
    """Two urges on one day are one day; under fourteen days nothing is said."""
    assert () == found(desk, [evening(12, Urge()), evening(12, Urge(), hour=8)]).urges.weekdays
    shares = found(desk, [evening(19, Urge())]).urges.weekdays
    assert 20 == sum(share.n for share in shares)
    # 24 and 31 October were Saturdays; the urge 19 days before this Thursday fell on the first, two on the second.
    assert (2, 3) == (shares[5].count, shares[5].n)
    assert 2 == sum(share.count for share in shares)


def test_the_hour_after_an_urge_is_told(desk: Desk) -> None:
    """Within sixty minutes: reaching out weighs more than sealing, and what had to be written is neither."""
    asks = [evening(days, Urge()) for days in range(2, 11)]
    asks += [evening(2, Wrote(), minute=59), evening(3, Replied(), hour=23, minute=9)]
    asks += [evening(4, Replied(necessary=True)), evening(5, Wrote(), hour=23, minute=10)]
    assert {} == found(desk, asks).afterwards
    id = begin_draft(desk, Urge())
    seal_draft(desk, id, "words", moment(NOW + dt.timedelta(days=1)).at)
    shares = read_patterns(desk).afterwards
    assert {"neither": 7, "sealed": 1, "reached_out": 2} == {name: share.count for name, share in shares.items()}
    assert {10} == {share.n for share in shares.values()}


def test_what_lies_more_than_twelve_weeks_back_is_left_out(desk: Desk) -> None:
    """Hours, cues and days all begin then."""
    patterns = found(desk, [ago(84.5, Urge(cue="old")), ago(90, Urge(cue="old")), ago(1, Urge())])
    assert (1, (), 85) == (patterns.urges.entries, patterns.cues, patterns.days)
    assert 84 * 24 == patterns.urges.observed.sum()


def test_a_corrected_entry_counts_as_what_it_was(desk: Desk) -> None:
    """An urge that was really a look moves over; one that was an accident is in neither."""
    first, second = record(desk, ago(2, Urge(cue="x")), ago(3, Urge(cue="x")))
    record(desk, Ask(Correction(target=first.id, to=Looked())), Ask(Correction(target=second.id, to=Accident())))
    patterns = read_patterns(desk)
    assert (0, 1, ()) == (patterns.urges.entries, patterns.looks.entries, patterns.cues)


def test_a_clock_set_back_loses_nothing(desk: Desk) -> None:
    """What was logged later than now is still in the span."""
    record(desk, ago(1, Urge()))
    patterns = read_patterns(replace(desk, clock=lambda: moment(NOW - dt.timedelta(days=40))))
    assert 1 == patterns.urges.entries == patterns.urges.held.sum()


def test_a_machine_can_read_all_of_it(desk: Desk) -> None:
    """Plain values through JSON and back, with shares in [0, 1]."""
    told = describe_patterns(found(desk, months()))
    assert told == msgspec.json.decode(msgspec.json.encode(told))
    hard = told["urges"]["hard_hours"]
    assert hard
    assert all(0 <= each["lower"] <= each["value"] <= each["upper"] <= 1 for each in hard)
    assert {22} == {each["hour"] for each in hard}


Setting = Callable[[], Desk]


@pytest.fixture
def fresh(tmp_path: Path) -> Setting:
    """A new, empty store at each call."""
    place = iter(range(1_000))

    def make() -> Desk:
        folder = tmp_path / str(next(place))
        key, _code = create_key(folder, "a slow green field", cost=Cost(memory_kib=64, passes=1, lanes=1))
        return Desk(open_sqlite(folder, key), lambda: moment(NOW))

    return make


def plain(patterns: Patterns) -> dict[str, object]:
    """All of it but the dates."""
    told = describe_patterns(patterns)
    return {name: told[name] for name in told if name not in ("first_day", "last_day")}


# An hour that a clock may leave out in spring is not the same wall clock every week.
BEFORE = st.integers(30, 24 * 40).filter(lambda hours: (NOW - dt.timedelta(hours=hours)).hour != 2)
HOURS = st.lists(BEFORE, min_size=1, max_size=40)
FEW = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(HOURS, st.integers(1, 200))
def test_shifting_all_weeks_changes_nothing(fresh: Setting, hours: list[int], weeks: int) -> None:
    """The same wall clocks, any number of weeks earlier, over changes of the clock: the same patterns."""
    back = dt.timedelta(weeks=weeks)
    here, there = fresh(), fresh()
    for desk, shift in ((here, dt.timedelta(0)), (there, back)):
        record(desk, *(Ask(Urge(), moment(NOW - shift - dt.timedelta(hours=hour))) for hour in hours))
    then = replace(there, clock=lambda: moment(NOW - back))
    first = min(NOW - back - dt.timedelta(hours=hour) for hour in hours)
    assert plain(read_patterns(here)) == plain(read_patterns(then))
    assert read_patterns(then).first == first.date()


@FEW
@given(HOURS, st.data())
def test_taking_back_an_entry_removes_it(fresh: Setting, hours: list[int], data: st.DataObject) -> None:
    """The patterns are those of a record in which it never was."""
    gone = data.draw(st.sampled_from(range(len(hours))))
    with_it, without = fresh(), fresh()
    # The first entry of both, which stays, sets from when on hours are observed.
    asks = [ago(41, Looked()), *(ago(hour / 24, Urge(cue=f"cue {hour % 3}")) for hour in hours)]
    stored = record(with_it, *asks)
    record(with_it, Ask(Correction(target=stored[1 + gone].id)))
    record(without, *(ask for place, ask in enumerate(asks) if place != 1 + gone))
    assert plain(read_patterns(without)) == plain(read_patterns(with_it))
