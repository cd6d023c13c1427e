"""Every kind is whole: a file and an undo file under neutral names, steps in calm words, and what it cannot do."""

from __future__ import annotations

import re

import pytest

from fallow.errors import NoSuchList
from fallow.language import gettext as _
from fallow.reach import KINDS, Kind, find_kind, make_file
from guidance.test_words import FORBIDDEN
from reach.lists.making import NAME, wanted

EVERYTHING = wanted(sites="tiktok", profiles=NAME, addresses="some.name@example.org", name="Later", phones="112")
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


@each_kind
def test_a_kind_is_whole(kind: Kind) -> None:
    """A list and an undo that differ in name and, but for the entry of an address book, in what they say."""
    made, undone = make_file(kind, EVERYTHING), make_file(kind, EVERYTHING, undo=True)
    assert made.body
    assert undone.body
    assert made.body.endswith(b"\n")
    assert (made.body == undone.body) == (kind.id == "vcard")
    assert all(re.fullmatch(r"[a-z-]+\.[a-z]+", each.name) for each in (made, undone))
    assert made.name != undone.name


@each_kind
def test_a_kind_speaks_calmly(kind: Kind) -> None:
    """Sentences, no voice raised, nothing pressed; the names of its files are filled in."""
    said = [kind.does, *kind.limits, *kind.steps(undo=False), *kind.steps(undo=True)]
    assert all(each.endswith(".") and each[0].isupper() for each in said)
    assert not [each for each in said if "!" in each or "{" in each]
    words = " ".join(said)
    assert not [rule for rule in FORBIDDEN if re.search(rf"\b(?:{rule})\b", words, re.IGNORECASE)]
    assert kind.file in " ".join(kind.steps(undo=False))


def test_no_two_kinds_write_the_same_file() -> None:
    """So that one folder takes them all."""
    names = [name for kind in KINDS for name in (kind.file, kind.undo_file)]
    assert len(names) == len(set(names))
    assert len({kind.id for kind in KINDS}) == len(KINDS)


def test_the_kinds_the_method_names_are_there() -> None:
    """Filters, hosts and name servers, two blockers, three for mail, the address book, two phones."""
    assert {"ublock", "adguard", "hosts", "adguard-home", "leechblock", "stayfocusd", "sieve", "gmail", "outlook",
            "vcard", "ios", "android"} == {kind.id for kind in KINDS}  # fmt: skip
    with pytest.raises(NoSuchList):
        find_kind("window")


def test_a_rule_for_mail_speaks_of_evidence_first() -> None:
    """What arrives may be needed; none of them throws anything away."""
    for kind in (each for each in KINDS if each.needs == "addresses"):
        assert "ask an advocate first" in " ".join(map(_, kind.limits))
        assert "Nothing is deleted" in kind.does
