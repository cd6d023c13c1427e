"""Long considered or impulsive: every combination of answers and readings, and never surer for knowing less."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from itertools import product
from typing import get_args

import msgspec
import pytest

from fallow.guidance import Moved, Shift, Told, Weighing, find_claim, load_weighing, weigh
from fallow.guidance.weighing import QUESTIONS, WEIGHED_BY, Reading, Series
from fallow.plan import AccountGiven, Answer, Initiator, Side
from guidance.test_inbound import READS
from guidance.test_words import FORBIDDEN, every_id, every_sentence

DAY = dt.date(2026, 3, 1)
ANSWERS: tuple[Answer, ...] = get_args(Answer)
INITIATORS: tuple[Initiator, ...] = get_args(Initiator)
SURENESS: dict[Reading, int] = {"unknown": 0, "both": 1, "considered": 2, "impulsive": 2}
Record = tuple[Moved, ...] | None


def shift(*, days_before: int = 60, ratio: float = 0.5) -> Shift:
    """A change whose middle lies so many days before the day, a week either way."""
    middle, week = DAY - dt.timedelta(days=days_before), dt.timedelta(days=7)
    return Shift(middle - 2 * week, middle, middle - week, middle + week, ratio, ratio * 0.8, ratio * 1.2)


def series(side: str, shift: Shift | None = None, *, name: Series = "openings", too_little: bool = False) -> Moved:
    return Moved(name, side, 900, 40, shift, too_little)  # type: ignore[arg-type]


RECORDS: dict[str, Record] = {
    "none brought": None,
    "no clear change": (series("ego"), series("alter")),
    "they moved early": (series("ego"), series("alter", shift())),
    "I moved early": (series("ego", shift()), series("alter")),
    "both moved early": (series("ego", shift()), series("alter", shift())),
    "moved late": (series("ego"), series("alter", shift(days_before=10))),
    "too little": (series("ego", too_little=True), series("alter", too_little=True)),
}
LESS: dict[str, tuple[str, ...]] = dict.fromkeys(RECORDS, ("none brought", "too little"))
"""Records that know less than another."""


@cache
def weighed(answers: tuple[Answer, ...], who: Initiator, record: str) -> Weighing:
    """Answers in the order of `QUESTIONS`."""
    given = dict(zip(QUESTIONS, answers, strict=True))
    apart = Told(who, given.pop("sudden"), DAY)
    return weigh(AccountGiven(initiator=who, **given), RECORDS[record], apart=apart)  # type: ignore[arg-type]


def answers(**given: Answer) -> tuple[Answer, ...]:
    return tuple(given.get(name, "unknown") for name in QUESTIONS)


EVERY = list(product(ANSWERS, repeat=len(QUESTIONS)))


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("who", INITIATORS)
def test_leaving_something_out_never_makes_it_surer(who: Initiator, record: str) -> None:
    """One answer less, who ended it not said, or no record: never surer, and never the other way round."""
    for given in EVERY:
        full = weighed(given, who, record)
        less = [weighed((*given[:i], "unknown", *given[i + 1 :]), who, record) for i in range(len(given))]
        less += [weighed(given, "unknown", record), *(weighed(given, who, other) for other in LESS[record])]
        for each in less:
            assert SURENESS[each.reading] <= SURENESS[full.reading]
            assert {each.reading, full.reading} != {"considered", "impulsive"}


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("who", INITIATORS)
def test_with_nothing_but_unknown_it_is_not_known(who: Initiator, record: str) -> None:
    """Whatever the messages show: they alone never say which it was."""
    assert "unknown" == weighed(answers(), who, record).reading
    assert "unknown" == weigh(None, RECORDS[record], apart=Told(who, ended=DAY)).reading


@pytest.mark.parametrize("record", RECORDS)
def test_swapping_the_two_changes_no_reading(record: str) -> None:
    """Who ended it and whose messages, both turned round."""
    turned: dict[str, Initiator] = {"ego": "alter", "alter": "ego"}
    for given in EVERY[::5]:
        told = dict(zip(QUESTIONS, given, strict=True))
        sudden = told.pop("sudden")
        for who in INITIATORS:
            found = RECORDS[record]
            mirrored = found and tuple(msgspec.structs.replace(each, side=turned[each.side]) for each in found)
            apart = Told(turned.get(who, who), sudden, DAY)
            there = weigh(AccountGiven(**told), mirrored, apart=apart)  # type: ignore[arg-type]
            assert weighed(given, who, record).reading == there.reading


@pytest.mark.parametrize(
    ("reading", "given"),
    [
        ("considered", {"spoken_before": "yes", "in_heat": "no", "small": "no"}),
        ("considered", {"spoken_before": "yes", "said_again": "yes", "sudden": "no"}),
        ("impulsive", {"spoken_before": "no", "sudden": "yes", "in_heat": "yes", "small": "yes", "said_again": "no"}),
        ("impulsive", {"spoken_before": "no", "sudden": "yes", "in_heat": "yes", "small": "yes", "prepared": "no"}),
        ("both", {"spoken_before": "yes", "sudden": "yes", "in_heat": "yes"}),
        ("unknown", {"sudden": "yes", "in_heat": "yes", "small": "yes"}),
        ("unknown", {"spoken_before": "yes"}),
        ("unknown", {"small": "no", "prepared": "no"}),
    ],
)
def test_what_is_told_is_read_plainly(reading: Reading, given: dict[str, Answer]) -> None:
    """Cases as a reader would judge them, without a record; the third of three is what turns it."""
    assert reading == weighed(answers(**given), "alter", "none brought").reading


def test_a_record_is_one_piece_however_much_of_it_moved() -> None:
    """Four series of one side are not four witnesses; each is listed with its figures."""
    four = tuple(series("alter", shift(ratio=2 if name == "latency" else 0.5), name=name) for name in get_args(Series))
    (piece,) = weigh(None, four, apart=Told("alter", ended=DAY)).pieces
    assert ("record.early.alter", "considered", "something", four) == (
        piece.id, piece.points, piece.weight, piece.moved
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moved", "id"),
    [
        (series("alter", shift(days_before=28)), "record.early.alter"),
        (series("alter", shift(days_before=27)), "record.late"),
        (series("alter", shift(ratio=2.0)), "record.late"),
        (series("alter", shift(ratio=0.5), name="latency"), "record.late"),
        (series("alter", shift(ratio=2.0), name="latency"), "record.early.alter"),
        (series("alter", shift(), name="volume"), "record.late"),
        (series("alter", shift(), name="words"), "record.early.alter"),
        (series("alter"), "record.none.alter"),
        (series("ego", shift()), "record.other.alter"),
    ],
)
def test_a_change_counts_by_its_limits_its_direction_and_its_side(moved: Moved, id: str) -> None:
    """
    Three weeks before the day at the least, towards less or slower, in more than the number of messages, which rises
    and falls with the other side's; and of the one who ended it.
    """
    assert [id] == [piece.id for piece in weigh(None, (moved,), apart=Told("alter", ended=DAY)).pieces]


def test_what_is_not_known_is_asked_for_by_name() -> None:
    """Each missing answer once; the record by why it was not read; nothing where everything is there."""
    nothing = weigh(None, None, apart=Told(), record="short")
    names = ["initiator", *QUESTIONS, "short"]
    assert [f"need.{name}" for name in names] == [need.id for need in nothing.needs]
    assert () == weighed(answers(**dict.fromkeys(QUESTIONS, "no")), "ego", "no clear change").needs
    partly = weighed(answers(**dict.fromkeys(QUESTIONS, "no")), "ego", "too little")
    assert ["need.too_little"] == [need.id for need in partly.needs]


@pytest.mark.parametrize(
    ("who", "mine", "ids"),
    [
        ("ego", Side(regret="known"), ["own", "open"]),
        ("ego", Side(remorse="guess"), ["own", "open"]),
        ("mutual", Side(regret="known"), ["own", "open"]),
        ("ego", Side(relief="known"), ["open"]),
        ("ego", Side(regret="unknown"), ["open"]),
        ("alter", Side(regret="known"), ["open"]),
    ],
)
def test_the_one_who_left_and_regrets_is_led_to_what_is_theirs(who: Initiator, mine: Side, ids: list[str]) -> None:
    """First, and beside whatever the reading leads to; to the one who was left it is no matter of accounting."""
    found = weigh(AccountGiven(mine=mine), None, apart=Told(who))
    assert ids == [branch.id for branch in found.branches]


def test_each_reading_leads_somewhere() -> None:
    """Considered to the quiet time, impulsive to the small thing, and the others to what is the same either way."""
    led = {weighed(given, "alter", "none brought").reading: weighed(given, "alter", "none brought") for given in EVERY}
    leads = {"considered": "quiet", "impulsive": "small_thing", "both": "open", "unknown": "open"}
    assert leads == {reading: each.branches[0].id for reading, each in led.items()}


def test_feelings_point_nowhere() -> None:
    """They are a piece, and say little; what was left out or cannot be known is none."""
    for told in (AccountGiven(mine=Side(relief="known")), AccountGiven(theirs=Side(regret="guess"))):
        (piece,) = weigh(told, None, apart=Told("ego")).pieces
        assert ("neither", "little") == (piece.points, piece.weight)
    assert () == weigh(AccountGiven(mine=Side(relief="unknown")), None, apart=Told("ego")).pieces


WORDS = msgspec.to_builtins(load_weighing())
TEXTS = [*(text for _, text in every_sentence(WORDS)), *(piece["because"] for piece in WORDS["pieces"])]


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_is_calm_and_reads_nobody(text: str) -> None:
    """Nothing presses, promises or judges; nothing says what anybody feels; and there is no score."""
    assert "!" not in text
    assert "%" not in text
    assert not re.search(r"\d", text)
    assert not [rule for rule in FORBIDDEN + READS if re.search(rf"\b(?:{rule})\b", text, re.IGNORECASE)]
    assert not re.search(r"\b(?:score|points? out of|probab\w*|likel\w*|safe)\b", text, re.IGNORECASE)


def test_every_id_is_used_once_and_every_answer_has_its_piece() -> None:
    """A sentence can be found by its id; both answers to a question are in the list, and point apart."""
    words = load_weighing()
    ids = list(every_id(msgspec.to_builtins(words)))
    assert len(ids) == len(set(ids))
    by_id = {piece.id: piece for piece in words.pieces}
    for name in QUESTIONS:
        assert {"considered", "impulsive"} == {by_id[f"{name}.yes"].points, by_id[f"{name}.no"].points}
    for who in INITIATORS:
        assert {f"record.early.{who}", f"record.none.{who}"} <= set(by_id)


def test_every_source_is_one_the_ledger_names_for_this_claim() -> None:
    """A piece points at what the ledger says of this claim, and at nothing else."""
    cited = {source for finding in find_claim(WEIGHED_BY).open_findings for source in finding.sources}
    words = load_weighing()
    assert {source for each in (*words.pieces, *words.readings) for source in each.sources} <= cited
