"""What is typed of the other one: taken exactly, or refused as a whole; nothing in it ends a string or a line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.errors import NotAMailAddress, NotANeutralName, NotAPhoneNumber, TooManyInAList
from fallow.reach import read_addresses, read_name, read_phones


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("some.name@example.org", ("some.name@example.org",)),
        ("  Some.Name@EXAMPLE.org \n", ("Some.Name@example.org",)),
        ("a+b@example.org, o'c@example.net; _x@b.example", ("a+b@example.org", "o'c@example.net", "_x@b.example")),
        ("a@example.org\na@example.org", ("a@example.org",)),
        ("a@bücher.example", ("a@xn--bcher-kva.example",)),
        ("", ()),
    ],
)  # fmt: skip
def test_addresses_are_read(typed: str, read: tuple[str, ...]) -> None:
    """One a line or with signs between them, each once."""
    assert read == read_addresses(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "name", "name@", "@example.org", "name@example", "na@me@example.org", 'na"me@example.org', "na\\me@example.org",
        "<name@example.org>", "name@example..org", ".name@example.org", "name.@example.org", "na..me@example.org",
        "-name@example.org", "name@-example.org", "name@example.org.", "name@127.0.0.1", "name@[127.0.0.1]",
        "näme@example.org", "na\u0000me@example.org", "name@exam\u202eple.org", "n" * 65 + "@example.org",
        "name@" + "a" * 250 + ".org", "name@" + "é" * 5000 + ".org", "na*me@example.org", "name@exa*mple.org",
        "na(me)@example.org", "{name}@example.org", "na&me@example.org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Also where a mail server might take it: a rule has to match it."""
    with pytest.raises(NotAMailAddress):
        read_addresses(f"good@example.org\n{typed}")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("+49 30 123456", ("+4930123456",)),
        ("(030) 12-34/56\n", ("030123456",)),
        ("112", ("112",)),
        ("+1\u00a0202.555.0123\n+1 202 555 0123", ("+12025550123",)),
    ],
)
def test_numbers_are_read(typed: str, read: tuple[str, ...]) -> None:
    """As digits, with a plus or none."""
    assert read == read_phones(typed)


@pytest.mark.parametrize("typed", ["12", "1" * 16, "+", "call me", "123;456", "123,456", "12:34", "+49+30", "１２３４"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Letters, other signs, too few or too many digits."""
    with pytest.raises(NotAPhoneNumber):
        read_phones(typed)


@pytest.mark.parametrize("typed", ["x" * 61, "a\nb", "a\u202eb", "a\u200bb", "a\tb", "a\u0000b"])
def test_a_name_is_one_plain_line(typed: str) -> None:
    """No line end, nothing invisible, nothing that turns the writing around."""
    with pytest.raises(NotANeutralName):
        read_name(typed)
    assert "Büro, 2; Stock" == read_name(" Büro, 2; Stock ")
    assert "" == read_name("  ")


def test_a_list_takes_twenty() -> None:
    """More is a slip of the paste."""
    with pytest.raises(TooManyInAList):
        read_addresses(" ".join(f"a{n}@example.org" for n in range(21)))
    assert 20 == len(read_phones("\n".join(f"1000{n}" for n in range(20))))


@given(st.text())
def test_no_text_brings_a_sign_of_a_rule_in(text: str) -> None:
    """Whatever is typed: an address that is taken is of plain signs, and so is a number."""
    try:
        for each in read_addresses(text + "@example.org"):
            assert re.fullmatch(r"[A-Za-z0-9_+'.-]+@[a-z0-9.-]+", each)
    except (NotAMailAddress, TooManyInAList):
        pass
    try:
        for each in read_phones(text):
            assert re.fullmatch(r"\+?[0-9]{3,15}", each)
    except (NotAPhoneNumber, TooManyInAList):
        pass
