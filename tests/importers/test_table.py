"""A plain table of messages: the way in for every source without an importer of its own."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, LineTooLong, NoMessages
from fallow.importers import Export, read_export, take_sides
from fallow.messages import Kind
from importers.chats import bodies

HEAD = "at,sender,kind,text\n"
AT = "2024-03-05T21:04:07+01:00"
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
ROW = st.tuples(
    st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2030, 1, 1)),
    st.sampled_from([None, 0, 3600, -12_600]),
    st.sampled_from(["Kim", "Sam: x", 'Ö, "quoted"']),
    st.sampled_from(list(Kind)),
    TEXT,
)


def read(text: str) -> Export:
    return read_export("x", text.encode())


def problems(export: Export) -> dict[str, tuple[int, int]]:
    return {one.kind: (one.line, one.count) for one in export.problems}


@settings(max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read(
    rows: list[tuple[dt.datetime, int | None, str, Kind, str]], delimiter: str, newline: str
) -> None:
    """Any text, character by character, in any of the three spellings, at its time."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL)
    writer.writerow(["at", "sender", "kind", "text"])
    for when, offset, who, kind, text in rows:
        zone = None if offset is None else dt.timezone(dt.timedelta(seconds=offset))
        writer.writerow([when.replace(tzinfo=zone).isoformat(), who, kind.name.lower(), text])
    export = read(file.getvalue())
    epoch = dt.datetime(1970, 1, 1)
    assert sorted((when, who, kind, text) for when, _, who, kind, text in rows) == sorted(
        (
            epoch + dt.timedelta(microseconds=int(export.local[i])),
            export.names[export.author[i]],
            Kind(int(export.kind[i])),
            export.body(i),
        )
        for i in range(len(export))
    )


def test_a_row_that_cannot_be_read_is_counted_with_its_line() -> None:
    """A broken time, a kind nobody knows, nobody who wrote; the rest is read."""
    export = read(HEAD + f'yesterday,Kim,text,"a\nb"\n{AT},Kim,poem,x\n{AT},,text,x\n{AT},Sam\n')
    assert {"entries_without_time": (2, 1), "entry_not_understood": (4, 2)} == problems(export)
    assert (1, ("Sam",)) == (len(export), export.names)


def test_the_clock_is_in_minutes_where_no_time_has_seconds() -> None:
    """And its instants are none without an offset."""
    export = read(HEAD + "2024-03-05 21:04,Kim,,a\n2024-03-05 21:05,Sam,,b\n")
    assert (60_000_000, None) == (export.resolution, export.offset)
    assert not take_sides(export, me="Kim").table.zoned


def test_a_table_that_is_cut_short_or_empty_is_refused() -> None:
    """Nothing of it is read as if it were whole."""
    with pytest.raises(BrokenFile):
        read(HEAD + f'{AT},Kim,text,"never closed\n')
    with pytest.raises(NoMessages):
        read(HEAD)
    with pytest.raises(LineTooLong):
        read(HEAD + f"{AT},Kim,text," + "x" * 3_000_000 + "\n")
    with pytest.raises(LineTooLong):
        read(HEAD + f'{AT},Kim,text,"' + "x\n" * 1_000_000 + '"\n')


def test_a_table_may_be_written_in_every_legal_way() -> None:
    """Empty lines and a note of the separator before the columns, blanks behind commas, more columns, lower case."""
    rows = ["2024-03-05T21:04:07Z,Kim,a", "2024-03-05T21:04:08Z,Sam,b"]
    plain = "\n".join(["at,sender,text", *rows])
    odd = {
        "\n\n" + plain: (4, 5),
        "sep=;\n" + plain.replace(",", ";"): (3, 4),
        plain.replace(",", ", ").replace(" a", ' "a"'): (2, 3),
        plain.replace("Z", "z").replace("T", "t"): (2, 3),
        plain.replace("text", "text,note,note"): (2, 3),
        plain.replace("\n", "\r"): (2, 3),
    }
    for text, expected in odd.items():
        export = read_export("t.csv", text.encode())
        assert (["a", "b"], [1709672647, 1709672648]) == (bodies(export), (export.local // 1_000_000).tolist())
        assert export.line is not None
        assert expected == tuple(export.line.tolist())
    assert ["a", "b"] == bodies(read_export("t.csv", plain.encode("utf-16")))
    assert ["  a", "b"] == bodies(read_export("t.csv", plain.replace(",a", ",  a").encode()))


def test_bytes_that_are_no_text_are_counted() -> None:
    """They show as such, wherever they stand."""
    export = read_export("t.csv", "at,sender,text\n2024-03-05T21:04,Kïm,ü\n2024-03-05T21:05,Sam,b".encode("latin-1"))
    assert (("K\ufffdm", "Sam"), ["\ufffd", "b"]) == (export.names, bodies(export))
    assert [("undecodable_bytes", 2, 1)] == [(one.kind, one.line, one.count) for one in export.problems]
