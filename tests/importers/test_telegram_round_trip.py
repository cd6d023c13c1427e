"""What is written as Telegram Desktop would comes back as it was (T53); mutants are read or refused (T51)."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import ImportRefused
from fallow.importers import Export, read_export, read_pairs, take_sides
from fallow.importers.telegram.brackets import Brackets
from fallow.messages import ALTER, EGO, Kind
from importers.telegrams import BERLIN, STYLES, Sent, chat, entry, full
from importers.test_round_trip import mutant
from importers.test_telegram import SAMPLES

NAMES = ("Sam", "Robin [{")
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=0, max_size=40)
KINDS = (Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.CALL, Kind.LOCATION, Kind.CONTACT, Kind.POLL)


@st.composite
def conversations(draw: st.DrawFn) -> list[Sent]:
    """Two people over years and changes of the clock, times forward; every kind of message."""
    at, sent = draw(st.integers(1_400_000_000, 1_700_000_000)), []
    shape = st.tuples(st.integers(0, 9_000_000), st.booleans(), TEXT, st.sampled_from(KINDS), st.integers(1, 4))
    for gap, mine, text, kind, parts in draw(st.lists(shape, min_size=1, max_size=20)):
        at += gap
        said = "so " + text if kind is Kind.TEXT else "" if kind is Kind.CALL else text
        sent.append(Sent(at, mine, said, kind, parts))
    return sent


def back(export: Export, sides: tuple[str, str], *, old: bool) -> list[tuple[int, bool, str, Kind]]:
    """An export as plain data, in the order of the file."""
    sided = take_sides(export, me=sides[0], zone=BERLIN if old else None)
    row = np.argsort(sided.order)
    return [
        (int(sided.table.at[row[i]]) // 1_000_000, bool(sided.table.sender[row[i]] == EGO), export.body(i), Kind(kind))
        for i, kind in enumerate(export.kind.tolist())
    ]


@seed(20260103)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations(), st.sampled_from(sorted(STYLES)), st.booleans(), st.booleans())
def test_a_conversation_comes_back_as_it_was_written(sent: list[Sent], style: str, whole: bool, old: bool) -> None:
    """Who, when and every character of what, by any hand, alone or out of everything, with instants or without."""
    entries = [entry(i + 1, one, NAMES, old=old) for i, one in enumerate(sent)]
    other = chat([entry(1, Sent(5, True, "x"), NAMES)], name="Us", id=77, type="private_group")
    value = full(other, chat(entries, name=NAMES[1])) if whole else chat(entries, name=NAMES[1])
    export = read_export("result.json", STYLES[style](value))
    assert export.sides is not None
    expected = [(one.at, one.mine, one.text, one.kind) for one in sent]
    if old:  # the hour that comes twice is read as its first pass
        first = [at for at, *_ in back(export, export.sides, old=True)]
        expected = [(at, *one[1:]) if one[0] - at == 3600 else one for at, one in zip(first, expected, strict=True)]
    assert expected == back(export, export.sides, old=old)
    said = [one.text if one.kind is Kind.TEXT else "" for one in sent]
    assert [len(text.split()) for text in said] == export.words.tolist()
    assert [len(text.encode()) for text in said] == export.size.tolist()
    assert {problem.kind for problem in export.problems} <= {"calls_unanswered"}
    if whole and not old:
        (pair,) = read_pairs(STYLES[style](value))
        times = sorted((one.at * 1_000_000, EGO if one.mine else ALTER) for one in sent)
        assert Counter(times) == Counter(zip(pair.at.tolist(), pair.sender.tolist(), strict=True))


@seed(20260104)
@settings(max_examples=200, deadline=None, database=None)
@given(st.text(st.sampled_from('[]{}"\\\\a\n'), max_size=60), st.lists(st.integers(0, 60), max_size=4))
def test_brackets_are_found_alike_however_a_text_is_cut(text: str, cuts: list[int]) -> None:
    """Letter by letter, the rule said once more: inside a string no bracket counts, behind a backslash no mark."""
    inside, escaped, depth, expected = False, False, 0, []
    for at, letter in enumerate(text):
        if not inside and letter in "[]{}":
            depth += 1 if letter in "[{" else -1
            expected.append((at, depth))
        inside ^= letter == '"' and not escaped
        escaped = letter == "\\" and not escaped
    brackets, found, data = Brackets(), [], text.encode()
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    for low, high in pairwise(edges):
        places, depths = brackets.feed(data[low:high])
        found += list(zip((places + low).tolist(), depths.tolist(), strict=True))
    assert expected == found


@pytest.mark.parametrize("part", range(4))
def test_mutants_of_the_samples_are_read_or_refused(part: int) -> None:
    """1,000 mutants; nothing but a refusal is ever raised, and what is read is whole."""
    rng = random.Random(part)
    samples = [sample.read_bytes() for sample in SAMPLES]
    for _ in range(250):
        data = mutant(rng.choice(samples), rng)
        try:
            export = read_export("a.json", data)
            list(read_pairs(data))
        except ImportRefused:
            continue
        for i in range(len(export)):
            text = export.body(i) if export.kind[i] == Kind.TEXT else ""
            assert (len(text.split()), len(text.encode())) == (int(export.words[i]), int(export.size[i]))
        if export.sides is not None and len(export.names) <= 2:
            take_sides(export, me=export.sides[0])
