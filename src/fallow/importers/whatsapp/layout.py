"""
The layout of a WhatsApp export: how every message header of one file is written, learned from its first lines.

An export is written in one go by one phone, so its layout never changes inside a file; a line that looks like the
header of another layout is something a person quoted. A `Layout` is what must agree (brackets, separators, year, comma
and words before the time, seconds, AM or PM, digits, zero padding); marks of direction, the four kinds of blank and
the length of the dash may vary. `Shape` is one exact spelling of it, from which `lines.py` reads headers
without looking at lines one by one. Layouts seen: fixtures and issues of other readers up to 2026.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

MARKS: Final = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
BLANKS: Final = " \u00a0\u202f\u2009"
ZEROS: Final = "0٠۰०০૦੦௦౦೦൦୦๐໐၀០"
"""
Zero of each script that phones write: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, Gujarati, Gurmukhi, Tamil,
Telugu, Kannada, Malayalam, Odia, Thai, Lao, Burmese, Khmer. The ten digits of each differ in their last byte alone.
"""
DIGITS: Final = "".join(chr(ord(zero) + i) for zero in ZEROS for i in range(10))
ZERO_OF: Final = {digit: ZEROS[i // 10] for i, digit in enumerate(DIGITS)}
TO_ASCII: Final = {ord(digit): str(i % 10) for i, digit in enumerate(DIGITS)}

HALVES: Final = (
    *("上午 下午", "午前 午後", "오전 오후", "凌晨 中午", "清晨 傍晚", "早上 晚上", "ص م", "ق.ظ. ب.ظ.", "ق.ظ ب.ظ"),
    *("قبل\u200cازظهر بعدازظهر", "قبل\u200cاز\u200cظهر بعداز\u200cظهر", "صباحًا مساءً", "صباحا مساء"),
    *(
        "पूर्वाह्न अपराह्न",
        "पू. अ.",
        "म.पू. म.उ.",
        "ÖÖ ÖS",
        "π.μ. μ.μ.",
        "vm. nm.",
        "v.m. n.m.",
        "p.d. m.d.",
        "PD MD",
        "ጥዋት ከሰዓት",
    ),
    *(
        "পূর্বাহ্ণ অপরাহ্ণ",
        "пр.об. сл.об.",
        "dop. odp.",
        "dop. pop.",
        "ap. ip.",
        "f.h. e.h.",
        "f.m. e.m.",
        "fm em",
        "de. du.",
    ),
    *(
        "r.n. i.n.",
        "ಪೂರ್ವಾಹ್ನ ಅಪರಾಹ್ನ",
        "тң тк",
        "ກ່ອນທ່ຽງ ຫຼັງທ່ຽງ",
        "priekšp. pēcp.",
        "priešpiet popiet",
        "претпл. попл.",
        "PG PTG",
    ),
    *("ү.ө. ү.х.", "غ.م. غ.و.", "ਪੂ.ਦੁ. ਬਾ.ਦੁ.", "පෙ.ව. ප.ව.", "முற்பகல் பிற்பகல்", "дп пп", "TO TK", "SA CH", "sáng chiều"),
    *("ก่อนเที่ยง หลังเที่ยง", "לפנה״צ אחה״צ", "moies nomëttes", "SF YM", "GH GD", "နံနက် ညနေ", "กลางคืน บ่าย"),
)
"""Morning and afternoon where they are not AM and PM, as CLDR and phones write them in the languages of WhatsApp."""
MORNING: Final = tuple(pair.split()[0] for pair in HALVES)
AFTERNOON: Final = tuple(pair.split()[1] for pair in HALVES)
COUNTERPART: Final[dict[str, str]] = {
    **dict(zip(MORNING, AFTERNOON, strict=True)),
    **dict(zip(AFTERNOON, MORNING, strict=True)),
}

ERAS: Final = frozenset({"г", "be", "b.e", "พ.ศ", "ap"})
"""What stands behind a year."""
BEFORE_HOURS: Final = frozenset(
    (
        *("klo", "kl", "à", "a", "às", "as", "las", "alle", "ore", "om", "ob", "um", "kell", "plkst", "di", "o", "u"),
        *("в", "о", "у", "на", "saat", "ora", "στις", "lúc", "pukul", "jam"),
    )
)
"""What stands before the hours and says nothing of the half of the day: "klo 14.05", "à 14:05"."""

SAMPLE_BYTES: Final = 1 << 18
SAMPLE_LINES: Final = 2_000
PAD_SHARE: Final = 9
"""How many times more often one padding must be seen than the other to be the file's own."""
LEAST_ALIKE: Final = 3
"""Headers of one layout that make a chat where the first line is none."""
HEADER_CHARS: Final = 80
"""No header is longer, marks left out."""

_D, _S = f"[{DIGITS}]", f"[{BLANKS}]"
_LONGEST_FIRST = sorted((*MORNING, *AFTERNOON), key=len, reverse=True)
_HALF = f"(?:[AaPp]\\.?{_S}?[Mm]\\.?|" + "|".join(map(re.escape, _LONGEST_FIRST)) + r")(?![^\W\d_])"
HEADER: Final = re.compile(
    rf"(?P<bracket>\[?)(?P<a>{_D}{{1,4}})(?P<s1>[/.\-年]{_S}?)(?P<b>{_D}{{1,2}})(?P<s2>[/.\-月]{_S}?)(?P<c>{_D}{{1,4}})"
    rf"(?P<mid>[.日]?(?:{_S}?(?:г\.|BE|B\.E\.|พ\.ศ\.|AP))?(?:[,،]{_S}{{0,2}}|{_S}{{1,2}})"
    rf"(?:(?!{_HALF})(?P<word>[^\W\d_]{{1,6}}\.?){_S}{{1,2}})?)"
    rf"(?P<before>(?:{_HALF}{_S}?)?)"
    rf"(?P<h>{_D}{{1,2}})(?P<s3>[:.]|{_S}?h{_S}?)(?P<m>{_D}{{2}})(?:(?P<s4>[:.]|{_S}min{_S})(?P<s>{_D}{{2}})(?:{_S}s)?)?"
    rf"(?P<after>(?:{_S}?{_HALF})?)(?P<unit>(?:{_S}(?:ч\.|Uhr|น\.|h))?)(?P<close>\]{_S}?|{_S}[-–—]{_S}|:{_S})"
)
TIME_FIRST: Final = re.compile(
    rf"(?P<bracket>\[?)(?P<before>)(?P<h>{_D}{{1,2}})(?P<s3>:)(?P<m>{_D}{{2}})(?:(?P<s4>:)(?P<s>{_D}{{2}}))?"
    rf"(?P<after>)(?P<mid>[,،]?{_S}{{1,2}})"
    rf"(?P<a>{_D}{{1,4}})(?P<s1>[/.\-])(?P<b>{_D}{{1,2}})(?P<s2>[/.\-])(?P<c>{_D}{{1,4}})"
    rf"(?P<unit>)(?P<close>\]{_S}?|{_S}[-–—]{_S})"
)
"""The time before the date, as phones in Vietnamese write it; 24 hours alone."""
FIELDS: Final = ("a", "b", "c", "h", "m", "s")
TEXTS: Final = ("bracket", "s1", "s2", "mid", "before", "s3", "s4", "after", "unit", "close")
_NUMBER: Final = re.compile(f"{_D}+")
_MARK: Final = re.compile(f"[{MARKS}]")
_DROP: Final = dict.fromkeys(map(ord, MARKS))
_BLANK: Final = dict.fromkeys(map(ord, BLANKS), " ")


@dataclass(frozen=True, slots=True)
class Layout:
    """
    What every header of one file has in common; blanks are plain spaces here and marks are left out.

    Args:
        year: "first" or "last4" where it has four digits; "last2" where it has two, at the end unless the dates show
            that they run from the other one (`dates.py`).
        half: "", "before" or "after": where AM or PM stands.
        zero: The zero of its digits.
        time_first: Whether the time stands before the date.
        pads: For a, b, c, h: "2" always two digits, "1" never a leading zero, "?" not known.
    """

    bracket: bool
    s1: str
    s2: str
    year: str
    mid: str
    half: str
    s3: str
    s4: str
    close: str
    zero: str
    pads: tuple[str, str, str, str] = ("?", "?", "?", "?")
    time_first: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Its numbers in the order in which they stand; s among them where it has none."""
        return ("h", "m", "s", "a", "b", "c") if self.time_first else FIELDS

    @property
    def described(self) -> str:
        """The header as a person would write it: "d/m/y, H:M - " with a and b where day and month stand."""
        date = {"first": ("Y", "m", "d"), "last4": ("a", "b", "Y"), "last2": ("a", "b", "y")}[self.year]
        hour = "h" if self.half else "H"
        time = f"{hour}{self.s3}M" + (f"{self.s4}S" if self.s4 else "")
        time = {"": time, "before": f"AM {time}", "after": f"{time} AM"}[self.half]
        day = f"{date[0]}{self.s1}{date[1]}{self.s2}{date[2]}"
        both = f"{time}{self.mid}{day}" if self.time_first else f"{day}{self.mid}{time}"
        return f"{'[' if self.bracket else ''}{both}{self.close}"


@dataclass(frozen=True, slots=True)
class Shape:
    """One exact spelling of a layout: the literal texts around its numbers, marks and blanks as they stand."""

    literals: tuple[str, ...]
    """Before a, between a-b, b-c, c-(AM)-h, h-m, m-s (or ""), and what ends the header."""
    before: tuple[str, str, str] | None
    """(text, word, text) between date and hour when AM or PM stands there."""
    after: tuple[str, str, str] | None
    """(text, word, text) after the time when AM or PM stands there."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header read on its own: its layout, its numbers, and how many characters of the line it took."""

    layout: Layout
    numbers: tuple[int, int, int, int, int, int]
    widths: tuple[str, ...]
    half: str
    length: int


def is_afternoon(word: str) -> bool:
    return word in AFTERNOON or (word not in MORNING and word[:1] in ("P", "p"))


def counterpart(word: str) -> str:
    """The other half of the day in the same spelling: "a. m." → "p. m."."""
    if word in COUNTERPART:
        return COUNTERPART[word]
    return {"a": "p", "p": "a", "A": "P", "P": "A"}[word[0]] + word[1:]


def read_header(line: str) -> Header | None:
    """
    Read the header at the start of a line, whatever its layout.

    Args:
        line: The line, or at least its first characters; marks anywhere are passed over.
    Returns:
        None when it has none. `length` counts characters of the line as given.
    """
    bare = line.translate(_DROP) if _MARK.search(line) else line
    found = HEADER.match(bare) or TIME_FIRST.match(bare)
    if found is None or (found["close"][0] == "]") != bool(found["bracket"]):
        return None
    layout = _layout(found)
    if layout is None:
        return None
    a, b, c, h, m, s = (int(digits) if digits else 0 for digits in found.group(*FIELDS))
    half = (found["before"] or found["after"]).strip(BLANKS)
    length = found.end() if len(bare) == len(line) else _place(line, found.end())
    widths = found.group("a", "b", "c", "h")
    if not bare.isascii():
        widths = tuple(digits.translate(TO_ASCII) for digits in widths)
    return Header(layout, (a, b, c, h, m, s), widths, half, length)


def _layout(found: re.Match[str]) -> Layout | None:
    zeros = {ZERO_OF[digits[0]] for digits in found.group(*FIELDS) if digits}
    if len(zeros) != 1 or (found["close"][0] == ":" and not found["s"]):
        return None
    time_first = found.re is TIME_FIRST
    return _layout_of(found.group(*TEXTS), len(found["a"]), len(found["c"]), zeros.pop(), time_first=time_first)


@lru_cache(maxsize=256)
def _layout_of(texts: tuple[str | None, ...], a: int, c: int, zero: str, *, time_first: bool) -> Layout | None:
    """
    The layout of a header, or None where its date is none.

    Args:
        texts: What matched each of TEXTS.
        a, c: How many digits the first and the third number of the date have.
    """
    found = dict(zip(TEXTS, texts, strict=True))
    year = {(True, True): "first", (False, True): "last2", (False, False): "last4"}.get((a == 4, c <= 2))
    if year is None or 3 in (a, c) or (c == 1 and (year == "last4" or (year == "last2" and a == 1))):
        return None
    half = "before" if found["before"] else "after" if found["after"] else ""
    plain = {name: (found[name] or "").translate(_BLANK) for name in ("s1", "s2", "mid", "s3", "s4", "unit", "close")}
    mid = re.sub(" +", " ", plain["mid"])
    close = plain["unit"] + re.sub("[–—]", "-", plain["close"])
    return Layout(
        bracket=bool(found["bracket"]),
        s1=plain["s1"],
        s2=plain["s2"],
        year=year,
        mid=mid,
        half=half,
        s3=plain["s3"],
        s4=plain["s4"],
        close=close,
        zero=zero,
        time_first=time_first,
    )


def _place(line: str, bare_length: int) -> int:
    """Where in a line its first `bare_length` characters that are not marks end."""
    left = bare_length
    for i, char in enumerate(line):
        if left == 0:
            return i
        left -= char not in MARKS
    return len(line)


def fits(header: Header, layout: Layout) -> bool:
    """Whether a header is of a layout, zero padding included."""
    if replace_pads(layout) != header.layout:
        return False
    for digits, pad in zip(header.widths, layout.pads, strict=True):
        if (pad == "2" and len(digits) == 1) or (pad == "1" and len(digits) == 2 and digits[0] == "0"):
            return False
    return True


def replace_pads(layout: Layout, pads: tuple[str, str, str, str] = ("?", "?", "?", "?")) -> Layout:
    """The same layout with other knowledge of its padding."""
    return replace(layout, pads=pads)


def learn_layout(text: str) -> tuple[Layout, tuple[Shape, ...]] | None:
    """
    Learn the one layout most lines of a sample are headed by.

    Args:
        text: The first lines of a file, or of a stretch of it.
    Returns:
        The layout and its most common spellings (at most 3), or None when there is no chat here: fewer than three
        headers of one layout, unless the first line of a short text is one.
    """
    lines = text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES]
    filled = [line for line in lines if line.strip()]
    read = [(line[:HEADER_CHARS], header) for line in filled if (header := read_header(line[:HEADER_CHARS]))]
    if not read:
        return None
    counts = Counter(header.layout for _, header in read)
    layout, count = counts.most_common(1)[0]
    first, last = read_first(filled), read[-1][1].layout
    if (
        first == last and counts[last] >= LEAST_ALIKE
    ):  # an export begins with its own layout; what is more is quoted in between
        layout, count = last, counts[last]
    if count < LEAST_ALIKE and read[0][1].layout != first:
        return None
    mine = [(line, header) for line, header in read if header.layout == layout]
    shapes = Counter(_shape(line, header) for line, header in mine)
    pads = (_pad(mine, 0), _pad(mine, 1), _pad(mine, 2), _pad(mine, 3))
    return replace_pads(layout, pads), tuple(shape for shape, _ in shapes.most_common(3))


def has_layout(text: str) -> bool:
    """Whether `learn_layout` learns one of a sample; nearly always its first line tells."""
    seen: Counter[Layout] = Counter()
    filled = (line for line in text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES] if line.strip())
    for i, line in enumerate(filled):
        header = read_header(line[:HEADER_CHARS])
        if header is not None:
            seen[header.layout] += 1
            if i == 0 or seen[header.layout] == LEAST_ALIKE:
                return True
    return False


def read_first(filled: list[str]) -> Layout | None:
    header = read_header(filled[0][:HEADER_CHARS])
    return header.layout if header else None


def _pad(read: list[tuple[str, Header]], which: int) -> str:
    digits = [header.widths[which] for _, header in read]
    single = sum(len(one) == 1 for one in digits)
    zeroed = sum(len(one) == 2 and one[0] == "0" for one in digits)
    return "2" if zeroed > PAD_SHARE * single else "1" if single > PAD_SHARE * zeroed else "?"


def _shape(line: str, header: Header) -> Shape:
    """The literal texts between the numbers of a header, marks included, those before everything left out."""
    texts = _NUMBER.split(line[: header.length].lstrip(MARKS))
    at = header.layout.fields.index("s")  # what stands before the seconds, where there are none
    literals = tuple(texts) if header.layout.s4 else (*texts[:at], "", *texts[at:])
    before = after = None
    if header.layout.half == "before":
        before = _around(texts[3], header.half)
    elif header.layout.half == "after":
        after = _around(texts[-1], header.half)
    return Shape(literals, before, after)


def _around(text: str, word: str) -> tuple[str, str, str]:
    """A text split around a word; marks inside the word make it one with what follows, read line by line instead."""
    head, found, tail = text.partition(word)
    return (head, found, tail) if found else (text, "", "")


def hides_halves(text: str, layout: Layout) -> bool:
    """
    Whether the word before the hours may say morning or afternoon in a language not known here.

    Such a word is passed over in 24-hour files ("klo 14.05"); where no hour of the sample is beyond 12 and nobody knows
    the word, half of the hours could be wrong.
    """
    word = layout.mid.strip(" .,،日").casefold()
    if not word or word in ERAS or word in BEFORE_HOURS:
        return False
    bare = replace_pads(layout)
    read = [read_header(line[:HEADER_CHARS]) for line in text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES]]
    hours = [one.numbers[3] for one in read if one is not None and replace(one.layout, mid=layout.mid) == bare]
    return all(1 <= hour <= 12 for hour in hours)


def decode_head(head: bytes) -> str:
    """The first bytes of a file as text, whatever its byte order mark."""
    coding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return head.decode(coding, "replace").replace("\r\n", "\n")
