"""Every message of a WhatsApp text is the very bytes that stand in the file, and its place is where they stand."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.app.telling import told_messages
from fallow.importers import read_export, take_sides
from importers.chats import LAYOUTS

BLANKS = [" ", "  ", "\t", "\n", "\n\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u00a0", "\u202f", "\u2028", "\u2029"]
MARKS = ["\u200b", "\u200d", "\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\ufeff", "\ufffd", "\uffff"]
SIGNS = ["a", "Z", "9", "é", "e\u0301", "\U0001f468\u200d\U0001f469", "\U000e0067", "مرحبا", "שלום"]
LIKE_A_HEADER = [":", ": ", " - ", "<", ">", "]", "[", "(", ")", "?", "x: y"]
LETTERS = st.sampled_from(BLANKS + MARKS + SIGNS + LIKE_A_HEADER)
WORDS = st.lists(LETTERS, max_size=12).map("".join)


def parts_of(text: str) -> list[str]:
    """Lines as an editor counts them that knows LF and CR LF alone."""
    return text.replace("\r\n", "\n").split("\n")


@seed(20261126)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.booleans(), WORDS), min_size=3, max_size=12),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_a_message_is_the_bytes_of_its_lines(
    said: list[tuple[bool, str]], layout: str, newline: str, mark: bool
) -> None:
    """From its header to the next one, whatever characters; where the line it is told to begin in is its header's."""
    at, header = dt.datetime(2023, 5, 28, 10, 0, 1), LAYOUTS[layout]
    names = ["Kim" if mine else "Sam" for mine, _ in said]
    heads = [f"{header(at + dt.timedelta(minutes=i))}{name}: {i} " for i, name in enumerate(names)]
    bodies = [words.replace("\r\n", "\r").removesuffix("\r") + "." for _, words in said]
    whole = "".join(head + body + "\n" for head, body in zip(heads, bodies, strict=True))
    data = (("\ufeff" if mark else "") + whole).replace("\n", newline).encode()
    export = read_export("chat.txt", data)
    told = list(told_messages([("chat.txt", export, take_sides(export, me=names[0]))]))
    lines = parts_of(data.decode().removeprefix("\ufeff"))
    assert len(said) == len(told)
    for i, one in enumerate(told):
        assert one.text == f"{i} {bodies[i]}"
        count = one.text.count("\n") + 1
        assert heads[i].removesuffix(f"{i} ") + one.text == "\n".join(lines[one.line - 1 : one.line - 1 + count])
