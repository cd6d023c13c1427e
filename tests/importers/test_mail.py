"""Mailboxes, read as written: which person, which side, whose words; folded, bounded, and refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import NoChatOfTwo, NoSuchChat, NotAChat, WhichChat
from fallow.importers import ALONE, ChatInside, Export, list_chats, read_export, take_sides
from fallow.importers.mail.bodies import own_words
from fallow.messages import EGO, Kind
from importers.chats import bodies, kinds, zipped
from importers.mails import ROBIN, Mail, letter, maildir, mbox, written
from importers.test_limits import read_apart

AT = 1_709_672_647
HELLO = Mail(AT, mine=False, text="hello\nyou")
THERE = Mail(AT + 3600, mine=True, text="there")


def read(*said: Mail, **more: Any) -> Export:
    return read_export("x", written(said), **more)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def test_the_mailbox_tells_whose_it_is() -> None:
    """By what was sent and delivered; times are instants with the writer's clock."""
    export = read(HELLO, THERE)
    assert (["hello\nyou", "there"], ("Sam Ähr", "Kim")) == (bodies(export), export.sides)
    table = take_sides(export, me="Sam Ähr").table
    assert ([1, 0], True, AT * 1_000_000) == (table.sender.tolist(), table.zoned, int(table.at[0]))
    assert export.offset is not None
    assert export.line is not None
    assert ({3600}, 2) == (set(export.offset.tolist()), int(export.line[0]))


def test_without_a_sign_of_the_owner_it_is_asked() -> None:
    """Two people alone could be either; with several, who is in most letters is proposed and no more."""
    bare = [Mail(AT + i, i % 2 == 0, f"word {i}", delivered=False) for i in range(4)]
    assert (None, None, 4) == (read(*bare).sides, read(*bare).other_name_hint, len(read(*bare)))
    more = [*bare, Mail(AT + 9, mine=False, text="hi", other=ROBIN, delivered=False)]
    export = read(*more, chat="kim@example.net")
    assert (None, "Kim", 4) == (export.sides, export.other_name_hint, len(export))


def test_a_long_text_in_base64_is_read_and_a_picture_is_passed_over() -> None:
    """Both are thousands of lines of the same letters; only the head of the part tells them apart."""
    text = "\n".join(f"line {i} of what was written, and more" for i in range(4_000))
    long = Mail(AT, mine=False, text=text, coding="base64")
    picture = Mail(AT + 1, mine=True, text="see this", kind=Kind.MEDIA)
    heavy = letter(picture).replace(b"/9j/", b"/9j/" * 19 + b"\n" + (b"/9j/" * 19 + b"\n") * 3_000, 1)
    export = read_export("x", mbox(letter(long), heavy))
    assert [text, "see this"] == bodies(export)
    assert len(heavy) > 200_000


def test_letters_of_others_are_not_opened_again_and_damaged_ones_are_noted() -> None:
    """Once is enough to know that they are neither of the two's."""
    others = [Mail(AT + i, mine=False, text="hi", other=f"Kai {i} <kai{i}@example.com>") for i in range(2, 300)]
    damaged = letter(HELLO).replace(b"From: Kim <kim@example.net>", b"From: nobody")
    export = read_export("x", mbox(*map(letter, [HELLO, *others]), damaged, letter(THERE)), chat="Kim")
    assert (["hello\nyou", "there"], {"entry_not_understood": 1}) == (bodies(export), problems(export))


def test_several_people_are_listed_and_one_is_chosen() -> None:
    """By name or any address; a letter to both of them is in neither chat, and said."""
    said = [HELLO, Mail(AT + 1, mine=False, text="hi", other=ROBIN), THERE]
    said.append(Mail(AT + 2, mine=True, text="all of you", also=ROBIN))
    listed = list_chats(written(said))
    assert [ChatInside("kim@example.net", "Kim", 2), ChatInside("robin@example.com", "Robin", 1)] == listed
    with pytest.raises(WhichChat):
        read(*said)
    for wanted in ("Robin", "robin ", "Robin@Example.com", "robin+news@example.com"):
        assert ["hi"] == bodies(read(*said, chat=wanted))
    assert {"to_several_people": 1} == problems(read(*said, chat="Kim"))
    with pytest.raises(NoSuchChat):
        read(*said, chat="Nobody")


def test_several_addresses_of_one_person_are_one_and_it_is_said() -> None:
    """Theirs by the name their letters carry, mine by what was sent from them."""
    work = Mail(AT + 5, mine=False, text="from work", other="KIM <k.i.m+x@gmail.com>")
    mine = Mail(AT + 6, mine=True, text="mine", me="S. <other@example.org>", other="kim@googlemail.com")
    export = read(HELLO, work, THERE, mine)
    assert (["hello\nyou", "from work", "mine", "there"], {"addresses_joined": 2}) == (bodies(export), problems(export))
    assert 2 == len(export.names)
    (chat,) = list_chats(written([HELLO, work, THERE, mine]))
    alone = [read(HELLO, work, THERE, mine, chat=ALONE + address) for address in chat.addresses]
    assert sorted(bodies(export)) == sorted(text for one in alone for text in bodies(one))
    assert [{}, {}] == [problems(one) for one in alone]


def test_what_lies_in_two_folders_counts_once() -> None:
    """By its id; two letters with one text and two ids stay two."""
    data = zipped(("Mail/Inbox", written([HELLO])), ("Mail/Archive.mbox", written([HELLO, THERE, Mail(AT, mine=True)])))
    export = read_export("m.zip", data)
    assert (3, {"held_twice": 1}) == (len(export), problems(export))
    again = Mail(AT, mine=False, text="hello\nyou", id="<other@example.net>")
    assert ["hello\nyou", "hello\nyou"] == bodies(read(HELLO, again, chat="Kim"))


def test_drafts_spam_lists_and_programs_are_left_out_and_counted() -> None:
    """In any of the languages a mail program speaks."""
    said = [
        Mail(AT + 1, mine=True, text="draft", labels="=?UTF-8?Q?Entw=C3=BCrfe?="),
        Mail(AT + 2, mine=False, text="spam", labels="Spam"),
    ]
    automatic = letter(Mail(AT + 3, mine=False, text="away"), Auto_Submitted="auto-replied")
    export = read_export("x", mbox(*map(letter, (HELLO, *said, THERE)), automatic))
    assert ["hello\nyou", "there"] == bodies(export)
    assert ({"never_sent": 1, "in_spam": 1}, 1) == (problems(export), export.system)


def test_a_folder_of_letters_and_one_letter_are_read() -> None:
    """Maildir in a zip, where the folder says what was sent and a flag what is a draft; and an .eml alone."""
    said = [Mail(one.at, one.mine, one.text, delivered=False) for one in (HELLO, THERE)]
    files = [*maildir(said), ("Mail/cur/9.host:2,DS", letter(Mail(AT + 9, mine=True, text="draft", delivered=False)))]
    export = read_export("m.zip", zipped(*files))
    assert (["hello\nyou", "there"], ("Sam Ähr", "Kim")) == (bodies(export), export.sides)
    assert {"never_sent": 1} == problems(export)
    assert ["hello\nyou"] == bodies(read_export("a.eml", letter(HELLO)))


@pytest.mark.parametrize(
    "line", [b"From - Tue Mar 05 21:04:07 2024", b"From ", b"From kim@example.net Tue Mar  5 21:04:07 2024"]
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_every_way_to_part_letters_is_known(line: bytes, end: bytes) -> None:
    """A body's own lines that begin so are no new letter."""
    text = "From here on\nFrom: nobody\n>From us\n\nFrom 10:30 on in 2024\nwe wait"
    export = read_export("x", mbox(letter(HELLO), letter(Mail(AT + 9, mine=True, text=text)), line=line, end=end))
    assert ["hello\nyou", text.replace(">From us\n", "")] == bodies(export)


ANSWER = "Yes.\n\nNo."


@pytest.mark.parametrize(
    "text",
    [
        "Yes.\n\nOn Tue, 5 Mar 2024 at 21:04, Kim <kim@example.net>\nwrote:\n\n> are you\n>\n> there\n\nNo.",
        "Am 05.03.24 um 21:04 schrieb Kim:\n> are you there\nYes.\n\nNo.",
        "Yes.\n\nNo.\n\nLe mar. 5 mars 2024 à 21:04, Kim <kim@example.net> a écrit :\n\nare you there",
        "Yes.\n\nNo.\n\n-----Original Message-----\nFrom: Kim\nare you there",
        "Yes.\n\nNo.\n\n________________________________\nVon: Kim <k@example.net>\nGesendet: Dienstag\nare you there",
        "Yes.\n\nNo.\n-- \nSam, far away",
        "Yes.\n\nNo.\n\nSent from my telephone",
    ],
)
def test_words_of_another_letter_are_not_the_writers(text: str) -> None:
    """Marked or not, above or below; what stands between quotes stays."""
    assert ANSWER == own_words(text)[0].replace("\n\n\n", "\n\n")


def test_what_only_looks_like_a_quote_stays() -> None:
    """A time and the word alone say nothing; the quotes left out are counted."""
    own = "Mum wrote at 10:30:\nshe comes\nFrom: the heart\n- - -\na > b"
    assert (own, False) == own_words(own)
    export = read(HELLO, Mail(AT + 9, mine=True, text="> are you there\nyes"))
    assert (["hello\nyou", "yes"], {"quotes_left_out": 1}) == (bodies(export), problems(export))


def test_markup_is_read_where_there_is_no_plain_text() -> None:
    """Without what it quotes and hides."""
    page = (
        "<!DOCTYPE html><html><head><style>p{}</style></head><body><!-- no --><p>Hello &amp; you,</p>"
        "<div>so<br>far &lt;3</div><script>x()</script><div class='gmail_quote'>On <div>Kim wrote:</div>"
        "<blockquote>old <blockquote>older</blockquote></blockquote></div></body></html>"
    )
    export = read(HELLO, Mail(AT + 9, mine=True, html=page))
    assert "Hello & you,\nso\nfar <3" == bodies(export)[1]
    both = read(HELLO, Mail(AT + 9, mine=True, text="plain", html=page))
    assert ("plain", {}) == (bodies(both)[1], problems(both))


def test_pictures_are_media_and_a_subject_alone_is_a_text() -> None:
    """A picture with words is a text; a reply without any has none."""
    said = [
        HELLO,
        Mail(AT + 1, mine=True, kind=Kind.MEDIA),
        Mail(AT + 2, mine=True, text="look", kind=Kind.MEDIA),
        Mail(AT + 3, mine=False, subject="all well"),
        Mail(AT + 4, mine=False, subject="Re: AW: all well"),
    ]
    export = read(*said)
    assert ["TEXT", "MEDIA", "TEXT", "TEXT", "TEXT"] == kinds(export)
    assert ["", "look", "all well", ""] == bodies(export)[1:]


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15", "windows-1252", "koi8-r"])
def test_every_coding_is_undone(coding: str, charset: str) -> None:
    text = "So weit" if charset == "koi8-r" else "Größe, 5 €"
    assert text == bodies(read(HELLO, Mail(AT + 9, mine=True, text=text, coding=coding, charset=charset)))[1]


def test_wrong_codings_do_no_harm() -> None:
    """A set of characters that nobody knows, bytes that are none, a codec that is no character set."""
    raw = letter(Mail(AT + 9, mine=True, text="Größe", coding="8bit"))
    for charset in (b"nothing", b"punycode", b"zlib", b"us-ascii"):
        export = read_export("x", mbox(letter(HELLO), raw.replace(b'charset="utf-8"', b"charset=" + charset)))
        assert ("Größe", {}) == (bodies(export)[1], problems(export))
    export = read_export("x", mbox(letter(HELLO), raw.replace("ö".encode(), b"\xff")))
    assert ("Gr\ufffdße", {"undecodable_bytes": 1}) == (bodies(export)[1], problems(export))


def test_a_letter_without_a_date_has_the_time_it_came() -> None:
    """And without both it is counted and left out."""
    lost, came = (letter(Mail(AT, mine=True, id=f"<{i}@x>")).replace(b"Date: ", b"X-Date: ") for i in range(2))
    came = b"Received: from a by b; Tue, 05 Mar 2024 23:00:00 +0100\n" + came
    export = read_export("x", mbox(letter(HELLO), lost, came))
    assert {"entries_without_time": 1} == problems(export)
    assert np.datetime64("2024-03-05T23:00:00") == np.datetime64(int(export.local[1]), "us")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (written([Mail(AT, mine=True, text="x", also=ROBIN)]), NoChatOfTwo),
        (mbox(letter(HELLO, List_Id="<a.example.org>")), NoChatOfTwo),
        (b"From here to there\nall is well", NotAChat),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\u200b>:-_"), max_size=40
)


@st.composite
def mailboxes(draw: st.DrawFn) -> list[Mail]:
    """Two people over years, texts and pictures, any characters, any offset and coding."""
    at, said = draw(st.integers(1_300_000_000, 1_600_000_000)), []
    coding = st.sampled_from(("quoted-printable", "base64"))
    shape = st.tuples(
        st.integers(1, 10**7), st.booleans(), TEXT, st.booleans(), st.integers(-56, 56), coding, st.booleans()
    )
    for gap, mine, text, media, quarters, coding_used, lines in draw(st.lists(shape, min_size=1, max_size=12)):
        at += gap
        words = "" if media else f"so {text}\nFrom {text}" if lines else f"so {text}"
        kind = Kind.MEDIA if media else Kind.TEXT
        said.append(Mail(at, mine, words, kind, offset=quarters * 15, coding=coding_used))
    return said


@seed(20261126)
@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(mailboxes(), st.booleans(), st.booleans())
def test_a_conversation_comes_back_as_it_was_written(said: list[Mail], folder: bool, others: bool) -> None:
    """Who, when and every character of what, alone or among others, as mbox or as a folder (T53)."""
    noise = [Mail(AT, mine=False, text="news", other="Bank <bank@example.com>")] if others else []
    data = zipped(*maildir([*noise, *said])) if folder else written([*noise, *said])
    export = read_export("x", data, chat="kim@example.net")
    table = take_sides(export, me=export.sides[0] if export.sides else "").table
    found = [
        (int(table.at[i]) // 1_000_000, int(table.offset[i]) // 60, bool(table.sender[i] == EGO), export.body(i))
        for i in range(len(export))
    ]
    assert [(one.at, one.offset, one.mine, one.text.rstrip()) for one in said] == found
    assert [one.kind.name for one in said] == kinds(export)
    assert {} == problems(export)


def test_files_in_letters_cost_no_memory(tmp_path: Path) -> None:
    """A hundred and twenty megabytes of pictures, one alone of sixty; whoever holds that one is over the limit."""
    path = tmp_path / "mbox"
    picture = letter(Mail(AT, mine=True, text="look", kind=Kind.MEDIA)).rstrip(b"\n").rpartition(b"\n\n")
    line = b"A" * 76 + b"\n"
    with path.open("wb") as file:
        file.write(written([HELLO]))
        for i, megabytes in enumerate((60, *[5] * 12)):
            head = picture[0].replace(b"Message-ID: <", b"Message-ID: <%d." % i)
            file.write(b"From 1@xxx Tue Mar 05 21:04:07 +0000 2024\n" + head + b"\n\n")
            file.writelines(line * 13_000 for _ in range(megabytes))
            file.write(b"=\n--end--\n\n")
    assert path.stat().st_size > 115_000_000
    outcome, megabytes_held, _ = read_apart(path)
    assert "read" == outcome
    assert megabytes_held <= 90


def test_one_without_a_name_is_called_by_the_address() -> None:
    """Whoever it is."""
    assert ("me@example.org", "Kim") == read(Mail(AT, mine=False, text="a", me="me@example.org")).sides
    assert ("Sam Ähr", "kim@example.org") == read(Mail(AT, mine=False, text="a", other="kim@example.org")).sides
