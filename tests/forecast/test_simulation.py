"""How the estimate of hard hours does on made-up people, 200 of each kind; the same figures are in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fallow.dyad import wilson_interval
from fallow.forecast.hard_hours import HARDER
from forecast.people import each, flat, in_100, measured

DOCUMENT = Path(__file__).parents[2] / "docs" / "explanation" / "patterns.md"


@pytest.mark.parametrize("days", [36, 84])
def test_an_interval_of_95_holds_about_95_in_100(days: int) -> None:
    """Over people as the model supposes them, however alike their hours are."""
    assert 92 <= measured()[f"coverage, {days} days"][0] <= 98


def test_at_its_worst_an_interval_holds_85_in_100() -> None:
    """Hours of the week that have little to do with their hour of the day cannot be learned from five weeks."""
    assert 85 <= measured()["coverage at its worst, cells unlike their hour, 36 days"][0]


def test_at_most_five_in_100_hear_of_a_hard_hour_that_is_none() -> None:
    """Among people without any, among those who sleep, and among those whose urges come in runs."""
    alarms = {name: figures[0] for name, figures in measured().items() if name.startswith("false alarm")}
    assert 4 == len(alarms)
    assert max(alarms.values()) <= 5


def test_without_shrinking_nearly_all_would_hear_of_one() -> None:
    """The control: the same rule on the interval of each hour alone calls chance a pattern."""
    called = []
    for _, found in each(lambda _: flat(1.1), 36, 16):
        pairs = zip(found.held.ravel().tolist(), found.observed.ravel().tolist(), strict=True)
        called.append(any(wilson_interval(k, n).lower > HARDER * found.average for k, n in pairs))
    assert in_100(called) > 90


def test_planted_hard_hours_are_found() -> None:
    """At least one in nearly all people of 41 urges or more, half of them late; one hour of a week in most of 84."""
    found = measured()
    assert 90 <= found["found, half of 41 at 22:00 and 23:00, 36 days"][0]
    assert 90 <= found["found, 40 in 100 of 84 at 22:00 and 23:00, 84 days"][0]
    assert 60 <= found["found, one hour of the week with a tenth of 84, 84 days"][0]


def test_shrinking_foretells_better_than_raw_shares() -> None:
    """Of six weeks that were not seen: the model loses less than the raw shares, and less than the average alone."""
    raw, average, model = measured()["log-loss, 42 days"]
    assert model < average < raw


def test_the_documents_give_these_figures() -> None:
    """Each to one in a hundred, for another machine may round otherwise."""
    rows = re.findall(r"^\| ([^|]+?) \| ([\d, ]+?) \|$", DOCUMENT.read_text("utf-8"), re.M)
    told = {name: tuple(map(int, figures.split(", "))) for name, figures in rows}
    assert set(told) == set(measured())
    for name, figures in measured().items():
        assert figures == pytest.approx(told[name], abs=1)
