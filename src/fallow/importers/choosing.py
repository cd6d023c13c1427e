"""Which of several chats of two people in one file is meant: as it was said, or the only one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from fallow.errors import NoChatOfTwo, NoSuchChat, WhichChat
from fallow.importers.interface import ALONE, ChatInside


def choose_chat(chats: Sequence[ChatInside], wanted: str | None) -> ChatInside:
    """
    Find the chat that is meant; nothing is guessed.

    Args:
        chats: What the file holds, chats with no message left out.
        wanted: Its name or its id; case and blanks of a name may differ where that leaves one. None: not said, which
            no group is meant by unless it is all there is.
    Raises:
        NoChatOfTwo: If there is none at all, or only groups.
        WhichChat: If it was not said which, or several are alike.
        NoSuchChat: If none is called so.
    """
    pairs = [one for one in chats if not one.group]
    if not pairs and not (chats and (wanted is not None or len(chats) == 1)):
        raise NoChatOfTwo
    if wanted is None:
        fitting = pairs or list(chats)
    else:
        fitting = [one for one in chats if wanted == str(one.id)]
        fitting = fitting or [one for one in chats if wanted == one.name]
        fitting = fitting or [one for one in chats if alike(wanted) == alike(one.name)]
        if not fitting:
            raise NoSuchChat(chats=len(pairs))
        fitting = [one for one in fitting if not one.group] or fitting
    if len(fitting) > 1:
        raise WhichChat(chats=len(pairs or chats))
    return fitting[0]


def read_alone(wanted: str | None) -> tuple[str | None, bool]:
    """Which chat is meant, and whether that is one address by itself."""
    if wanted is None or not wanted.startswith(ALONE):
        return wanted, False
    return wanted.removeprefix(ALONE).strip(), True


def alike(name: str) -> str:
    """A name without what people do not see."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
