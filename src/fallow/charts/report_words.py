"""Every sentence of the report, marked here and translated where it is written."""

from __future__ import annotations

from typing import Final

from fallow.language import N_, ngettext, say_count
from fallow.language import gettext as _

TITLE: Final = N_("What the record shows of both sides")
LEAD: Final = N_("A report of counts and times, to read with somebody. No message is in it, and no word of one.")
MADE: Final = N_("Made on {day} from {messages}, {first} to {last}.")
UNNAMED: Final = N_("Names are left out. “You” is the one who made this report, “they” the other one.")
IS_TITLE: Final = N_("What it is")
IS: Final = (
    N_("Both sides are measured by the same rules from one exported chat, on the computer of the person who made it."),
    N_(
        "Every number comes with how many it rests on (n) and, where it is an estimate, with its 95 % limits. "
        "Where there is too little data, that is said in place of a number."
    ),
)
IS_NOT_TITLE: Final = N_("What it is not")
IS_NOT: Final = (
    N_("No one’s feelings can be read from this, and no one’s reasons, character or intentions."),
    N_("It is no evidence of who was right, no test of anybody, and it does not tell what will happen."),
    N_(
        "It sees one channel. What was said face to face, by telephone or elsewhere is not in it, and a stretch "
        "that an export left out can look like silence."
    ),
)
TABLES_TITLE: Final = N_("The numbers")
TABLES: Final = N_("What each picture was drawn from.")
COUNTED: Final = N_("How it is counted: {definition}")
FOOT: Final = N_("Drawn by Fallow. Nothing of it was sent anywhere; whoever holds this file can read it.")


def out_of_group(count: int) -> str:
    """What there is to bear in mind where messages out of a group were counted; empty where none were."""
    if not count:
        return ""
    return ngettext(
        "{n} of these messages is out of a group, where nobody writes to one person alone: "
        "who begins, who waits and how long say less there.",
        "{n} of these messages are out of a group, where nobody writes to one person alone: "
        "who begins, who waits and how long say less there.",
        count,
    ).format(n=say_count(count))


def messages(count: int) -> str:
    return ngettext("{n} message", "{n} messages", count).format(n=say_count(count))


def named(you: str, them: str) -> str:
    """Both names; one that no file told is empty."""
    return _("“You” is {you}. “They” is {them}.").format(you=you or _("not named"), them=them or _("not named"))
