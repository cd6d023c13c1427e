"""Commands about safety: safety (the screen), stop (setting a clear stop and leaving it)."""

from __future__ import annotations

from typing import Any, get_args

import click

from fallow.app import (
    describe_screen,
    keep_follows,
    leave_concerns,
    lift_stop,
    note_concern,
    record,
    require_stop_liftable,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import describe_record, tell_stored
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, ask_words, ask_yes, plain_endings, say
from fallow.errors import HardStopStays, NotUnderstood
from fallow.guidance import (
    Follows,
    Kind,
    Purpose,
    SafetyQuestion,
    concern_words,
    follows_from,
    guess_country,
    hard_stop_words,
    hear,
    load_help_lines,
    load_words,
)
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import Ask, Because, Concern, HardStopSet
from fallow.wiring import system_zone


class Reason(click.Choice[str]):
    """A reason for a clear stop, spelled with a hyphen or with an underscore."""

    def __init__(self) -> None:
        super().__init__([reason.replace("_", "-") for reason in get_args(Because)])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(str(value).replace("_", "-"), param, ctx).replace("-", "_")


@command()
@click.option("--because", type=Reason(), help="Why contact must not happen.")
@click.option("--lift", is_flag=True, help="Ask for it to be lifted: thirty days, every question anew, a reason.")
@as_json_option
def stop(*, because: Because | None, lift: bool, as_json: bool) -> None:
    """
    A clear stop: whatever helps to write or to time a message goes off; what is for you stays.

    With an order, or after violence or stalking, it stays for good. Another can be lifted after thirty days: each
    question about safety is asked, a yes keeps it, and the reason is asked for in writing.
    """
    with plain_endings(as_json=as_json):
        if (because is None) == (not lift):
            raise NotUnderstood(what=N_("what to do; give --because or --lift"))
        if because is not None:
            stored = record(opened_desk(may_create=True), Ask(HardStopSet(because=because)))
            tell_stored(stored, as_json=as_json, words=hard_stop_words(because))
            return
        desk = opened_desk()
        require_stop_liftable(desk)
        answered_no = _ask_again()
        reason = ask_words(_("What has changed, in your own words"))
        tell_stored(lift_stop(desk, reason, answered_no), as_json=as_json, words=_("The stop was lifted."))


def _ask_again() -> list[str]:
    """Every question of the screen, each answered with no; a yes ends it, with whatever help it needs first."""
    answered_no = []
    say(_("As things are today. Whoever is not sure says yes; then the stop stays, and nothing is lost."))
    for question in _questions():
        if ask_yes(question.text):
            _say_follows(follows_from([question.id]), held=True)
            raise HardStopStays
        answered_no.append(question.id)
    return answered_no


@command()
@click.option("--yes", "answered", multiple=True, metavar="ID", help="A question that is so; can be given again.")
@click.option("--words", "own_words", is_flag=True, help="Say it in your own words; asked for, and not kept.")
@click.option("--keep", is_flag=True, help="Keep what follows from it; without this nothing is kept.")
@click.option("--sure", is_flag=True, help="With --keep: a stop that stays for good is meant.")
@click.option("--note", type=click.Choice(get_args(Concern)), help="Let help come first from now on.")
@click.option("--leave", is_flag=True, help="Go on; help lines stay on every page.")
@as_json_option
def safety(
    *, answered: tuple[str, ...], own_words: bool, keep: bool, sure: bool, note: Concern | None, leave: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """
    A few questions about safety, and what would follow from a yes; nothing is kept unless you ask for it.

    Help lines come first where they are needed. No list of questions can see everything.
    """
    with plain_endings(as_json=as_json):
        if note is not None or leave:
            if (note is not None and leave) or answered or own_words or keep:
                raise NotUnderstood(what=N_("what to do; --note and --leave stand alone"))
            _note_or_leave(note, as_json=as_json)
            return
        heard = hear(words).kinds if own_words and (words := ask_words(_("In your own words"))) else ()
        follows = _follows(answered if answered or own_words or as_json else _asked(), heard)
        if not as_json:
            _say_follows(follows)
        stored = keep_follows(opened_desk(may_create=True), follows, _all_of(follows), sure=sure) if keep else ()
        if as_json:
            answer(_described(follows, answered) | {"kept": [describe_record(each) for each in stored]})
        if stored:
            say(_("Kept."))
        elif follows:
            say(_("Nothing was kept. To keep what follows from it: --keep."))


def _note_or_leave(note: Concern | None, *, as_json: bool) -> None:
    desk = opened_desk(may_create=note is not None)
    if note is None:
        tell_stored(leave_concerns(desk), as_json=as_json, words=_("Left. Help lines: fallow help-lines"))
        return
    stored = note_concern(desk, note)
    for sentence in _help(follows_from(q.id for q in _questions() if q.concern == note)):
        say(sentence)
    tell_stored(stored, as_json=as_json, words=concern_words(note))


def _follows(answered: tuple[str, ...], heard: tuple[Kind, ...]) -> Follows:
    if not {question.id for question in _questions()}.issuperset(answered):
        raise NotUnderstood(what=N_("the id of a question; fallow safety --json lists them"))
    return follows_from(answered, heard)


def _questions() -> tuple[SafetyQuestion, ...]:
    return load_words().safety_screen.questions


def _asked() -> tuple[str, ...]:
    """The questions, numbered, and the numbers of those that are so."""
    questions = _questions()
    say(load_words().safety_screen.opens.text)
    for number, question in enumerate(questions, start=1):
        say(f"{number:3}  {question.text}")
    given = ask_words(_("Numbers of those that are so, or nothing"))
    numbers = given.replace(",", " ").split()
    if not all(number.isascii() and number.isdigit() and 0 < int(number) <= len(questions) for number in numbers):
        raise NotUnderstood(what=_("the numbers; each is 1 to {last}").format(last=len(questions)))
    return tuple(questions[int(number) - 1].id for number in numbers)


def _all_of(follows: Follows) -> tuple[str, ...]:
    return (*follows.reasons, *follows.concerns)


def _say_follows(follows: Follows, *, held: bool = False) -> None:
    """Help first, then what a stop or a concern would mean."""
    screen = load_words().safety_screen
    sentences = _help(follows)
    if not follows:
        sentences.append(screen.nothing.text)
    if follows.reasons and not held:
        sentences += [screen.stop_means.text, *map(hard_stop_words, follows.reasons)]
        sentences.append(screen.for_good.text if follows.for_good else screen.lifted.text)
    if not held:
        sentences += [*map(concern_words, follows.concerns)]
    for sentence in sentences:
        say(sentence)


def _help(follows: Follows) -> list[str]:
    return [_("Help comes first."), *help_sentences(*follows.help_for)] if follows.help_first else []


def help_sentences(*purposes: Purpose) -> list[str]:
    """The emergency number and the lines for these purposes, where the time zone points."""
    lines, code = load_help_lines(), guess_country(system_zone())
    reached = [f"{line.name}: {line.phone or line.text or line.url}" for line in lines.for_purposes(code, purposes)]
    return [lines.for_country(code).emergency.says, *reached]


def _described(follows: Follows, answered: tuple[str, ...]) -> dict[str, Any]:
    lines, code = load_help_lines(), guess_country(system_zone())
    screen = load_words().safety_screen
    return {
        "help": {
            "first": follows.help_first,
            "emergency": lines.for_country(code).emergency.says,
            "lines": lines.for_purposes(code, follows.help_for) if follows.help_first else (),
        },
        "questions": describe_screen(),
        "answered": answered,
        "follows": {"reasons": follows.reasons, "concerns": follows.concerns, "for_good": follows.for_good},
        "says": screen.asks.text if follows else screen.nothing.text,
    }
