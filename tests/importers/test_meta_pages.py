"""Messenger's and Instagram's pages for reading: who, when and what is as in the JSON of the same chat."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import numpy as np
import pytest
from babel import Locale
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import (
    BrokenFile,
    DateOrderUnclear,
    EntryTooLong,
    LooksLikeAnotherFile,
    PagesAndJson,
    TimesUnclear,
    WhichChat,
)
from fallow.importers import ChatInside, Export, list_chats, read_export, take_sides
from fallow.importers.meta.clock import Clock
from fallow.importers.meta.months import months_of
from fallow.importers.meta.threads import people_in
from fallow.messages import EGO, Kind
from importers.chats import bodies, kinds, zipped
from importers.metapages import BUILDS, Build, folder_of, page, page_files
from importers.metas import FOLDER, INSTAGRAM, KIM, ME, Chat, pages

AT = 1_700_000_040_000
HELLO = Chat(AT, mine=False, text='héllo 😀 <b> & "you"\nthere\'s  more')
THERE = Chat(AT + 60_000, mine=True, text="there")
NEW = BUILDS["messenger 2025"]


def read(*said: Chat, build: Build = NEW, **more: Any) -> Export:
    return read_export("message_1.html", page(said, build), **more)


def problems(export: Export) -> dict[str, int]:
    """All but that the clock is the download's own, which every page has."""
    found = {one.kind: one.count for one in export.problems}
    assert found.pop("clock_of_the_download")
    return found


def clocks(export: Export) -> list[str]:
    return [str(np.datetime64(int(at), "us").astype("datetime64[s]")) for at in export.local]


@pytest.mark.parametrize("name", BUILDS)
def test_each_generation_is_read(name: str) -> None:
    """Whose it is, is told by its build alone; times have no zone."""
    export = read(HELLO, THERE, build=BUILDS[name])
    assert (f"{name.split()[0]}_html", [HELLO.text, "there"]) == (export.format, bodies(export))
    assert ((KIM, ME), (ME, KIM), None) == (export.names, export.sides, export.offset)
    assert ["2023-11-14T22:14:00", "2023-11-14T22:15:00"] == clocks(export)
    assert (1_000_000 if BUILDS[name].seconds else 60_000_000) == export.resolution
    assert not take_sides(export, me=ME).table.zoned


def test_kinds_are_told_as_in_json() -> None:
    """Words under a picture stay, and a link alone is a link; how long a call was is nobody's words."""
    said = [Chat(AT + i * 60_000, mine=True, kind=kind) for i, kind in enumerate((Kind.MEDIA, Kind.STICKER, Kind.LINK))]
    said += [Chat(AT + 180_000, mine=True, text="look", kind=Kind.MEDIA), Chat(AT + 240_000, False, "x", Kind.LINK)]
    said += [Chat(AT + 300_000, False, "Kim Döe called you.", Kind.CALL), Chat(AT + 360_000, False, "", Kind.CALL)]
    export = read(*said)
    assert ["MEDIA", "STICKER", "LINK", "MEDIA", "TEXT", "CALL", "CALL"] == kinds(export)
    assert ["", "", "", "look", "x", "", ""] == bodies(export)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (f"{KIM} changed the theme to Love.", None),
        ("Liked a message", None),
        (f"{KIM} sent an attachment.", "MEDIA"),
        (f"{KIM} missed your video call.", "CALL"),
        (f"{KIM} called you.", "CALL"),
        (f"You called {KIM}.", "CALL"),
        ("You called Kim.", "CALL"),
        ("You called it a day.", "TEXT"),
        (f"{KIM} unsent a message", "DELETED"),
        ("This message was unsent", "DELETED"),
        ("I changed the theme, do you like it?", "TEXT"),
    ],
)
def test_lines_of_the_app_are_nobodys(words: str, kind: str | None) -> None:
    """Told by their whole wording, as in JSON; there are no marks here beside it."""
    export = read(Chat(AT, mine=False, text=words), THERE)
    assert [kind] * (kind is not None) == kinds(export)[:-1]
    assert int(kind is None) == export.system


def body(inside: str) -> bytes:
    """A page whose only message has another body."""
    plain = page([Chat(AT, mine=False, text="WORDS"), THERE], NEW)
    whole = b"<div><div></div><div>WORDS</div><div></div><div></div></div>"
    assert whole in plain
    return plain.replace(whole, inside.encode())


@pytest.mark.parametrize(
    ("inside", "kind", "words"),
    [
        ("<div>short</div>", "TEXT", "short"),
        ("<div><div>alone</div></div>", "TEXT", "alone"),
        ("<div>\n  <div></div>\n  <div>\n   framed\n  </div>\n</div>", "TEXT", "framed"),
        ("<div><div></div><div>a<br />\nb<br><br/>c</div><div></div></div>", "TEXT", "a\nb\n\nc"),
        ("<div><div></div><div>see <a href='x'>https://e.org</a></div></div>", "TEXT", "see https://e.org"),
        (
            '<div><div></div><div></div><div><div><div>A caption</div><div>somebody</div><div><a href="https://e.org/r">'
            "https://e.org/r</a></div></div></div></div>",
            "LINK",
            "",
        ),
        (
            '<div><div></div><div></div><div></div><div><video src="m/videos/1.mp4" controls="1" class="_a6_o">'
            '<a target="_blank" href="m/videos/1.mp4"><div>Click for video:</div></a></video></div></div>',
            "MEDIA",
            "",
        ),
        ('<div><div></div><div></div><div></div><div><a href="m/files/a.pdf">a.pdf</a></div></div>', "MEDIA", ""),
        ('<div><div><div><video src="m/1.mp4"><a href="m/1.mp4">Click</a></video></div></div></div>', "MEDIA", ""),
        ("<div><div>IP Address: 1.2.3.4</div><div>hi</div><div>10 seconds</div></div>", "TEXT", "hi"),
        ("<div><div></div><div>&amp;lt; &#039;&quot;&#x1F600;</div></div>", "TEXT", "&lt; '\"😀"),
        ("", "MEDIA", ""),
    ],
)
def test_only_the_words_of_a_body_are_anybodys(inside: str, kind: str, words: str) -> None:
    """Captions, names of files and how long something was are not."""
    export = read_export("m.html", body(inside))
    assert (kind, words) == (kinds(export)[0], export.body(0))


def test_a_page_may_be_spaced_out_or_translated_by_a_browser() -> None:
    """Blanks between elements are nobody's words; a browser that translates puts elements of its own around texts."""
    font = '<font dir="auto"><font dir="auto">{}</font></font>'
    inside = f"""<html> <body>
      <section class="_a6-g"> <h2 class="_2ph_ _a6-h _a6-i"> {font.format(KIM)} </h2>
        <div class="_2ph_ _a6-p">
          <div> <div></div> <div>{font.format("so it is")}</div> <div></div> <div/>
            <div> <ul class="_a6-q"> <li> <span> {font.format("👍" + ME)} </span> </li> </ul> </div> </div>
        </div>
        <footer class="_3-94 _a6-o"> <div class="_a72d"> {font.format("Oct 9, 2025 8:09:15 am")} </div> </footer>
      </section>
      <div class="_a6-g"> <div class="_a6-h">{ME}</div> <div class="_a6-p">short</div> </div>
      <div class="_a6-o"> Oct 9, 2025 8:07:00 am </div>
    </body> </html>"""
    export = read_export("m.html", inside.encode())
    assert ([ME, KIM], ["short", "so it is"]) == ([export.names[one] for one in export.author], bodies(export))
    assert ["2025-10-09T08:07:00", "2025-10-09T08:09:15"] == clocks(export)
    assert {"reactions_without_time": 1} == problems(export)


def test_a_reaction_is_a_row_where_it_says_when() -> None:
    """It stands behind what it is to, even in the same minute; the name behind the sign is one of the two."""
    signs = (("❤", ME, AT + 10_000), ("😂", ME, None), ("👍", "Robin", AT))
    for name in ("messenger 2022", "messenger 2025"):
        export = read(Chat(AT, mine=False, text="nice", more=(("signs", signs),)), THERE, build=BUILDS[name])
        assert (["TEXT", "REACTION", "TEXT"], ["nice", "❤", "there"]) == (kinds(export), bodies(export))
        assert [KIM, ME, ME] == [export.names[one] for one in export.author]
        assert {"reactions_without_time": 2} == problems(export)


def test_the_pages_of_a_thread_are_one_chat() -> None:
    """Two messages alike in one minute stay two, wherever a page ends; of one minute, the order is that of the page."""
    said = [Chat(AT + i // 6 * 60_000, mine=i % 3 == 0, text=f"m{i // 2 % 2}") for i in range(23)]
    export = read_export("f.zip", zipped(*page_files(said, NEW, 2)))
    assert [(one.who, one.text) for one in said] == [
        (export.names[export.author[i]], export.body(i)) for i in range(len(export))
    ]


def test_two_downloads_of_one_thread_are_there_once() -> None:
    """Two messages alike in one of them stay two."""
    said = [HELLO, HELLO, THERE]
    files = [
        ("old/" + FOLDER + "message_1.html", page(said[:2], NEW)),
        ("new/" + FOLDER + "message_1.html", page(said, NEW)),
    ]
    assert [one.text for one in said] == bodies(read_export("f.zip", zipped(*files)))


def test_pages_and_json_are_not_mixed() -> None:
    """What is there twice could not be told: the clocks differ."""
    files = (
        *page_files([HELLO], NEW, 9),
        *pages([HELLO, THERE], 9, folder=FOLDER.replace("inbox", "archived_threads")),
    )
    for act in (list_chats, lambda data: read_export("f.zip", data)):
        with pytest.raises(PagesAndJson):
            act(zipped(*files))


def test_several_threads_are_listed_and_one_is_chosen() -> None:
    """Groups come last; other pages of the download, however long, are not looked at."""
    group = page([HELLO, THERE], NEW, title="All", people=f"Participants: {KIM}, Robin and {ME}")
    data = zipped(
        *page_files([HELLO, THERE], NEW, 1),
        ("your_facebook_activity/messages/inbox/robin_5/message_1.html", page([THERE], NEW, title="Robin", people="")),
        ("your_facebook_activity/messages/inbox/all_9/message_1.html", group),
        ("your_facebook_activity/posts/your_posts_1.html", random.Random(1).randbytes(17_000_000)),
        ("start_here.html", b"<html><title>Your information</title></html>"),
    )
    assert [
        ChatInside("kimdoee_104", KIM, 2), ChatInside("robin_5", "Robin", 1), ChatInside("all_9", "All", 2, people=3),
    ] == list_chats(data)  # fmt: skip
    with pytest.raises(WhichChat):
        read_export("f.zip", data)
    export = read_export("f.zip", data, chat="robin")
    assert (["there"], (ME, "Robin"), "messenger_html") == (bodies(export), export.sides, export.format)


def test_instagram_is_told_by_where_its_pages_lie() -> None:
    """The folder weighs more than the build."""
    data = page([HELLO, THERE], NEW)
    assert "instagram_html" == read_export("a.zip", zipped((INSTAGRAM + "message_1.html", data))).format


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (f"Participants: {KIM} and {ME}", (False, [KIM, ME])),
        (f"Teilnehmer: {ME} und {KIM}", (False, [KIM, ME])),
        ("Teilnehmende: Sam Roe und Robin Poe", (False, ["Sam Roe", "Robin Poe"])),
        (f"参加者：{KIM}、{ME}", (False, [])),
        (f"Participants: {KIM}, {ME} et Robin", (True, [])),
        (f"参加者：{KIM}、{ME}、Robin", (True, [])),
        ("Mailbox thread pending", (False, [])),
    ],
)
def test_a_heading_tells_who_takes_part(heading: str, found: tuple[bool, list[str]]) -> None:
    """In whatever language."""
    many, names = people_in(heading, [KIM, ME])
    assert (found[0], sorted(found[1])) == (many, sorted(names))


STAMPS = {
    "Feb 16, 2018 10:17pm": "2018-02-16T22:17:00",
    "Oct 19, 2019 at 2:37 PM": "2019-10-19T14:37:00",
    "19 Oct 2019, 14:37": "2019-10-19T14:37:00",
    "Jul 12, 2024 4:54:10 pm": "2024-07-12T16:54:10",
    "Jan 05, 2021 12:07:33 am": "2021-01-05T00:07:33",
    "19.10.2019, 14:37": "2019-10-19T14:37:00",
    "août 29, 2019 9:28:24 pm": "2019-08-29T21:28:24",
    "9 de octubre de 2025, 8:09:15 a. m.": "2025-10-09T08:09:15",
    "5 d’oct. 2021, 22:07": "2021-10-05T22:07:00",
    "5 янв. 2021 г., 22:07": "2021-01-05T22:07:00",
    "5.1.2021 klo 22.07": "2021-01-05T22:07:00",
    "5.1.2021 22.07.33": "2021-01-05T22:07:33",
    "5. jan. 2021 22.07": "2021-01-05T22:07:00",
    "22:07, 5 thg 1, 2021": "2021-01-05T22:07:00",
    "Tháng 10 01, 2025 10:21:24 ch": "2025-10-01T22:21:24",
    "2021年1月5日 下午10:07": "2021-01-05T22:07:00",
    "2021. 1. 5. 오후 10:07": "2021-01-05T22:07:00",
    "1월 05, 2021 10:07:33 오후": "2021-01-05T22:07:33",
    "5 ม.ค. 2564 22:07": "2021-01-05T22:07:00",
    "٥ يناير ٢٠٢١، ١٠:٠٧ م": "2021-01-05T22:07:00",
    "2021 m. sausio 5 d. 22:07": "2021-01-05T22:07:00",
    "2021-01-05 22:07": "2021-01-05T22:07:00",
    "13/01/2021, 22:07": "2021-01-13T22:07:00",
    "1/13/2021, 10:07\u202fPM": "2021-01-13T22:07:00",
}


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_time_is_read_in_the_language_of_the_account(stamp: str) -> None:
    """Alone, without any other to compare it with."""
    clock = Clock()
    clock.show(stamp)
    clock.decide(None)
    assert STAMPS[stamp] == str(np.datetime64(clock.at(stamp), "us").astype("datetime64[s]"))


def test_what_is_the_day_is_decided_or_asked() -> None:
    """By a number over twelve anywhere in the download, by the order of the pages, or by whoever brings it."""
    slashes = Build(**{**_fields(NEW), "stamp": lambda when: f"{when:%d/%m/%Y %H:%M:%S}"})
    days = [Chat(1_614_900_000_000 + i * 86_400_000, mine=i % 2 == 0, text="x") for i in range(40)]
    export = read(*days, build=slashes)
    assert (("dmy", "the first number goes over 12"), 40) == ((export.date_order, export.date_order_why), len(export))
    with pytest.raises(DateOrderUnclear) as asked:
        read(days[0], build=slashes)
    assert "4/3/2021" == asked.value.details["samples"]
    assert ["2021-04-03T23:20:00"] == clocks(read(days[0], build=slashes, date_order="mdy"))


def _fields(build: Build) -> dict[str, Any]:
    return {name: getattr(build, name) for name in build.__dataclass_fields__}


def test_names_of_months_that_mean_two_are_not_guessed() -> None:
    """In Polish `lip` is July, in Croatian June; another month tells which."""
    assert {"lip": 7, "kwi": 4} == months_of({"lip", "kwi"})
    assert {"lip": 6, "srp": 7, "tra": 4} == months_of({"lip", "srp", "tra"})
    polish = Build(**{**_fields(NEW), "stamp": lambda when: f"{when.day} lip {when.year} {when:%H:%M}"})
    with pytest.raises(TimesUnclear):
        read(HELLO, build=polish)


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "el", "he", "hi", "id", "sv"]
)
def test_months_are_those_of_cldr(language: str) -> None:
    """As Babel has them, each in both of its forms."""
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for month, name in Locale.parse(language).months[context][width].items():
                clock, stamp = Clock(), f"5 {name} 2021 22:07"
                clock.show(stamp)
                try:
                    clock.decide(None)
                except TimesUnclear:
                    assert language == "pl"
                    continue
                assert dt.datetime(2021, month, 5, 22, 7) - dt.datetime(1970, 1, 1) == dt.timedelta(
                    microseconds=clock.at(stamp)
                )


def test_a_message_without_a_time_is_counted() -> None:
    """It costs no other."""
    for other in (b"soon", b"Nov 14, 2023 10:14:00 pm\x01\x02", b"Nov 31, 2023 10:14:00 pm", b"Nov 14, 20233 10:14 pm"):
        export = read_export("m.html", page([HELLO, THERE], NEW).replace(b"Nov 14, 2023 10:14:00 pm", other))
        assert (["there"], {"entries_without_time": 1}) == (bodies(export), problems(export))


WHOLE = page([HELLO, THERE], NEW)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (WHOLE[:-30], BrokenFile),
        (page([Chat(AT, mine=True, text="x" * 3_000_000)], NEW), EntryTooLong),
        (WHOLE.replace(b"2023 10:", b"noon "), TimesUnclear),
        (b'<html><div class="other">_a6-p</div></html>', LooksLikeAnotherFile),
        (WHOLE.replace(b"<div><div></div><div>", b'<div><div class="_2pin"><div>'), LooksLikeAnotherFile),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\x1c\x1d\x1e\x1f\x85"), max_size=40)
KINDS = st.sampled_from((Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.STICKER, Kind.LINK))


@st.composite
def conversations(draw: st.DrawFn) -> list[Chat]:
    at, said = draw(st.integers(1_300_000_000_000, 1_600_000_000_000)), []
    shape = st.tuples(st.integers(1, 10**9), st.booleans(), TEXT, KINDS)
    for gap, mine, words, kind in draw(st.lists(shape, min_size=1, max_size=15)):
        at += gap
        said.append(Chat(at, mine, f"so {words}." if kind is Kind.TEXT else "", kind))
    return said


@seed(20261126)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations(), st.integers(1, 20), st.sampled_from(sorted(BUILDS)))
def test_pages_and_json_of_one_chat_are_one_chat(said: list[Chat], size: int, name: str) -> None:
    """The same rows in the same order, but for the tick of the clock (T53)."""
    build, folder = BUILDS[name], folder_of(name)
    shown = read_export("f.zip", zipped(*page_files(said, build, size, folder=folder)))
    told = read_export("f.zip", zipped(*pages(said, size, folder=folder)))
    tick = shown.resolution
    assert (told.local // tick * tick).tolist() == shown.local.tolist()
    for i in range(len(said)):
        assert (told.names[told.author[i]], told.body(i)) == (shown.names[shown.author[i]], shown.body(i))
    assert told.kind.tolist() == shown.kind.tolist()
    assert (told.sides, told.other_name_hint, told.system) == (shown.sides, shown.other_name_hint, shown.system)
    mine = take_sides(shown, me=ME, them=KIM).table.sender == EGO
    assert [one.mine for one in said] == mine.tolist()
    assert {} == problems(shown)
