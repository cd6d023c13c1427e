from __future__ import annotations

import pytest

from fallow.charts import phrases
from fallow.dyad import BoutCriterion, Share, SideShares
from fallow.survival import Estimate

MINUTE = 1 / 1440
SECOND = MINUTE / 60


@pytest.mark.parametrize(
    ("days", "resolution", "said"),
    [
        (0.0, MINUTE, "under a minute"),
        (MINUTE, MINUTE, "1 minute"),
        (4 * MINUTE, MINUTE, "4 minutes"),
        (0.0, SECOND, "under a second"),
        (20 * SECOND, SECOND, "20 seconds"),
        (2.5 * MINUTE, SECOND, "2.5 minutes"),
        (89 * MINUTE, MINUTE, "89 minutes"),
        (150 * MINUTE, MINUTE, "2.5 hours"),
        (2.0, MINUTE, "2 days"),
    ],
)
def test_a_length_of_time_is_no_finer_than_the_source(days: float, resolution: float, said: str) -> None:
    """A source of whole minutes says minutes; under its tick nothing is known but that."""
    assert said == phrases.duration_label(days, resolution)


def test_a_median_is_said_with_its_limits_and_numbers() -> None:
    """Both limits, how many turns, and how many had no answer."""
    found = Estimate(4 * MINUTE, 3 * MINUTE, 5 * MINUTE, 1203, 40)
    said = "You answered half of their turns within 4 minutes (3 to 5 minutes; 1,203 turns, 40 without an answer)."
    assert said == phrases.reply_sentence(phrases.YOU, found, MINUTE)


def test_a_median_under_the_tick_is_said_as_under_a_minute() -> None:
    """Zero minutes would claim what a clock of whole minutes cannot know."""
    said = phrases.reply_sentence(phrases.THEM, Estimate(0.0, 0.0, MINUTE, 300, 2), MINUTE)
    assert said.startswith("They answered half of your turns in under a minute (under a minute to 1 minute; ")


def test_limits_within_one_tick_are_said_so() -> None:
    """Four to four is an interval only to the minute."""
    said = phrases.reply_sentence(phrases.YOU, Estimate(4 * MINUTE, 4 * MINUTE, 4 * MINUTE, 3000, 9), MINUTE)
    assert "within 4 minutes (to the minute; 3,000 turns" in said


def test_a_median_without_an_upper_limit_says_so() -> None:
    """Where too many had no answer the limit is open."""
    said = phrases.reply_sentence(phrases.THEM, Estimate(2.0, 0.5, None, 30, 14), MINUTE)
    assert "(from 12 hours, no upper limit; 30 turns" in said


def test_a_median_that_was_not_reached_is_fewer_than_half() -> None:
    """No number is made up."""
    said = phrases.reply_sentence(phrases.THEM, Estimate(None, 0.5, None, 60, 40), MINUTE)
    assert said.startswith("They answered fewer than half of your turns in the time that can be seen (60 turns")


def test_openings_are_said_in_100_with_limits_and_criterion() -> None:
    """Share, interval, n, the latest quarter, and what makes a conversation new."""
    shares = SideShares(ego=Share(819, 1412, 0.55, 0.61), alter=Share(593, 1412, 0.39, 0.45))
    lately = phrases.last_quarter_sentence(SideShares(ego=Share(97, 120, 0.73, 0.87), alter=Share(23, 120, 0.13, 0.27)))
    criterion = BoutCriterion(6 * 3_600_000_000, "too little data", 40)
    assert phrases.openings_sentence(shares, lately, criterion) == (
        "You began 58 in 100 conversations (55 to 61; n = 1,412). "
        "In the last 13 weeks it was 81 in 100 conversations (73 to 87; n = 120). "
        "A conversation is new after 6 hours without a message; the record does not tell, so this is a default."
    )


def test_a_learned_criterion_is_said_without_more() -> None:
    """Only a default is called one."""
    shares = SideShares(ego=Share(12, 24, 0.3, 0.7), alter=Share(12, 24, 0.3, 0.7))
    said = phrases.openings_sentence(shares, "", BoutCriterion(2 * 3_600_000_000, "learned", 900))
    assert said.endswith("A conversation is new after 2 hours without a message.")


def test_one_message_and_an_even_week_are_said_plainly() -> None:
    """One is singular, and a range of one number is that number."""
    assert phrases.weekly_sentence(6, (1, 2), (0, 0), (0, 1)) == (
        "In 6 weeks you sent 1 message and they sent 2. In the middle half of weeks you sent 0, and they 0 to 1."
    )


def test_equal_limits_in_hours_are_not_to_the_minute() -> None:
    """Hours are rounded to a tenth, so nothing finer is claimed."""
    said = phrases.reply_sentence(phrases.YOU, Estimate(0.125, 0.125, 0.125, 3000, 9), MINUTE)
    assert "within 3 hours (to the digit shown; 3,000 turns" in said


def test_one_silence_is_said_in_the_singular() -> None:
    """With one there is no longest and nothing to count."""
    said = "A silence of 3 days or more ended once, after 4.5 days; they wrote first."
    assert said == phrases.silences_sentence((0, 1), 3.0, 4.5, None)


def test_few_silences_are_counted_and_no_share_is_said() -> None:
    """The counts stand alone."""
    assert phrases.silences_sentence((6, 3), 3.0, 12.5, None) == (
        "A silence of 3 days or more ended 9 times; the longest took 12.5 days. "
        "You wrote first 6 of these times, they 3. Too few to say more."
    )


def test_a_day_is_written_without_a_locale() -> None:
    """Months come from this file, not from the machine."""
    assert (phrases.date_label(19_786), phrases.month_label(19_786)) == ("4 March 2024", "Mar 2024")
