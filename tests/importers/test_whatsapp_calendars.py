"""Digits, calendars and hours of phones all over the world; what could only be guessed is refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from fallow.errors import CalendarUnknown, HalvesUnknown
from fallow.importers import read_export
from importers.chats import bodies, h12, half, read_back

SENT = [dt.datetime(2023, 1, 28, 0, 5) + dt.timedelta(hours=each) for each in (0, 5, 11.9, 12.5, 23.8, 60, 200, 900)]
ZEROS = "٠۰०০૦੦௦౦೦൦୦๐໐၀០"
MONTHS = [31] * 6 + [30] * 5 + [29]


def digits(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in text)


def persian(t: dt.datetime) -> str:
    """Counted from the first day of 1401, which was 2022-03-21; that year and the next have no leap day."""
    left, year = (t.date() - dt.date(2022, 3, 21)).days, 1401
    if left >= 365:
        left, year = left - 365, 1402
    month = 0
    while left >= MONTHS[month]:
        left, month = left - MONTHS[month], month + 1
    return f"{year}/{month + 1:02}/{left + 1:02}"


def read(header: Callable[[dt.datetime], str]) -> list[dt.datetime]:
    text = "".join(f"{header(t)}{'Kim' if i % 2 else 'Sam'}: words {i}\n" for i, t in enumerate(SENT))
    back = read_back(read_export("chat.txt", text.encode()))
    assert [f"words {i}" for i in range(len(SENT))] == [one.text for one in back]
    return [one.at for one in back]


@pytest.mark.parametrize("zero", ZEROS, ids=[f"U+{ord(zero):04X}" for zero in ZEROS])
def test_digits_of_any_script_are_read(zero: str) -> None:
    """In the numbers of a header; those in words stay what they are."""
    assert SENT == read(lambda t: digits(f"{t.day}/{t.month}/{t.year}, {t:%H:%M} - ", zero))


@pytest.mark.parametrize(
    "header",
    [
        lambda t: f"{t.day}/{t.month}/{t.year + 543} {t:%H:%M} - ",
        lambda t: f"{t.day}/{t.month}/{t.year - 1957}, {t:%H:%M} - ",
        lambda t: f"[{t.day}/{t.month}/{t.year + 543} BE, {t:%H:%M}] ",
        lambda t: digits(f"{t.day}/{t.month}/{t.year + 543} {t:%H:%M} น. - ", "๐"),
        lambda t: digits(f"{persian(t)}، {t:%H:%M} - ", "۰"),
        lambda t: f"[{persian(t)}, {t:%H:%M}] ",
    ],
    ids=["thai", "thai short", "thai era", "thai digits", "persian digits", "persian"],
)
def test_years_of_other_calendars_are_ours_afterwards(header: Callable[[dt.datetime], str]) -> None:
    """The Thai calendar is 543 years ahead; the Persian one has its own months."""
    assert SENT == read(header)


def test_the_persian_year_has_its_leap_day() -> None:
    """1399 had one: its last day was 2021-03-20."""
    text = "1399/12/30, 10:00 - Kim: a\n1400/01/01, 10:00 - Sam: b\n1400/01/32, 10:00 - Sam: c"
    assert ["2021-03-20", "2021-03-21"] == [str(one.at.date()) for one in read_back(read_export("c", text.encode()))]


def test_the_islamic_calendar_is_refused_by_name() -> None:
    """Its months begin by sight, so a date could be a day off."""
    text = "".join(f"1445/0{month}/11, 10:00 - Kim: a\n" for month in range(1, 7))
    with pytest.raises(CalendarUnknown):
        read_export("c.txt", text.encode())


def test_hour_24_is_the_first_of_its_day() -> None:
    """As phones write it whose day runs from 1 to 24."""
    assert SENT == read(lambda t: f"{t:%d/%m/%Y}, {t.hour or 24}:{t:%M} - ")


def test_hour_24_is_the_next_day_where_the_order_says_so() -> None:
    """Written by hand or by a program that counts on past midnight."""
    text = "27/05/2023, 23:50 - Kim: a\n27/05/2023, 24:10 - Sam: b\n28/05/2023, 7:00 - Kim: c"
    back = read_back(read_export("c.txt", text.encode()))
    assert [dt.datetime(2023, 5, 27, 23, 50), dt.datetime(2023, 5, 28, 0, 10)] == [one.at for one in back[:2]]


def test_hour_24_beside_hour_0_is_no_header() -> None:
    """A line that nobody's phone wrote belongs to the message before it."""
    text = "27/05/2023, 00:50 - Kim: a\n27/05/2023, 24:10 - Sam: b\n28/05/2023, 7:00 - Kim: c"
    assert ["a\n27/05/2023, 24:10 - Sam: b", "c"] == bodies(read_export("c.txt", text.encode()))


@pytest.mark.parametrize(
    "header",
    [
        lambda t: f"{t.day}.{t.month:02}.{t:%y} г., {t.hour}:{t:%M} ч. - ",
        lambda t: f"{t:%d/%m/%Y} {t:%H}h{t:%M} - ",
        lambda t: f"{t.year}年{t.month}月{t.day}日 {half(t.hour, '上午', '下午')}{h12(t.hour)}:{t:%M} - ",
        lambda t: f"{t:%Y/%m/%d}، {h12(t.hour)}:{t:%M} {half(t.hour, 'قبل‌ازظهر', 'بعدازظهر')} - ",
    ],
    ids=["bg", "14h05", "zh", "fa"],
)
def test_words_and_signs_around_the_numbers_are_passed_over(header: Callable[[dt.datetime], str]) -> None:
    """Each as phones of some region write it."""
    assert SENT == read(header)


def test_a_word_that_may_hide_the_half_of_the_day_is_refused_by_name() -> None:
    """Two words nobody knows before hours that never go over 12: half of them would be twelve hours off."""
    with pytest.raises(HalvesUnknown):
        read(lambda t: f"{t:%d/%m/%Y}, {half(t.hour, 'qqa', 'zza')} {h12(t.hour)}:{t:%M} - ")


def test_a_word_before_24_hours_is_passed_over() -> None:
    """Nothing is hidden where the hours go over 12."""
    assert SENT == read(lambda t: f"{t:%d/%m/%Y}, qqa {t:%H:%M} - ")


@pytest.mark.parametrize(
    "header",
    [
        lambda t: f"[{t:%H:%M:%S}, {t:%d/%m/%Y}] ",
        lambda t: f"{t:%H:%M} {t:%d/%m/%Y} - ",
        lambda t: f"[{t:%H:%M}, {t:%d/%m/%Y}] ",
    ],
    ids=["ios", "android", "copied from a browser"],
)
def test_the_time_may_stand_before_the_date(header: Callable[[dt.datetime], str]) -> None:
    """As phones in Vietnamese write it, and browsers what is copied from them."""
    assert SENT == read(header)
