"""The clock: the present in a zone, and which zone this computer is in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from fallow.plan import Moment


def moment_in(zone: str) -> Moment:
    """The present, on the clock of a zone."""
    return Moment(dt.datetime.now(dt.UTC), zone)


def today_in(zone: ZoneInfo | None) -> dt.date:
    """The local day now, in a zone or else the computer's; for what is done without a desk."""
    return Moment(dt.datetime.now(dt.UTC), system_zone() if zone is None else zone.key).day


def system_zone(environ: Mapping[str, str] = os.environ) -> str:
    """The IANA name of this computer's zone, or UTC where it does not tell."""
    candidates = [environ.get("TZ", "").lstrip(":")]
    local = Path("/etc/localtime")
    if local.is_symlink():
        candidates.append(str(local.resolve()).rpartition("zoneinfo/")[2])
    known = available_timezones()
    return next((name for name in candidates if name in known), "UTC")


def system_zone_info() -> ZoneInfo:
    """The zone of this computer, for what is told without a desk."""
    return ZoneInfo(system_zone())
