"""
What can be asked of a plan, and how one line of JSON asks it.

A line holds `kind`, the fields of that kind, and perhaps `at` and `zone`:

    {"kind": "urge", "intensity": 5, "cue": "a song"}
    {"kind": "looked", "at": "2026-11-22T23:10:00+01:00", "note": "her story"}

`at` is ISO 8601; without an offset it is a wall clock in the zone. `zone` is the zone the day is read in, by default
that of now: an offset alone names no place. Only what a person logs can be asked this way. What is wrong with a line
is told by the name of a field, never by what it held.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from fallow.errors import NotUnderstood
from fallow.language import N_
from fallow.plan.events import Logged, What, clean_text
from fallow.plan.moment import Moment, find_zone

LINE_LIMIT: Final = 65_536
"""Bytes of a line; the longest texts allowed, escaped, fit several times."""

_KINDS: Final = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
_PATH: Final = re.compile(r"at `\$\.([a-z_.]+)`$")
_MISSING: Final = re.compile(r"missing required field `([a-z_]+)`")


class Ask(Struct, frozen=True):
    """
    A command: what to record, and when it happened.

    Text is made storable on the way in, so an `Ask` that exists can be recorded.

    Args:
        what: Anything that can happen.
        happened: None is now.
    Raises:
        NotUnderstood: If a field is too long or out of its range.
    """

    what: What
    happened: Moment | None = None

    def __post_init__(self) -> None:
        plain = _clean(msgspec.to_builtins(self.what, builtin_types=(dt.date, dt.datetime)))
        msgspec.structs.force_setattr(self, "what", _convert(plain, What))


def read_ask(raw: bytes, now: Moment) -> Ask:
    """
    Read one line of JSON.

    Raises:
        NotUnderstood: If it is not JSON, not of a kind that is logged, or a field is wrong; it names the field only.
    """
    if len(raw) > LINE_LIMIT:
        raise NotUnderstood(what=N_("the line is too long"))
    try:
        fields = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(what=N_("the line is not JSON")) from error
    if not isinstance(fields, dict):
        raise NotUnderstood(what=N_("the line is not an object"))
    return read_fields(fields, now)


def read_fields(fields: Mapping[str, Any], now: Moment) -> Ask:
    """The same from fields that were read already."""
    rest = {key: value for key, value in fields.items() if key not in ("kind", "at", "zone")}
    kind = fields.get("kind")
    if not isinstance(kind, str) or not _KINDS.fullmatch(kind):
        raise NotUnderstood(what="kind")
    logged = _convert(_clean({**rest, "kind": kind.replace("-", "_")}), Logged)
    return Ask(logged, _read_moment(fields.get("at"), fields.get("zone"), now))


def _read_moment(at: object, zone: object, now: Moment) -> Moment | None:
    if at is None and zone is None:
        return None
    if zone is not None and not isinstance(zone, str):
        raise NotUnderstood(what="zone")
    name = now.zone if zone is None else zone
    if at is None:
        return Moment(now.at, name)
    if not isinstance(at, str) or len(at) > 40:
        raise NotUnderstood(what="at")
    try:
        told = dt.datetime.fromisoformat(at)
    except ValueError as error:
        raise NotUnderstood(what="at") from error
    return Moment(told if told.tzinfo else told.replace(tzinfo=find_zone(name)), name)


def _clean(plain: Any) -> Any:
    if isinstance(plain, str):
        return clean_text(plain)
    if isinstance(plain, dict):
        return {key: _clean(value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_clean(value) for value in plain]
    return plain


def _convert(plain: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise NotUnderstood(what=_field(str(error))) from error


def _field(message: str) -> str:
    """The name of the field that was wrong; a name that is not ours is not repeated."""
    named = _MISSING.search(message) or (None if "unknown field" in message else _PATH.search(message))
    return named.group(1) if named else N_("a field that is not known here")
