"""The sentences and labels of the silence forecast; a forecast is of a message, and no more is said."""

from __future__ import annotations

from typing import Final

from fallow.charts.phrases import percent
from fallow.language import N_, ngettext
from fallow.language import gettext as _

AHEAD_TITLE: Final = N_("In 100 silences like this one, how many they end by writing first, up to 90 days from now")
AHEAD_COLUMNS: Final = (
    N_("Within"),
    N_("They write, you keep quiet"),
    N_("They write first"),
    N_("You write first"),
    N_("Nobody writes"),
)
IF_SILENT: Final = N_("they write, you keep quiet throughout")
EITHER: Final = N_("they write first, each of you free to")
FEWEST: Final = 0.005
NEARLY_ALL: Final = 0.995

Limited = tuple[float, float, float]
"""A probability with its lower and upper limit."""


def of_100(chance: Limited) -> str:
    """How many of 100, with limits; a probability that is not known to a hundredth is not called none or all."""
    p, lower, upper = chance
    return _("{n} ({lower} to {upper})").format(n=count_of_100(p), lower=percent(lower), upper=percent(upper))


def count_of_100(p: float) -> str:
    if p < FEWEST:
        return _("fewer than 1")
    return _("more than 99") if p > NEARLY_ALL else percent(p)


def _about(chance: Limited) -> str:
    said = of_100(chance)
    return _("about {n}").format(n=said) if FEWEST <= chance[0] <= NEARLY_ALL else said


def ahead_sentence(days: int, silent: Limited, other: Limited, own: Limited, neither: Limited) -> str:
    """What the picture shows, told at one horizon."""
    came = _(
        "In 100 silences like this one, they wrote first within the next {days} days in {theirs}, you in {yours}, and "
        "in {nobodys} nobody did."
    ).format(days=days, theirs=_about(other), yours=_about(own), nobodys=_about(neither))
    quiet = _(
        "Were you to keep quiet throughout, and that changed nothing on their side, they would write in {theirs}."
    ).format(theirs=_about(silent))
    return f"{came} {quiet}"


def within_label(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=days)
