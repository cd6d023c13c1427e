"""WhatsApp text, read as written: layouts, who, when, what, and what was not read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fallow.errors import DateOrderUnclear, NotAChat
from fallow.importers import PROBLEMS, Problem, read_export
from importers.chats import bodies, kinds, lines

TOOLS = Path(__file__).parents[2] / "tools"
GOLDEN = Path(__file__).parents[1] / "golden" / "importers" / "whatsapp"
SAMPLES = sorted(GOLDEN.glob("*.txt"))

sys.path.insert(0, str(TOOLS))
from golden import reading  # noqa: E402 - a script beside the project


def test_there_are_golden_samples_of_every_layout() -> None:
    """A missing folder must not look like success."""
    assert len(SAMPLES) >= 50


def test_every_kind_of_problem_in_the_samples_is_explained() -> None:
    """Whoever shows one finds words for it."""
    told = {kind for sample in SAMPLES for _, kind, _ in reading(sample).get("problems", [])}
    assert len(told) >= 8
    assert told <= set(PROBLEMS)


def test_two_equal_messages_in_one_minute_stay_two() -> None:
    """The minute stamps of Android make `ok` twice in one minute ordinary."""
    export = read_export("chat.txt", lines("28/05/2023, 10:00 - Sam: ok\n28/05/2023, 10:00 - Sam: ok"))
    assert ["ok", "ok"] == bodies(export)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2023, 10:00 - Sam: one\n03/04/2023, 10:01 - Alex: two",
        "05/05/2023, 10:00 - Sam: one\n06/06/2023, 10:01 - Alex: two",
        "03/04/2023, 10:00 - Sam: one\n04/04/2023, 10:01 - Alex: two",
        "13/04/2023, 10:00 - Sam: one\n04/14/2023, 10:01 - Alex: two\n01/02/2023, 10:02 - Alex: three",
    ],
    ids=["one day", "day equals month", "two days", "both over 12"],
)
def test_an_unclear_order_of_day_and_month_is_asked(text: str) -> None:
    """Nothing is guessed where the file does not tell, or contradicts itself."""
    with pytest.raises(DateOrderUnclear):
        read_export("chat.txt", lines(text))


def test_the_answer_about_the_order_is_taken() -> None:
    """The same file reads both ways, as it was said."""
    text = lines("03/04/2023, 10:00 - Sam: one\n03/04/2023, 10:01 - Alex: two")
    months = [
        read_export("c.txt", text, date_order=order).local.astype("datetime64[us]")[0] for order in ("dmy", "mdy")
    ]
    assert ["2023-04-03T10:00", "2023-03-04T10:00"] == [str(one)[:16] for one in months]


def test_the_question_carries_dates_and_no_words() -> None:
    """The page can show sample dates; nothing a person wrote is in the error."""
    with pytest.raises(DateOrderUnclear) as refusal:
        read_export("chat.txt", lines("3/4/23, 1:00 PM - Sam: secret\n3/4/23, 1:01 PM - Alex: also"))
    assert {"samples": "3/4/23", "likely": "mdy"} == refusal.value.details


def test_dates_inside_bodies_decide_nothing() -> None:
    """One reader let `25/11` in a text flip an American chat."""
    export = read_export("c.txt", lines("12/25/23, 10:00 - Sam: on 25/11 or 13/12/2023?\n12/26/23, 10:00 - Alex: yes"))
    assert "mdy" == export.date_order


def test_a_quoted_strangers_date_decides_nothing() -> None:
    """Only the dates of the two who write count."""
    ours = "12/05/2023, 10:00 - Sam: a\n13/05/2023, 10:00 - Alex: b\n"
    text = f"{ours}05/30/2019, 10:00 - Bob: c\n14/05/2023, 10:00 - Sam: d"
    assert "dmy" == read_export("c.txt", lines(text)).date_order


def test_a_file_that_starts_without_the_notice_says_so() -> None:
    """Then the beginning may be missing."""
    export = read_export("c.txt", lines("28/05/2023, 10:00 - Sam: ok"))
    assert (Problem(1, "no_beginning_notice", 1),) == export.problems


@pytest.mark.parametrize(("messages", "warned"), [(39_999, True), (39_700, False), (10_000, True)])
def test_a_count_near_the_cap_of_whatsapp_is_a_warning(messages: int, warned: bool) -> None:
    """WhatsApp leaves out the oldest messages above 40,000, or 10,000 with media, and tells nobody."""
    text = "".join(f"28/05/2023, 10:{i % 60:02} - {'Sam' if i % 2 else 'Alex'}: {i}\n" for i in range(messages))
    export = read_export("c.txt", text.encode())
    assert warned == any(problem.kind == "maybe_truncated" for problem in export.problems)


def test_the_clock_of_android_ticks_in_minutes_and_of_ios_in_seconds() -> None:
    """Latencies must know it."""
    android = read_export("c.txt", lines("28/05/2023, 10:00 - Sam: ok"))
    ios = read_export("c.txt", lines("[28/05/2023, 10:00:01] Sam: ok"))
    assert (60_000_000, 1_000_000) == (android.resolution, ios.resolution)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("WhatsApp Chat with Sam Lee.txt", "Sam Lee"),
        ("WhatsApp Chat - Sam Lee.zip", "Sam Lee"),
        ("WhatsApp Chat mit Sam (2).txt", "Sam"),
        ("Chat de WhatsApp con Sam.txt", "Sam"),
        ("Discussion_WhatsApp_avec_Sam.txt", "Sam"),
        ("Conversa do WhatsApp com Sam.txt", "Sam"),
        ("Чат WhatsApp с Sam.txt", "Sam"),
        ("与Sam的 WhatsApp 聊天.txt", "Sam"),
        ("chat.txt", None),
        ("_chat.txt", None),
    ],
)
def test_the_file_name_tells_the_other_party(name: str, other: str | None) -> None:
    """In a chat of two the file is named after the other one."""
    assert other == read_export(name, lines("28/05/2023, 10:00 - Sam: ok")).other_name_hint


@pytest.mark.parametrize("name", ["WhatsApp Chat with Anna: Work.txt", "WhatsApp Chat with Anna_ Work.txt"])
def test_the_file_name_settles_a_name_with_a_colon(name: str) -> None:
    """One message is enough then; without it the colon would end the name."""
    text = lines("28/05/2023, 10:00 - Anna: Work: ok\n28/05/2023, 10:01 - Sam: ok")
    assert ("Anna: Work", "Sam") == read_export(name, text).names
    assert ("Anna", "Sam") == read_export("chat.txt", text).names


def test_the_file_name_settles_a_name_without_a_colon() -> None:
    """Two messages that begin alike do not make a longer name then."""
    text = lines("28/05/2023, 10:00 - Anna: ps: a\n28/05/2023, 10:01 - Anna: ps: b\n28/05/2023, 10:02 - Sam: c")
    assert ("Anna", "Sam") == read_export("WhatsApp Chat with Anna.txt", text).names


def test_a_late_message_of_the_other_party_is_no_quote() -> None:
    """The only message of whom the file is named after, delivered days later, is theirs; a stranger's is quoted."""
    text = lines("""
        28/05/2023, 10:00 - Sam: a
        31/05/2023, 10:00 - Sam: b
        28/05/2023, 12:00 - Anna: late
        31/05/2023, 10:02 - Sam: c
    """)
    assert ["a", "b", "late", "c"] == bodies(read_export("WhatsApp Chat with Anna.txt", text))
    assert ("Sam",) == read_export("WhatsApp Chat with Alex.txt", text).names


def test_a_chat_in_which_nobody_wrote_is_refused_under_any_name() -> None:
    """WhatsApp writes its own lines into a chat nobody used, and names the file after the other one."""
    text = lines("28/05/2023, 10:00 - You blocked this contact. Tap to unblock.")
    for name in ("c.txt", "WhatsApp Chat with Sam.txt"):
        with pytest.raises(NotAChat):
            read_export(name, text)


def test_a_file_cut_inside_its_last_line_break_reads_the_same() -> None:
    """A lone carriage return at the very end is no part of the words."""
    whole = b"28/05/2023, 10:00 - Sam: a\r\n28/05/2023, 10:01 - Sam: b\r\n"
    assert bodies(read_export("c.txt", whole)) == bodies(read_export("c.txt", whole[:-1]))


def test_progress_runs_to_the_end_and_raising_stops() -> None:
    """The caller sees it move and can cancel."""
    text = lines("28/05/2023, 10:00 - Sam: ok\n" * 100_000)
    seen: list[tuple[int, int]] = []
    read_export("c.txt", text, progress=lambda done, total, rows: seen.append((done, total)))
    assert sorted(seen) == seen
    assert (len(text), len(text)) == seen[-1]

    class Cancelled(Exception):
        pass

    def stop(done: int, total: int, rows: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_export("c.txt", text, progress=stop)


def test_a_header_in_odd_spelling_is_still_a_header() -> None:
    """Marks and blanks may differ from line to line, the layout may not."""
    text = "28/05/2023, 10:00 - Sam: a\n\u200e28\u200f/05/2023,\u202f10:01 - Sam: b\n28-05-2023, 10:02 - Sam: c"
    assert ["a", "b\n28-05-2023, 10:02 - Sam: c"] == bodies(read_export("c.txt", lines(text)))


def test_zero_padding_is_part_of_the_layout() -> None:
    """A line padded otherwise was quoted from elsewhere."""
    padded = "\n".join(f"{day:02}/05/2023, 09:00 - Sam: {day}" for day in range(1, 21))
    text = f"{padded}\n21/5/2023, 9:00 - Sam: c\n22/05/2023, 09:00 - Sam: d"
    assert ["20\n21/5/2023, 9:00 - Sam: c", "d"] == bodies(read_export("c.txt", lines(text)))[-2:]


def test_person_text_like_a_phrase_stays_text() -> None:
    """Kinds are by the whole body, never by a word inside."""
    text = "\n".join(
        f"28/05/2023, 10:{i:02} - Sam: {body}"
        for i, body in enumerate(
            ["image omitted?", "null!", "Location: my sofa", "POLL: who", "<b>x</b>", "a call", ":)"]
        )
    )
    assert ["TEXT"] * 7 == kinds(read_export("c.txt", lines(text)))


def test_long_chats_are_read_across_chunk_borders() -> None:
    """Nothing is lost or doubled where one chunk ends and the next begins."""
    count = 150_000
    text = "".join(f"28/05/2023, 10:00 - {'Sam' if i % 3 else 'Alex'}: {i}\n more\n" for i in range(count)).encode()
    export = read_export("c.txt", text)
    assert count == len(export)
    assert [f"{i}\n more" for i in range(0, count, 997)] == [export.body(i) for i in range(0, count, 997)]
    assert 2 * count == int(export.words.sum())
