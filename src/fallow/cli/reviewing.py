"""The review from a terminal: how it stands, an answer at a time, and one of three outcomes of equal rank."""

from __future__ import annotations

import sys
from typing import Any, get_args

import click

from fallow.app import (
    Desk,
    Review,
    advance_review,
    begin_review_draft,
    choose_message,
    describe_review,
    next_mornings,
    record,
    review,
    say_sent,
    seal_draft,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import describe_record
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.language import N_, say_count, say_day, say_day_and_clock
from fallow.language import gettext as _
from fallow.plan import Ask, CheckName, Question, RealReason, Reason, Record, ReviewAnswered, ReviewHeld

QUESTIONS: dict[Question, str] = {
    "purpose": N_("What it would be for, in one sentence; it holds if it is fine with silence or a no"),
    "changed": N_("What has changed, in fact"),
    "reader": N_("Who has read it, and what they said"),
    "no_reply": N_("What you will do when nothing comes; there is no second message"),
}
"""What is asked for with each answer."""
CHECKS: dict[CheckName, str] = {
    "purpose": N_("purpose"),
    "changed": N_("changed"),
    "urges": N_("urges"),
    "mood": N_("mood"),
    "rested": N_("rested"),
    "reader": N_("reader"),
    "no_reply": N_("no reply"),
    "daytime": N_("daytime"),
    "sober": N_("sober"),
}
"""The points of a review, in a word or two."""
OUTCOMES = {"extend": N_("extend"), "let_go": N_("let go"), "one_message": N_("one message")}
HOLDS = {True: N_("yes"), False: N_("not now"), None: N_("not known")}


@command("review")
@click.option("--extend", metavar="DAYS", help="Go on for so many days, or `same` for as before.")
@click.option("--let-go", is_flag=True, help="Stop waiting; the plan closes.")
@click.option("--early", type=click.Choice(get_args(RealReason)), help="A real reason overrides the time.")
@click.option("--answer", "question", type=click.Choice(get_args(Question)), help="Answer a question; asks for words.")
@click.option("--no", "negative", is_flag=True, help="With --answer: it does not hold.")
@click.option("--write", is_flag=True, help="A draft for the one message, from standard input, sealed at once.")
@click.option("--choose", "reason", type=click.Choice(get_args(Reason)), help="One message, for this reason.")
@click.option("--draft", help="With --choose: which sealed draft; else the one that has rested longest.")
@click.option("--sent", is_flag=True, help="You have sent it yourself. Fallow never sends.")
@as_json_option
def review_(*, negative: bool, draft: str | None, as_json: bool, **given: Any) -> None:
    """
    The look at where you are, every thirty days: go on, let go, or one message; equally good.

    Without an option it tells how the review stands and which points hold. Refused in a clear stop.
    """
    with plain_endings(as_json=as_json):
        desk = opened_desk()
        view = review(desk)
        asked = [name for name, value in given.items() if value]
        if len(asked) > 1:
            raise NotUnderstood(what=N_("more than one thing at once; give one option"))
        if not asked:
            _tell(view, as_json=as_json)
        elif asked == ["write"]:
            _write(desk, as_json=as_json)
        else:
            stored = _act(desk, asked[0], given[asked[0]], negative=negative, draft=draft)
            if as_json:
                answer([describe_record(each) for each in stored])
            say(_("Kept."))


def _act(desk: Desk, asked: str, value: Any, *, negative: bool, draft: str | None) -> tuple[Record, ...]:
    match asked:
        case "extend":
            return record(desk, Ask(ReviewHeld("extend", _days(value))))
        case "let_go":
            return record(desk, Ask(ReviewHeld("let_go")))
        case "early":
            return advance_review(desk, value)
        case "question":
            question: Question = value
            words = click.prompt(_(QUESTIONS[question]), default="", show_default=False, err=True)
            return record(desk, Ask(ReviewAnswered(question, holds=not negative, words=words or None)))
        case "reason":
            return choose_message(desk, draft, value)
        case _:
            return say_sent(desk)


def _write(desk: Desk, *, as_json: bool) -> None:
    """A draft for the one message, sealed at once, so that it rests."""
    if sys.stdin.isatty():
        say(_("Write it here; end with an empty line and Ctrl-D. It is kept, never sent."))
    text = sys.stdin.read()
    if not text.strip():
        raise NotUnderstood(what=N_("the draft; there are no words in it"))
    opens_at = next_mornings(desk.clock())[0]
    id = begin_review_draft(desk)
    seal_draft(desk, id, text, opens_at)
    if as_json:
        answer({"draft": id, "opens_at": opens_at.isoformat()})
    words = _("Sealed until {until}, so that it can rest. Nothing was sent.")
    say(words.format(until=say_day_and_clock(opens_at)))


def _days(given: str) -> int | None:
    if given == "same":
        return None
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        raise NotUnderstood(what=N_("the days; a number, or same"))
    return int(given)


def _tell(view: Review, *, as_json: bool) -> None:
    described = describe_review(view)
    if as_json:
        answer(described)
        return
    if view.sent_on is not None:
        say(_("One message was sent on {day}. There is no second one.").format(day=say_day(view.sent_on)))
        if view.agreed:
            say(_("For when nothing comes, you agreed: {words}").format(words=view.agreed))
    if not view.due:
        if view.on is None:
            say(_("No review is planned."))
        else:
            say(_("The next look is on {day}; a convention.").format(day=say_day(view.on)))
        return
    outcomes = ", ".join(_(OUTCOMES[each]) for each in described["outcomes"])
    say(_("A look at where you are. Equally good: {outcomes}.").format(outcomes=outcomes))
    for check in view.readiness.checks if view.readiness is not None else ():
        numbers = [say_count(n) for n in (check.have, check.before) if n is not None]
        told = f" ({', '.join(numbers)})" if numbers else ""
        say(f"  {_(CHECKS[check.name])}: {_(HOLDS[check.holds])}{told}")
