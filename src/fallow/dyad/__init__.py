"""Measures of two people writing: how much, when, who begins, who answers how soon, who ends a silence."""

from fallow.dyad.bouts import Bouts, find_bouts
from fallow.dyad.criterion import BoutCriterion, How, learn_bout_criterion
from fallow.dyad.means import MIN_MEAN, Mean, mean_interval
from fallow.dyad.openings import MIN_BOUTS, MIN_BOUTS_IN_PERIOD, Openings, Period, count_openings
from fallow.dyad.quiet import MIN_SILENCES, NOBODY, Silences, silences
from fallow.dyad.replies import MIN_REPLIES, Replies, ReplyLatencies, reply_latencies
from fallow.dyad.rhythm import MIN_CLOCK_MESSAGES, BusyHours, busiest_hours, clock
from fallow.dyad.shares import Share, SideShares, wilson_interval
from fallow.dyad.summary import TwoSides, two_sides
from fallow.dyad.turns import Turns, find_turns
from fallow.dyad.volume import MIN_WEEKS, Participant, Participants, WeeklyCounts, participants, weekly_counts

__all__ = [
    "MIN_BOUTS",
    "MIN_BOUTS_IN_PERIOD",
    "MIN_CLOCK_MESSAGES",
    "MIN_MEAN",
    "MIN_REPLIES",
    "MIN_SILENCES",
    "MIN_WEEKS",
    "NOBODY",
    "BoutCriterion",
    "Bouts",
    "BusyHours",
    "How",
    "Mean",
    "Openings",
    "Participant",
    "Participants",
    "Period",
    "Replies",
    "ReplyLatencies",
    "Share",
    "SideShares",
    "Silences",
    "Turns",
    "TwoSides",
    "WeeklyCounts",
    "busiest_hours",
    "clock",
    "count_openings",
    "find_bouts",
    "find_turns",
    "learn_bout_criterion",
    "mean_interval",
    "participants",
    "reply_latencies",
    "silences",
    "two_sides",
    "weekly_counts",
    "wilson_interval",
]
