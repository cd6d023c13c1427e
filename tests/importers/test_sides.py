"""Naming the sides: who is ego, in what order, and when it cannot be told."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from fallow.errors import NobodyByThatName, NotTwoPeople
from fallow.importers import Export, Problem, read_export, take_sides
from fallow.messages import ALTER, EGO, merge_tables
from importers.chats import lines
from importers.smses import Sms, messages, sms

AT = 1_700_000_000_000


def chat(text: str) -> Export:
    return read_export("chat.txt", lines(text))


TWO = "28/05/2023, 10:00 - Sam: one\n28/05/2023, 10:02 - Alex: two\n28/05/2023, 10:01 - Sam: three"


def test_ego_is_who_was_named() -> None:
    """The other one is alter; rows come in time order, with the place they came from."""
    sided = take_sides(chat(TWO), me="Alex")
    assert [ALTER, ALTER, EGO] == sided.table.sender.tolist()
    assert [0, 2, 1] == sided.order.tolist()
    assert ("Alex", "Sam") == sided.names


def test_steps_back_are_kept_and_counted() -> None:
    """Delayed messages are real; the sorting says how often it had to."""
    assert (Problem(0, "steps_back", 1),) == take_sides(chat(TWO), me="Sam").problems


def test_messages_of_one_minute_keep_the_order_of_the_file() -> None:
    """The only trustworthy order inside a tick."""
    sided = take_sides(chat("28/05/2023, 10:00 - Sam: a\n" * 5 + "28/05/2023, 10:00 - Alex: b"), me="Sam")
    assert list(range(6)) == sided.order.tolist()


def test_a_name_is_enough_where_the_file_knows_ego_without_one() -> None:
    """Phones keep no name of their owner: any name that is nobody's there is ego's, and a name there is who it is."""
    export = read_export("sms.xml", messages(sms(Sms(AT, mine=True, text="a")), sms(Sms(AT + 1, mine=False, text="b"))))
    for me, names, sides in (
        ("Sam", ("Sam", "Kim"), [EGO, ALTER]),
        ("me", ("Me", "Kim"), [EGO, ALTER]),
        ("kim", ("Kim", "Me"), [ALTER, EGO]),
    ):
        sided = take_sides(export, me=me)
        assert (names, sides) == (sided.names, sided.table.sender.tolist())


def test_me_is_who_the_file_says() -> None:
    """By whatever name it knows its owner."""
    export = dataclasses.replace(chat(TWO), sides=("Sam", "Alex"))
    assert ("Sam", "Alex") == take_sides(export, me="Me").names
    with pytest.raises(NobodyByThatName):
        take_sides(chat(TWO), me="Me")


def test_what_else_a_file_calls_somebody_is_enough() -> None:
    """The name of an account, an address; not what it calls two people."""
    export = dataclasses.replace(chat(TWO), also={"sam-89": "Sam", "a@x": "Alex", "both": "Sam", "BOTH": "Alex"})
    for me, names in (("SAM-89", ("Sam", "Alex")), ("a@x", ("Alex", "Sam"))):
        assert names == take_sides(export, me=me).names
    with pytest.raises(NobodyByThatName):
        take_sides(export, me="both")


def test_swapping_the_names_mirrors_the_table() -> None:
    """Both sides are read by the same rules."""
    one, other = (take_sides(chat(TWO), me=me).table for me in ("Sam", "Alex"))
    assert one.mirrored().sender.tolist() == other.sender.tolist()


def test_days_that_are_missing_run_from_midnight_to_midnight() -> None:
    """On the clock of the phone, the day of a change of hours among them; days that touch are one period."""
    days = (dt.date(2023, 3, 26), dt.date(2023, 3, 26)), (dt.date(2023, 3, 27), dt.date(2023, 3, 28))
    zoned = take_sides(chat(TWO), me="Sam", zone=ZoneInfo("Europe/Berlin"), missing=days).table
    plain = take_sides(chat(TWO), me="Sam", missing=days).table
    hours = [np.diff(table.unseen)[:, 0] // 3_600_000_000 for table in (zoned, plain)]
    assert [[71], [72]] == [each.tolist() for each in hours]
    assert "2023-03-25T23:00" == str(np.datetime64(int(zoned.unseen[0, 0]), "us"))[:16]


def test_a_zone_makes_times_instants() -> None:
    """Without one they stay wall clock, and say so."""
    zoned = take_sides(chat(TWO), me="Sam", zone=ZoneInfo("Europe/Berlin")).table
    plain = take_sides(chat(TWO), me="Sam").table
    assert (True, False) == (zoned.zoned, plain.zoned)
    assert [7200] * 3 == zoned.offset.tolist()
    assert plain.local.tolist() == zoned.local.tolist()


@pytest.mark.parametrize("me", ["sam", " Sam ", "SAM"])
def test_a_name_spelled_alike_is_found(me: str) -> None:
    """Case and blanks may differ where one name is left."""
    assert "Sam" == take_sides(chat(TWO), me=me).names[0]


@pytest.mark.parametrize(("me", "them"), [("Kim", None), ("Sam", "Kim"), ("", None)])
def test_a_name_nobody_has_is_refused(me: str, them: str | None) -> None:
    """A wrong side would turn every result around."""
    with pytest.raises(NobodyByThatName):
        take_sides(chat(TWO), me=me, them=them)


def test_a_group_is_refused_whoever_is_named() -> None:
    """Fallow looks at two."""
    with pytest.raises(NotTwoPeople) as refusal:
        take_sides(chat(TWO + "\n28/05/2023, 10:03 - Kim: hi\n28/05/2023, 10:04 - Alex: hi"), me="Sam", them="Alex")
    assert {"people": 3} == refusal.value.details


def test_one_name_cannot_be_both() -> None:
    """Me and them are two."""
    with pytest.raises(NotTwoPeople):
        take_sides(chat(TWO), me="Sam", them="sam")


def test_who_never_wrote_can_be_ego() -> None:
    """When the other one is named and wrote everything."""
    sided = take_sides(chat("28/05/2023, 10:00 - Sam: one"), me="Alex", them="Sam")
    assert ([ALTER], ("Alex", "Sam")) == (sided.table.sender.tolist(), sided.names)


def test_names_that_differ_only_in_case_are_two() -> None:
    """Never merged silently; then only the exact spelling will do."""
    export = chat("28/05/2023, 10:00 - Sam: one\n28/05/2023, 10:00 - sam: two")
    assert ("Sam", "sam") == take_sides(export, me="Sam").names
    with pytest.raises(NobodyByThatName):
        take_sides(export, me="SAM")


def test_exports_with_media_and_without_are_one_chat() -> None:
    """What stands in place of a picture differs between the two; the messages do not."""
    without = lines("28/05/2023, 10:00 - Sam: <Media omitted>\n28/05/2023, 10:00 - Alex: nice")
    files = "28/05/2023, 10:00 - Sam: IMG-20230528-WA0001.jpg (file attached)\n28/05/2023, 10:00 - Alex: nice"
    tables = [take_sides(read_export("c.txt", one), me="Sam").table for one in (without, lines(files))]
    assert 2 == len(merge_tables(tables))
