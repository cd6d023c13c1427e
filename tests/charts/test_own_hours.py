"""The week of a person's own entries, read back from its drawing."""

from __future__ import annotations

import re

import numpy as np

from charts.samples import SVG, own_hours, parsed, words_in
from fallow.charts import own_hours_chart
from fallow.charts.hours import fullness
from fallow.charts.own_hours import FULL_AT
from fallow.forecast import estimate_hours
from forecast.people import EVENINGS, MONDAY, live, planted

BOTH = own_hours()


def test_a_hard_hour_is_outlined_and_the_outline_is_explained() -> None:
    """Shape, not colour, tells it; without one there is no outline and no word of it."""
    outlines = [n for n in parsed(BOTH["hard"]).iter(f"{SVG}path") if n.get("fill-opacity") == "0"]
    assert ["mark"] == [node.get("class") for node in outlines]
    assert "outlined: clearly above your own average" in words_in(BOTH["hard"])
    assert 'fill-opacity="0"' not in BOTH["alike"].svg
    assert not any("outlined" in words for words in words_in(BOTH["alike"]))


def test_as_many_outlines_as_hard_hours() -> None:
    """And the sentence counts the same."""
    late = estimate_hours(live(planted(41 / 36, EVENINGS, 0.7), 36, np.random.default_rng(5)), MONDAY, MONDAY + 24 * 36)
    outlined = next(n for n in parsed(BOTH["hard"]).iter(f"{SVG}path") if n.get("class") == "mark")
    assert late.hard.sum() == outlined.get("d", "").count("M")
    more = re.search(r", and (\d+) more\.$", BOTH["hard"].sentence)
    assert more is not None
    assert late.hard.sum() == int(more[1]) + 3


def test_the_sentence_says_n_days_average_and_intervals() -> None:
    """Everything a number needs, in words."""
    said = BOTH["hard"].sentence
    assert re.match(r"\d+ urges in 36 days, in \d+ different hours: \d+ in 100 hours held one\. Clearly more", said)
    assert re.search(r"[A-Z][a-z]+day 2[23]:00, \d+ in 100 \(\d+ to \d+\) such hours; ", said)
    assert BOTH["alike"].sentence.endswith("No hour of the week stands out clearly from the others.")


def test_the_table_has_every_hour_that_held_one() -> None:
    """With how many of how many, the share and its interval."""
    assert all(re.fullmatch(r"\d+ of [56]", row[2]) for row in BOTH["hard"].rows)
    assert all(re.fullmatch(r"\d+ in 100 \(\d+ to \d+\)", row[3]) for row in BOTH["hard"].rows)


def test_what_happened_once_is_not_a_full_square() -> None:
    """Two of five steps at most, so that chance does not look like a habit."""
    held = np.zeros((7, 24), np.int64)
    held[2, 5] = held[3, 7] = 1
    assert {0, 2} == set(fullness(held, full_at=FULL_AT).ravel().tolist())
    held[3, 7] = 6
    assert {0, 1, 5} == set(fullness(held, full_at=FULL_AT).ravel().tolist())


def test_too_little_is_said_and_the_hours_stay_in_the_table() -> None:
    """Days first, then different hours; a share that cannot be told is not made up."""
    held, observed = np.zeros((7, 24), np.int64), np.full((7, 24), 1)
    held[2, 5] = 1
    few_days = own_hours_chart("urges", held, observed, None)
    assert ("", "Too little data to say: 7 of at least 14 days.") == (few_days.svg, few_days.sentence)
    few_hours = own_hours_chart("looks", held, 3 * observed, None)
    assert "Too little data to say: 1 of at least 20 different hours with a look." == few_hours.sentence
    assert (("Wed", "05:00", "1 of 3", "too few to say"),) == few_hours.rows
