"""Every sentence of the report, so that another language replaces this file, `captions` and `phrases` alone."""

from __future__ import annotations

from typing import Final

TITLE: Final = "What the record shows of both sides"
LEAD: Final = "A report of counts and times, to read with somebody. No message is in it, and no word of one."
MADE: Final = "Made on {day} from {messages}, {first} to {last}."
UNNAMED: Final = "Names are left out. “You” is the one who made this report, “they” the other one."
IS_TITLE: Final = "What it is"
IS: Final = (
    "Both sides are measured by the same rules from one exported chat, on the computer of the person who made it.",
    "Every number comes with how many it rests on (n) and, where it is an estimate, with its 95 % limits. "
    "Where there is too little data, that is said in place of a number.",
)
IS_NOT_TITLE: Final = "What it is not"
IS_NOT: Final = (
    "No one’s feelings can be read from this, and no one’s reasons, character or intentions.",
    "It is no evidence of who was right, no test of anybody, and it does not tell what will happen.",
    "It sees one channel. What was said face to face, by telephone or elsewhere is not in it, and a stretch "
    "that an export left out can look like silence.",
)
TABLES_TITLE: Final = "The numbers"
TABLES: Final = "What each picture was drawn from."
COUNTED: Final = "How it is counted"
FOOT: Final = "Drawn by Fallow. Nothing of it was sent anywhere; whoever holds this file can read it."


def messages(count: int) -> str:
    return f"{count:,} message" if count == 1 else f"{count:,} messages"


def named(you: str, them: str) -> str:
    """Both names; one that no file told is empty."""
    return f"“You” is {you or 'not named'}. “They” is {them or 'not named'}."
