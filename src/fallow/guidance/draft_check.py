"""
The draft check: a message meant for the other one, held against the rules, each explained by itself.

Nothing leaves the computer and nothing is scored: a finding says where it is, which rule it is and what to do about
it. English and German are checked. How well it finds what a careful reader finds, and what it misses, is measured and
told in docs/explanation/draft-check.md. Words in quotation marks count like others, because they are read like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from fallow.guidance.draft_rules import LANGUAGES, Folded, Language, Rule, compile_patterns, fold, load_draft_rules
from fallow.guidance.listening import find_kinds
from fallow.plan import Reason

Span = tuple[int, int]

NIGHT_BEGINS: Final = 22
NIGHT_ENDS: Final = 8
"""Hours of the sender's day between which nothing should go out."""

_WORD: Final = re.compile(r"\w+(?:['.,:-]\w+)*")
_MONTHS: Final = "Jan|Feb|Maerz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_SENTENCE: Final = re.compile(
    rf"[^\n]+?(?:(?:[!?]|(?<!\d)\.|(?<=\d)\.(?=\s*$|\s+(?!{_MONTHS})[A-Z]))[.!?]*(?!\w)|\n|$)", re.MULTILINE
)
"""A full stop behind a number ends a sentence only before a capital that is no month ("am 3. Mai")."""
_FOREIGN_FROM: Final = 6
"""Words from which a text can be told to be in another language."""
_FOREIGN_SHARE: Final = 0.15
"""Share of common English or German words below which it is; in running text of either it is 0.4 to 0.6."""
_CLEARLY: Final = 2
"""A language is told by at least this many common words, and this many times those of the other."""
_ABOUT_THE_TWO: Final = ("nostalgia", "pleading", "partner", "jealousy", "tests")
"""Rules whose findings are about what was between two people; beside a practical matter that is a second topic."""
_LATIN_ENDS: Final = 0x24F


class DraftFinding(msgspec.Struct, frozen=True):
    """
    One rule that a draft does not keep.

    Args:
        rule: Its stable id.
        span: Where, in characters of the text as given; the end is not part of it.
        says: A whole sentence: what this is, and what to do.
    """

    rule: str
    span: Span
    says: str


NEVER_OFFERED: Final = frozenset(rule.id for rule in load_draft_rules().rules if rule.never_offered)
"""Rules of which a message is never offered for sending, whatever else it says."""


def draft_question() -> str:
    """The one thing that only the person can say; it is asked beside the findings and never judged."""
    return load_draft_rules().asks


def count_words(text: str) -> int:
    """Words as a reader counts them; signs and emoji are none."""
    return sum(1 for _ in _WORD.finditer(fold(text).text))


def guess_language(text: str) -> Language | None:
    """The language with clearly more common words in the text, or None: too short, mixed, or another one."""
    common = _common_words(fold(text).text)
    first, second = sorted(LANGUAGES, key=common.__getitem__, reverse=True)
    return first if common[first] >= _CLEARLY * max(1, common[second]) else None


def check_draft(
    text: str,
    *,
    language: Language | None = None,
    hour: int | None = None,
    reason: Reason | None = None,
    quiet_time_over: bool = False,
) -> tuple[DraftFinding, ...]:
    """
    Hold a draft against the rules.

    Args:
        text: As it would be sent, n characters.
        language: None: guessed; where that cannot be told, the rules of both are used.
        hour: Local hour at which it would go out, 0 to 23; None: not known, so not judged.
        reason: What it is for; None: not said.
        quiet_time_over: Whether a greeting may be offered.
    Returns:
        DraftFindings in the order they stand in the text, help first; every span lies in the text. O(n) in practice.
    Raises:
        ValueError: If the hour is none.
    """
    if hour is not None and not 0 <= hour <= 23:
        raise ValueError("hour must be 0 to 23")
    folded = fold(text)
    if not folded.text.strip():
        return (_finding("empty", (0, len(text))),)
    guessed = language or guess_language(text)
    spoken = LANGUAGES if guessed is None else (guessed,)
    found = list(_worded(folded, spoken))
    only_greets = all(each.rule == "one_question" for each in found) and _only_greets(folded.text, spoken)
    if only_greets:
        found.clear()  # the questions of a greeting are part of it
    if (only_greets or reason == "greeting") and not quiet_time_over:
        found.append(_finding("greeting", (0, len(text))))
    found += _wholes(text, folded, hour)
    if language is None and _is_foreign(folded.text):
        found.append(_finding("language", (0, len(text))))
    order = [rule.id for rule in load_draft_rules().rules]
    return tuple(sorted(found, key=lambda each: (each.rule != "help_first", each.span, order.index(each.rule))))


def _finding(rule: str, span: Span, **counts: int) -> DraftFinding:
    return DraftFinding(rule, span, load_draft_rules().rule(rule).says.format_map(counts))


def _worded(folded: Folded, spoken: tuple[Language, ...]) -> Iterator[DraftFinding]:
    """The findings of rules that look for words, then of the two that weigh them: topics and questions."""
    spans: dict[str, list[Span]] = {}
    for rule in load_draft_rules().rules:
        if rule.id != "one_topic":
            languages = LANGUAGES if rule.id == "help_first" else spoken
            spans[rule.id] = _merge(span for each in languages for span in _find(rule, folded.text, each))
    if not spans["help_first"] and "danger" in find_kinds(folded.text).kinds:
        spans["help_first"] = [(0, len(folded.text))]  # heard without a place; a false alarm is better than a miss
    sentences = [found.span() for found in _SENTENCE.finditer(folded.text) if _WORD.search(found.group())]
    about = [span for rule in _ABOUT_THE_TWO for span in spans[rule]]
    spans["one_topic"] = _merge(_second_matter(folded.text, sentences, spoken, about))
    spans["one_question"] = _merge(_questions(folded.text, sentences, spoken)[1:])
    for id, each in spans.items():
        yield from (_finding(id, folded.span(*span)) for span in each)


def _find(rule: Rule, text: str, language: Language) -> list[Span]:
    left = [found.span() for found in compile_patterns(rule.leaves.get(language, ())).finditer(text)]
    found = (found.span() for found in compile_patterns(rule.finds.get(language, ())).finditer(text))
    return [span for span in found if not any(_overlap(span, other) for other in left)]


def _merge(spans: Iterator[Span] | list[Span]) -> list[Span]:
    """Spans that overlap made one, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and _overlap(span, merged[-1]):
            merged[-1] = (merged[-1][0], max(span[1], merged[-1][1]))
        else:
            merged.append(span)
    return merged


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _second_matter(
    text: str, sentences: list[Span], spoken: tuple[Language, ...], about_the_two: list[Span]
) -> Iterator[Span]:
    """Where a second matter begins: in a later sentence than the first, by its own words or announced."""
    rules = load_draft_rules()
    polite = [span for each in spoken for span in _spans(rules.courtesies[each], text)]
    first_of: dict[str, Span] = {}
    practical = False
    for topic in rules.topics:
        hits = [span for each in spoken for span in _spans(topic.en if each == "en" else topic.de, text)]
        hits = [span for span in hits if not any(_overlap(span, other) for other in polite)]
        if hits:
            first_of[topic.id] = min(hits)
            practical = practical or topic.practical
    if practical and about_the_two:
        first_of["the two of them"] = min(about_the_two)
    begun = {_sentence_of(span, sentences): span for span in sorted(first_of.values(), reverse=True)}
    yield from (begun[number] for number in sorted(begun)[1:])
    announced = [span for each in spoken for span in _spans(rules.rule("one_topic").finds[each], text)]
    yield from (span for span in announced if _sentence_of(span, sentences) > 0)


def _spans(patterns: tuple[str, ...], text: str) -> list[Span]:
    return [found.span() for found in compile_patterns(patterns).finditer(text)]


def _sentence_of(span: Span, sentences: list[Span]) -> int:
    """The number of the sentence in which a span begins, from 0."""
    return max((number for number, sentence in enumerate(sentences) if sentence[0] <= span[0]), default=0)


def _questions(text: str, sentences: list[Span], spoken: tuple[Language, ...]) -> list[Span]:
    """Everything asked, in order: by its mark, by how it begins, and a second one behind an "and"."""
    rules = load_draft_rules()
    asking = compile_patterns(tuple(pattern for each in spoken for pattern in rules.asking[each]))
    again = compile_patterns(tuple(pattern for each in spoken for pattern in rules.asking_again[each]))
    asked: list[Span] = []
    for begin, end in sentences:
        first = _WORD.search(text, begin, end)
        assert first is not None
        begins = asking.match(text, first.start(), end)
        if begins or "?" in text[first.end() : end]:
            asked.append((first.start(), end - len(text[begin:end]) + len(text[begin:end].rstrip())))
            asked += [found.span() for found in again.finditer(text, first.end(), end)]
    return asked


def _wholes(text: str, folded: Folded, hour: int | None) -> Iterator[DraftFinding]:
    """The findings about the draft as a whole: its length and its hour."""
    limit = load_draft_rules().words_limit
    words = list(_WORD.finditer(folded.text))
    if len(words) > limit:
        yield _finding("length", folded.span(words[limit].start(), words[-1].end()), words=len(words), limit=limit)
    if hour is not None and (hour >= NIGHT_BEGINS or hour < NIGHT_ENDS):
        yield _finding("night", (0, len(text)))


def _only_greets(text: str, spoken: tuple[Language, ...]) -> bool:
    """Whether nothing but greetings and at most a name is in it."""
    greetings = load_draft_rules().greetings
    rest = text
    for each in spoken:
        rest = compile_patterns(greetings[each]).sub(" ", rest)
    return len(_WORD.findall(rest)) <= (0 if rest == text else 1)


def _common_words(text: str) -> dict[Language, int]:
    words = [found.group().casefold() for found in _WORD.finditer(text)]
    lists = load_draft_rules().stop_words
    return {each: sum(word in set(lists[each].split()) for word in words) for each in LANGUAGES}


def _is_foreign(text: str) -> bool:
    """Whether a text is clearly in neither language."""
    letters = [letter for letter in text if letter.isalpha()]
    if sum(ord(letter) > _LATIN_ENDS for letter in letters) * 2 > len(letters):
        return True
    words = len(_WORD.findall(text))
    return words >= _FOREIGN_FROM and max(_common_words(text).values()) < _FOREIGN_SHARE * words
