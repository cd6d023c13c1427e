"""Lists as they stand for a person: the one channel is left out, a clear stop rests undos, nothing typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import a_desk
from fallow.app import (
    Desk,
    ListAsked,
    describe_list,
    list_offered,
    lists_offered,
    make_list,
    record,
    require_list,
)
from fallow.errors import ListClosesKept, ListIsEmpty, NoSuchList, NotAMailAddress, NotAProfile, UndoRests
from fallow.plan import Ask, Because, HardStopSet, LimitsSet, ModeChosen
from fallow.reach import KINDS

THEIRS = "other.one@example.org"
ASKED = ListAsked(sites=("tiktok",), profiles="instagram.com/some.name", addresses=THEIRS, phones="112", name="Later")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Noon in Berlin on 3 March 2026."""
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def limited(desk: Desk, channel: str) -> None:
    record(desk, Ask(LimitsSet(channel)), Ask(ModeChosen("limited_contact")))


def text(desk: Desk | None, kind: str, asked: ListAsked = ASKED) -> str:
    return make_list(desk, kind, asked).file.body.decode()


@pytest.mark.parametrize("kind", [each.id for each in KINDS])
@pytest.mark.parametrize("undo", [False, True])
def test_every_kind_is_made_and_nothing_of_it_is_kept(desk: Desk, tmp_path: Path, kind: str, undo: bool) -> None:
    """With nothing set up the same file; no event, no draft, and no file of the folder holds what was typed."""
    asked = _with(undo=undo)
    assert make_list(None, kind, asked) == make_list(desk, kind, asked)
    assert ((), ()) == (tuple(desk.store.events()), tuple(desk.store.drafts()))
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert not any(word in held for word in (b"other.one", b"some.name"))


def _with(*, undo: bool = False, with_kept: bool = False) -> ListAsked:
    return ListAsked(
        sites=ASKED.sites,
        profiles=ASKED.profiles,
        addresses=THEIRS,
        phones="112",
        name="Later",
        undo=undo,
        with_kept=with_kept,
    )


def test_a_kind_takes_what_it_needs_and_no_more(desk: Desk) -> None:
    """What another list would be made of is not looked at."""
    assert "some.name" in text(desk, "ublock")
    assert "some.name" not in text(desk, "hosts")
    assert THEIRS in text(desk, "sieve")
    assert not any(word in text(desk, kind) for kind in ("ublock", "leechblock", "ios") for word in (THEIRS, "112"))
    assert make_list(desk, "hosts", ListAsked(sites=("tiktok",), addresses="no address")).file.body


def test_the_one_channel_is_left_out_and_said(desk: Desk) -> None:
    """A site, and a profile on it; the rest is made."""
    limited(desk, "Instagram")
    made = make_list(desk, "ublock", ASKED)
    assert ("instagram" in made.file.body.decode(), "tiktok" in made.file.body.decode()) == (False, True)
    assert ("Instagram",) == made.left_out
    assert "instagram.com/some.name" in text(desk, "ublock", _with(with_kept=True))
    assert ("Instagram",) == list_offered(desk, "ublock").kept
    with pytest.raises(ListClosesKept):
        make_list(desk, "ublock", ListAsked(profiles="instagram.com/some.name"))


@pytest.mark.parametrize("kind", ["sieve", "gmail", "outlook"])
def test_a_rule_for_mail_waits_where_mail_is_the_one_channel(desk: Desk, kind: str) -> None:
    """It is made where that is said; taking one out closes nothing, so it needs no saying."""
    limited(desk, "E-mail, evenings")
    assert ("E-mail",) == list_offered(desk, kind).kept
    with pytest.raises(ListClosesKept):
        make_list(desk, kind, ASKED)
    assert make_list(desk, kind, _with(with_kept=True)).file.body
    assert make_list(desk, kind, _with(undo=True)).file.body


def test_a_step_card_leaves_the_one_channel_out(desk: Desk) -> None:
    """Calls stay; its undo has them all the same."""
    limited(desk, "phone")
    made = make_list(desk, "ios", ListAsked())
    assert ("Phone calls",) == made.left_out
    assert "Phone calls" not in made.file.body.decode()
    assert "Phone calls" in text(desk, "ios", ListAsked(undo=True))
    assert "Phone calls" in text(desk, "ios", ListAsked(with_kept=True))


@pytest.mark.parametrize("because", ["asked", "blocked", "order", "violence", "own_anger"])
def test_a_stop_keeps_lists_and_rests_undos(desk: Desk, because: Because) -> None:
    """Distance needs nobody's leave; how a way is opened again is not given then, and the one channel is none."""
    limited(desk, "E-mail")
    record(desk, Ask(HardStopSet(because)))
    for offered in lists_offered(desk):
        assert (True, ()) == (offered.undo_rests, offered.kept)
        assert make_list(desk, offered.kind.id, ASKED).file.body
        with pytest.raises(UndoRests):
            make_list(desk, offered.kind.id, _with(undo=True))
        with pytest.raises(UndoRests):
            require_list(desk, offered.kind.id, undo=True)
        require_list(desk, offered.kind.id, undo=False)
        assert describe_list(offered)["undo"] is None


def test_what_is_not_right_is_said_and_what_is_empty_too(desk: Desk) -> None:
    """No address, no profile, nothing at all, no such list, an undo of an entry without its name."""
    for kind in ("ublock", "hosts", "sieve", "vcard"):
        with pytest.raises(ListIsEmpty):
            make_list(desk, kind, ListAsked())
    with pytest.raises(ListIsEmpty):
        make_list(desk, "vcard", ListAsked(phones="112", undo=True))
    with pytest.raises(NotAMailAddress):
        make_list(desk, "sieve", ListAsked(addresses="other.one@"))
    with pytest.raises(NotAProfile):
        make_list(desk, "ublock", ListAsked(sites=("tiktok",), profiles="evil.example/name"))
    with pytest.raises(NoSuchList):
        make_list(desk, "window", ASKED)


def test_an_error_does_not_repeat_what_was_typed(desk: Desk) -> None:
    """Its two sentences hold none of it."""
    with pytest.raises(NotAMailAddress) as found:
        make_list(desk, "sieve", ListAsked(addresses="other.one@@example.org"))
    assert "other.one" not in f"{found.value.sentence} {found.value.advice} {found.value.details}"


def test_a_machine_is_told_everything_a_page_shows(desk: Desk) -> None:
    """Steps, limits, files, and the sites to choose from."""
    told = [describe_list(each) for each in lists_offered(desk)]
    assert [each.id for each in KINDS] == [each["id"] for each in told]
    assert all(each["install"] and each["undo"] and each["limits"] for each in told)
    assert {"id": "tiktok", "name": "TikTok", "channel": "tiktok"} in told[0]["sites"]
