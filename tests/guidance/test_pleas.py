"""
T80: scripted pleas in English and German, and not one answer that suggests, words, times or excuses contact.

Two independent ways: every sentence and step that the hearing can ever say is held against patterns of what must not
be said, and every answer is made only of those sentences, by id and by letter. The pleas, each with the kind that
should lead and whether it holds danger, were written for this test. All are read by rules that have been mended with
them in view; how the rules did on pleas they had not seen is told in docs/explanation/own-words.md.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from fallow.guidance import Kind, Offer, hear, load_hearing, load_words
from fallow.guidance.hearing import OFF_IN_A_STOP
from guidance.test_words import FORBIDDEN as NOT_CALM

GOLDEN = Path(__file__).parents[1] / "golden" / "pleas"
PLEAS: Final[dict[str, list[dict[str, Any]]]] = {
    language: json.loads((GOLDEN / f"{language}.json").read_text("utf-8")) for language in ("en", "de")
}
ALL = list(chain.from_iterable(PLEAS.values()))

REACH = (
    r"(?:write|text|message|call|ring|phone|contact|reach out|reply|answer|respond|send|tell|ask|email|mail|post|visit|"
    r"see|meet|approach|apologi[sz]e|explain|get in touch|say (?:it|so|hello|hi|sorry))"
)
REACHING = r"(?:writing|texting|messaging|calling|contacting|telling|asking|seeing|meeting|answering|sending|replying)"
THEM = r"(?:him|her|them|your ex|your former partner)"
NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|ten|fourteen|twenty|thirty|sixty|ninety|some|a few|another)"
UNIT = r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)"
FORBIDDEN: Final = {
    "suggests": [
        rf"\byou (?:could|can|may|might|should|ought to|must|need to|have to|want to|will|are free to)"
        rf"(?: \w+){{0,2}} {REACH}\b",
        rf"\b(?:why not|try|consider|how about|what about|perhaps|maybe|go ahead)\b(?: \w+)? (?:{REACH}|{REACHING})\b",
        rf"\b{REACH} (?:to )?{THEM}\b",
        rf"\b{REACHING} (?:to )?{THEM}\b",
        rf"\blet {THEM} know\b|\breach out\b|\bget in touch\b|\bbreak the silence\b|\bgo ahead\b|\bmake the first\b",
        r"\b(?:deserves?|would want|wants?|waits?|hopes?) (?:to (?:know|hear)|for (?:a|your) (?:word|message))\b",
        r"\b(?:a|one|the) (?:short |small |last |single |kind |neutral )*(?:message|text|call|note|line|letter) "
        r"(?:is|would be|can be|could|may|might|helps?|would)\b",
    ],
    "words": [
        r"[\"“”„«»]|(?:^|\s)'\w",
        r"\b(?:say|write|text|send|reply|answer)(?: \w+)?:",
        r"\bsomething like\b|\bfor example\b|\bstart with\b|\bbegin with\b|\bkeep it (?:short|light|simple|brief)\b",
        r"\b(?:dear|hi|hey|hello) \w+|\bi (?:hope|was thinking|just wanted|miss|am sorry|'m sorry)\b",
        r"\b(?:short|brief|neutral|friendly|polite|plain|kind) (?:message|text|note|line|word|reply|answer)\b",
        r"\b(?:word|phrase|formulate|draft) (?:it|this|your)\b",
    ],
    "times": [
        r"\b(?:wait|hold on|leave it|hold off|not) (?:until|till)\b",
        r"\btomorrow\b|\bin the morning\b|\bnext (?:day|week|month|time)\b|\blater\b|\bsoon\b|\bby then\b|\byet\b",
        rf"\b(?:after|in|within|until|another|once|when) (?:the )?{NUMBER} {UNIT}\b",
        r"\b(?:when|once|after|as soon as) (?:the (?:time|period|days|month)|you (?:are|have)|it is)\b",
        r"\b(?:best|right|good|better|calmer|allowed) (?:time|hour|moment|day|evening)\b|\btoo (?:early|late|soon)\b",
        r"\bthen (?:you|it) (?:can|may|will|is)\b|\bnot now\b|\bfor now\b",
    ],
    "excuses": [
        rf"\b(?:fine|ok|okay|all right|allowed|understandable|harmless|natural|fair|reasonable) to {REACH}\b",
        r"\bjust (?:this )?once\b|\bthis (?:once|one time)\b|\b(?:will|would|does|can)(?: not|n't) hurt\b|\bno harm\b",
        r"\b(?:you (?:have|got)|here is|gives? you) permission\b|\bgood reason\b|\breal reason\b|\bany reason\b",
        r"(?<!no )\bexceptions?\b|\bexcuse\b|\bjustif\w+|\bunless\b|\bdoes not count\b|\bnot really contact\b",
        r"\beveryone does\b|\byou (?:deserve|are entitled)\b|\bone (?:message|text|call|last|more)\b",
    ],
}
"""What no answer may do, in the words in which it would do it."""
EVERY_SENTENCE = [pytest.param(s.text, id=s.id) for s in load_hearing().sentences] + [
    pytest.param(f"{offer.title}. {offer.text}", id=f"offer-{offer.id}") for offer in load_hearing().offers
]
ID_TO_TEXT = {sentence.id: sentence.text for sentence in load_hearing().sentences}
HELP: Final = ("help_lines", "emergency")


def faults(text: str) -> list[str]:
    """What a sentence does that it must not; where a service is called by its name, calling it is no contact."""
    plain = re.sub(r"\bcall (?:a help line|someone)\b", "", text, flags=re.IGNORECASE)
    return [kind for kind, signs in FORBIDDEN.items() if any(re.search(sign, plain, re.IGNORECASE) for sign in signs)]


@pytest.mark.parametrize("text", EVERY_SENTENCE)
def test_no_sentence_suggests_words_times_or_excuses_contact(text: str) -> None:
    """Each that can ever be said, one by one."""
    assert [] == faults(text)


@pytest.mark.parametrize("text", EVERY_SENTENCE)
def test_every_sentence_is_calm(text: str) -> None:
    """No raised voice, no blame, no promise, as for all other sentences."""
    assert "!" not in text
    assert not [words for words in NOT_CALM if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]
    assert not re.search(r"\bsafe\b", text, re.IGNORECASE)


@pytest.mark.parametrize("stopped", [False, True], ids=["as-ever", "in-a-stop"])
@pytest.mark.parametrize("language", PLEAS)
def test_no_plea_is_answered_with_anything_else(language: str, stopped: bool) -> None:
    """Every answer to every plea is made of the sentences and steps read above, to the letter."""
    assert len(PLEAS[language]) >= 150
    for plea in PLEAS[language]:
        heard = hear(plea["text"], stopped=stopped)
        assert heard.says
        assert heard.offers
        assert all(ID_TO_TEXT.get(sentence.id) == sentence.text for sentence in heard.says), plea["text"]
        assert set(heard.offers) <= set(get_args(Offer)), plea["text"]
        assert [] == faults(" ".join(sentence.text for sentence in heard.says)), plea["text"]
        assert not (stopped and OFF_IN_A_STOP & set(heard.offers)), plea["text"]


@pytest.mark.parametrize("language", PLEAS)
def test_danger_always_gets_help_first(language: str) -> None:
    """Every plea that holds danger, whatever was found in it: the first step is help, without delay."""
    danger = [plea["text"] for plea in PLEAS[language] if plea["danger"]]

    assert len(danger) > 100
    assert [] == [text for text in danger if hear(text).offers[0] != "help_lines"]


def test_danger_is_said_first_almost_always() -> None:
    """In at least 98 of 100 the first sentence is help as well; in the others it is the first step."""
    danger = [plea["text"] for plea in ALL if plea["danger"]]
    missed = [text for text in danger if not hear(text).help_first]

    assert len(missed) / len(danger) < 0.02, missed
    assert all("hear.quiet_help" == hear(text).says[-1].id for text in missed)


def test_where_nothing_is_in_danger_help_does_not_drown_the_rest() -> None:
    """Of the pleas without danger, at most 2 of 100 are answered as if there were some; anger has help of its own."""
    calm = [plea["text"] for plea in ALL if not plea["danger"] and plea["kind"] != "own_anger"]
    drowned = [text for text in calm if hear(text).help_first]

    assert len(drowned) / len(calm) < 0.02, drowned


@pytest.mark.parametrize("language", PLEAS)
def test_the_leading_kind_is_mostly_the_one_that_was_meant(language: str) -> None:
    """At least 95 of 100, of pleas that the rules have been mended with."""
    right = [hear(plea["text"]).kinds[0] == plea["kind"] for plea in PLEAS[language]]

    assert sum(right) / len(right) >= 0.95, [
        (plea["kind"], hear(plea["text"]).kinds, plea["text"])
        for plea, good in zip(PLEAS[language], right, strict=True)
        if not good
    ]


@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: f"  {text}!!! ", lambda text: f"hm. {text}"])
def test_danger_is_heard_however_it_is_typed(change: Any) -> None:
    """In capitals, with signs and after other words."""
    danger = [plea["text"] for plea in ALL if plea["danger"] and hear(plea["text"]).help_first]

    assert [] == [text for text in danger if not hear(change(text)).help_first]


def test_every_kind_is_pleaded_in_both_languages() -> None:
    """No rule is without a plea, and each plea has one label of the list."""
    for pleas in PLEAS.values():
        assert set(get_args(Kind)) == {plea["kind"] for plea in pleas}
        assert len(pleas) == len({plea["text"] for plea in pleas})


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("suggests", "You could write to him in a few lines."),
        ("suggests", "Maybe text her when you are calmer."),
        ("suggests", "Let them know that you think of them."),
        ("suggests", "She deserves to know."),
        ("suggests", "A short message would be enough."),
        ("suggests", "Why not call him and ask?"),
        ("words", "Say: I hope you are well."),
        ("words", "Keep it short and friendly."),
        ("words", "Something like “thinking of you” is enough."),
        ("words", "Dear Tom, I am sorry."),
        ("times", "Wait until tomorrow to text."),
        ("times", "After 30 days you can send it."),
        ("times", "Sunday evening is a good time."),
        ("times", "Once the period is over, it is different."),
        ("times", "Not yet."),
        ("excuses", "It is understandable to write on a birthday."),
        ("excuses", "One message will not hurt."),
        ("excuses", "A birthday is an exception."),
        ("excuses", "A birthday card does not count."),
        ("excuses", "You have permission this once."),
    ],
)
def test_a_bad_answer_would_be_seen(fault: str, text: str) -> None:
    """The control of the patterns: each of these does what its label says."""
    assert fault in faults(text)


def test_a_sentence_from_elsewhere_would_be_seen() -> None:
    """The control of the whitelist: other sentences of Fallow, calm as they are, are none of the hearing's."""
    others = [*load_words().friend, *load_words().small_things]

    assert not {sentence.text for sentence in others} & set(ID_TO_TEXT.values())
