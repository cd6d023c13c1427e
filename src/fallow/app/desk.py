"""What every action needs: the open store, and what time it is where the person is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fallow.plan import Ask, Moment, Plan, Record, decide, replay
from fallow.store.interface import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """
    Args:
        store: Unlocked.
        clock: The present moment, with the person's zone.
    """

    store: Store
    clock: Callable[[], Moment]


def plan_of(desk: Desk) -> Plan:
    """The plan as it stands: a fold over everything that happened."""
    return replay(desk.store.events())


def history(desk: Desk) -> tuple[tuple[Record, ...], Plan]:
    """Everything that happened, oldest first, and the plan that tells what each entry stands as now."""
    records = desk.store.events()
    return records, replay(records)


def record(desk: Desk, *asks: Ask) -> tuple[Record, ...]:
    """
    Ask the plan, and keep what it says happened; durable once this returns. All of the asks or none.

    Raises:
        PlanRefused: Nothing was recorded.
    """
    stored: list[Record] = []
    with desk.store.transaction():
        for ask in asks:
            stored += desk.store.append(decide(plan_of(desk), ask, desk.clock()))
    return tuple(stored)
