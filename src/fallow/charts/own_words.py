"""What is said of a person's own hours: the sentences and labels of urges and looks by hour of the week."""

from __future__ import annotations

from typing import Final

from fallow.charts.phrases import WEEKDAYS_WHOLE, hour_label, in_100, percent
from fallow.forecast import HourShares
from fallow.language import N_, say_count
from fallow.language import gettext as _

OWN_HOURS_COLUMNS: Final = (N_("Day"), N_("Hour"), N_("Hours with one"), N_("Share, and 95 % interval"))
OWN_HOURS_TITLE: Final = {
    "urges": N_("Your urges by weekday and hour; the fuller the square, the more of those hours held one"),
    "looks": N_("When you looked, by weekday and hour; the fuller the square, the more of those hours held a look"),
}
OWN_HOURS_NAME: Final = {"urges": N_("urges"), "looks": N_("looks")}
OUTLINED: Final = N_("outlined: clearly above your own average")
OWN_HOURS_NAMED: Final = 3
"""Hard hours that a sentence names; the table has them all."""


def too_little_days(have: int, need: int) -> str:
    return _("Too little data to say: {have} of at least {need} days.").format(have=have, need=need)


def too_little_held(what: str, have: int, need: int) -> str:
    said = (
        _("Too little data to say: {have} of at least {need} different hours with an urge.")
        if what == "urges"
        else _("Too little data to say: {have} of at least {need} different hours with a look.")
    )
    return said.format(have=have, need=need)


def own_hours_sentence(what: str, found: HourShares, hard: list[tuple[int, int]]) -> str:
    """`what`: urges or looks; `hard`: weekday and hour of every hard hour, hardest first."""
    opens = (
        _("{entries} urges in {days} days, in {hours} different hours: {share} in 100 hours held one.")
        if what == "urges"
        else _("{entries} looks in {days} days, in {hours} different hours: {share} in 100 hours held one.")
    ).format(
        entries=say_count(found.entries), days=found.days, hours=int(found.held.sum()), share=percent(found.average)
    )
    if not hard:
        return " ".join((opens, _("No hour of the week stands out clearly from the others.")))
    named = "; ".join(_hard_hour(found, *cell) for cell in hard[:OWN_HOURS_NAMED])
    more = len(hard) - OWN_HOURS_NAMED
    if more > 0:
        return " ".join((opens, _("Clearly more often: {hours}, and {more} more.").format(hours=named, more=more)))
    return " ".join((opens, _("Clearly more often: {hours}.").format(hours=named)))


def _hard_hour(found: HourShares, day: int, hour: int) -> str:
    return _("{weekday} {hour}, {share} such hours").format(
        weekday=_(WEEKDAYS_WHOLE[day]), hour=hour_label(hour), share=own_share(found, day, hour)
    )


def own_share(found: HourShares, day: int, hour: int) -> str:
    """What the model makes of one hour of the week."""
    return in_100(float(found.share[day, hour]), float(found.lower[day, hour]), float(found.upper[day, hour]))


def held_label(held: int, observed: int) -> str:
    return _("{held} of {observed}").format(held=held, observed=observed)
