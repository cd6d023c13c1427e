"""Lines headed like messages inside a message, and names that look like the beginning of words."""

from __future__ import annotations

import pytest

from fallow.errors import DateOrderUnclear
from fallow.importers import Export, read_export
from importers.chats import bodies

DAY = {
    "android": lambda day, clock: f"{day}/2023, {clock} - ",
    "ios": lambda day, clock: f"[{day}/2023, {clock}:00] ",
}
PHONES = sorted(DAY)


def chat(phone: str, quoted: list[str], at: int = 5, name: str = "chat.txt", tail: str = "") -> Export:
    """Ten messages in turn on each of two days; message `at` says "look:" and what is quoted."""
    header = DAY[phone]
    told = []
    for i in range(20):
        words = "\n".join(["look:", *quoted]) + tail if i == at else f"m{i}"
        told.append(f"{header('14/05' if i < 10 else '20/05', f'09:{i:02}')}{'Sam' if i % 2 else 'Kim'}: {words}\n")
    return read_export(name, "".join(told).encode())


def assert_quoted(phone: str, *quoted: str, tail: str = "") -> None:
    """Wherever it is quoted, all of it stays in the message."""
    for at in (5, 15, 19):
        export = chat(phone, list(quoted), at, tail=tail)
        expected = ["\n".join(["look:", *quoted]) + tail if i == at else f"m{i}" for i in range(20)]
        assert expected == bodies(export)
        assert (("Kim", "Sam"), 0) == (export.names, export.system)


@pytest.mark.parametrize("phone", PHONES)
def test_a_strangers_line_of_another_time_is_quoted(phone: str) -> None:
    """Months before, or hours; one line or several, by one or by two."""
    header = DAY[phone]
    assert_quoted(phone, f"{header('03/01', '08:00')}Bob: hello")
    assert_quoted(phone, f"{header('03/01', '08:00')}Bob: hello", f"{header('03/01', '08:05')}Eve: hi")
    assert_quoted(phone, f"{header('14/05', '07:00')}Bob: hello", f"{header('14/05', '07:01')}Bob: more")


@pytest.mark.parametrize("phone", PHONES)
def test_a_copy_of_earlier_messages_is_quoted(phone: str) -> None:
    """Letter by letter what stands further up, by the two themselves; what is written after it belongs to it too."""
    header = DAY[phone]
    copy = [f"{header('14/05', '09:00')}Kim: m0", f"{header('14/05', '09:01')}Sam: m1"]
    assert_quoted(phone, *copy)
    assert_quoted(phone, *copy, tail="\nwhy did you say that?")


@pytest.mark.parametrize("phone", PHONES)
def test_a_plan_for_other_days_is_no_line_of_the_app(phone: str) -> None:
    """A line without a name, out of line with time and in words that are not the app's, is a person's."""
    header = DAY[phone]
    assert_quoted(phone, f"{header('03/01', '08:00')}we met")
    plan = [f"{header('01/06', '09:00')}Arrive at the hotel", f"{header('02/06', '09:00')}Museum"]
    assert ["look:", *plan] == bodies(chat(phone, plan))[5].split("\n")


@pytest.mark.parametrize("phone", PHONES)
def test_an_old_line_by_one_of_the_two_is_told(phone: str) -> None:
    """It may be quoted, or have been delivered late: it is read as a message, and the receipt says where."""
    export = chat(phone, [f"{DAY[phone]('03/01', '08:00')}Sam: hello"])
    assert 21 == len(export)
    assert ["maybe_quoted"] == [one.kind for one in export.problems if one.kind != "no_beginning_notice"]


def test_messages_that_come_late_or_in_an_hour_told_twice_stay() -> None:
    """Small steps back are real, and the same words may be said again in them."""
    lines = [f"29/10/2023, 02:{minute} - {who}: ok" for minute, who in ((50, "Kim"), (55, "Sam"), (59, "Kim"))]
    lines += [f"29/10/2023, 02:{minute:02} - {who}: {minute}" for minute, who in ((1, "Sam"), (50, "Kim"), (56, "Sam"))]
    assert 6 == len(read_export("chat.txt", "\n".join([*lines, "29/10/2023, 03:10 - Kim: so"]).encode())) - 1


@pytest.mark.parametrize("count", [40, 200])
@pytest.mark.parametrize("at", [0, 15])
def test_a_long_quote_in_another_layout_is_no_second_export(count: int, at: int) -> None:
    """Even where it has more lines than the file itself; the file begins and goes on in its own layout."""
    quoted = [f"{DAY['ios']('03/01', f'08:{i % 60:02}')}Bob: hello {i}" for i in range(count)]
    export = chat("android", quoted, at)
    assert (20, ["look:", *quoted]) == (len(export), bodies(export)[at].split("\n"))


def test_a_second_export_in_another_layout_is_read() -> None:
    """Glued behind the first; the same people write in it."""
    first = "".join(f"14/05/2023, 09:{i % 60:02} - {'Sam' if i % 2 else 'Kim'}: a{i}\n" for i in range(60))
    second = "".join(f"[15/06/2023, 09:{i % 60:02}:00] {'Sam' if i % 2 else 'Kim'}: b{i}\n" for i in range(80))
    assert 140 == len(read_export("chat.txt", (first + second).encode()))


def test_a_name_may_hold_several_colons() -> None:
    """Each is found by what all its lines have in common."""
    text = "".join(f"14/05/2023, 09:0{i} - {'A: B: C' if i % 2 else 'Sam'}: m{i}\n" for i in range(10))
    export = read_export("chat.txt", text.encode())
    assert (("Sam", "A: B: C"), [f"m{i}" for i in range(10)]) == (export.names, bodies(export))


def test_a_name_with_a_colon_that_few_lines_bear_out_is_told() -> None:
    """Two lines that begin alike may be a name or a habit."""
    text = "".join(f"14/05/2023, 09:0{i} - Kim: m{i}\n" for i in range(5))
    text += "14/05/2023, 09:06 - Sam: ps: a\n14/05/2023, 09:07 - Sam: ps: b"
    kinds = [(one.line, one.kind, one.count) for one in read_export("chat.txt", text.encode()).problems]
    assert (6, "name_with_colon", 2) in kinds


def test_a_line_of_the_app_may_name_somebody_with_a_colon() -> None:
    """`Your code with Anna: Work changed` is nobody's, where such a one writes."""
    text = "".join(f"14/05/2023, 09:{i:02} - {'Anna: Work' if i % 2 else 'Sam'}: m{i}\n" for i in range(30))
    export = read_export(
        "chat.txt", f"{text}15/05/2023, 09:00 - Your security code with Anna: Work changed.\n".encode()
    )
    assert (("Sam", "Anna: Work"), 1) == (export.names, export.system)


def test_a_line_without_a_name_in_unknown_words_is_told() -> None:
    """It is read as the app's; the receipt says so."""
    text = "14/05/2023, 09:00 - Kim: a\n14/05/2023, 09:01 - Qqa zza wwe\n14/05/2023, 09:02 - Sam: b"
    export = read_export("chat.txt", text.encode())
    assert (2, 1) == (len(export), export.system)
    assert (2, "nameless_lines_unknown", 1) in [(one.line, one.kind, one.count) for one in export.problems]


@pytest.mark.parametrize(
    "dates", [("23/05/20", "23/05/21"), ("23. 5. 28.", "23. 5. 28."), ("24/05/28", "24/05/28")], ids=str
)
def test_few_dates_that_may_have_the_year_in_front_are_asked(dates: tuple[str, str]) -> None:
    """Read the other way they lie years apart, or in days to come."""
    text = "".join(f"{date}, 09:0{i} - {'Sam' if i % 2 else 'Kim'}: m\n" for i, date in enumerate(dates * 3))
    with pytest.raises(DateOrderUnclear) as refusal:
        read_export("chat.txt", text.encode())
    assert "ymd" == refusal.value.details["likely"]
    assert 6 == len(read_export("chat.txt", text.encode(), date_order="ymd"))


def test_a_file_made_to_be_compared_forever_is_read() -> None:
    """Sixty thousand lines of one minute, and as many in stretches of one line each that could all be copies."""
    text = "".join(f"13/05/2023, 09:00 - Kim: {i}\n" for i in range(60_000))
    text += "".join(f"13/05/2023, {'10' if i % 2 else '09'}:00 - Sam: x{i}\n" for i in range(60_000))
    assert 120_000 == len(read_export("chat.txt", text.encode()))
