"""
What each side wrote: turns, texts, words, questions, calls, media, reactions, with rates.

Messages of one bout are alike in length and kind, so the limits of every rate take bouts as independent, not messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts
from fallow.dyad.clusters import ratio_or_none, share_or_none
from fallow.dyad.means import Mean
from fallow.dyad.shares import Share
from fallow.dyad.turns import Turns
from fallow.messages import ALTER, EGO, Kind, MessageTable

MIN_WRITTEN: Final = 50
"""Messages, texts or turns of a side under which no rate is given: a few bouts would be most of it."""


@dataclass(frozen=True, slots=True)
class SideWriting:
    """
    What one side wrote. A rate is None under MIN_WRITTEN or in too few bouts.

    Args:
        turns: Its runs of messages.
        messages: All it wrote, calls and media among them, reactions not.
        texts: Those with words.
        words: Words in them.
        asked: Texts that hold a question mark, of the `asked_known` of which that is known.
        asked_known: Texts of which that is known.
        calls: Calls it began.
        media: Pictures, sounds, films and files.
        reactions: Its reactions to messages.
        questions: asked of asked_known.
        calls_share: calls of messages.
        media_share: media of messages.
        words_a_text: Mean words of a text.
        messages_a_turn: Mean messages of a turn.
    """

    turns: int
    messages: int
    texts: int
    words: int
    asked: int
    asked_known: int
    calls: int
    media: int
    reactions: int
    questions: Share | None
    calls_share: Share | None
    media_share: Share | None
    words_a_text: Mean | None
    messages_a_turn: Mean | None


@dataclass(frozen=True, slots=True)
class Writing:
    ego: SideWriting
    alter: SideWriting


def measure_writing(table: MessageTable, bouts: Bouts, turns: Turns, *, reactions: tuple[int, int]) -> Writing:
    """
    Count what each side wrote.

    Args:
        table: n messages, reactions left out.
        bouts: The bouts of this table.
        turns: The turns of this table.
        reactions: How many ego, and how many alter, gave in the same record.
    Returns:
        The same for both sides; messages add up to n. O(n).
    Source:
        Rates by the ratio estimator over bouts, see `clusters`.
    """
    bout = np.repeat(np.arange(len(bouts)), bouts.end - bouts.start)
    place = bout * 2 + table.sender
    of_turn = bout[turns.start] * 2 + turns.sender
    cells = 2 * len(bouts)

    def by_bout(where: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(place[where], minlength=cells).reshape(-1, 2)

    text = table.kind == Kind.TEXT
    messages = np.bincount(place, minlength=cells).astype(np.int64).reshape(-1, 2)
    turned = np.bincount(of_turn, minlength=cells).reshape(-1, 2)
    texts, known = by_bout(text), by_bout(text & (table.asks >= 0))
    asked = by_bout(text & (table.asks == 1))
    calls, media = by_bout(table.kind == Kind.CALL), by_bout(np.isin(table.kind, (Kind.MEDIA, Kind.STICKER)))
    words = np.bincount(place[text], weights=table.words[text], minlength=cells).reshape(-1, 2)

    def of(side: int) -> SideWriting:
        return SideWriting(
            turns=int(turned[:, side].sum()),
            messages=int(messages[:, side].sum()),
            texts=int(texts[:, side].sum()),
            words=int(words[:, side].sum()),
            asked=int(asked[:, side].sum()),
            asked_known=int(known[:, side].sum()),
            calls=int(calls[:, side].sum()),
            media=int(media[:, side].sum()),
            reactions=reactions[side],
            questions=share_or_none(asked[:, side], known[:, side], MIN_WRITTEN),
            calls_share=share_or_none(calls[:, side], messages[:, side], MIN_WRITTEN),
            media_share=share_or_none(media[:, side], messages[:, side], MIN_WRITTEN),
            words_a_text=ratio_or_none(words[:, side], texts[:, side], MIN_WRITTEN),
            messages_a_turn=ratio_or_none(messages[:, side], turned[:, side], MIN_WRITTEN),
        )

    return Writing(ego=of(EGO), alter=of(ALTER))
