"""The command that tells a person's own hours and cues: patterns."""

from __future__ import annotations

from typing import Final

import click

from fallow.app import Hours, Patterns, describe_patterns, read_patterns
from fallow.cli.keeping import as_json_option
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@click.command()
@as_json_option
def patterns(*, as_json: bool) -> None:
    """Your own hours and cues of urges and looks, each with its n and interval, from the last twelve weeks."""
    with plain_endings(as_json=as_json):
        found = read_patterns(opened_desk())
        if as_json:
            answer(describe_patterns(found))
            return
        for sentence in _in_words(found):
            say(sentence)


def _in_words(patterns: Patterns) -> list[str]:
    words = [f"{patterns.first.isoformat()} to {patterns.last.isoformat()}."]
    words += [*_hours("urge", patterns.urges), *_hours("look", patterns.looks)]
    for cue in patterns.cues:
        share = "" if cue.share is None else f", {_in_100(cue.share.value, cue.share.lower, cue.share.upper)}"
        words.append(f"Set off by {cue.words}: {cue.count} of {patterns.with_cue} that name something{share}.")
    coming = patterns.coming
    if coming is not None:
        words.append(
            f"The next hard hour may be {WEEKDAYS[coming.weekday]} around {coming.hour:02d}:00: "
            f"{_in_100(coming.share, coming.lower, coming.upper)} such hours held an urge."
        )
    return words


def _hours(what: str, hours: Hours) -> list[str]:
    counted = f"{hours.entries:,} {what}{'' if hours.entries == 1 else 's'}"
    if hours.found is None:
        return [f"{counted}: too little data to say when."]
    found = hours.found
    hard = [(int(day), int(hour)) for day, hour in zip(*found.hard.nonzero(), strict=True)]
    opens = f"{counted} in {found.days} days, in {int(found.held.sum())} different hours."
    if not hard:
        return [f"{opens} No hour of the week stands out clearly."]
    return [opens] + [
        f"Clearly more often: {WEEKDAYS[day]} {hour:02d}:00, "
        f"{_in_100(found.share[day, hour], found.lower[day, hour], found.upper[day, hour])} such hours."
        for day, hour in hard
    ]


def _in_100(value: float, lower: float, upper: float) -> str:
    return f"{100 * value:.0f} in 100 ({100 * lower:.0f} to {100 * upper:.0f})"
