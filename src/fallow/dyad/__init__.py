"""Measures of two people writing: how much, when, who begins, who answers how soon, who ends a silence."""

from fallow.dyad.balance import MIN_RETURNS, QuarterBalance, balance_by_quarter
from fallow.dyad.bouts import Bouts, find_bouts
from fallow.dyad.changes import CLEAR, MIN_CHANGE_WEEKS, Change, ChangeReading, SeriesReading, When, read_changes
from fallow.dyad.clusters import MIN_CLUSTERS, clustered_ratio, clustered_share
from fallow.dyad.criterion import BoutCriterion, How, learn_bout_criterion
from fallow.dyad.episodes import (
    ALTER_BROKE,
    COVARIATES,
    DAY_US,
    EGO_BROKE,
    LEAST_DAYS,
    LEAST_MESSAGES,
    LONG_DAYS,
    MEMORIES,
    OPEN,
    START_DAYS,
    Episodes,
    find_episodes,
)
from fallow.dyad.follow_ups import MIN_WAITS, FollowUps, SideFollowUps, count_follow_ups
from fallow.dyad.latency import (
    HOURS_IN_BLOCK,
    Latencies,
    Latency,
    Waited,
    WaitedByHour,
    WaitedInPeriod,
    measure_latencies,
)
from fallow.dyad.means import MIN_MEAN, Mean, mean_interval
from fallow.dyad.openings import MIN_BOUTS, MIN_BOUTS_IN_PERIOD, Openings, Period, count_openings
from fallow.dyad.overlap import ClockOverlap, clock_overlap
from fallow.dyad.periods import WEEKS_IN_MONTH, WEEKS_IN_QUARTER
from fallow.dyad.quiet import MIN_SILENCES, NOBODY, Silences, silences
from fallow.dyad.read_waits import MIN_READ, ReadReplies, ReadWaits, measure_read
from fallow.dyad.replies import MIN_REPLIES, Replies, ReplyLatencies, reply_latencies
from fallow.dyad.rhythm import MIN_CLOCK_MESSAGES, BusyHours, busiest_hours, clock
from fallow.dyad.shares import Share, SideShares, wilson_interval
from fallow.dyad.stability import CRITERIA_HOURS, AtCriterion, criterion_stability
from fallow.dyad.summary import TwoSides, two_sides
from fallow.dyad.thresholds import THRESHOLDS, Silence, SilencesFrom, count_silences, longest_silence
from fallow.dyad.turns import Turns, find_turns
from fallow.dyad.volume import MIN_WEEKS, Participant, Participants, WeeklyCounts, participants, weekly_counts
from fallow.dyad.writing import MIN_WRITTEN, SideWriting, Writing, measure_writing

__all__ = [
    "ALTER_BROKE",
    "CLEAR",
    "COVARIATES",
    "CRITERIA_HOURS",
    "DAY_US",
    "EGO_BROKE",
    "HOURS_IN_BLOCK",
    "LEAST_DAYS",
    "LEAST_MESSAGES",
    "LONG_DAYS",
    "MEMORIES",
    "MIN_BOUTS",
    "MIN_BOUTS_IN_PERIOD",
    "MIN_CHANGE_WEEKS",
    "MIN_CLOCK_MESSAGES",
    "MIN_CLUSTERS",
    "MIN_MEAN",
    "MIN_READ",
    "MIN_REPLIES",
    "MIN_RETURNS",
    "MIN_SILENCES",
    "MIN_WAITS",
    "MIN_WEEKS",
    "MIN_WRITTEN",
    "NOBODY",
    "OPEN",
    "START_DAYS",
    "THRESHOLDS",
    "WEEKS_IN_MONTH",
    "WEEKS_IN_QUARTER",
    "AtCriterion",
    "BoutCriterion",
    "Bouts",
    "BusyHours",
    "Change",
    "ChangeReading",
    "ClockOverlap",
    "Episodes",
    "FollowUps",
    "How",
    "Latencies",
    "Latency",
    "Mean",
    "Openings",
    "Participant",
    "Participants",
    "Period",
    "QuarterBalance",
    "ReadReplies",
    "ReadWaits",
    "Replies",
    "ReplyLatencies",
    "SeriesReading",
    "Share",
    "SideFollowUps",
    "SideShares",
    "SideWriting",
    "Silence",
    "Silences",
    "SilencesFrom",
    "Turns",
    "TwoSides",
    "Waited",
    "WaitedByHour",
    "WaitedInPeriod",
    "WeeklyCounts",
    "When",
    "Writing",
    "balance_by_quarter",
    "busiest_hours",
    "clock",
    "clock_overlap",
    "clustered_ratio",
    "clustered_share",
    "count_follow_ups",
    "count_openings",
    "count_silences",
    "criterion_stability",
    "find_bouts",
    "find_episodes",
    "find_turns",
    "learn_bout_criterion",
    "longest_silence",
    "mean_interval",
    "measure_latencies",
    "measure_read",
    "measure_writing",
    "participants",
    "read_changes",
    "reply_latencies",
    "silences",
    "two_sides",
    "weekly_counts",
    "wilson_interval",
]
