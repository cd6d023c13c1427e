"""
Long considered or impulsive? What was told and what the messages show, piece by piece, each with its weight in words.

Nothing is added up: pieces have one of three weights, and three pieces of one direction that say something stand as
high as one that says a lot. A reading names a direction only if it would hold whatever the missing answers were; so
leaving out an answer never makes it surer, and "not known" is the ordinary one. The words of an account are not read.
The questions, weights and rule are our own design; no study was found that sorts endings this way (claim C3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Final, Literal

import msgspec

from fallow.guidance.passage import Passage
from fallow.guidance.words import Sentence
from fallow.language import Phrase, per_language
from fallow.plan import AccountGiven, Answer, Initiator

Points = Literal["considered", "impulsive", "neither"]
Weight = Literal["a_lot", "something", "little"]
Reading = Literal["considered", "impulsive", "both", "unknown"]
Series = Literal["volume", "openings", "latency", "words"]
RecordState = Literal["read", "none", "short", "no_day"]
"""Of the messages: read up to the day; none brought; too short a record before it; the day is not said."""
WEIGHED_BY: Final = "C3"
"""The claim of the ledger this belongs to."""
EARLY: Final = dt.timedelta(days=21)
"""A change counts as before the ending where the later limit of its middle is this far from the day; it is found to
about three weeks."""
MANY: Final = 3
"""So many pieces that say something, in one direction, stand as high as one that says a lot."""
QUESTIONS: Final = ("spoken_before", "said_again", "sudden", "in_heat", "prepared", "small")
_RANK: Final[dict[Weight, int]] = {"little": 1, "something": 2, "a_lot": 3}


class Shift(msgspec.Struct, frozen=True):
    """
    A lasting change of a series.

    Args:
        begins, middle: The day it starts to move, and the one at which it is half way.
        earliest, latest: 95 % limits of the middle.
        ratio, lower, upper: Level after over level before, with 95 % limits.
    """

    begins: dt.date
    middle: dt.date
    earliest: dt.date
    latest: dt.date
    ratio: float
    lower: float
    upper: float


class Moved(msgspec.Struct, frozen=True):
    """
    What one series of one side did before the day it ended.

    Args:
        n: Messages, openings or answers that were counted.
        weeks: Whole weeks that were read.
        shift: None: no clear change, or too little data.
    """

    series: Series
    side: Literal["ego", "alter"]
    n: int
    weeks: int
    shift: Shift | None
    too_little: bool


class Told(msgspec.Struct, frozen=True):
    """What a person said, apart from the account: who ended it, and whether it was sudden, over something small."""

    initiator: Initiator = "unknown"
    sudden: Answer = "unknown"
    ended: dt.date | None = None


class Piece(msgspec.Struct, frozen=True):
    """
    One piece of evidence.

    Args:
        id: Stable.
        text: What it is, in one sentence.
        points: Which way; "neither" is a piece as well.
        weight: How much it says.
        because: Why it says no more, or no less.
        sources: Ids of the ledger; may be none.
        moved: The series it rests on, with n and interval; none for what was told.
    """

    id: str
    text: Phrase
    points: Points
    weight: Weight
    because: Phrase
    sources: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()


class Weighing(msgspec.Struct, frozen=True):
    """
    Args:
        reading: Which way more of it points.
        pieces: In the order of the questions; the record last.
        needs: What would have to be known to say more.
        branches: What it leads to, the first one first.
        record: How far the messages could be read.
    """

    reading: Reading
    pieces: tuple[Piece, ...]
    needs: tuple[Sentence, ...]
    branches: tuple[Passage, ...]
    record: RecordState


class WeightWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A weight in words."""

    id: str
    weight: Weight
    text: Phrase


class ReadingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reading in words, and what it is not."""

    id: str
    reading: Reading
    title: Phrase
    text: Phrase
    sources: tuple[str, ...]


class WeighingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `weighing.json`."""

    opens: tuple[Sentence, ...]
    weights: tuple[WeightWords, ...]
    readings: tuple[ReadingWords, ...]
    pieces: tuple[Piece, ...]
    needs: tuple[Sentence, ...]
    branches: tuple[Passage, ...]
    limits: tuple[Sentence, ...]

    def weight(self, weight: Weight) -> str:
        return next(words.text for words in self.weights if words.weight == weight)

    def reading(self, reading: Reading) -> ReadingWords:
        return next(words for words in self.readings if words.reading == reading)


@per_language(WeighingWords)
def load_weighing() -> WeighingWords:
    """
    Read and check the sentences that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("weighing.json").read_bytes()
    return msgspec.json.decode(body, type=WeighingWords)


def weigh(
    told: AccountGiven | None, moved: tuple[Moved, ...] | None, *, apart: Told, record: RecordState = "none"
) -> Weighing:
    """
    Weigh whether it was long considered or impulsive.

    Args:
        told: The telling that stands; None: nothing was told.
        moved: What each series of each side did before the day; None where the record was not read, and then `record`
            says why.
        apart: What was said outside the account.
    """
    answers = {name: _answer(name, told, apart) for name in QUESTIONS}
    pieces = [_piece(f"{name}.{answer}") for name, answer in answers.items() if answer != "unknown"]
    if told is not None and any(_feelings(told)):
        pieces.append(_piece("feelings.told"))
    pieces += _from_record(moved or (), apart)
    missing = [name for name, answer in answers.items() if answer == "unknown"]
    unread = _unread(moved, apart, pieces)
    reading = _read(pieces, _may_turn_up(missing, record=unread is not None or apart.initiator == "unknown"))
    return Weighing(
        reading=reading,
        pieces=tuple(pieces),
        needs=_needs(missing, apart, record if unread == "none" else unread),
        branches=_branches(reading, told, apart),
        record=record if moved is None else "read",
    )


def _answer(name: str, told: AccountGiven | None, apart: Told) -> Answer:
    if name == "sudden":
        return apart.sudden
    answer: Answer = "unknown" if told is None else getattr(told, name)
    return answer


def _feelings(told: AccountGiven) -> Iterator[str]:
    for side in (told.mine, told.theirs):
        if side is not None:
            yield from (known for known in msgspec.structs.astuple(side) if known in ("known", "guess"))


def _from_record(moved: Iterable[Moved], apart: Told) -> list[Piece]:
    """At most one piece for what had grown less early, one for what else changed there, one for the other side."""
    read = [each for each in moved if not each.too_little]
    who = apart.initiator
    theirs = [each for each in read if who not in ("ego", "alter") or each.side == who]
    others = [each for each in read if each not in theirs and each.shift is not None]
    early = [each for each in theirs if _early(each, apart.ended)]
    if not any(each.series != "volume" for each in early):
        early = []  # messages alone rise and fall with the other side's
    late = [each for each in theirs if each.shift is not None and each not in early]
    pieces = []
    if early:
        pieces.append(_piece(f"record.early.{who}", early))
    elif theirs and not late:
        pieces.append(_piece(f"record.none.{who}", theirs))
    if late:
        pieces.append(_piece("record.late", late))
    if others:
        pieces.append(_piece(f"record.other.{who}", others))
    return pieces


def _early(moved: Moved, ended: dt.date | None) -> bool:
    """Whether it grew less, or slower to answer, clearly before the day."""
    shift = moved.shift
    if shift is None or ended is None or shift.latest + EARLY > ended:
        return False
    return shift.lower > 1 if moved.series == "latency" else shift.upper < 1


def _unread(
    moved: tuple[Moved, ...] | None, apart: Told, pieces: Iterable[Piece]
) -> Literal["none", "too_little"] | None:
    """Whether the messages could still say more: they were not read, or too little of that side, and nothing early."""
    if moved is None:
        return "none"
    little = any(each.too_little and apart.initiator in (each.side, "mutual", "unknown") for each in moved)
    early = any(piece.id.startswith("record.early") for piece in pieces)
    return "too_little" if little and not early else None


def _may_turn_up(missing: Iterable[str], *, record: bool) -> list[Piece]:
    """Every piece that an answer not given could bring; of the record the heaviest of each direction."""
    names = [f"{name}.{answer}" for name in missing for answer in ("yes", "no")]
    return [_piece(name) for name in names + (["record.early.mutual", "record.none.mutual"] if record else [])]


def _read(pieces: list[Piece], may_turn_up: list[Piece]) -> Reading:
    """A direction only where it would hold whatever else turned up; both where each has something."""
    considered, impulsive = _level("considered", pieces), _level("impulsive", pieces)
    if considered > _level("impulsive", pieces + may_turn_up):
        return "considered"
    if impulsive > _level("considered", pieces + may_turn_up):
        return "impulsive"
    return "both" if min(considered, impulsive) >= _RANK["something"] else "unknown"


def _level(points: Points, pieces: Iterable[Piece]) -> int:
    ranks = [_RANK[piece.weight] for piece in pieces if piece.points == points]
    if sum(rank >= _RANK["something"] for rank in ranks) >= MANY:
        return _RANK["a_lot"]
    return max(ranks, default=0)


def _needs(missing: list[str], apart: Told, unread: str | None) -> tuple[Sentence, ...]:
    wanted = ["initiator"] * (apart.initiator == "unknown") + missing + ([unread] if unread else [])
    by_id = {need.id: need for need in load_weighing().needs}
    return tuple(by_id[f"need.{name}"] for name in wanted)


def _branches(reading: Reading, told: AccountGiven | None, apart: Told) -> tuple[Passage, ...]:
    """The one who left and regrets it is led to what is theirs to own, whatever the reading is."""
    by_reading = {"considered": "quiet", "impulsive": "small_thing", "both": "open", "unknown": "open"}
    regrets = told is not None and bool({told.mine.regret, told.mine.remorse} & {"known", "guess"})
    ids = ["own"] * (regrets and apart.initiator in ("ego", "mutual")) + [by_reading[reading]]
    return tuple(next(branch for branch in load_weighing().branches if branch.id == id) for id in ids)


def _piece(id: str, moved: Iterable[Moved] = ()) -> Piece:
    found = next(piece for piece in load_weighing().pieces if piece.id == id)
    return msgspec.structs.replace(found, moved=tuple(moved))
