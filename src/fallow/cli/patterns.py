"""The command that tells a person's own hours and cues: patterns."""

from __future__ import annotations

import datetime as dt
from typing import Final

from fallow.app import Hours, Patterns, describe_patterns, read_patterns
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.language import N_, ngettext, say_clock, say_count, say_day, say_number
from fallow.language import gettext as _

WEEKDAYS: Final = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)


@command()
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
    words = [_("{first} to {last}.").format(first=say_day(patterns.first), last=say_day(patterns.last))]
    urges, looks = patterns.urges, patterns.looks
    words += _hours(ngettext("{n} urge", "{n} urges", urges.entries).format(n=say_count(urges.entries)), urges)
    words += _hours(ngettext("{n} look", "{n} looks", looks.entries).format(n=say_count(looks.entries)), looks)
    for cue in patterns.cues:
        told = {"cue": cue.words, "count": say_count(cue.count), "of": say_count(patterns.with_cue)}
        if cue.share is None:
            words.append(_("Set off by {cue}: {count} of {of} that name something.").format(**told))
        else:
            share = _in_100(cue.share.value, cue.share.lower, cue.share.upper)
            words.append(
                _("Set off by {cue}: {count} of {of} that name something, {share}.").format(share=share, **told)
            )
    coming = patterns.coming
    if coming is not None:
        words.append(
            _("The next hard hour may be {day} around {clock}: {share} such hours held an urge.").format(
                day=_(WEEKDAYS[coming.weekday]),
                clock=say_clock(dt.time(coming.hour)),
                share=_in_100(coming.share, coming.lower, coming.upper),
            )
        )
    return words


def _hours(counted: str, hours: Hours) -> list[str]:
    if hours.found is None:
        return [_("{counted}: too little data to say when.").format(counted=counted)]
    found = hours.found
    hard = [(int(day), int(hour)) for day, hour in zip(*found.hard.nonzero(), strict=True)]
    opens = _("{counted} in {days} days, in {hours} different hours.").format(
        counted=counted, days=say_count(found.days), hours=say_count(int(found.held.sum()))
    )
    if not hard:
        return [f"{opens} {_('No hour of the week stands out clearly.')}"]
    return [opens] + [
        _("Clearly more often: {day} {clock}, {share} such hours.").format(
            day=_(WEEKDAYS[day]),
            clock=say_clock(dt.time(hour)),
            share=_in_100(found.share[day, hour], found.lower[day, hour], found.upper[day, hour]),
        )
        for day, hour in hard
    ]


def _in_100(value: float, lower: float, upper: float) -> str:
    value_, lower_, upper_ = (say_number(100 * each, 0) for each in (value, lower, upper))
    return _("{value} in 100 ({lower} to {upper})").format(value=value_, lower=lower_, upper=upper_)
