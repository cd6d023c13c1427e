"""The account of how it ended: the telling that stands, the earlier ones, and whether it may be revised now."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.errors import AccountRests, NoSuchEntry
from fallow.plan import (
    AccountGiven,
    Ask,
    EvidenceKept,
    Initiator,
    Record,
    clean_text,
    read_accounts,
    require_account,
    require_ended,
    their_side_open,
)


class Telling(msgspec.Struct, frozen=True):
    """One version: the record it is kept in, and what was told."""

    record: Record
    told: AccountGiven


class Account(msgspec.Struct, frozen=True):
    """
    The account as it stands.

    Args:
        tellings: Every version, the first one first.
        initiator: Who ended it, as said anywhere.
        ended: The day it ended, as last said anywhere; None: not said.
        rests_until: The local day from which it may be revised again; None: now.
        theirs_open: Whether their side may be told; not after violence, coercion or stalking.
        small_open: Whether it is asked if it can be mended; not while a clear stop holds.
    """

    tellings: tuple[Telling, ...]
    initiator: Initiator
    ended: dt.date | None
    rests_until: str | None
    theirs_open: bool
    small_open: bool

    @property
    def latest(self) -> Telling | None:
        return self.tellings[-1] if self.tellings else None


def account(desk: Desk) -> Account:
    """
    The account, with what may be asked as things stand.

    Raises:
        NotInThisPhase: Help comes first.
    """
    plan = plan_of(desk)
    rests_until = None
    try:
        require_account(plan, desk.clock())
    except AccountRests as rests:
        rests_until = str(rests.details["day"])
    return Account(
        tellings=tuple(Telling(*pair) for pair in read_accounts(plan)),
        initiator=plan.terms.breakup.initiator,
        ended=plan.terms.breakup.on,
        rests_until=rests_until,
        theirs_open=their_side_open(plan),
        small_open=plan.terms.hard_stop is None,
    )


def find_telling(desk: Desk, id: str) -> Telling:
    """
    One version, by the id of its record.

    Raises:
        NoSuchEntry: There is none.
        NotInThisPhase: Help comes first.
    """
    found = next((telling for telling in account(desk).tellings if telling.record.id == id), None)
    if found is None:
        raise NoSuchEntry
    return found


def require_account_open(desk: Desk) -> None:
    """
    Raises:
        NotInThisPhase, AccountRests: Nothing needs to be asked.
    """
    require_account(plan_of(desk), desk.clock())


def require_ended_open(desk: Desk, on: dt.date | None) -> None:
    """
    Raises:
        InTheFuture, NotUnderstood: It cannot be the day it ended.
    """
    require_ended(plan_of(desk), on, desk.clock())


def give_account(desk: Desk, told: AccountGiven, evidence: str = "") -> tuple[Record, ...]:
    """
    Keep a telling beside the earlier ones; what they did goes to the evidence, both or neither.

    Raises:
        PlanRefused: Nothing was kept.
    """
    asks = [Ask(told)]
    if clean_text(evidence).strip():
        asks.append(Ask(EvidenceKept(words=evidence.strip())))
    return record(desk, *asks)


def describe_account(found: Account) -> dict[str, Any]:
    """The account for machines: the latest telling, and every one with its day."""
    tellings = [_described(telling, theirs_open=found.theirs_open) for telling in found.tellings]
    return {
        "account": tellings[-1] if tellings else None,
        "tellings": tellings,
        "ended": None if found.ended is None else found.ended.isoformat(),
        "rests_until": found.rests_until,
        "their_side": found.theirs_open,
    }


def _described(telling: Telling, *, theirs_open: bool) -> dict[str, Any]:
    event = telling.record.event
    plain: dict[str, Any] = msgspec.to_builtins(telling.told)
    del plain["kind"]
    if not theirs_open:
        plain["theirs"] = None
    return {"id": telling.record.id, "day": event.day.isoformat(), "at": event.happened.at.isoformat()} | plain
