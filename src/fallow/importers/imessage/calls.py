"""The calls of an iPhone: `CallHistory.storedata`, in encrypted backups and on Macs that share calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fallow.importers.addresses import key_of
from fallow.importers.gathering import Gathering
from fallow.importers.imessage.database import Database
from fallow.importers.imessage.messages import Found, apple_us, text, whole
from fallow.importers.interface import ME
from fallow.messages import Kind

TABLE: Final = "zcallrecord"
MOST_CALLS: Final = 1_000_000
COLUMNS: Final = ("Z_PK", "ZADDRESS", "ZDATE", "ZDURATION", "ZORIGINATED", "ZANSWERED", "ZNAME")


def find_callers(database: Database) -> list[Found]:
    """Everybody there was a call with, in the order of the file; what is theirs are rows."""
    found: dict[str, Found] = {}
    for id, address, _, _, _, _, name in _rows(database):
        if not address:
            continue
        one = found.setdefault(key_of(address), Found(key_of(address), address, text(name)))
        one.ids.append(whole(id))
        one.count += 1
    return list(found.values())


def add_calls(database: Database, ids: list[int], alter: str, gathered: Gathering) -> Iterator[int]:
    """Add some calls, and yield how many rows were looked at."""
    wanted = frozenset(ids)
    for number, (id, _, date, seconds, mine, answered, _) in enumerate(_rows(database), start=1):
        if whole(id) in wanted:
            if not (whole(answered) or (whole(mine) and whole(seconds))):
                gathered.note("calls_unanswered", whole(id))
            gathered.add(apple_us(date), ME if whole(mine) else alter, Kind.CALL, line=whole(id))
        yield number


def _rows(database: Database) -> Iterator[tuple[Any, ...]]:
    """Every call; an address is a text or the bytes of one."""
    for id, address, *rest in database.rows(
        f"SELECT {database.picked(TABLE, *COLUMNS)} FROM {TABLE} m LIMIT ?",  # noqa: S608 - names of columns alone
        MOST_CALLS,
    ):
        plain = address.decode("utf-8", "replace") if isinstance(address, bytes) else text(address)
        yield id, plain, *rest
