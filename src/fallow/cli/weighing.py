"""The commands `weigh` and `mine`: long considered or impulsive, piece by piece; and what is in my hands."""

from __future__ import annotations

from typing import Final

from fallow.app import describe_own_hands, describe_weighing, own_hands, weighing
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.guidance import Moved, OwnWay, Weighing, find_source, load_weighing
from fallow.language import N_, say_count, say_day, say_number
from fallow.language import gettext as _

SERIES: Final = {
    "volume": N_("messages"),
    "openings": N_("conversations begun"),
    "latency": N_("time to answer"),
    "words": N_("words in a message"),
}
POINTS: Final = {
    "neither": N_("points nowhere"),
    "considered": N_("points to considered"),
    "impulsive": N_("points to impulsive"),
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


@command("weigh")
@as_json_option
def weigh_(*, as_json: bool) -> None:
    """Long considered or impulsive: what points which way, each with its weight in words. Rests while a stop holds."""
    with plain_endings(as_json=as_json):
        found = weighing(opened_desk())
        if as_json:
            answer(describe_weighing(found))
        else:
            _say_weighing(found)


@command("mine")
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
    say(f"{_('Long considered, or impulsive?')} {reading.title}\n{reading.text}")
    for piece in found.pieces:
        points = _(POINTS[piece.points])
        basis = "".join(f" ({find_source(id).short})" for id in piece.sources)
        say(f"\n{piece.text}\n  {points}; {words.weight(piece.weight)}. {piece.because}{basis}")
        for moved in piece.moved:
            say(f"  {_counted(moved)}")
    if found.needs:
        say("\n" + _("What would say more"))
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
    told = {
        "series": _(SERIES[moved.series]),
        "n": say_count(moved.n),
        "weeks": say_count(moved.weeks),
    }
    shift, yours = moved.shift, moved.side == "ego"
    if shift is None:
        unmoved = _("{series}, theirs: no clear change; n = {n} in {weeks} weeks")
        return (_("{series}, yours: no clear change; n = {n} in {weeks} weeks") if yours else unmoved).format(**told)
    words = _(
        "{series}, theirs: {ratio} times what it was (95% interval {lower} to {upper}), "
        "half way on {middle} ({earliest} to {latest}); n = {n} in {weeks} weeks"
    )
    if yours:
        words = _(
            "{series}, yours: {ratio} times what it was (95% interval {lower} to {upper}), "
            "half way on {middle} ({earliest} to {latest}); n = {n} in {weeks} weeks"
        )
    return words.format(
        ratio=say_number(shift.ratio, 2),
        lower=say_number(shift.lower, 2),
        upper=say_number(shift.upper, 2),
        middle=say_day(shift.middle),
        earliest=say_day(shift.earliest),
        latest=say_day(shift.latest),
        **told,
    )
