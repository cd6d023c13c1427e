"""Words and questions of many bodies at once are those of each body alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fallow.importers.words import count_words, find_questions

LETTERS = "ab1?؟？՞\u037e\u0085\u00a0\u1680\u2003\u200b\u2028\u202f\u205f\u3000\u200d“…é谢😀\t\x0b\x1c\x1b\x0e\n "
BODIES = st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=12)


def one_behind_the_other(bodies: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """A buffer of bodies with a newline before each, and where they begin and end."""
    buffer, spans = bytearray(), []
    for body in bodies:
        buffer += b"\n"
        spans.append((len(buffer), len(buffer) + len(body.encode())))
        buffer += body.encode()
    start, end = np.array(spans, np.int64).T
    return np.frombuffer(bytes(buffer), np.uint8), start, end


@given(BODIES)
def test_words_are_what_splitting_finds(bodies: list[str]) -> None:
    """Blanks of every kind among them, at the end of the text too."""
    assert count_words(*one_behind_the_other(bodies)).tolist() == [len(body.split()) for body in bodies]


@given(BODIES)
def test_a_body_asks_in_itself_alone(bodies: list[str]) -> None:
    """What stands in the bodies beside it does not matter."""
    alone = [find_questions(*one_behind_the_other([body])).tolist()[0] for body in bodies]

    assert find_questions(*one_behind_the_other(bodies)).tolist() == alone


@given(BODIES)
def test_a_mark_of_a_question_before_a_blank_asks(bodies: list[str]) -> None:
    """In any script."""
    expected = [int(any(mark in body for mark in ("؟", "？", "՞", "\u037e", "? ", "?\n"))) for body in bodies]

    found = find_questions(*one_behind_the_other(bodies)).tolist()

    assert all(one >= other for one, other in zip(found, expected, strict=True))
    assert all(one == 0 for one, body in zip(found, bodies, strict=True) if not set(body) & set("?؟？՞\u037e"))
