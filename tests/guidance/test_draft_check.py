"""The draft check, rule by rule: what each finds and where, what it leaves alone, and that no text can upset it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost import sorts
from fallow.guidance import (
    NEVER_OFFERED,
    DraftFinding,
    Language,
    check_draft,
    count_words,
    draft_question,
    guess_language,
)
from fallow.guidance.draft_rules import compile_patterns, fold, load_draft_rules
from fallow.guidance.listening import find_kinds

STEADY = settings(max_examples=300, deadline=None, database=None, derandomize=True)

FINDS = [
    ("but", "en", "I agree, «but» I was hurt."),
    ("but", "en", "You were right. «However», you said it late."),
    ("but", "de", "Ich gebe dir recht, «aber» es war hart."),
    ("but", "de", "Ich war da, «doch» du nicht."),
    ("why", "en", "«Why» did you go?"),
    ("why", "en", "I ask myself «how come» it was so sudden."),
    ("why", "de", "Ich frage mich, «wieso» es so schnell ging."),
    ("why", "de", "«Weshalb» bist du gegangen?"),
    ("always_never", "en", "You «never» listened."),
    ("always_never", "en", "It is like this «every single time»."),
    ("always_never", "de", "Du hast «niemals» zugehört."),
    ("always_never", "de", "Du warst «ständig» fort."),
    ("always_never", "de", "Das war «jedes Mal» so."),
    ("please_just", "en", "«Please just» tell me the day."),
    ("please_just", "en", "«Could you just» answer this one?"),
    ("please_just", "de", "«Bitte sag mir einfach», was war."),
    ("please_just", "de", "«Bitte nur» eine Antwort."),
    ("threat", "en", "Write back or «you'll regret» it."),
    ("threat", "en", "«If you don't answer I will» tell your boss."),
    ("threat", "de", "«Wenn du nicht antwortest, erzähle ich» es allen."),
    ("threat", "de", "Komm her, «sonst stelle ich deine» Sachen vor die Tür."),
    ("posts", "en", "I saw «your story» from the lake."),
    ("posts", "en", "«You were online» at three."),
    ("posts", "de", "Ich habe «deinen neuen Post» gesehen."),
    ("posts", "de", "«Du warst heute Nacht online»."),
    ("partner", "en", "Good luck with «your new boyfriend»."),
    ("partner", "de", "Viel Glück mit «deiner neuen Freundin»."),
    ("partner", "de", "Ich hoffe, «dein Neuer» weiß das."),
    ("pleading", "en", "«Please come back»."),
    ("pleading", "en", "I would do it again, I «beg» you."),
    ("pleading", "de", "«Bitte komm zurück»."),
    ("pleading", "de", "Ich «flehe» dich an."),
    ("jealousy", "en", "I am so «jealous»."),
    ("jealousy", "de", "Ich bin «eifersüchtig»."),
    ("gifts", "en", "I «bought you» something."),
    ("gifts", "de", "Ich habe «dir eine Kette gekauft»."),
    ("turning_up", "en", "«I am outside»."),
    ("turning_up", "de", "Ich habe frei «und komme heute vorbei»."),
    ("tests", "en", "«If you loved me this would be» easy."),
    ("tests", "de", "«Keine Antwort ist auch» eine."),
    ("nostalgia", "en", "«I miss» the old kitchen."),
    ("nostalgia", "de", "Ich «vermisse dich»."),
    ("other_accounts", "en", "«This is my second account»."),
    ("other_accounts", "de", "Du hast «mich überall blockiert»."),
    ("through_others", "en", "«Lena said you were» ill."),
    ("through_others", "de", "«Lena hat mir gesagt, dass du» krank bist."),
    ("help_first", "en", "I «want to die»."),
    ("help_first", "de", "Ich «will nicht mehr leben»."),
    ("one_question", "en", "Did you get the letter? «Is Thursday all right?»"),
    ("one_question", "de", "Hast du den Brief? «Passt Donnerstag?»"),
    ("one_topic", "en", "The rent is paid. «The dog» needs food."),
    ("one_topic", "de", "Die Miete ist bezahlt. «Übrigens» war ich beim Arzt."),
]
"""Rule, language, and a draft with what is found between « and »."""

LEAVES = [
    *("There are buttons in the box.", "Whyever it was, it is done.", "I have nothing to say but thank you."),
    *(
        "That is why I write.",
        "Never mind the jacket.",
        "As always, pickup is at four.",
        "The nevertheless plan holds.",
    ),
    *("Your post still comes here.", "The redirect form is on the post office website.", "Mail it to your sister."),
    *("Is she there at four?", "The online form closes on Sunday.", "I need the drill back by Saturday."),
    *("If Thursday does not suit, I can bring it on Friday.", "I will come by on Sunday at ten, as agreed."),
    *("My thoughts are with you and your mother.", "No answer is needed.", "I know that I hurt you."),
    *("Please reply by Friday, the agency is waiting.", "I am outside the country until May."),
    *("Ich lege den Haferbrei dazu.", "Das ist der Grund, warum ich schreibe.", "Ist der Pass immer noch bei dir?"),
    *("Wie immer hole ich ihn um vier ab.", "Nicht die Miete, sondern der Strom ist offen.", "Es wird immer kälter."),
    *("Deine Post kommt noch hier an.", "Deine neue Adresse fehlt im Vertrag.", "Der Bus fährt doch um acht."),
    *("Danke für das Geschenk zu Lottas Geburtstag.", "Eine Antwort ist nicht nötig.", "Kommt der Bus bei dir vorbei?"),
    *("Bitte melde dich bis Freitag bei der Hausverwaltung.", "Kannst du mit ihr zum Kinderarzt gehen?"),
    *("Wenn du den Tisch nicht brauchst, verschenke ich ihn.", "Mein Beileid zum Tod deines Vaters."),
    *("Wie vereinbart komme ich am Sonntag um elf vorbei.", "Was ich damals gesagt habe, war falsch."),
]
"""Drafts in which no rule finds anything."""


def rules_of(text: str, **given: Any) -> list[str]:
    return [found.rule for found in check_draft(text, **given)]


def words_of(text: str, rule: str, **given: Any) -> list[str]:
    return [text[slice(*found.span)] for found in check_draft(text, **given) if found.rule == rule]


@pytest.mark.parametrize(("rule", "language", "marked"), FINDS, ids=lambda value: value if len(value) < 20 else None)
def test_a_rule_finds_its_words_where_they_stand(rule: str, language: Language, marked: str) -> None:
    """In the language it is told, and alone; in one that it must guess, too."""
    text, expected = re.sub("[«»]", "", marked), re.findall("«(.*?)»", marked)

    assert expected == words_of(text, rule, language=language)
    assert [rule] == rules_of(text, language=language)
    assert rule in rules_of(text)


@pytest.mark.parametrize("text", LEAVES)
def test_words_that_only_look_alike_are_left(text: str) -> None:
    """Parts of longer words, set phrases, and practical sentences."""
    assert [] == rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "BUT WHY",
        "“but” and ‘why’",
        "but\nwhy",
        "but… why?!",
        "*but* _why",
        "bút w\u200bhy but why",
        "Buuut why",
        "🙂but🙂why🙂",
    ],
)
def test_signs_capitals_and_lines_hide_nothing(text: str) -> None:
    """Curly quotes, emoji, line ends, dots, a sign of no width, a stretched letter."""
    assert {"but", "why"} - {"why" if "_why" in text else ""} <= set(rules_of(text, language="en"))


@pytest.mark.parametrize("text", ["eifersüchtig", "eifersuechtig", "EIFERSÜCHTIG", "eifersu\u0308chtig"])
def test_an_umlaut_is_read_however_it_is_typed(text: str) -> None:
    """As one sign, as two letters, in capitals, and put together from two signs; the span holds all of it."""
    assert [text] == words_of(f"Ja, {text}.", "jealousy", language="de")


@pytest.mark.parametrize("text", ["I can’t live without you", "I can't live without you", "i cant live without u"])
def test_an_apostrophe_may_be_curly_or_missing(text: str) -> None:
    """Short forms of messages are read too."""
    assert {"pleading", "help_first"} <= set(rules_of(text))


def test_words_in_quotation_marks_count_and_the_marks_do_not() -> None:
    """What is quoted is read by them like the rest."""
    assert ["never"] == words_of("You said “never” to me.", "always_never")


def test_a_span_is_in_characters_of_the_text_as_given() -> None:
    """Behind signs that fold to more or fewer letters."""
    text = "Fuß – Größe 😀😀 ﬁn\u200b, ABER ja"

    assert ["ABER"] == words_of(text, "but", language="de")


def test_a_hit_of_the_same_rule_inside_another_is_one() -> None:
    """No word is told twice by one rule."""
    found = [each.span for each in check_draft("I beg you, please come back, I beg you.") if each.rule == "pleading"]

    assert sorted(set(found)) == found
    assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_every_place_a_rule_finds_is_told() -> None:
    """Two buts are two findings, in order."""
    assert [(2, 5), (8, 11)] == [found.span for found in check_draft("a but b but c", language="en")]


@pytest.mark.parametrize(("hour", "night"), [(21, False), (22, True), (23, True), (0, True), (7, True), (8, False)])
def test_the_night_is_from_ten_to_eight(hour: int, *, night: bool) -> None:
    """By the hour at which it would go out."""
    assert (["night"] if night else []) == rules_of("The key is in the drawer.", hour=hour)


def test_without_an_hour_the_night_is_not_judged() -> None:
    """What is not known is not guessed; an hour that is none is a caller's mistake."""
    assert [] == rules_of("The key is in the drawer.")
    for hour in (-1, 24):
        with pytest.raises(ValueError, match="hour"):
            check_draft("x", hour=hour)


@pytest.mark.parametrize(("words", "found"), [(60, 0), (61, 1), (200, 1)])
def test_about_sixty_words_are_enough(words: int, found: int) -> None:
    """The finding says how many there are, that the limit is our own, and where the rest begins."""
    text = " ".join(["word"] * words)
    lengths = [each for each in check_draft(text, language="en") if each.rule == "length"]

    assert found == len(lengths)
    for each in lengths:
        assert f"{words} words" in each.says
        assert "About 60 is our own limit" in each.says
        assert (60 * 5, len(text)) == each.span


def test_emoji_and_signs_are_no_words() -> None:
    """As a reader counts; a number, a short form and a hyphenated word are one each."""
    assert 5 == count_words("I can't – 🙂 🙂 – 84.20 well-being now!!")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\ufeff \t"])
def test_no_words_at_all_are_said(text: str) -> None:
    """One finding, with a next step."""
    (found,) = check_draft(text)

    assert ("empty", (0, len(text))) == (found.rule, found.span)


@pytest.mark.parametrize(
    "text", ["hey", "Hi Jo, how are you?", "❤️", "na du", "Guten Morgen ☀️", "Happy birthday!", "???"]
)
def test_a_greeting_alone_waits_for_the_quiet_time_to_end(text: str) -> None:
    """With or without being called one; its question is part of it."""
    assert ["greeting"] == rules_of(text)
    assert ["greeting"] == rules_of(text, reason="greeting")
    assert [] == rules_of(text, quiet_time_over=True)


def test_what_is_said_to_be_a_greeting_is_one() -> None:
    """Whatever else it holds; another reason makes a message with words no greeting."""
    assert ["greeting"] == rules_of("I saw a heron today by the water.", reason="greeting")
    assert [] == rules_of("Hi Jo, the key is under the pot.", reason="necessity")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I have the key and the box is with you.", "en"),
        ("Ich habe den Schlüssel, und die Kiste ist bei dir.", "de"),
        ("ok", None),
        ("Ich habe the key und you the box with der Kiste", None),
        ("", None),
    ],
)
def test_the_language_is_guessed_from_common_words(text: str, language: Language | None) -> None:
    """Too short or mixed is not told."""
    assert language == guess_language(text)


def test_where_the_language_is_not_told_both_sets_of_rules_are_used() -> None:
    """So nothing is missed for want of a guess; a language that is given is the only one."""
    assert ["always_never", "always_never"] == rules_of("never, niemals")
    assert ["always_never"] == rules_of("never, niemals", language="de")


@pytest.mark.parametrize(
    "text",
    [
        "Tu me manques et je voudrais savoir quand tu rentres à la maison.",
        "Ti ho pensato tutto il giorno e vorrei sapere quando torni.",
        "Bardzo za tobą tęsknię i chciałbym wiedzieć, kiedy wrócisz.",
        "Я скучаю по тебе",
        "我想你了",
    ],
)
def test_another_language_is_said_and_not_passed_as_fine(text: str) -> None:
    """Only English and German are checked, and that is told."""
    assert "language" in rules_of(text)


@pytest.mark.parametrize("text", ["Box: Anna, 17:30.", "Ok, Thursday.", "OK 👍", "Kiste bei Anna, 17 Uhr, Danke."])
def test_a_short_text_is_not_taken_for_another_language(text: str) -> None:
    """Too few words to tell."""
    assert "language" not in rules_of(text)


def test_help_comes_first_in_either_language_whichever_was_given() -> None:
    """Before everything else, wherever it stands."""
    for language in ("en", "de"):
        assert "help_first" == rules_of("But why? Ich will nicht mehr leben.", language=language)[0]
        assert "help_first" == rules_of("Aber warum? I want to die.", language=language)[0]


def test_danger_that_is_heard_on_the_urge_page_is_heard_here() -> None:
    """The cues for it are one list more; where they give no place, the whole draft is meant."""
    text = "I will jump from the bridge, then you have your peace."

    assert "danger" in find_kinds(text).kinds
    assert "help_first" == rules_of(text)[0]


def test_an_apology_that_stands_alone_belongs_to_what_it_is_for() -> None:
    """It is no second topic; one for something else is."""
    assert [] == rules_of("I lied about the rent in May. I am sorry.")
    assert ["one_topic"] == rules_of("I am sorry about yesterday. The rent is due on Monday.")


def test_courtesy_is_no_topic() -> None:
    """Nor is thanks."""
    assert [] == rules_of("Sorry for the short notice. The landlord comes on Tuesday.")


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("can you send it", 0),
        ("Can you send it. Will you call the bank.", 1),
        ("Can you send it and when do you move?", 1),
        ("When and where is the handover?", 0),
        ("Really?! Are you sure??", 1),
        ("Kannst du am 8. kommen? Danke.", 0),
        ("Kannst du am 3. Mai kommen? Und wo?", 1),
        ("See https://example.org/a?b=c and sign it.", 0),
    ],
)
def test_questions_beyond_the_first_are_told(text: str, questions: int) -> None:
    """With or without a mark; two in one sentence too; a date or an address is none."""
    assert questions == len(words_of(text, "one_question"))


def test_what_only_the_person_can_say_is_asked() -> None:
    """It stands beside the findings and is never one of them."""
    assert "Would you send it if no reply ever came?" == draft_question()


def test_what_is_never_offered_is_told_apart_from_style() -> None:
    """Of the rules of product and review; matters of style and of the hour are not among them."""
    assert {"but", "why", "length", "night", "one_topic", "one_question", "greeting"} & NEVER_OFFERED == set()
    assert {"pleading", "jealousy", "gifts", "turning_up", "tests", "nostalgia", "other_accounts"} <= NEVER_OFFERED
    assert {"through_others", "threat", "posts", "partner"} <= NEVER_OFFERED
    assert "help_first" not in NEVER_OFFERED, "its false alarms must not hold back what has to be said"


RULES = load_draft_rules().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself_calmly(rule: Any) -> None:
    """Whole sentences: what it is and what to do, without blame, promise or raised voice."""
    says = rule.says.format(words=84, limit=60)

    assert says[-1] == "."
    assert 2 <= len(re.findall(r"[.:;] ", says + " "))
    assert not re.search(r"!|\b(?:should have|fault|fail\w*|wrong|must|safe|come back|guarantee|prove[sn])\b", says)


def test_every_rule_has_one_id_and_its_words() -> None:
    """Those that look for words have them in both languages."""
    assert len(RULES) == len({rule.id for rule in RULES})
    for rule in RULES:
        assert set(rule.finds) in (set(), {"en", "de"}), rule.id


def every_pattern() -> list[str]:
    rules = load_draft_rules()
    found = [
        pattern for rule in rules.rules for part in (rule.finds, rule.leaves) for ps in part.values() for pattern in ps
    ]
    found += [pattern for topic in rules.topics for pattern in (*topic.en, *topic.de)]
    parts = (rules.courtesies, rules.asking, rules.asking_again, rules.greetings)
    return found + [pattern for part in parts for ps in part.values() for pattern in ps]


def test_a_pattern_is_written_in_folded_letters_and_ends_with_a_word() -> None:
    """An umlaut or a blank at its end could never match."""
    for pattern in every_pattern():
        compile_patterns((pattern,))
        assert not re.search(r"[äöüßÄÖÜ’]| \)*[*+]?$", pattern), pattern


WORDS = st.sampled_from(
    [
        *(
            "if",
            "you",
            "don't",
            "I'll",
            "please",
            "just",
            "never",
            "why",
            "but",
            "miss",
            "sorry",
            "rent",
            "hi",
            "?",
            "!",
        ),
        *(
            "wenn",
            "du",
            "nicht",
            "ich",
            "bitte",
            "einfach",
            "nie",
            "warum",
            "aber",
            "vermisse",
            "leid",
            "Miete",
            "hallo",
        ),
        *("\n", ".", "…", "😀", "\u0308", "ß", "İ", "ﷺ", "3.", "Mai", "“", "’", "\u200d", "\x00", "\ud800"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=20).map("".join)
)
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "language": st.sampled_from(["en", "de"]),
        "hour": st.integers(0, 23),
        "reason": st.sampled_from(["talk", "greeting"]),
        "quiet_time_over": st.booleans(),
    },
)


@STEADY
@given(TEXTS, GIVEN)
def test_any_text_is_checked_and_every_span_lies_in_it(text: str, given: dict[str, Any]) -> None:
    """No text raises; findings stand in order, and each is a rule that is known."""
    found = check_draft(text, **given)

    assert all(isinstance(each, DraftFinding) and 0 <= each.span[0] <= each.span[1] <= len(text) for each in found)
    assert {each.rule for each in found} <= {rule.id for rule in RULES}
    rest = [each for each in found if each.rule != "help_first"]
    assert sorted(rest, key=lambda each: each.span) == rest
    assert found == check_draft(text, **given)


@STEADY
@given(TEXTS)
def test_folding_knows_where_each_letter_stood(text: str) -> None:
    """Places never run backwards and lie in the text."""
    folded = fold(text)

    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert sorted(folded.starts) == list(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@pytest.mark.parametrize(
    "piece", ["a ", "a", "if you ", "wenn du nicht ", "1. ", "Why? ", " ", "?", "habe ich dir ", "e\u0301", "😀"]
)
def test_the_longest_text_is_checked_in_a_moment(piece: str) -> None:
    """Twenty thousand characters made to be slow cost no more than some dozen sorts of a list (60 ms each)."""
    text = (piece * 20_000)[:20_000]

    assert sorts(lambda: check_draft(text), runs=1) < 80
