"""The command `check-in`: the weekly check of mood and worry; answers are asked for, never taken as arguments."""

from __future__ import annotations

from typing import Literal

import click

from fallow.app import Result, choose_weekly, describe_result, keep_check, score_check, weekly_on
from fallow.cli.commands import as_json_option, command
from fallow.cli.keeping import describe_record
from fallow.cli.opening import opened_desk
from fallow.cli.safety import help_sentences
from fallow.cli.speaking import answer, ask_words, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.guidance import Screener, find_source, load_screeners
from fallow.language import N_, ngettext
from fallow.language import gettext as _


@command("check-in")
@click.option("--keep", is_flag=True, help="Keep the totals, not the answers; without this nothing is kept.")
@click.option("--weekly", type=click.Choice(["on", "off"]), help="A quiet line on Today, once a week; off by default.")
@as_json_option
def check_in(*, keep: bool, weekly: Literal["on", "off"] | None, as_json: bool) -> None:
    """
    Four questions of PHQ-2 and GAD-2 about the last two weeks, as they are; each answer is 0 to 3, or left out.

    A total points, it does not diagnose; a low one does not say that all is well.
    """
    with plain_endings(as_json=as_json):
        if weekly is not None:
            choosing = opened_desk()
            choose_weekly(choosing, on=weekly == "on")
            if as_json:
                answer({"weekly": weekly_on(choosing)})
            say(_("On one day a week Today has a quiet line for it.") if weekly == "on" else _("Turned off."))
            return
        desk = opened_desk(may_create=True) if keep else None
        results = score_check({screener.id: _asked(screener) for screener in load_screeners()})
        totals = {result.screener.id: result.score.total for result in results}
        stored = () if desk is None else keep_check(desk, totals.get("phq2"), totals.get("gad2"))
        if as_json:
            told = [describe_result(result) for result in results]
            answer({"results": told, "kept": [describe_record(each) for each in stored]})
        _say_results(results)
        say(_("Kept: the totals, not the answers.") if stored else _("Nothing was kept."))


def _asked(screener: Screener) -> list[int | None]:
    say(f"{screener.name}. {screener.asks}")
    say("  ".join(f"{worth} {words}" for worth, words in enumerate(screener.answers)))
    given = [_read(ask_words(item)) for item in screener.items]
    say(screener.notice)
    return given


def _read(given: str) -> int | None:
    if not given:
        return None
    if given not in ("0", "1", "2", "3"):
        raise NotUnderstood(what=N_("an answer; each is 0 to 3, or nothing"))
    return int(given)


def _say_results(results: tuple[Result, ...]) -> None:
    """Help first where a total reaches the cut-off, then each total with what it cannot tell."""
    if any(result.score.reaches_cut_off for result in results):
        say(_("A total of three or more is a reason to talk to a doctor, soon and without alarm."))
        for sentence in help_sentences("crisis", "emotional_support"):
            say(sentence)
    for result in results:
        screener = result.screener
        sources = ", ".join(find_source(id).short for id in screener.cut_off_sources)
        say(
            ngettext(
                "{name}: {total} of 6, from {n} answer.", "{name}: {total} of 6, from {n} answers.", len(screener.items)
            ).format(name=screener.name, total=result.score.total, n=len(screener.items))
        )
        closer = _("It is looked at more closely from {total} ({sources}).")
        say(f"{closer.format(total=screener.cut_off, sources=sources)} {screener.limits}")
    if not results:
        say(_("A form in which an answer was left out has no total, and that is all right."))
