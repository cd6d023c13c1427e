"""A made-up person's months: a generated record of two people, and the weeks after it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any, Final

import numpy as np
from msgspec.structs import replace as replace_fields

from fallow.app.desk import Desk, record
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import (
    Accident,
    Ask,
    BreakupDescribed,
    ChannelMark,
    ChannelMarked,
    ConfidantNamed,
    DateNoted,
    DistractionsListed,
    IfThenPlanned,
    InboundSettled,
    Logistics,
    Looked,
    Moment,
    MorningLineSet,
    QuietTimeChosen,
    Replied,
    TheyWrote,
    Urge,
    What,
    Wrote,
)
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from fallow.store.interface import SourceRecord

QUIET_DAYS: Final = 26
RECORD_DAYS: Final = 450
SEED: Final = 20260228
DYAD: Final = DyadParameters(
    ego=SideParameters(opens_per_day=1.5, reads=0.6, reacts=0.03),
    alter=SideParameters(
        opens_per_day=1.5,
        reply_minutes=6.0,
        messages_per_turn=2.2,
        decline=0.85,
        slowing=2.0,
        asks=0.11,
        reads=0.6,
        reacts=0.06,
    ),
    decline_start=0.72,
    decline_days=42.0,
    silences_per_day=0.016,
)
"""Two made-up people; one of them slowly writes less, answers later and begins less often before the end."""
WEEKS: Final[tuple[tuple[float, What], ...]] = (
    (25.1, Urge(intensity=9, cue=N_("the empty flat"))),
    (23.4, Looked()),
    (21.2, Urge(intensity=8, cue=N_("a song"))),
    (20.1, Wrote(note=N_("one message, late; no answer came"))),
    (17.6, Accident(note=N_("called by mistake from the pocket"))),
    (15.3, Urge(intensity=7, cue=N_("Sunday morning"))),
    (14.8, Looked()),
    (12.0, TheyWrote(note=N_("about a parcel"))),
    (11.7, Logistics(note=N_("where the parcel can go"))),
    (9.2, Urge(intensity=6, cue=N_("a place we used to sit"))),
    (8.4, Replied(note=N_("a photo came, and an answer"))),
    (4.6, Urge(intensity=5, cue=N_("could not sleep"))),
    (2.2, Urge(intensity=3, cue=N_("a song"))),
)
"""What the made-up person logged: days ago, and what it was."""
EVENINGS: Final = (26, 25, 24, 22, 21, 20, 19, 18, 16, 15, 13, 12, 11, 9, 7, 6, 3)
"""Days ago on which an urge came late in the evening."""
EVENING_CUES: Final = (N_("the empty flat"), None, N_("A song"), N_("could not sleep"), None)


CHANNELS: Final[tuple[tuple[int, ChannelMark, tuple[str, ...]], ...]] = (
    (25, "not_now", ("whatsapp", "instagram", "story_viewers", "music", "mutual_friends", "phone", "sms", "facebook")),
    (25, "absent", ("snapchat", "discord", "payments", "routes", "linkedin", "signal", "home_devices", "games")),
    (24, "do", ("chimes", "last_seen", "photo_memories")),
    (22, "do", ("story_viewers", "their_location", "old_chat")),
    (18, "do", ("instagram", "music")),
    (13, "do", ("location", "shared_albums")),
    (12, "cannot", ("email",)),
    (9, "absent", ("telegram", "imessage", "messenger", "tiktok", "x", "youtube")),
    (8, "do", ("whatsapp", "friends_phone")),
    (3, "do", ("shared_accounts",)),
)
"""What the made-up person said of channels: days ago, what, and of which."""

ARRANGED: Final[tuple[What, ...]] = (
    IfThenPlanned(
        1, N_("In bed with the phone in my hand"), N_("The phone goes into the kitchen, then ten pages"), 22, 2
    ),
    IfThenPlanned(2, N_("That song"), N_("Out of the room, and water")),
    MorningLineSet(N_("Coffee first. The phone can wait until the window is open.")),
    DistractionsListed(
        (N_("Walk to the river"), N_("Call Mira"), N_("Wash up to the radio"), N_("Ten pages of the long book"))
    ),
    DateNoted(N_("Christmas"), 12, 25, "holiday"),
)
"""What the made-up person arranged in calm hours."""
IN_WORDS: Final = ("cue", "note", "moment", "act", "words", "name")
"""The fields of all these that hold words of the made-up person."""


def fill_demo(desk: Desk) -> None:
    """Fill an empty store: a year and more of messages, then some weeks of a quiet time."""
    now = desk.clock()
    _fill_record(desk, now)
    asks = [Ask(_spoken(what), Moment(now.at - dt.timedelta(days=ago), now.zone)) for ago, what in WEEKS]
    asks += [_said(now, ago, channel, mark) for ago, mark, channels in CHANNELS for channel in channels]
    asks += [_evening(now, ago, EVENING_CUES[place % 5]) for place, ago in enumerate(EVENINGS)]
    # The quiet time is chosen last: a total that was seen never falls, so lapses entered after it would only pause it.
    asks += [
        Ask(InboundSettled()),
        Ask(BreakupDescribed("alter", "no", now.day - dt.timedelta(days=QUIET_DAYS))),
        Ask(ConfidantNamed(name="Mira", phone=None, words=_("Call me, also at night."))),
        Ask(QuietTimeChosen(days=60, start=now.day - dt.timedelta(days=QUIET_DAYS))),
        *(Ask(_spoken(what)) for what in ARRANGED),
    ]
    record(desk, *asks)


def _spoken(what: What) -> What:
    """The same, with the words of the made-up person in the language spoken."""
    said: dict[str, Any] = {}
    for each in what.__struct_fields__:
        value = getattr(what, each)
        if each in IN_WORDS and isinstance(value, str):
            said[each] = _(value)
        elif isinstance(value, tuple):
            said[each] = tuple(map(_, value))
    return replace_fields(what, **said)


def _said(now: Moment, ago: int, channel: str, mark: ChannelMark) -> Ask:
    return Ask(
        ChannelMarked(channel, mark, "other" if mark == "cannot" else None),
        Moment(now.at - dt.timedelta(days=ago), now.zone),
    )


def _evening(now: Moment, ago: int, cue: str | None) -> Ask:
    time = dt.time(22 + ago % 2, 40)
    local = dt.datetime.combine(now.day - dt.timedelta(days=ago), time, now.local.tzinfo)
    return Ask(Urge(intensity=3 + ago // 6, cue=_(cue) if cue else None), Moment(local, now.zone))


def _fill_record(desk: Desk, now: Moment) -> None:
    start = now.day - dt.timedelta(days=QUIET_DAYS + RECORD_DAYS)
    table = simulate_dyad(replace(DYAD, start=start, days=RECORD_DAYS), np.random.default_rng(SEED))
    source = SourceRecord(
        id=secrets.token_hex(16),
        imported_at=int(now.at.timestamp() * 1_000_000),
        format="generated",
        messages=len(table),
        first_at=int(table.at[0]),
        last_at=int(table.at[-1]),
        with_text=False,
        names=(_("You"), _("Somebody made up")),
        zone=now.zone,
        zoned=table.zoned,
        resolution=table.resolution,
        problems=b"[]",
    )
    with desk.store.transaction():
        desk.store.put_messages(source, table, None)
