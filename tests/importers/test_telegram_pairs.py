"""Of a full export's other chats: when, and which of the two, and nothing else."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from fallow.errors import BrokenFile, NotAChat
from fallow.importers import Pair, read_pairs
from fallow.importers.telegram.pairs import When
from fallow.messages import ALTER, EGO, Kind
from importers.chats import zipped
from importers.telegrams import ME, STYLES, Sent, app_json, chat, entry, full, said

NAMES = ("Sam", "Kim")
KIM = chat([entry(1, Sent(1_700_000_050, False, "hey"), NAMES, other=3), *said("so")], name="Kim", id=3)
ROBIN = chat(said("one", "two", "three"))
GROUP = chat(said("all", "of", "you"), name="Us", id=9, type="private_group")
BOT = chat(said("start"), name="Bot", id=8, type="bot_chat")
SAVED = chat(said("note"), name=None, id=ME, type="saved_messages")
EXPORT = full(ROBIN, GROUP, BOT, SAVED, KIM)


def plain(pair: Pair) -> list[tuple[int, int]]:
    return list(zip((pair.at // 1_000_000).tolist(), pair.sender.tolist(), strict=True))


EXPECTED = [
    [(1_700_000_000, EGO), (1_700_000_060, ALTER), (1_700_000_120, EGO)],
    [(1_700_000_000, EGO), (1_700_000_050, ALTER)],
]


@pytest.mark.parametrize("style", STYLES)
def test_every_personal_chat_is_a_pair_and_nothing_else_is(style: str) -> None:
    """Groups, bots and saved messages are not; times are in order, whatever the order of the file."""
    assert EXPECTED == [plain(pair) for pair in read_pairs(STYLES[style](EXPORT))]


def test_the_chat_that_is_kept_is_left_out_by_name_or_id() -> None:
    """Its own record would count twice."""
    data = app_json(EXPORT)
    kept = [[plain(p) for p in read_pairs(data, leave_out=[one])] for one in ("robin", 2002, "2002")]
    assert [EXPECTED[1:]] * 3 == kept


def test_a_file_on_disk_or_in_a_zip_is_read_alike(tmp_path: Path) -> None:
    """The folder of the export may have been zipped."""
    data = app_json(EXPORT)
    path, packed = tmp_path / "result.json", tmp_path / "export.zip"
    path.write_bytes(data)
    packed.write_bytes(zipped(("DataExport/result.json", data), ("DataExport/photos/1.jpg", b"\xff\xd8\xff")))
    assert [EXPECTED] * 2 == [[plain(p) for p in read_pairs(one)] for one in (path, packed)]


def test_no_field_of_what_is_decoded_can_hold_a_text_or_a_name() -> None:
    """Types, times and numbers of people are all that is looked at."""
    assert {"type", "date", "date_unixtime", "from_id", "actor_id", "action"} == set(When.__struct_fields__)
    assert ("at", "sender") == Pair.__slots__


def test_one_chat_alone_has_no_others() -> None:
    """Nor has a chat of another channel."""
    whatsapp = b"28/05/2023, 10:00 - Sam: one\n28/05/2023, 10:01 - Alex: two\n28/05/2023, 10:02 - Sam: three\n"
    assert [[], []] == [list(read_pairs(one)) for one in (app_json(ROBIN), whatsapp)]


def test_calls_are_contact_and_other_lines_of_the_app_are_not() -> None:
    """Whoever called made contact."""
    call = entry(3, Sent(1_700_000_500, False, "", Kind.CALL), NAMES)
    pinned = {
        "id": 4,
        "type": "service",
        "date_unixtime": "1700000900",
        "actor_id": "user1001",
        "action": "pin_message",
    }
    (pair,) = read_pairs(app_json(full(chat([*said("a"), call, pinned]))))
    assert [(1_700_000_000, EGO), (1_700_000_500, ALTER)] == plain(pair)


def test_old_exports_are_read_on_the_clock_of_the_zone() -> None:
    """Before June 2022 a file has the wall clock alone; people are bare numbers."""
    old = [entry(i, Sent(1_500_000_000 + i, i == 1, "x"), NAMES, old=True) for i in (1, 2)]
    (pair,) = read_pairs(app_json(full(chat(old))), zone=ZoneInfo("Europe/Berlin"))
    assert [(1_500_000_001, EGO), (1_500_000_002, ALTER)] == plain(pair)


def test_without_the_owners_number_the_one_the_chat_is_with_is_alter() -> None:
    """The personal details can be left out of an export."""
    assert EXPECTED == [plain(pair) for pair in read_pairs(app_json(full(ROBIN, KIM, me=None)))]


def test_a_file_that_is_cut_short_says_so_after_what_was_whole() -> None:
    """Whoever sums up has to drop all of it."""
    data = app_json(EXPORT)
    pairs = read_pairs(data[: len(data) - 300])
    assert EXPECTED[0] == plain(next(pairs))
    with pytest.raises(BrokenFile):
        list(pairs)
    with pytest.raises(NotAChat):
        list(read_pairs(b"nothing"))


def test_the_columns_have_the_types_they_promise() -> None:
    """int64 and int8."""
    (pair, _) = read_pairs(app_json(EXPORT))
    assert (np.dtype(np.int64), np.dtype(np.int8), 3) == (pair.at.dtype, pair.sender.dtype, len(pair))
