"""Every error a person can meet is a sentence and a next step, and both edges know what it means."""

from __future__ import annotations

import string

import pytest

from fallow import errors
from fallow.cli.errors import exit_status
from fallow.web.errors import STATUS, status_of

LEAVES = sorted(
    (getattr(errors, name) for name in errors.__all__),
    key=lambda kind: kind.__name__,
)


def filled(kind: type[errors.FallowError]) -> errors.FallowError:
    fields = {
        name
        for words in (kind.says, kind.next_step)
        for _, name, _, _ in string.Formatter().parse(words)
        if name is not None
    }
    return kind(**dict.fromkeys(fields, 7))


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_an_error_is_two_calm_sentences(kind: type[errors.FallowError]) -> None:
    """It says what is and what to do next, ends like a sentence, and never raises its voice."""
    error = filled(kind)
    for words in (error.sentence, error.advice):
        assert words[0].isupper()
        assert words.endswith(".")
        assert "!" not in words


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_an_error_has_a_meaning_at_both_edges(kind: type[errors.FallowError]) -> None:
    """HTTP and exit status follow from the class."""
    assert 400 <= status_of(filled(kind)) < 600
    assert exit_status(filled(kind)) in {1, 2, 3}


def test_the_table_names_no_error_that_is_gone() -> None:
    """Each row is a class of the tree."""
    assert set(STATUS) <= set(LEAVES)
