"""
What every kind of event is made of: its base, and texts, days and ids of bounded size.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

TEXT_LIMIT: Final = 2_000
"""Characters of a note, a cue or a reason; a page of handwriting holds about as much."""
LONGEST_QUIET_TIME: Final = 3_660
"""Days; ten years, so that a slip of the finger is seen."""

Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]
Days = Annotated[int, Meta(ge=1, le=LONGEST_QUIET_TIME)]
Strength = Annotated[int, Meta(ge=0, le=10)]
Hour = Annotated[int, Meta(ge=0, le=24)]
Initiator = Literal["ego", "alter", "mutual", "unknown"]
"""Who ended it."""
Aware = Annotated[dt.datetime, Meta(tz=True)]


class Happening(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What any kind of event has: a name on the wire."""
