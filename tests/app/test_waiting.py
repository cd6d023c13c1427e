"""How far a file is, in words: nothing before it is known, and then roughly."""

from __future__ import annotations

import pytest

from fallow.app import Pace, say_left, say_rows


class Clock:
    """Seconds that pass when somebody says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def paced(*steps: tuple[float, int], of: int = 1000) -> Pace:
    """A file of so many bytes of which some were read at each of some moments, seconds from the beginning."""
    clock = Clock()
    pace = Pace(clock)
    for seconds, done in steps:
        clock.now = 100.0 + seconds
        pace.put(done, of, done // 10)
    return pace


def test_an_even_pace_tells_what_is_left() -> None:
    """A tenth in every second: after four of them six are left."""
    assert 6.0 == pytest.approx(paced(*((float(n), 100 * n) for n in range(1, 5))).seconds_left(), abs=0.01)


def test_the_later_half_of_the_time_counts() -> None:
    """A first look of four seconds for half of the file, then reading at a quarter of that speed."""
    fast = [(float(n), 125 * n) for n in range(1, 5)]
    slow = [(float(4 + n), 500 + 30 * n) for n in range(1, 9)]
    assert (1000 - 740) / 30 == pytest.approx(paced(*fast, *slow).seconds_left(), rel=0.05)


@pytest.mark.parametrize(
    "steps",
    [
        [(2.9, 500)],  # too early
        [(1.0, 20), (60.0, 40)],  # too little of it
        [(1.0, 200), (60.0, 200)],  # it stands still
        [],
    ],
)
def test_nothing_is_said_before_it_is_known(steps: list[tuple[float, int]]) -> None:
    """An early guess is a wrong one, and what stands still has no end in sight."""
    pace = paced(*steps)
    assert pace.seconds_left() is None
    assert say_left(pace.seconds_left()) == ""


def test_a_file_that_is_begun_anew_is_paced_anew() -> None:
    """Such as once to see who is in it, and once more to read one of them."""
    pace = paced(*((float(n), 100 * n) for n in range(1, 11)), (11.0, 10))
    assert (0.01, 1, None) == (pace.share, pace.rows, pace.seconds_left())


def test_words_for_what_is_left_rarely_change() -> None:
    """Over the last ten minutes of a file there are fourteen sentences, not six hundred."""
    said = [say_left(float(seconds)) for seconds in range(600, -1, -1)]
    changes = [words for before, words in zip(["", *said], said, strict=False) if words != before]
    assert len(set(changes)) == len(changes) == 14
    assert ["About 10 minutes left.", "About 9 minutes left."] == changes[:2]
    assert [
        "About 2 minutes left.", "About a minute left.", "About half a minute left.", "About 20 seconds left.",
        "About 10 seconds left.", "A few seconds left.",
    ] == changes[-6:]  # fmt: skip
    assert "More than an hour left." == say_left(3601.0)


def test_messages_are_counted_once_there_are_any() -> None:
    """One, many, none."""
    assert ["", "1 message read so far.", "12,400 messages read so far."] == [say_rows(n) for n in (0, 1, 12_400)]
