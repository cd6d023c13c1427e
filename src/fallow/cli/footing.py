"""Commands for hard hours: surf, wait, plans, gate, morning, distractions, park; words are asked for or read in."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any, Final

import click

from fallow.app import (
    MIN_RATED,
    PLACES_OF_PLANS,
    WAIT_LENGTHS,
    Desk,
    Surfing,
    choose_wait,
    clear_if_then,
    describe_if_then,
    describe_surfing,
    gate_until,
    is_open,
    keep_question,
    let_question_go,
    list_distractions,
    next_noon,
    park_question,
    plan_if_then,
    plan_of,
    questions_shown,
    read_question,
    read_surfing,
    set_gate,
    set_morning_line,
    surf,
    wait_minutes,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import read_hour
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, ask_words, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.guidance import load_hard_hours, load_words, morning_line
from fallow.language import N_, say_clock, say_count, say_day_and_clock, say_number
from fallow.language import gettext as _

STATES: Final = {"writing": N_("writing"), "ready": N_("ready"), "resting": N_("resting"), "kept": N_("kept")}
"""Of a question that was put away."""


@command("surf")
@click.option("--before", type=click.IntRange(0, 10), help="How strong it is now.")
@click.option("--after", type=click.IntRange(0, 10), help="How strong it is afterwards.")
@click.option("--so-far", is_flag=True, help="Only tell what your own numbers came to.")
@as_json_option
def surf_(*, before: int | None, after: int | None, so_far: bool, as_json: bool) -> None:
    """Three minutes with an urge: a few sentences in order, and how strong it was before and after, if you like."""
    with plain_endings(as_json=as_json):
        desk = opened_desk(may_create=not so_far)
        if not so_far:
            _surf(desk, before, after)
        found = read_surfing(desk)
        if as_json:
            answer(describe_surfing(found))
            return
        say(_surfing_in_words(found))


def _surf(desk: Desk, before: int | None, after: int | None) -> None:
    """On a terminal a sentence at a time, at the person's own pace; else all at once."""
    words, asking = load_hard_hours(), sys.stdin.isatty()
    say(words.surf_opens.text)
    first = _strength(_("How strong is it now, 0 to 10"), before, asking=asking)
    for sentence in words.surf:
        say(f"  {sentence.text}")
        if asking:
            click.prompt("", prompt_suffix="", default="", show_default=False, err=True)
    surf(desk, first, _strength(_("And now, 0 to 10"), after, asking=asking))
    say(_("Kept. It may be as strong as before, and you have been with it."))


def _strength(question: str, given: int | None, *, asking: bool) -> int | None:
    if given is not None or not asking:
        return given
    typed = click.prompt(question, default="", show_default=False, err=True)
    return int(typed) if typed in map(str, range(11)) else None


def _surfing_in_words(found: Surfing) -> str:
    change = found.change
    if change is None:
        words = _("{times} so far; too little data to say how it changed: {rated} of at least {least}.")
        return words.format(times=say_count(found.times), rated=found.rated, least=MIN_RATED)
    return _(
        "{times} so far. On average it changed by {change} of 10 (n = {n}, 95 % interval {lower} to {upper}). "
        "A number that is high often falls by itself, so this does not show what did it."
    ).format(
        times=say_count(found.times),
        change=_signed(change.value),
        n=say_count(change.n),
        lower=_signed(change.lower),
        upper=_signed(change.upper),
    )


def _signed(value: float) -> str:
    """One decimal place, with its sign: +0.5, -1.0."""
    return f"{'+' if value >= 0 else ''}{say_number(value)}"


@command("wait")
@click.option("--minutes", type=click.Choice([*map(str, WAIT_LENGTHS)]), help="How long; remembered for the next time.")
@as_json_option
def wait_(*, minutes: str | None, as_json: bool) -> None:
    """Wait with an urge: until when, and a few sentences. Nothing runs; leave whenever you like."""
    with plain_endings(as_json=as_json):
        desk = opened_desk(may_create=True)
        if minutes is not None:
            choose_wait(desk, int(minutes))
        chosen = wait_minutes(desk)
        until = desk.clock().local + dt.timedelta(minutes=chosen)
        things = plan_of(desk).terms.distractions
        if as_json:
            answer({"minutes": chosen, "until": until.isoformat(timespec="minutes"), "distractions": things})
            return
        say(_("Until {clock}. Leave whenever you like.").format(clock=say_clock(until)))
        for sentence in load_words().urge.waiting:
            say(f"  {sentence.text}")
        for thing in things:
            say("  " + _("What has helped before: {thing}").format(thing=thing))


@command("plans")
@click.argument("place", required=False, type=click.IntRange(PLACES_OF_PLANS[0], PLACES_OF_PLANS[-1]))
@click.option("--set", "do_set", is_flag=True, help="Keep a plan there; asks for the moment and for what you will do.")
@click.option("--hours", metavar="FROM-UNTIL", help="With --set: when Today shows it, such as 22-2.")
@click.option("--clear", is_flag=True, help="Take it out.")
@as_json_option
def plans_(place: int | None, *, do_set: bool, hours: str | None, clear: bool, as_json: bool) -> None:
    """If this, then that: your own three moments, and one thing to do in each."""
    with plain_endings(as_json=as_json):
        if do_set and clear:
            raise NotUnderstood(what=N_("whether to keep a plan or to take it out"))
        if (do_set or clear) and place is None:
            raise NotUnderstood(what=N_("which plan; 1, 2 or 3"))
        if hours is not None and not do_set:
            raise NotUnderstood(what=N_("what the hours are for; give --set"))
        desk = opened_desk(may_create=do_set)
        if do_set and place is not None:
            window = None if hours is None else _hours(hours)
            moment = ask_words(_("If (a moment you know)"))
            plan_if_then(desk, place, moment, ask_words(_("Then I (one thing you can do at once)")), window)
        if clear and place is not None:
            clear_if_then(desk, place)
        kept = [each for each in plan_of(desk).terms.if_then if place is None or each.place == place]
        if as_json:
            answer([describe_if_then(each) for each in kept])
            return
        for each in kept:
            told = [_("If {moment}: {act}").format(moment=each.moment, act=each.act)]
            if each.hour_from is not None:
                seen = _("(on Today from {first}:00 to {last}:00)")
                told.append(seen.format(first=f"{each.hour_from:02d}", last=f"{each.hour_until:02d}"))
            say("  ".join((str(each.place), *told)))
        if not kept:
            say(_("Nothing decided yet."))


@command("gate")
@click.option("--noon", is_flag=True, help="Until noon of the coming day.")
@click.option("--until", help="Until this hour, ISO 8601, within two days.")
@as_json_option
def gate_(*, noon: bool, until: str | None, as_json: bool) -> None:
    """A gate set beforehand: until its hour drafts and outreach are locked; it is only ever made longer."""
    with plain_endings(as_json=as_json):
        if noon and until is not None:
            raise NotUnderstood(what=N_("until when; give --noon or --until"))
        desk = opened_desk(may_create=noon or until is not None)
        if noon or until is not None:
            set_gate(desk, next_noon(desk.clock()) if until is None else read_hour(desk, until))
        holds = gate_until(plan_of(desk), desk.clock())
        if as_json:
            answer({"until": None if holds is None else holds.isoformat()})
            return
        if holds is None:
            say(_("No gate holds. fallow gate --noon sets one until noon of the coming day."))
            return
        words = _("It holds until {until}. What you wrote is kept. Waiting, calling someone and help are open.")
        say(words.format(until=say_day_and_clock(holds)))


@command("morning")
@click.option("--set", "do_set", is_flag=True, help="Keep a line of your own; it is asked for.")
@click.option("--clear", is_flag=True, help="Use one of Fallow's instead.")
@as_json_option
def morning_(*, do_set: bool, clear: bool, as_json: bool) -> None:
    """The line with which Today begins, from four in the morning until eleven."""
    with plain_endings(as_json=as_json):
        if do_set and clear:
            raise NotUnderstood(what=N_("whether to keep a line or to take it out"))
        desk = opened_desk(may_create=do_set)
        if do_set:
            set_morning_line(desk, ask_words(_("On waking I would like to read")))
        if clear:
            set_morning_line(desk, None)
        own = plan_of(desk).terms.morning_line
        line = own or morning_line(desk.clock().day).text
        if as_json:
            answer({"line": line, "own": own is not None})
            return
        say(line)


@command("distractions")
@click.option("--set", "do_set", is_flag=True, help="Keep a list, one thing a line, from standard input.")
@click.option("--clear", is_flag=True, help="Empty the list.")
@as_json_option
def distractions_(*, do_set: bool, clear: bool, as_json: bool) -> None:
    """Ten-minute things that have helped before."""
    with plain_endings(as_json=as_json):
        if do_set and clear:
            raise NotUnderstood(what=N_("whether to keep a list or to empty it"))
        desk = opened_desk(may_create=do_set)
        if do_set:
            if sys.stdin.isatty():
                say(_("One thing a line; end with Ctrl-D."))
            list_distractions(desk, sys.stdin.read().splitlines())
        if clear:
            list_distractions(desk, ())
        kept = plan_of(desk).terms.distractions
        if as_json:
            answer(list(kept))
            return
        for thing in kept:
            say(thing)
        if not kept:
            say(_("Nothing on the list yet."))


@command("park")
@click.argument("id", required=False)
@click.option("--list", "do_list", is_flag=True, help="Every question, without its words.")
@click.option("--let-go", is_flag=True, help="Delete it and its words for good.")
@click.option("--keep", is_flag=True, help="Looked at again, and kept as it is.")
@as_json_option
def park_(id: str | None, *, do_list: bool, let_go: bool, keep: bool, as_json: bool) -> None:
    """Put a question for them away for seven days; with an ID, look at it again once they have passed."""
    with plain_endings(as_json=as_json):
        if let_go and keep:
            raise NotUnderstood(what=N_("whether to keep it or to let it go"))
        if id is None and (let_go or keep):
            raise NotUnderstood(what=N_("which question; see fallow park --list"))
        if do_list:
            _list_questions(opened_desk(), as_json=as_json)
        elif id is None:
            _park(as_json=as_json)
        else:
            _look_again(opened_desk(), id, let_go=let_go, keep=keep, as_json=as_json)


def _park(*, as_json: bool) -> None:
    desk = opened_desk(may_create=True)
    question = park_question(desk, ask_words(_("What would you ask them")))
    opens = _instant(desk, question.opens_at)
    if as_json:
        answer({"id": question.id, "opens_at": opens.isoformat()})
    say(_("Put away until {until}. It is not sent to anybody.").format(until=say_day_and_clock(opens)))


def _list_questions(desk: Desk, *, as_json: bool) -> None:
    unsettled, shown = plan_of(desk).questions, questions_shown(desk)
    listed = [
        {"id": each.id, "is": "kept" if is_open(desk, each) and unsettled.get(each.id) is None else name,
         "opens_at": _instant(desk, each.opens_at).isoformat()}
        for name, found in zip(shown._fields, shown, strict=True)
        for each in found
    ]  # fmt: skip
    if as_json:
        answer(listed)
        return
    for row in listed:
        say(f"{row['id']}  {_(STATES[row['is']])}  {row['opens_at']}")


def _look_again(desk: Desk, id: str, *, let_go: bool, keep: bool, as_json: bool) -> None:
    if let_go:
        gone = let_question_go(desk, id)
        if as_json:
            answer({"deleted": id, "complete": gone.complete})
        say(_("Let go. Its words are deleted."))
        return
    if keep:
        keep_question(desk, id)
    question = read_question(desk, id)
    if as_json:
        told: dict[str, Any] = {"id": id, "opens_at": _instant(desk, question.opens_at).isoformat()}
        answer(told | {"text": question.text, "open": is_open(desk, question)})
    elif is_open(desk, question):
        click.echo(question.text)
    else:
        say(_("It is away until its week is over; it can be let go with --let-go."))


def _instant(desk: Desk, micros: int | None) -> dt.datetime:
    assert micros is not None, "a question is put away as it is written"
    return dt.datetime.fromtimestamp(micros / 1_000_000, desk.clock().local.tzinfo)


def _hours(given: str) -> tuple[int, int]:
    first, dash, until = given.partition("-")
    if not dash or not all(part.isascii() and part.isdigit() and len(part) < 3 for part in (first, until)):
        raise NotUnderstood(what=N_("the hours; write them as 22-2"))
    return int(first), int(until)
