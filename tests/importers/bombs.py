"""Hostile files, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from importers.chats import zipped

HEAD = b"28/05/2023, 10:00 - Sam: one\n28/05/2023, 10:01 - Alex: two\n28/05/2023, 10:02 - Sam: three\n"
LINE = b"28/05/2023, 10:03 - Alex: again and again\n"
MB = 1 << 20


def endless_line(path: Path) -> None:
    """One gigabyte without a line end; the file is sparse."""
    with path.open("wb") as file:
        file.write(HEAD)
        file.truncate(1024 * MB)


def long_line(path: Path) -> None:
    """Two hundred megabytes without a line end, below the limit of the file."""
    with path.open("wb") as file:
        file.write(HEAD)
        file.writelines(b"a" * MB for _ in range(200))


def long_line_utf16(path: Path) -> None:
    """The same in UTF-16."""
    with path.open("wb") as file:
        file.write(b"\xff\xfe" + HEAD.decode().encode("utf-16-le"))
        file.writelines(b"\xe4\x4e" * (MB // 2) for _ in range(100))


def blank_lines(path: Path) -> None:
    """A body of fifty million empty lines."""
    path.write_bytes(HEAD + b"\n" * (50 * MB))


def short_lines(path: Path) -> None:
    """Lines that begin like a header and are none, ten million times."""
    path.write_bytes(HEAD + b"1/1/23, 1:0 x\n" * 3_000_000)


def surrogates_and_nuls(path: Path) -> None:
    """Forty megabytes of what UTF-8 forbids."""
    path.write_bytes(HEAD + (b"\xed\xa0\x80\0\xff\n" * (2 * MB)))


def many_authors(path: Path) -> None:
    """Half a million people."""
    path.write_bytes(b"".join(b"28/05/2023, 10:00 - P%d: x\n" % i for i in range(500_000)))


def many_colons(path: Path) -> None:
    """Names within names within names."""
    path.write_bytes(HEAD + b"28/05/2023, 10:03 - " + b"a: " * (300_000) + b"\n" + LINE)


def phrase_bait(path: Path) -> None:
    """Bodies made to keep patterns busy: marks, half phrases, blanks, brackets."""
    bait = "\u200e" + "a hat a added a removed " * 400
    rows = [f"28/05/2023, 10:03 - Sam: {bait}{i}\n28/05/2023, 10:03 - Sam: <{' <' * 500}{i}>\n" for i in range(2_000)]
    path.write_text(HEAD.decode() + "".join(rows), encoding="utf-8")


def header_bait(path: Path) -> None:
    """Headers that go on and on: digits, blanks, marks."""
    odd = ["9" * 500, "1/1/" + "1" * 500, "[" * 500, "\u200e" * 500, "28/05/2023," + " " * 500]
    odd.append("28/05/2023, 10:00 -" * 40)
    path.write_text(HEAD.decode() + "\n".join(f"{one} - x" for one in odd * 5_000), encoding="utf-8")


def tiny_messages(path: Path) -> None:
    """More messages than any phone exports, in sixty megabytes."""
    path.write_bytes(b"13/1/23, 1:02 - A: x\n" + b"1/1/23, 1:02 - A: x\n1/1/23, 1:02 - B: x\n" * 1_500_000)


def year_99999(path: Path) -> None:
    """Years nobody lives in."""
    path.write_bytes(b"99999-01-01 10:00 - Sam: a\n9999-01-01 10:00 - Sam: b\n" * 1000)


def packed(path: Path, *, declared: int | None, blocks: int) -> None:
    """A zip whose `_chat.txt` unpacks to `blocks` MiB; its size as declared may lie."""
    body, crc = deflated(blocks)
    size = blocks * MB if declared is None else declared
    path.write_bytes(one_member(b"_chat.txt", body, crc, size))


def deflated(blocks: int) -> tuple[bytes, int]:
    """A deflate stream of chat lines, `blocks` MiB long, made without packing them all."""
    line = (LINE * (MB // len(LINE) + 1))[: MB - 1] + b"\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(HEAD) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(line) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * blocks + packer.flush(zlib.Z_FINISH), 0


def one_member(name: bytes, body: bytes, crc: int, size: int, *, members: int = 1) -> bytes:
    """A zip written by hand: one body, and a directory that names it as often as asked."""
    extra, short = b"", size
    if size >= 0xFFFFFFFF:
        extra, short = struct.pack("<HHQ", 1, 8, size), 0xFFFFFFFF
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 8, 0, 0, crc, len(body), min(size, short), len(name), 0)
    fields = (45, 45, 0, 8, 0, 0, crc, len(body), short, len(name), len(extra), 0, 0, 0, 0, 0)
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", *fields) + name + extra
    start = len(local) + len(name) + len(body)
    count = min(members, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entry) * members, start, 0)
    return local + name + body + entry * members + end


def ten_gigabytes(path: Path) -> None:
    packed(path, declared=None, blocks=10_240)


def ten_gigabytes_declared_small(path: Path) -> None:
    packed(path, declared=100_000, blocks=10_240)


def ratio_within_size(path: Path) -> None:
    packed(path, declared=None, blocks=200)


def declared_larger(path: Path) -> None:
    packed(path, declared=5 * MB, blocks=1)


def overlapping_members(path: Path) -> None:
    """Twenty thousand names for the same bytes."""
    path.write_bytes(one_member(b"_chat.txt", *deflated(9), 9 * MB, members=20_000))


def few_overlapping(path: Path) -> None:
    """Few enough for every other limit."""
    path.write_bytes(one_member(b"_chat.txt", *deflated(1), MB, members=3))


def many_members(path: Path) -> None:
    """A directory of a hundred thousand files."""
    path.write_bytes(one_member(b"a" * 200, b"", 0, 0, members=100_000))


def nested_zips(path: Path) -> None:
    """Six zips, each in the next."""
    data = zipped(("_chat.txt", HEAD * 100_000))
    for depth in range(6):
        data = zipped((f"{depth}.zip", data))
    path.write_bytes(data)


def lzma_dictionary(path: Path) -> None:
    """A member that asks for a large dictionary."""
    path.write_bytes(zipped(("_chat.txt", HEAD * 10_000), method=zipfile.ZIP_LZMA))


def truncated_zip(path: Path) -> None:
    """Cut in the middle of the chat."""
    data = zipped(("_chat.txt", HEAD * 100_000))
    path.write_bytes(data[: len(data) // 2])


def impossible_offsets(path: Path) -> None:
    """A 64-bit directory that points behind the end of the world."""
    out = io.BytesIO(zipped(("_chat.txt", HEAD)))
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\5\6")
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 1 << 62, 1 << 63)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    data[at + 8 : at + 20] = b"\xff" * 12
    path.write_bytes(bytes(data[:at]) + wide + locator + bytes(data[at:]))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a gigabyte in one line": (endless_line, "FileTooLarge"),
    "200 MB in one line": (long_line, "LineTooLong"),
    "200 MB in one line, UTF-16": (long_line_utf16, "LineTooLong"),
    "fifty million blank lines": (blank_lines, "read"),
    "three million near-headers": (short_lines, "read"),
    "surrogates and NULs": (surrogates_and_nuls, "read"),
    "half a million authors": (many_authors, "NotTwoPeople"),
    "a name of many colons": (many_colons, "read"),
    "bait for phrases": (phrase_bait, "read"),
    "bait for headers": (header_bait, "read"),
    "three million messages": (tiny_messages, "TooManyMessages"),
    "year 99999": (year_99999, "NotAChat"),
    "10 GB zip": (ten_gigabytes, "ArchiveTooLarge"),
    "10 GB zip that says 100 kB": (ten_gigabytes_declared_small, "BrokenArchive"),
    "200 MB zip of 1,000 to 1": (ratio_within_size, "ArchiveTooLarge"),
    "zip that says more than it holds": (declared_larger, "BrokenArchive"),
    "20,000 overlapping members": (overlapping_members, "ArchiveTooLarge"),
    "three overlapping members": (few_overlapping, "BrokenArchive"),
    "100,000 members": (many_members, "ArchiveTooLarge"),
    "nested zips": (nested_zips, "LooksLikeAnotherFile"),
    "zip with a large dictionary": (lzma_dictionary, "LooksLikeAnotherFile"),
    "truncated zip": (truncated_zip, "BrokenArchive"),
    "zip with impossible offsets": (impossible_offsets, "BrokenArchive"),
}
"""What it is → how it is made, and what must come of it: a refusal by name, or "read" with its problems counted."""
