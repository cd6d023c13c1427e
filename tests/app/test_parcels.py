"""A chat put out of sight: shut until its day, open from then on, and back to how it was."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desks import a_desk, later
from fallow.app import (
    Contents,
    Desk,
    bring_back,
    describe_parcel,
    find_parcel,
    import_chat,
    look_into,
    parcel_text,
    parcels,
    read_export,
    remove_parcel,
)
from fallow.errors import (
    AnotherPerson,
    DayNotToCome,
    FallowError,
    NoSuchParcel,
    NothingToPutAway,
    NotThatFile,
    ParcelElsewhere,
    ParcelRests,
    PassphraseTooShort,
    SamePassphrase,
    SidesSwapped,
    WrongParcelPassphrase,
)
from fallow.store import Cost, create_key
from fallow.store import parcel as parcel_bytes
from fallow.wiring import (
    let_go_of_parcel,
    open_kept_parcel,
    open_parcel,
    parcel_file,
    put_chat_away,
    save_parcel,
)

WORD = "under another stone"
MAIN = "seven quiet rivers"
CHAT = "[01.02.26, 21:14:05] Sam: Are you there?\n[01.02.26, 21:15:00] Robin: I am.\nStill.\n"
DAY = dt.date(2026, 4, 1)
"""Twenty-nine days after the day of the desk."""


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel_bytes, "measured_cost", lambda: Cost(memory_kib=64, passes=1, lanes=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the key file of the passphrase lies; the notes themselves are elsewhere."""
    create_key(tmp_path / "key", MAIN, cost=Cost(64, 1, 1))
    return tmp_path / "key"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    bring(opened)
    yield opened
    opened.store.close()


def bring(desk: Desk, chat: str = CHAT, me: str = "Sam", *, with_text: bool = True) -> None:
    import_chat(desk, read_export("chat.txt", chat.encode()), me=me, with_text=with_text)


@pytest.fixture
def put(desk: Desk, folder: Path) -> str:
    return put_chat_away(desk, folder, WORD, taken="words", until=DAY).id


def test_it_rests_until_its_day(desk: Desk, put: str) -> None:
    """The day before, nothing of it is told, with the right passphrase neither; on the day, all of it."""
    day_before, on_the_day = later(desk, days=28), later(desk, days=29)
    with pytest.raises(ParcelRests) as refused:
        open_kept_parcel(day_before, put, WORD)
    assert "1 April 2026" in refused.value.sentence
    found = look_into(*open_kept_parcel(on_the_day, put, WORD))
    assert Contents(2, 2, dt.date(2026, 2, 1), dt.date(2026, 2, 1), DAY) == found


def test_a_file_rests_until_its_day_as_well(desk: Desk, put: str) -> None:
    """The day is inside, so it is known wherever the file is brought."""
    data = parcel_file(desk, put).read()
    with pytest.raises(ParcelRests):
        open_parcel(io.BytesIO(data), WORD, DAY - dt.timedelta(days=1))
    assert 2 == look_into(*open_parcel(io.BytesIO(data), WORD, DAY)).messages


def test_a_clock_set_back_shuts_it_and_one_set_forward_opens_it(desk: Desk, put: str) -> None:
    """The day is a promise: Fallow goes by the clock it has, and says so."""
    on_the_day = later(desk, days=29)
    look_into(*open_kept_parcel(on_the_day, put, WORD))
    with pytest.raises(ParcelRests):
        open_kept_parcel(later(on_the_day, days=-3), put, WORD)


def test_the_passphrase_of_the_notes_does_not_open_it(desk: Desk, put: str) -> None:
    """Nor may it be chosen for it."""
    with pytest.raises(WrongParcelPassphrase):
        open_kept_parcel(later(desk, days=40), put, MAIN)


@pytest.mark.parametrize(("word", "day", "error"), [
    (MAIN, DAY, SamePassphrase), ("short", DAY, PassphraseTooShort), (WORD, dt.date(2026, 3, 3), DayNotToCome),
    (WORD, dt.date(2037, 1, 1), DayNotToCome),
])  # fmt: skip
def test_what_is_refused_changes_nothing(
    desk: Desk, folder: Path, word: str, day: dt.date, error: type[FallowError]
) -> None:
    """The words stay where they are."""
    with pytest.raises(error):
        put_chat_away(desk, folder, word, taken="words", until=day)
    assert (["Are you there?", "I am.\nStill."], ()) == (list(desk.store.texts()), parcels(desk).parcels)


def test_there_must_be_something_to_put_away(tmp_path: Path, folder: Path) -> None:
    """No chat, or one whose words were never kept; its counts and times can still be put away."""
    empty = a_desk(tmp_path / "empty")
    for taken in ("words", "messages"):
        with pytest.raises(NothingToPutAway):
            put_chat_away(empty, folder, WORD, taken=taken, until=DAY)  # type: ignore[arg-type]
    bring(empty, with_text=False)
    with pytest.raises(NothingToPutAway):
        put_chat_away(empty, folder, WORD, taken="words", until=DAY)
    assert 2 == put_chat_away(empty, folder, WORD, taken="messages", until=DAY).messages
    empty.store.close()


@pytest.mark.parametrize("taken", ["words", "messages"])
def test_brought_back_it_is_as_it_was(desk: Desk, folder: Path, taken: str) -> None:
    """Words and counts, and it is not on the list any more."""
    id = put_chat_away(desk, folder, WORD, taken=taken, until=DAY).id  # type: ignore[arg-type]
    assert [None, None] * (taken == "words") == list(desk.store.texts())
    then = later(desk, days=29)
    assert (0 if taken == "words" else 2) == bring_back(then, *open_kept_parcel(then, id, WORD))
    assert (["Are you there?", "I am.\nStill."], ()) == (list(desk.store.texts()), parcels(desk).parcels)


def test_as_text_it_can_be_read(desk: Desk, put: str) -> None:
    """A line for each message, in order, with its local time."""
    opened = open_kept_parcel(later(desk, days=29), put, WORD)
    told = "2026-02-01 21:14 Sam: Are you there?\n2026-02-01 21:15 Robin: I am.\nStill.\n"
    assert told == "".join(parcel_text(*opened))


@pytest.mark.parametrize(("chat", "me", "error"), [
    (CHAT, "Robin", SidesSwapped), (CHAT.replace("Robin", "Kim"), "Sam", AnotherPerson),
])  # fmt: skip
def test_it_does_not_come_back_into_the_notes_of_another_pair(
    desk: Desk, put: str, tmp_path: Path, chat: str, me: str, error: type[FallowError]
) -> None:
    """As with an import; a second name of the same person has to be said."""
    data = parcel_file(desk, put).read()
    other = a_desk(tmp_path / "other", later(desk, days=29).clock().at)
    bring(other, chat, me)
    with pytest.raises(error):
        bring_back(other, *open_parcel(io.BytesIO(data), WORD, DAY))
    assert 2 == other.store.message_count()
    if error is AnotherPerson:
        bring_back(other, *open_parcel(io.BytesIO(data), WORD, DAY), same_person=True)
        assert [("Sam", "Kim"), ("Sam", "Robin")] == [source.names for source in other.store.sources()]
    other.store.close()


def test_given_away_only_when_its_file_is_whole(desk: Desk, put: str, tmp_path: Path) -> None:
    """Written, read back, then let go of; the note that there is one stays."""
    path = tmp_path / "away.parcel"
    size = save_parcel(desk, put, path)
    record = find_parcel(desk, put)
    assert (size, record.size, 0o600) == (path.stat().st_size, size, path.stat().st_mode & 0o777)
    assert ("given", True) == (describe_parcel(desk, record)["is"], record.given_at is not None)
    for act in (lambda: parcel_file(desk, put), lambda: save_parcel(desk, put, tmp_path / "again")):
        with pytest.raises(ParcelElsewhere):
            act()
    with path.open("rb") as file:
        assert 2 == look_into(*open_parcel(file, WORD, DAY)).messages


def test_a_place_that_takes_no_file_leaves_it_here(desk: Desk, put: str, tmp_path: Path) -> None:
    """A name that is taken, a folder that is not there."""
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for path in (taken, tmp_path / "nowhere" / "away"):
        with pytest.raises((FallowError, OSError)):
            save_parcel(desk, put, path)
    assert ("mine", None) == (taken.read_text(), find_parcel(desk, put).given_at)
    assert parcel_file(desk, put).read()


def test_it_is_let_go_of_for_the_same_file_alone(desk: Desk, put: str, folder: Path) -> None:
    """A browser cannot be asked whether it saved a file, so the person brings it once."""
    data = parcel_file(desk, put).read()
    bring(desk)
    other = put_chat_away(desk, folder, WORD, taken="words", until=DAY).id
    with pytest.raises(NotThatFile):
        let_go_of_parcel(desk, other, io.BytesIO(data))
    assert parcel_file(desk, other).read()
    let_go_of_parcel(desk, put, io.BytesIO(data))
    assert find_parcel(desk, put).given_at is not None


def test_removed_it_is_gone(desk: Desk, put: str) -> None:
    """At any time, without its passphrase."""
    remove_parcel(desk, put)
    acts: list[Callable[[], object]] = [lambda: find_parcel(desk, put), lambda: remove_parcel(desk, put)]
    for act in acts:
        with pytest.raises(NoSuchParcel):
            act()
