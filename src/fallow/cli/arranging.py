"""Commands where contact cannot be avoided: limits, home, items."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import click
import msgspec

from fallow.app import plan_of, record
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import describe_record
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.guidance import load_arrangements
from fallow.language import N_, say_day
from fallow.language import gettext as _
from fallow.plan import (
    Ask,
    HomeArranged,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    ModeChosen,
    What,
    Whose,
    gate_open,
    read_items,
    require_open,
)

WHOSE: Final[dict[Whose, str]] = {"mine": N_("mine"), "theirs": N_("theirs"), "shared": N_("shared")}


@command()
@click.option("--set", "change", is_flag=True, help="Say the one channel and what it is for; asked for.")
@click.option("--hours", metavar="FROM-UNTIL", help="With --set: local hours of the channel, such as 9-18.")
@as_json_option
def limits(*, change: bool, hours: str | None, as_json: bool) -> None:
    """Limited contact: one channel, its topics and hours. Logistics never move a count."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        if change:
            require_open(plan_of(desk), "logistics", desk.clock())
            first, last = _hours(hours)
            channel = click.prompt(_("The one channel"), err=True)
            topics = click.prompt(_("What it is for, with commas"), default="", show_default=False, err=True)
            whats: list[What] = [LimitsSet(channel, _parts(topics), first, last)]
            if plan_of(desk).terms.mode == "no_contact":
                whats.append(ModeChosen("limited_contact"))
            _kept(record(desk, *map(Ask, whats)), as_json=as_json)
            return
        plan, words = plan_of(desk), load_arrangements()
        shape = words.logistics if gate_open(plan, "logistics", desk.clock()) else ()
        if as_json:
            answer({"limits": plan.terms.limits, "mode": plan.terms.mode, "shape": [each.text for each in shape]})
            return
        found = plan.terms.limits
        if found is None:
            say(_("No channel has been named. It can be: fallow limits --set"))
        else:
            say(
                _("{channel}, from {first} to {last}: {topics}.").format(
                    channel=found.channel,
                    first=found.hour_from,
                    last=found.hour_until,
                    topics=", ".join(found.topics) or _("logistics"),
                )
            )
        for sentence in shape:
            say(sentence.text)


@command()
@click.option("--set", "change", is_flag=True, help="Say who has what, and when; asked for.")
@click.option("--moving-on", metavar="DATE", help="The day one of you moves, such as 2027-01-31.")
@as_json_option
def home(*, change: bool, moving_on: str | None, as_json: bool) -> None:
    """Under one roof: who has what and when, and the day one of you moves. Nothing is counted."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        former = plan_of(desk).terms.home or HomeArranged()
        if change or moving_on is not None:
            zones = former.zones
            if change:
                zones = _parts(click.prompt(_("Who has what, with commas"), default="", show_default=False, err=True))
            day = former.moving_on if moving_on is None else _day(moving_on)
            _kept(record(desk, Ask(HomeArranged(zones, day))), as_json=as_json)
            return
        if as_json:
            answer({"home": former, "together": plan_of(desk).terms.mode == "living_together"})
            return
        for line in former.zones:
            say(line)
        if former.moving_on is None:
            say(_("No day for moving yet."))
        else:
            say(_("Moving on {day}.").format(day=say_day(former.moving_on)))
        for sentence in load_arrangements().home:
            say(sentence.text)


@command()
@click.option("--add", is_flag=True, help="Put something on the list; asked for.")
@click.option("--whose", type=click.Choice(get_args(Whose)), default="shared", help="With --add: whose it is.")
@click.option("--money", is_flag=True, help="With --add: it is money.")
@click.option("--settle", "id", help="It has been handed over, paid or given up.")
@as_json_option
def items(*, add: bool, whose: Whose, money: bool, id: str | None, as_json: bool) -> None:
    """Things and money between you."""
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        if add or id is not None:
            what: What = ItemSettled(id) if id is not None else _item(whose, money=money)
            _kept(record(desk, Ask(what)), as_json=as_json)
            return
        listed: list[dict[str, Any]] = [
            {"id": kept.id, "settled": kept.settled, **msgspec.to_builtins(kept.noted)}
            for kept in read_items(plan_of(desk))
        ]
        if as_json:
            answer(listed)
            return
        for each in listed:
            told = _("{item} ({whose}), settled") if each["settled"] else _("{item} ({whose})")
            say(f"{each['id']}  {told.format(item=each['item'], whose=_(WHOSE[each['whose']]))}")


def _item(whose: Whose, *, money: bool) -> ItemNoted:
    return ItemNoted(click.prompt(_("What it is"), err=True), whose, money=money)


def _kept(stored: tuple[Any, ...], *, as_json: bool) -> None:
    if as_json:
        answer([describe_record(each) for each in stored])
    say(_("Kept."))


def _parts(typed: str) -> tuple[str, ...]:
    return tuple(part.strip()[:200] for part in typed.split(",") if part.strip())[:20]


def _hours(typed: str | None) -> tuple[int, int]:
    if typed is None:
        return 0, 24
    first, dash, last = typed.partition("-")
    if not dash or not (first.isdigit() and last.isdigit() and int(first) <= 24 and int(last) <= 24):
        raise NotUnderstood(what=N_("the hours; such as 9-18"))
    return int(first), int(last)


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError as problem:
        raise NotUnderstood(what=N_("the day; such as 2027-01-31")) from problem
