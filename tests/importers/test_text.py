"""Bytes that are no text are found wherever they stand."""

from __future__ import annotations

import pytest

from fallow.importers.text import STRETCH, first_undecodable


@pytest.mark.parametrize("before", [0, 1, 7, STRETCH - 3, STRETCH - 2, STRETCH - 1, STRETCH, 2 * STRETCH + 1])
@pytest.mark.parametrize("char", ["é", "谢", "😀"])
def test_a_character_may_lie_across_two_stretches(before: int, char: str) -> None:
    """Text is decoded in stretches, and a character is whole in none of two."""
    assert first_undecodable(b"a" * before + char.encode() * 3 + b"\n") is None


@pytest.mark.parametrize("before", [0, STRETCH - 2, STRETCH, STRETCH + 5])
@pytest.mark.parametrize("bad", [b"\xff", b"\xe8\xb0", b"\xed\xa0\x80"])
def test_what_cannot_be_decoded_is_found_where_it_stands(before: int, bad: bytes) -> None:
    """A byte that is none, half a character, half of a pair."""
    piece = b"a" * before + bad + b"\n"

    with pytest.raises(UnicodeDecodeError) as raised:
        piece.decode()

    assert first_undecodable(piece) == raised.value.start


@pytest.mark.parametrize("before", [3, STRETCH - 1])
def test_a_text_that_ends_within_a_character_is_none(before: int) -> None:
    """Nothing follows that could complete it."""
    assert first_undecodable(b"a" * before + "谢".encode()[:2]) == before
