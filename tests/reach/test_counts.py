"""Counts of what is open: nothing unsaid is open or closed, and what is counted adds up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from fallow.reach import Channel, DayCount, Marked, count_days, count_now, find_channel, load_map, stands

PHONE, MUSIC, OLD_CHAT, EMAIL = (find_channel(id) for id in ("phone", "music", "old_chat", "email"))
LIST = (PHONE, MUSIC, OLD_CHAT, EMAIL)
FIRST = dt.date(2026, 11, 1)


def day(n: int) -> dt.date:
    return FIRST + dt.timedelta(days=n)


def told(count: DayCount) -> tuple[int, int, int, int]:
    return count.open, count.closed, count.absent, count.unknown


def of_way(counts: tuple[DayCount, ...], way: str) -> list[tuple[dt.date, tuple[int, int, int, int]]]:
    return [(count.day, told(count)) for count in counts if count.way == way]


def test_what_nobody_spoke_of_is_not_known() -> None:
    """Neither open nor closed."""
    assert [(0, 0, 0, 2), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1)] == [
        told(count) for count in count_now(LIST, {}, FIRST, frozenset())
    ]


def test_what_cannot_be_closed_is_open() -> None:
    """Put off, and kept for the children, are both open; done is closed; what is not there is neither."""
    assert ["open", "open", "closed", "absent", "unknown"] == [
        stands("not_now"), stands("cannot"), stands("do"), stands("absent"), stands(None),
    ]  # fmt: skip


def test_the_one_channel_is_open_without_a_mark() -> None:
    """It stays open on purpose; that it was shut by the person all the same is theirs to say."""
    reach_me = count_now(LIST, {}, FIRST, frozenset({"email"}))[0]
    assert (1, 0, 0, 1) == told(reach_me)
    assert "closed" == stands("do", kept=True)


def test_a_mark_holds_from_its_day_until_the_next() -> None:
    """One line for every day on which something changed, and the last day."""
    marked = [Marked(day(0), "phone", "not_now"), Marked(day(3), "phone", "do"), Marked(day(5), "music", "cannot")]
    counts = count_days(LIST, marked, day(9))
    assert [
        (day(0), (1, 0, 0, 1)),
        (day(3), (0, 1, 0, 1)),
        (day(5), (0, 1, 0, 1)),
        (day(9), (0, 1, 0, 1)),
    ] == of_way(counts, "reach_me")
    assert [(0, 0, 0, 1), (0, 0, 0, 1), (1, 0, 0, 0), (1, 0, 0, 0)] == [t for _, t in of_way(counts, "watch_them")]


def test_a_mark_taken_back_is_not_known_again() -> None:
    """From the day it was taken back; before it, it stands."""
    counts = count_days(LIST, [Marked(day(0), "phone", "do"), Marked(day(2), "phone", None)], day(2))
    assert [(day(0), (0, 1, 0, 1)), (day(2), (0, 0, 0, 2))] == of_way(counts, "reach_me")


def test_what_was_entered_last_is_meant() -> None:
    """Also where it is of an earlier day, so that today shows what was said last."""
    counts = count_days(LIST, [Marked(day(4), "phone", "not_now"), Marked(day(1), "phone", "do")], day(6))
    assert [(day(1), (0, 1, 0, 1)), (day(4), (0, 1, 0, 1)), (day(6), (0, 1, 0, 1))] == of_way(counts, "reach_me")


def test_the_one_channel_counts_from_the_day_it_was_named() -> None:
    """Before that it was not known."""
    marked = [Marked(day(0), "phone", "do")]
    counts = count_days(LIST, marked, day(8), kept=frozenset({"email"}), kept_since=day(4))
    assert [(day(0), (0, 1, 0, 1)), (day(4), (1, 1, 0, 0)), (day(8), (1, 1, 0, 0))] == of_way(counts, "reach_me")


def test_nothing_said_is_no_days() -> None:
    """Marks of channels of another list are none of this one."""
    assert () == count_days(LIST, [], day(3))
    assert () == count_days(LIST, [Marked(day(0), "whatsapp", "do")], day(3))


MARKS = st.lists(
    st.builds(
        Marked,
        day=st.integers(0, 30).map(day),
        channel=st.sampled_from([each.id for each in load_map().channels]),
        mark=st.sampled_from(["do", "not_now", "cannot", "absent", None]),
    ),
    max_size=60,
)


def lets(channels: tuple[Channel, ...], way: str) -> int:
    return sum(way in each.lets for each in channels)


@given(MARKS)
def test_every_day_adds_up_and_the_last_is_today(marked: list[Marked]) -> None:
    """Whatever is said in whatever order: the four sum to the channels of that way, and the last day is what holds."""
    channels = load_map().for_mode("no_contact")
    counts = count_days(channels, marked, day(40))
    assert all(sum(told(count)) == lets(channels, count.way) for count in counts)
    assert sorted(count.day for count in counts) == [count.day for count in counts]
    if counts:
        last = {each.channel: each.mark for each in marked}
        assert count_now(channels, last, day(40), frozenset()) == counts[-4:]
