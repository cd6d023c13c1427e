"""An entry of the address book, read by a real parser (vobject 0.9.9)."""

from __future__ import annotations

import vobject
from hypothesis import given
from hypothesis import strategies as st

from fallow.reach.lists.contact import escape_vcard, fold
from reach.lists.making import text_of, wanted


def test_it_shows_a_neutral_name_for_every_number_and_address() -> None:
    """And holds nothing beside them."""
    card = vobject.readOne(text_of("vcard", wanted(phones="+49 30 123456\n112", addresses="a@example.org")))
    assert "Not now" == card.fn.value
    assert ["+4930123456", "112"] == [each.value for each in card.tel_list]
    assert ["a@example.org"] == [each.value for each in card.email_list]
    assert {"version", "n", "fn", "tel", "email"} == set(card.contents)


def test_a_name_of_ones_own_and_the_one_to_give_back() -> None:
    """The undo is the same entry under the name typed for it."""
    given = wanted(name="Büro; 2, Stock", phones="112")
    for undo in (False, True):
        card = vobject.readOne(text_of("vcard", given, undo=undo))
        assert ("Büro; 2, Stock", "Büro; 2, Stock") == (card.fn.value, card.n.value.family)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60))
def test_no_name_ends_a_line_or_a_field(text: str) -> None:
    """A real reader gives back what went in, and finds no entry that was not put there."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{escape_vcard(text)};;;;", f"FN:{escape_vcard(text)}", "END:VCARD"]
    written = "".join(f"{fold(line)}\r\n" for line in lines)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    card = vobject.readOne(written)
    assert {"version", "n", "fn"} == set(card.contents)
    assert (text, text) == (card.fn.value, card.n.value.family)


def test_a_line_end_becomes_a_sign() -> None:
    """What is escaped stays in its line, whatever it was."""
    for end in ("\r\n", "\n", "\r"):
        assert "a\\nTEL:110" == escape_vcard(f"a{end}TEL:110")
