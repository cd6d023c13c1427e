"""The channels by which each can be reached or watched by the other, the step that closes each, and what is open."""

from fallow.reach.channels import (
    Channel,
    ChannelMap,
    Group,
    PlatformStep,
    Size,
    Way,
    find_channel,
    kept_open,
    load_map,
)
from fallow.reach.counts import WAYS, DayCount, Marked, Open, count_days, count_now, stands

__all__ = [
    "WAYS",
    "Channel",
    "ChannelMap",
    "DayCount",
    "Group",
    "Marked",
    "Open",
    "PlatformStep",
    "Size",
    "Way",
    "count_days",
    "count_now",
    "find_channel",
    "kept_open",
    "load_map",
    "stands",
]
