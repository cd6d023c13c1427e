"""
In a clear stop nothing drafts, times, reasons about, foretells or readies a message: every address, every form.

The store is one in which all of it would be open: a review is due, a draft has rested, they wrote, it was sudden. What
is closed is told by the plan's gates; every other address is gone through as well, with every value its own forms and
the forms of all other pages offer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest

from conftest import PASSPHRASE, Home, Running, start_server, stop_server
from fallow.errors import HardStopHolds
from fallow.plan import (
    Because,
    Correction,
    InboundTriaged,
    PlannedMessage,
    Record,
    TheyWrote,
)
from fallow.plan.decide import WORDS_OR_TIMES
from fallow.web.pages import PLACES, Place
from fallow.wiring import open_desk
from journeys.earlier import did, everything_open, opened
from journeys.earlier import stopped as stopped_for
from web.samples import Stored
from web.sweep import path_of
from web.wire import Answer, Visitor, with_link

SAYS = HardStopHolds.says
REASONS: tuple[Because, ...] = get_args(Because)
ENDS = frozenset({"/lock", "/leave", "/unlock", "/start/lock", "/settings/passphrase", "/settings/code"})
"""Places whose form ends the session or counts as a wrong try; they are pressed by other tests."""


def all_open(home: Home) -> str:
    with opened(home) as desk:
        return everything_open(desk)


def they_wrote(home: Home) -> None:
    with opened(home, zone=None) as desk:
        did(desk, 0.1, TheyWrote(), InboundTriaged("necessary"))


@pytest.fixture(params=REASONS)
def stopped(request: pytest.FixtureRequest, set_up: Home) -> Iterator[tuple[Running, Visitor, str]]:
    draft = all_open(set_up)
    they_wrote(set_up)
    stopped_for(set_up, request.param)
    yield from _served(set_up, draft)


@pytest.fixture
def unstopped(set_up: Home) -> Iterator[tuple[Running, Visitor, str]]:
    yield from _served(set_up, all_open(set_up))


def _served(home: Home, draft: str) -> Iterator[tuple[Running, Visitor, str]]:
    server = start_server(home)
    yield server, with_link(server, server.link), draft
    stop_server(server)


def said(answer: Answer) -> str:
    return unescape(answer.body.decode(errors="replace"))


def gated(stored: Stored) -> list[tuple[Place, str]]:
    return [(place, path_of(place, stored)) for place in PLACES if place.gate is not None]


def test_every_gated_place_is_closed(stopped: tuple[Running, Visitor, str], stored: Stored) -> None:
    """Reading and sending are both refused, with the reason and a way to what stays open."""
    _, visitor, draft = stopped
    for place, path in gated(stored):
        answers = [visitor.get(path)] if place.show is not None else []
        answers += [visitor.post(path, **fields(draft))] if place.act is not None else []
        for answer in answers:
            assert (path, 403, True) == (path, answer.status, SAYS in said(answer))


def test_without_a_stop_the_same_places_are_open(unstopped: tuple[Running, Visitor, str], stored: Stored) -> None:
    """Control: it is the stop that closes them."""
    _, visitor, _ = unstopped
    shown = [visitor.get(path).status for place, path in gated(stored) if place.show is not None]
    assert shown
    assert 403 not in shown


def fields(draft: str) -> dict[str, str]:
    """A form that fits many pages at once."""
    return {
        "outcome": "one_message", "draft": draft, "reason": "apology", "because": "health", "holds": "yes",
        "words": "A sentence of my own.", "days": "quiet.30", "do": "seal", "text": "written in a stop",
        "kind": "wrote", "way": "write", "step": "short_answer", "answer": "about_us", "what": "about_us",
    }  # fmt: skip


def links(answer: Answer) -> set[str]:
    """Every address a page leads to."""
    return {link.split("?")[0].split("#")[0] for link in re.findall(r'(?:href|action)="(/[^"]*)"', said(answer))}


def place_of(path: str) -> Place | None:
    for place in PLACES:
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", place.path), path):
            return place
    return None


def offers(answer: Answer) -> list[str]:
    """What a page offers of that which is closed."""
    doors = [link for link in links(answer) if (place := place_of(link)) is not None and place.gate is not None]
    ways = re.findall(
        r'name="(?:way|do|outcome|kind|step)" value="(write|seal|one_message|planned_message|short_answer)"',
        said(answer),
    )
    return doors + ways


def test_no_page_offers_any_of_it(stopped: tuple[Running, Visitor, str], stored: Stored) -> None:
    """No link and no button on any open page leads to what is closed."""
    _, visitor, _ = stopped
    for place in PLACES:
        if place.show is None or place.gate is not None or "{word}" in place.path:
            continue
        answer = visitor.get(path_of(place, stored))
        assert (place.path, []) == (place.path, offers(answer))


def test_without_a_stop_pages_do_offer_it(unstopped: tuple[Running, Visitor, str], stored: Stored) -> None:
    """Control: the same search finds the offers that are there otherwise."""
    _, visitor, _ = unstopped
    assert offers(visitor.get("/now"))
    assert offers(visitor.get("/"))
    assert offers(visitor.get("/more"))


def everything_said(path: str, stored: Stored, draft: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Forms that would word or time something, were they let in."""
    ways = (("write", "seal", "planned_message"), ("wait", "keep", "wrote"), ("note", "relabel", "planned_message"))
    for way, do, kind in ways:
        for address in dict.fromkeys((path, path.replace(stored.draft, draft))):
            yield address, fields(draft) | {"way": way, "do": do, "kind": kind}


def test_no_form_words_or_times_anything(stopped: tuple[Running, Visitor, str], home: Home, stored: Stored) -> None:
    """Whatever is sent to any address: no such event is recorded, and no word of a draft is added or changed."""
    _, visitor, draft = stopped
    before = kept(home)
    for place in PLACES:
        if place.act is None or place.path in ENDS:
            continue
        for path, form in everything_said(path_of(place, stored), stored, draft):
            visitor.post(path, **form)
    after = kept(home)
    assert [] == [each for each in after[0] if each not in before[0]]
    assert {} == {id: text for id, text in after[1].items() if before[1].get(id) != text}


def test_without_a_stop_the_same_forms_do(unstopped: tuple[Running, Visitor, str], home: Home, stored: Stored) -> None:
    """Control: the same forms record and change things otherwise."""
    _, visitor, draft = unstopped
    before = kept(home)
    visitor.post("/now", **fields(draft))
    visitor.post(f"/d/{stored.draft}", **fields(draft))
    visitor.post("/review", **fields(draft) | {"outcome": "extend"})
    after = kept(home)
    assert len(after[0]) > len(before[0])
    assert after[1] != before[1]


def kept(home: Home) -> tuple[list[str], dict[str, str]]:
    """Ids of events that word or time a message, and the words of drafts meant for the other one."""
    desk = open_desk(home.folder, PASSPHRASE)
    try:
        events = [each.id for each in desk.store.events() if words_or_times(each)]
        return events, {draft.id: draft.text for draft in desk.store.drafts() if may_be_meant(draft)}
    finally:
        desk.store.close()


def words_or_times(each: Record) -> bool:
    what: Any = each.event.what.to if isinstance(each.event.what, Correction) else each.event.what
    return isinstance(what, (*WORDS_OR_TIMES, PlannedMessage))


def may_be_meant(draft: Any) -> bool:
    """Parked questions and what is better now are for oneself and stay open."""
    return getattr(draft, "kind", "draft") not in ("question", "better")


def test_the_folder_is_the_one_looked_at(stored: Stored, home: Home) -> None:
    """What the walk reads afterwards is what the server wrote to."""
    assert Path(home.folder) == stored.folder
