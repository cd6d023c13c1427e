"""The made-up person of the demo."""

from __future__ import annotations

from pathlib import Path

from app.desks import a_desk
from fallow.app import fill_demo, history
from fallow.app.demo import IN_WORDS
from fallow.language import speaking
from fallow.language.pseudo import OPENS
from fallow.plan import DateNoted


def test_the_made_up_person_writes_in_the_language_of_who_looks(tmp_path: Path) -> None:
    """Every note, cue, plan and name of a day went through the catalogues; what is no word of theirs did not."""
    desk = a_desk(tmp_path / "data")
    with speaking("en-XA"):
        fill_demo(desk)
    records, plan = history(desk)
    written = [getattr(record.event.what, each, None) for record in records for each in IN_WORDS]
    said = [words for words in written if isinstance(words, str) and words != "Mira"]
    assert len(said) > 20
    assert [] == [words for words in said if not words.startswith(OPENS)]
    assert all(thing.startswith(OPENS) for thing in plan.terms.distractions)
    kinds = [record.event.what.what for record in records if isinstance(record.event.what, DateNoted)]
    assert ["holiday"] == kinds
