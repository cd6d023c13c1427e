"""Side doors: which there are, how the person marked each, and marking one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.guidance import Door, find_door, load_doors
from fallow.plan import Ask, DoorMark, DoorMarked, Record, read_doors


@dataclass(frozen=True, slots=True)
class MarkedDoor:
    """A door and the mark that stands; None: not marked, or taken back."""

    door: Door
    mark: DoorMark | None


def doors(desk: Desk | None) -> tuple[MarkedDoor, ...]:
    """Every door in the order of the list; unmarked where nothing has been set up."""
    marks = {} if desk is None else read_doors(plan_of(desk))
    return tuple(MarkedDoor(door, marks.get(door.id)) for door in load_doors())


def marked_door(desk: Desk, id: str) -> MarkedDoor:
    """
    Raises:
        NoSuchDoor: There is none.
    """
    return MarkedDoor(find_door(id), read_doors(plan_of(desk)).get(id))


def mark_door(desk: Desk, id: str, mark: DoorMark | None) -> tuple[Record, ...]:
    """
    Keep how the person marked a door; None takes the mark back. Possible at any time, whatever else holds.

    Raises:
        NoSuchDoor: There is none; nothing was recorded.
    """
    return record(desk, Ask(DoorMarked(door=find_door(id).id, mark=mark)))


def describe_door(marked: MarkedDoor) -> dict[str, Any]:
    """A door with its mark, for machines."""
    described: dict[str, Any] = msgspec.to_builtins(marked.door)
    return described | {"mark": marked.mark}
