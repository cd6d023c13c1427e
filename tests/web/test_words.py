"""What events are called on a page."""

from __future__ import annotations

from typing import get_args

from fallow.plan import What
from fallow.web.pages.words import event_labels


def test_every_kind_of_event_has_a_label() -> None:
    """The history can show whatever was recorded, calmly."""
    labels = event_labels()
    assert set(get_args(What)) == set(labels)
    assert all(label[0].isupper() and "!" not in label for label in labels.values())
