"""The commands `weigh` and `mine`: long considered or impulsive, piece by piece; and what is in my hands."""

from __future__ import annotations

from typing import Final

import click

from fallow.app import describe_own_hands, describe_weighing, own_hands, weighing
from fallow.cli.keeping import as_json_option
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.guidance import Moved, OwnWay, Weighing, find_source, load_weighing

SERIES: Final = {
    "volume": "messages",
    "openings": "conversations begun",
    "latency": "time to answer",
    "words": "words in a message",
}
LEADS: Final = {
    "small_thing": "fallow review; fallow mine",
    "quiet": "fallow today; fallow letters",
    "own": "fallow mine; fallow review",
    "open": "fallow mine; fallow today",
}
WAYS: Final[dict[OwnWay, str]] = {
    "better": "fallow better",
    "letters": "fallow letters",
    "review": "fallow review",
    "plans": "fallow plans",
    "reach": "fallow reach",
    "friends": "fallow friends",
    "parked": "fallow park",
    "sides": "fallow account --revise",
}


@click.command("weigh")
@as_json_option
def weigh_(*, as_json: bool) -> None:
    """Long considered or impulsive: what points which way, each with its weight in words. Rests while a stop holds."""
    with plain_endings(as_json=as_json):
        found = weighing(opened_desk())
        if as_json:
            answer(describe_weighing(found))
        else:
            _say_weighing(found)


@click.command("mine")
@as_json_option
def mine_(*, as_json: bool) -> None:
    """My side of the door: what is in my hands, in seven lines at most, and once what is not."""
    with plain_endings(as_json=as_json):
        found = own_hands(opened_desk())
        if as_json:
            answer(describe_own_hands(found))
            return
        say(found.opens)
        for line in found.lines:
            own = f"\n   {found.own}" if line.when == "own" else ""
            say(f"-  {line.text}{own}\n   {WAYS[line.way]}")
        say(found.not_mine)


def _say_weighing(found: Weighing) -> None:
    words = load_weighing()
    reading = words.reading(found.reading)
    say(f"Long considered, or impulsive? {reading.title}\n{reading.text}")
    for piece in found.pieces:
        points = "points nowhere" if piece.points == "neither" else f"points to {piece.points}"
        basis = "".join(f" ({find_source(id).short})" for id in piece.sources)
        say(f"\n{piece.text}\n  {points}; {words.weight(piece.weight)}. {piece.because}{basis}")
        for moved in piece.moved:
            say(f"  {_counted(moved)}")
    if found.needs:
        say("\nWhat would say more")
        for need in found.needs:
            say(f"  {need.text}")
    for branch in found.branches:
        say(f"\n{branch.title}")
        for sentence in branch.sentences:
            say(f"  {sentence}")
        say(f"  {LEADS[branch.id]}")
    say("")
    for limit in words.limits:
        say(limit.text)


def _counted(moved: Moved) -> str:
    side = "yours" if moved.side == "ego" else "theirs"
    counted = f"n = {moved.n} in {moved.weeks} weeks"
    shift = moved.shift
    if shift is None:
        return f"{SERIES[moved.series]}, {side}: no clear change; {counted}"
    return (
        f"{SERIES[moved.series]}, {side}: {shift.ratio:.2f} times what it was (95% interval {shift.lower:.2f} to "
        f"{shift.upper:.2f}), half way on {shift.middle} ({shift.earliest} to {shift.latest}); {counted}"
    )
