"""What the first version says: calm, complete, and promising nothing it cannot keep."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import get_args

import msgspec
import pytest

from fallow.guidance import HardStopReason, hard_stop_words, load_words, reasons_from, small_thing

FORBIDDEN = [
    r"win (?:\w+ )?back",
    r"get (?:them|him|her|your ex|your partner) back",
    r"(?:come|comes|coming) back to you",
    r"(?:they|he|she) will (?:miss|regret|return|reach out|come)",
    r"make (?:them|him|her) (?:miss|want|jealous)",
    r"guarantee\w*",
    r"promise\w*",
    r"proven",
    r"streak\w*",
    r"relapse\w*",
    r"fail\w*",
    r"your fault",
    r"should have",
    r"start over",
    r"back to zero",
    r"day \d+ of",
    r"days? (?:left|to go|remaining)",
    r"count ?-?down",
    r"only \d+",
    r"77",
    r"stay strong",
    r"move on",
    r"get over (?:it|them|him|her)",
    r"closure",
    r"narcissis\w*",
    r"toxic",
    r"keeps? you safe",
]
"""Words that blame, press, promise or count down."""


def every_sentence(part: object, name: str = "words") -> Iterator[tuple[str, str]]:
    """Every text and title in the file, by its id."""
    if isinstance(part, dict):
        name = part.get("id", name)
        for key, value in part.items():
            if key in ("text", "title"):
                yield name, value
            else:
                yield from every_sentence(value, name)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from every_sentence(value, name)


def every_id(part: object) -> Iterator[str]:
    """Every id in the file."""
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "id")
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
    for value in values:
        yield from every_id(value)


SAID = [pytest.param(text, id=name) for name, text in every_sentence(msgspec.to_builtins(load_words()))]


@pytest.mark.parametrize("text", SAID)
def test_a_sentence_is_calm(text: str) -> None:
    """Nothing raises its voice, blames, presses, promises or counts down."""
    assert "!" not in text
    assert not [words for words in FORBIDDEN if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]


@pytest.mark.parametrize("text", SAID)
def test_safe_is_said_only_with_its_limit(text: str) -> None:
    """The word "safe" stands only in a sentence that says what cannot be told."""
    sentences = re.split(r"(?<=[.?:])\s", text)

    assert not [one for one in sentences if re.search(r"\bsafe\b", one, re.IGNORECASE) and "cannot" not in one]


def test_every_id_names_one_sentence() -> None:
    """An id is used once, so that a translation can be found by it."""
    ids = list(every_id(msgspec.to_builtins(load_words())))

    assert len(ids) == len(set(ids))


def test_the_screen_asks_in_both_directions() -> None:
    """What they did or asked, and what I fear of myself; violence is asked about in both."""
    questions = load_words().safety_screen.questions

    assert {"theirs", "mine"} == {question.direction for question in questions}
    assert {"theirs", "mine"} == {question.direction for question in questions if question.leads_to == "violence"}


def test_every_reason_for_a_hard_stop_is_asked_and_has_words() -> None:
    """No reason is without a question that finds it and a text that explains it."""
    reasons = set(get_args(HardStopReason))
    asked = {question.leads_to for question in load_words().safety_screen.questions}

    assert reasons | {"safety"} == asked
    assert sorted(reasons) == sorted(words.because for words in load_words().hard_stop)
    assert all(hard_stop_words(reason) for reason in reasons)


def test_only_what_leads_to_safety_names_a_concern() -> None:
    """A question that leads to safety says what it is about; one that leads to a hard stop has its reason."""
    questions = load_words().safety_screen.questions

    assert [q.leads_to == "safety" for q in questions] == [q.concern is not None for q in questions]
    assert {"wish_to_die", "afraid"} == {q.concern for q in questions if q.concern}


@pytest.mark.parametrize("question", load_words().safety_screen.questions, ids=lambda question: question.id)
def test_a_question_can_be_answered_with_yes_or_no(question: msgspec.Struct) -> None:
    """Each is one question, in plain words."""
    text = msgspec.to_builtins(question)["text"]

    assert text.endswith("?")
    assert "?" not in text[:-1]


def test_answers_lead_where_their_questions_say_once_each() -> None:
    """Two ways to the same reason give it once, in the order of the screen."""
    answered = ["screen.not_live", "screen.violence_mine", "screen.asked", "screen.violence_theirs"]
    expected = ("asked", "violence", "safety")

    assert expected == reasons_from(answered)


def test_no_yes_leads_nowhere() -> None:
    """Who answers no to everything, or skips it, goes on."""
    assert not reasons_from([])


def test_an_unknown_answer_is_refused() -> None:
    """An id that is no question is a mistake in a page; the error does not repeat what was sent."""
    with pytest.raises(ValueError, match="1 ids are not questions"):
        reasons_from(["screen.asked", "screen.made_up"])


def test_the_quiet_times_are_equal_and_seventy_seven_is_not_among_them() -> None:
    """The seven options of the plan, under one label that says what they are."""
    quiet = load_words().quiet_time
    expected = [
        ("quiet.30", 30, False),
        ("quiet.45", 45, False),
        ("quiet.60", 60, False),
        ("quiet.90", 90, False),
        ("quiet.180", 180, False),
        ("quiet.open", None, True),
        ("quiet.for_good", None, False),
    ]

    assert expected == [(option.id, option.days, option.open_ended) for option in quiet.options]
    assert "convention, not science" in quiet.label.text


@pytest.mark.parametrize(
    "fact",
    [
        "If someone has put spying software on this device, they can see what you see.",
        "Use a device they have never held.",
        "A program cannot tell you that you are safe.",
        "While it is unlocked, anyone at this screen can read it.",
        "If someone forces you to give the passphrase, it cannot stop them.",
        "Your browser's history shows that an address on this computer was opened.",
        "Quick exit does not remove that.",
        "Private windows help.",
        "Exports and printed pages are readable by anyone who finds them.",
        "Deleted files can sometimes be recovered from disks and from backups made by the system",
        "Full-disk encryption helps.",
        "Deleting this program in a hurry can itself be noticed.",
        "suddenly stopping can raise suspicion",
        "It is not an emergency service.",
    ],
)
def test_the_limits_are_told_in_the_words_of_the_threat_model(fact: str) -> None:
    """What Fallow cannot do is said before the first entry, as section 5 of the threat model words it."""
    assert fact in " ".join(limit.text for limit in load_words().limits)


def test_the_small_thing_is_the_same_all_day_and_each_comes_before_any_returns() -> None:
    """Over as many days as there are things, each is suggested once, whichever day one starts."""
    first = dt.date(2026, 11, 23)
    things = load_words().small_things
    suggested = [small_thing(first + dt.timedelta(days=day)) for day in range(len(things))]

    assert small_thing(first) == small_thing(first)
    assert sorted(thing.id for thing in things) == sorted(thing.id for thing in suggested)


def test_there_are_enough_small_things_for_three_weeks() -> None:
    """Nothing returns within twenty days."""
    enough = 20

    assert enough <= len(load_words().small_things)


@pytest.mark.parametrize("thing", load_words().small_things, ids=lambda thing: thing.id)
def test_a_small_thing_is_not_about_the_one_who_is_gone(thing: msgspec.Struct) -> None:
    """None names them, the past or an outcome."""
    about = re.compile(
        r"\b(?:ex|them|they|him|her|his|their|partner|relationship|past|heal\w*|better)\b", re.IGNORECASE
    )

    assert not about.search(msgspec.to_builtins(thing)["text"])


def test_the_urge_page_offers_three_things() -> None:
    """Write, wait or call; nothing else is asked in that moment."""
    expected = ["urge.write", "urge.wait", "urge.call"]

    assert expected == [option.id for option in load_words().urge.options]


def test_waiting_is_not_said_to_work() -> None:
    """The text of the wait says that the urge may stay, and no number is promised."""
    waiting = " ".join(sentence.text for sentence in load_words().urge.waiting)

    assert "It may not get smaller." in waiting
    assert not re.search(r"\d", waiting)


def test_the_import_page_says_what_it_is_for_that_it_can_hurt_and_what_can_be_left_out() -> None:
    """Three things are known before a file is chosen."""
    by_id = {sentence.id: sentence.text for sentence in load_words().chat_import}

    assert "It cannot show what anyone felt." in by_id["import.purpose"]
    assert "often hurts" in by_id["import.hurts"]
    assert "can be left out" in by_id["import.without_text"]
