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
from fallow.cli.keeping import as_json_option, describe_record
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.plan import Ask, Question, RealReason, Reason, Record, ReviewAnswered, ReviewHeld

QUESTIONS: dict[Question, str] = {
    "purpose": "What it would be for, in one sentence; it holds if it is fine with silence or a no",
    "changed": "What has changed, in fact",
    "reader": "Who has read it, and what they said",
    "no_reply": "What you will do when nothing comes; there is no second message",
}
"""What is asked for with each answer."""


@click.command("review")
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
            raise NotUnderstood(what="more than one thing at once; give one option")
        if not asked:
            _tell(view, as_json=as_json)
        elif asked == ["write"]:
            _write(desk, as_json=as_json)
        else:
            stored = _act(desk, asked[0], given[asked[0]], negative=negative, draft=draft)
            if as_json:
                answer([describe_record(each) for each in stored])
            say("Kept.")


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
            words = click.prompt(QUESTIONS[question], default="", show_default=False, err=True)
            return record(desk, Ask(ReviewAnswered(question, holds=not negative, words=words or None)))
        case "reason":
            return choose_message(desk, draft, value)
        case _:
            return say_sent(desk)


def _write(desk: Desk, *, as_json: bool) -> None:
    """A draft for the one message, sealed at once, so that it rests."""
    if sys.stdin.isatty():
        say("Write it here; end with an empty line and Ctrl-D. It is kept, never sent.")
    text = sys.stdin.read()
    if not text.strip():
        raise NotUnderstood(what="the draft; there are no words in it")
    opens_at = next_mornings(desk.clock())[0]
    id = begin_review_draft(desk)
    seal_draft(desk, id, text, opens_at)
    if as_json:
        answer({"draft": id, "opens_at": opens_at.isoformat()})
    say(f"Sealed until {opens_at:%Y-%m-%d %H:%M}, so that it can rest. Nothing was sent.")


def _days(given: str) -> int | None:
    if given == "same":
        return None
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        raise NotUnderstood(what="the days; a number, or same")
    return int(given)


def _tell(view: Review, *, as_json: bool) -> None:
    described = describe_review(view)
    if as_json:
        answer(described)
        return
    if view.sent_on is not None:
        say(f"One message was sent on {view.sent_on}. There is no second one.")
        if view.agreed:
            say(f"For when nothing comes, you agreed: {view.agreed}")
    if not view.due:
        say("No review is planned." if view.on is None else f"The next look is on {view.on}; a convention.")
        return
    say(f"A look at where you are. Equally good: {', '.join(described['outcomes']).replace('_', ' ')}.")
    for check in view.readiness.checks if view.readiness is not None else ():
        state = {True: "yes", False: "not now", None: "not known"}[check.holds]
        numbers = [str(n) for n in (check.have, check.before) if n is not None]
        told = f" ({', '.join(numbers)})" if numbers else ""
        say(f"  {check.name.replace('_', ' ')}: {state}{told}")
