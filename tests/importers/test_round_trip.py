"""A conversation, written as a phone would and read back, is the same conversation (T53); mutants only ever refuse."""

from __future__ import annotations

import datetime as dt
import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import ImportRefused
from fallow.importers import read_export
from fallow.messages import Kind
from importers.chats import LAYOUTS, Said, lines, read_back, tick, written

GOLDEN = Path(__file__).parents[1] / "golden" / "importers" / "whatsapp"

LINE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff"), min_size=0, max_size=30
)
TEXT = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
NAME = st.text(st.characters(categories=("L", "N", "So", "Pd"), include_characters=" '."), min_size=1, max_size=20)


@st.composite
def conversations(draw: st.DrawFn) -> list[Said]:
    """Two people over weeks, times forward, one day after the 12th, bodies that are plainly text."""
    first, second = draw(st.lists(NAME.map(str.strip).filter(bool), min_size=2, max_size=2, unique=True))
    at = dt.datetime(2023, draw(st.integers(1, 12)), draw(st.integers(13, 28)), draw(st.integers(0, 23)))
    said = []
    for gap, mine, text in draw(
        st.lists(st.tuples(st.integers(0, 400_000), st.booleans(), TEXT), min_size=3, max_size=25)
    ):
        at += dt.timedelta(seconds=gap)
        said.append(Said(at, first if mine else second, "so " + text))
    return said


def expected(said: list[Said], layout: str) -> list[Said]:
    return [Said(tick(layout, one.at), one.who, one.text, one.kind) for one in said]


@seed(20260101)
@settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations(), st.sampled_from(sorted(LAYOUTS)), st.sampled_from(["\n", "\r\n"]))
@example([Said(dt.datetime(2023, 5, 13), "A", "so x")] * 3, "android dmy", "\n")
def test_a_conversation_comes_back_as_it_was_written(said: list[Said], layout: str, newline: str) -> None:
    """Who, when and every character of what; words are those `str.split` finds."""
    export = read_export("chat.txt", written(said, layout, newline=newline))
    assert expected(said, layout) == read_back(export)
    assert [len(one.text.split()) for one in said] == export.words.tolist()
    assert [len(one.text.encode()) for one in said] == export.size.tolist()


def naive(data: bytes) -> list[str]:
    """A reader that drops lines it does not know, as several do."""
    rows = [line.partition(" - ")[2].partition(": ") for line in data.decode().split("\n")]
    return [body for _, colon, body in rows if colon]


def test_a_reader_that_drops_lines_would_fail_the_round_trip() -> None:
    """The control: the check above sees a lost second line."""
    said = [Said(dt.datetime(2023, 5, 13), "Sam", "one\ntwo")] * 3
    data = written(said, "android dmy")
    assert ["one\ntwo"] * 3 == [one.text for one in read_back(read_export("c.txt", data))]
    assert ["one\ntwo"] * 3 != naive(data)


def test_every_line_is_in_a_message_or_counted() -> None:
    """Nothing is dropped silently."""
    good = "30/05/2023, 10:00 - Sam: one\n30/05/2023, 10:00 - Sam: x"
    text = lines(f"what is this\n{good}\n31/02/2023, 10:00 - Sam: two\n\n1/1/1: x\n[] y")
    export = read_export("c.txt", text)
    assert "x\n31/02/2023, 10:00 - Sam: two\n\n1/1/1: x\n[] y" == export.body(1)
    assert {"line_before_first_message", "date_out_of_range"} <= {problem.kind for problem in export.problems}


def mutant(data: bytes, rng: random.Random) -> bytes:
    """A sample with a few bytes changed, lost, doubled or swapped."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(max(1, len(out)))
        size = rng.randint(1, 40)
        match rng.randrange(6):
            case 0:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size] * rng.randint(1, 5)
            case 3:
                out[at:at] = rng.choice(
                    [b"\n", b": ", b" - ", b"\xe2\x80\x8e", b"[", b"]", b"\0", b"<", b">", b"9" * 9]
                )
            case 4:
                out[at:at] = bytes(rng.randrange(256) for _ in range(size))
            case _:
                other = rng.randrange(max(1, len(out)))
                out[at : at + size], out[other : other + size] = out[other : other + size], out[at : at + size]
    return bytes(out)


ASKS = re.compile(r"\?(?![0-9A-Za-z])|[\u037e\u055e\u061f\uff1f]")


def asks(text: str) -> bool:
    """The rule said once more, letter by letter."""
    return ASKS.search(text) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("so?", 1), ("no", 0), ("x.org/?q=1", 0), ("really?! yes", 1)),
        *(("متى؟", 1), ("何時？", 1), ("？", 1), ("a ？b", 1), ("ￚ", 0)),
    ],
)
def test_a_message_asks_where_a_question_mark_ends_a_word(text: str, expected: int) -> None:
    """Also in other scripts; one inside an address does not count."""
    export = read_export("a.txt", f"12/05/2024, 10:00 - Sam: {text}\n25/05/2024, 10:01 - Robin: ok\n".encode())
    assert [expected, 0] == export.asks.tolist()


@pytest.mark.parametrize("part", range(4))
def test_mutants_of_the_samples_are_read_or_refused(part: int) -> None:
    """2,000 mutants; nothing but a refusal is ever raised, and what is read is whole."""
    rng = random.Random(part)
    samples = [sample.read_bytes() for sample in sorted(GOLDEN.glob("*.txt"))]
    for _ in range(500):
        data = mutant(rng.choice(samples), rng)
        try:
            export = read_export(("a.txt", "WhatsApp Chat with Sam.txt")[part % 2], data)
        except ImportRefused:
            continue
        for i in range(len(export)):
            text = export.body(i) if export.kind[i] == Kind.TEXT else ""
            size = len(export.body(i).encode()) if export.kind[i] == Kind.LINK else len(text.encode())
            assert (len(text.split()), size) == (int(export.words[i]), int(export.size[i]))
            assert asks(text) == bool(export.asks[i])
