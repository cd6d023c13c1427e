"""The map as it stands for a person: lists by how things stand, next steps, days to look again, and the one channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import a_desk, later
from fallow.app import (
    Desk,
    channel_standing,
    describe_channel,
    describe_reach,
    looks_ahead,
    mark_channel,
    reach,
    record,
    today,
)
from fallow.errors import InTheFuture, NoSuchChannel, NotUnderstood, StaysOpen
from fallow.plan import Ask, HardStopSet, LimitsSet, Mode, ModeChosen, SafetyNoted
from fallow.reach import load_map

TODAY = dt.date(2026, 3, 3)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Noon in Berlin on 3 March 2026."""
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def limited(desk: Desk, channel: str) -> None:
    record(desk, Ask(LimitsSet(channel)), Ask(ModeChosen("limited_contact")))


def test_nothing_said_is_not_known_and_three_small_steps_come_first(desk: Desk) -> None:
    """A list of forty is not a next step; the smallest are offered, in the order of the map."""
    view = reach(desk)
    small = [each.id for each in load_map().for_mode("no_contact") if each.size == "small"]
    assert {"unknown"} == {each.stands for each in view.channels}
    assert small[:3] == list(view.next)
    assert all((0, 0, 0) == (count.open, count.closed, count.absent) for count in view.counts)
    assert () == view.days
    assert view.next == reach(None).next


def test_what_is_said_is_not_offered_again(desk: Desk) -> None:
    """Done, put off, impossible or absent: each is an answer."""
    first, second, third = reach(desk).next
    mark_channel(desk, first, "do")
    mark_channel(desk, second, "not_now")
    mark_channel(desk, third, "cannot", because="children")
    after = reach(desk)
    assert set() == {first, second, third} & set(after.next)
    assert ["closed", "open", "open"] == [channel_standing(desk, id).stands for id in (first, second, third)]
    mark_channel(desk, first, None)
    assert first == reach(desk).next[0]


@pytest.mark.parametrize("mode", ["no_contact", "limited_contact", "living_together"])
def test_each_way_of_living_has_its_own_list(desk: Desk, mode: Mode) -> None:
    """Living together asks about rooms and not about the phone."""
    record(desk, Ask(ModeChosen(mode)))
    listed = {each.channel.id for each in reach(desk).channels}
    assert {each.id for each in load_map().for_mode(mode)} == listed
    assert ("home_zones" in listed, "phone" in listed) == (mode == "living_together", mode != "living_together")


def test_limited_contact_keeps_its_one_channel_open(desk: Desk) -> None:
    """It counts as open, is no next step, and the map does not keep that it was closed."""
    limited(desk, "E-mail, evenings")
    view = reach(desk)
    kept = next(each for each in view.channels if each.kept)
    assert ("email", "open", "E-mail, evenings", True) == (kept.channel.id, kept.stands, view.named, view.knows_named)
    assert (1, 0) == (view.counts[0].open, view.counts[0].closed)
    for mark in ("do", "absent"):
        with pytest.raises(StaysOpen):
            mark_channel(desk, "email", mark)  # type: ignore[arg-type]
    assert channel_standing(desk, "email").mark is None
    assert "cannot" == mark_channel(desk, "email", "cannot", because="children").mark


def test_the_one_channel_is_never_a_next_step(desk: Desk) -> None:
    """Whatever else was answered."""
    limited(desk, "WhatsApp")
    for _ in range(len(load_map().channels)):
        following = reach(desk).next
        assert "whatsapp" not in following
        for id in following:
            mark_channel(desk, id, "not_now")
    assert ["whatsapp"] == [each.channel.id for each in reach(desk).channels if each.mark is None]


def test_a_channel_the_map_does_not_know_is_said_to_be_unknown(desk: Desk) -> None:
    """Then nothing is kept open by itself, and the page says so."""
    limited(desk, "a book in the school bag")
    view = reach(desk)
    assert (False, "a book in the school bag") == (view.knows_named, view.named)


def test_the_one_channel_stays_while_help_comes_first(desk: Desk) -> None:
    """A person who is afraid is not told to close the line for the children."""
    limited(desk, "phone")
    record(desk, Ask(SafetyNoted("afraid")))
    assert channel_standing(desk, "phone").kept


def test_a_stop_leaves_nothing_open_on_purpose_and_hides_how_to_open_again(desk: Desk) -> None:
    """The map is about distance and stays; what lets either reach or watch is not told how to be opened again."""
    limited(desk, "e-mail")
    record(desk, Ask(HardStopSet("asked")))
    view = reach(desk)
    assert ("no_contact", None, False) == (view.mode, view.named, view.knows_named)
    hidden = {each.channel.id for each in view.channels if not each.back_shown}
    assert hidden == {each.channel.id for each in view.channels if {"reach_me", "watch_them"} & set(each.channel.lets)}
    assert channel_standing(desk, "location").back_shown
    told = describe_channel(mark_channel(desk, "email", "do"))
    assert ("do", None, {None}) == (told["mark"], told["back"], {step["back"] for step in told["platforms"]})
    assert 39 == len(describe_reach(view)["channels"])


def test_a_day_to_look_again_comes_and_is_said(desk: Desk) -> None:
    """On the day on the map and on Today, until something is said again."""
    mark_channel(desk, "music", "not_now", again_on=TODAY + dt.timedelta(days=10))
    mark_channel(desk, "routes", "do", again_on=TODAY + dt.timedelta(days=5))
    assert [TODAY + dt.timedelta(days=n) for n in (5, 10)] == [each.on for each in looks_ahead(desk)]
    assert [(), ("routes",), ("music", "routes")] == [reach(later(desk, days=n)).due for n in (4, 9, 10)]
    assert ("music", "routes") == today(later(desk, days=11)).channels_due
    mark_channel(later(desk, days=11), "music", "do")
    assert ("routes",) == reach(later(desk, days=11)).due
    assert 1 == len(looks_ahead(desk))


def test_a_step_done_earlier_has_its_own_day(desk: Desk) -> None:
    """A day that has not come is refused, and nothing is kept."""
    assert TODAY - dt.timedelta(days=4) == mark_channel(desk, "music", "do", on=TODAY - dt.timedelta(days=4)).since
    assert [TODAY - dt.timedelta(days=4), TODAY] == sorted({count.day for count in reach(desk).days})
    with pytest.raises(InTheFuture):
        mark_channel(desk, "routes", "do", on=TODAY + dt.timedelta(days=1))
    with pytest.raises(NotUnderstood):
        mark_channel(desk, "routes", "do", again_on=TODAY)
    assert channel_standing(desk, "routes").mark is None


def test_a_reason_that_was_not_given_is_another_one(desk: Desk) -> None:
    """So that what has to stay always has a class."""
    assert "other" == mark_channel(desk, "phone", "cannot").because


def test_a_channel_that_is_not_there_is_said(desk: Desk) -> None:
    """And nothing is recorded."""
    with pytest.raises(NoSuchChannel):
        mark_channel(desk, "window", "do")
    assert () == tuple(desk.store.events())


def test_a_machine_is_told_everything_a_page_shows(desk: Desk) -> None:
    """Counts, days, next steps, and each channel with its date, its step and whether it can be taken back."""
    mark_channel(desk, "payments", "not_now")
    told = describe_reach(reach(desk))
    assert {"mode", "named", "next", "due", "counts", "days", "notes", "channels"} == set(told)
    payments = next(each for each in told["channels"] if each["id"] == "payments")
    assert ("not_now", "open", "2026-03-03", True) == (
        *(payments[key] for key in ("mark", "stands", "since", "reversible")),
    )
    venmo = payments["platforms"][0]
    assert ("2026-11-26", False) == (venmo["seen"], venmo["reversible"])
