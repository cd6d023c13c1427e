"""The body of a letter → the words its writer wrote: no files, no markup, no quoted letter, no signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from html.parser import HTMLParser
from typing import Final

from fallow.importers.mail.envelope import DAMAGE
from fallow.importers.mail.letters import PACKED

MOST_PARTS: Final = 500
"""Parts of one letter that are looked at; and lines that may begin one."""
LEAST_PACKED: Final = 1 << 16
"""Bytes of a letter from which it is looked for files to pass over."""
PART_HEAD: Final = 4_000
"""Bytes within which the head of a part lies."""
MOST_BOUNDS: Final = 40
"""Letters in letters."""
PAGE_LETTERS: Final = 100_000
"""Longest page of markup that is read, without its comments."""
TEXT_LETTERS: Final = 500_000
TEXTS: Final = ("text/plain", "text/html")
CODINGS: Final = re.compile(
    r"(?:utf|us-?ascii|ascii|iso|latin|windows|cp|koi8|mac|gb|big5|euc|shift|sjis|ks_c|tis)", re.I
)
"""Beginnings of the names of character sets that letters are written in; other codecs are no such thing."""
WROTE: Final = (
    "wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał|napsal|kirjoitti|написал|пише|yazdı|"
    "写道|寫道|のメール|님이 작성"
)
ATTRIBUTION: Final = re.compile(rf"[^\n]{{0,300}}?(?:{WROTE})[^\n]{{0,120}}[:：]", re.I)
"""The line above a quoted letter: when, who, and this word."""
LONGEST_LINE: Final = 400
"""Of it, in letters, put together."""
YEAR: Final = re.compile(r"(?:19|20)\d\d")
CLOCK_OR_ADDRESS: Final = re.compile(r"\d\d?[:.]\d\d|@")
DATED: Final = re.compile(rf"{YEAR.pattern}|{CLOCK_OR_ADDRESS.pattern}")
DIVIDER: Final = re.compile(
    r"(?:-{2,}|_{5,}) ?(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Message d'origine|"
    r"Mensaje original|Messaggio originale|Mensagem original|Oorspronkelijk bericht|Forwarded message|"
    r"Weitergeleitete Nachricht|Message transféré|Mensaje reenviado|Messaggio inoltrato)[^\n]{0,40}",
    re.I,
)
RULE: Final = re.compile(r"[_-]{5,}")
HEAD_FIELD: Final = re.compile(r"\*?(?:From|Von|De|Da|Van|От)\*?\s?:\*? ", re.I)
NEXT_FIELD: Final = re.compile(
    r"\*?(?:Sent|Date|To|Subject|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado|Para|Asunto|Inviato|A|Oggetto|"
    r"Verzonden|Aan|Onderwerp)\*?\s?:\*? ",
    re.I,
)
SENT_WITH: Final = re.compile(
    r"(?:Sent from my |Sent from (?:Outlook|Yahoo|Mail)|Get Outlook for |Von meinem .{1,60} gesendet|"
    r"Gesendet von |Envoyé de mon |Enviado desde mi |Inviato da ).{0,80}",
    re.I,
)
BREAKS: Final = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "pre", "table", "ul", "ol"))
UNSEEN: Final = frozenset(("script", "style", "head", "title", "blockquote"))
ALONE: Final = frozenset(("br", "img", "hr", "meta", "link", "input", "wbr", "col", "area", "base", "source"))
QUOTES: Final = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "gmail_attr")
REST_QUOTED: Final = ("divrplyfwdmsg", "appendonsend", "olk_src_body_section")


@dataclass(frozen=True, slots=True)
class Body:
    """What was written, whether something earlier was quoted, whether files came along, and bytes that are no text."""

    text: str
    quoted: bool
    files: bool
    bad: int = 0


def read_body(raw: bytes) -> Body | None:
    """The words of a letter; None where it cannot be taken apart."""
    raw = _without_files(raw)
    if raw.lower().count(b"boundary=") > MOST_BOUNDS or raw.count(b"\n--") > MOST_PARTS:
        return None
    try:
        return _read(message_from_bytes(raw))
    except DAMAGE:
        return None


def _without_files(raw: bytes) -> bytes:
    """A letter without what is inside its files: long runs of Base64 in a part that is not said to be text."""
    if len(raw) < LEAST_PACKED:
        return raw

    def kept(packed: re.Match[bytes]) -> bytes:
        head = raw[max(0, raw.rfind(b"\n--", 0, packed.start()), packed.start() - PART_HEAD) : packed.start()]
        return packed[0] if b"content-type: text/" in head.lower() else b""

    return PACKED.sub(kept, raw)


def _read(message: Message) -> Body:
    plain, pages, files, bad = list[str](), list[str](), False, 0
    for part in _parts(message):
        type = part.get_content_type()
        if part.get_filename() or part.get_content_disposition() == "attachment" or type not in TEXTS:
            files = True
            continue
        text, undecoded = _decoded(part)
        bad += undecoded
        (plain if type == "text/plain" else pages).append(text)
    if any(text.strip() for text in plain) or not pages:
        shown, hidden = "\n".join(plain)[:TEXT_LETTERS], False
    else:
        shown, hidden = _seen(pages[0])
    text, quoted = own_words(shown)
    return Body(text, quoted or hidden, files, bad)


def _parts(message: Message) -> list[Message]:
    """Every part that holds no other; a letter inside a letter is a file."""
    found, left = list[Message](), [message]
    while left:
        one = left.pop()
        inside = one.get_payload() if one.is_multipart() and one.get_content_maintype() == "multipart" else None
        if isinstance(inside, list):
            left.extend(reversed([part for part in inside if isinstance(part, Message)]))
        else:
            found.append(one)
    return found[:MOST_PARTS]


def _decoded(part: Message) -> tuple[str, int]:
    """The text of a part with its lines ended alike, and how many of its bytes are none."""
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    named = str(part.get_content_charset() or "utf-8")
    coding = named if CODINGS.match(named) else "utf-8"
    bad = 0
    try:
        text = data.decode(coding)
    except (ValueError, LookupError):
        try:
            text = data.decode("utf-8")
        except ValueError:
            text = data.decode("utf-8", "replace")
            bad = text.count("\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n"), bad


def own_words(text: str) -> tuple[str, bool]:
    """
    A text without what it quotes, and whether it quoted anything.

    Lines that begin with `>` go, and the line above them that says who wrote; what stands between quotes stays. Where
    an earlier letter follows unmarked, all from there on goes, and so does a signature.
    """
    kept, lines, quoted = list[str](), text.split("\n"), False
    for i, line in enumerate(lines):
        if line == "-- " or SENT_WITH.fullmatch(line.strip()):
            break
        if line.startswith(">"):
            quoted = True
            _drop_attribution(kept)
        elif DIVIDER.fullmatch(line.strip()) or _heads_quote(lines, i) or _heads_unmarked(lines, i):
            quoted = True
            if kept and RULE.fullmatch(kept[-1].strip()):
                kept.pop()
            break
        else:
            kept.append(line)
    return "\n".join(kept).strip("\n").rstrip(), quoted


def _heads_unmarked(lines: list[str], i: int) -> bool:
    """
    Whether these lines say who wrote what follows without marks: with the word for it, a year, and a time or address.

    Programs break them in two or three.
    """
    for count in (1, 2, 3):
        if not all(one.strip() for one in lines[i : i + count]):
            return False
        if any(_attributes(lines[i + later : i + count]) for later in range(1, count)):
            return False
        if _attributes(lines[i : i + count]):
            following = next((line for line in lines[i + count : i + count + 5] if line.strip()), ">")
            return not following.startswith(">")
    return False


def _attributes(lines: list[str]) -> bool:
    joined = " ".join(one.strip() for one in lines)
    return _says_wrote(joined) and YEAR.search(joined) is not None and CLOCK_OR_ADDRESS.search(joined) is not None


def _says_wrote(joined: str) -> bool:
    return len(joined) <= LONGEST_LINE and joined.endswith((":", "：")) and ATTRIBUTION.fullmatch(joined) is not None


def _drop_attribution(kept: list[str]) -> None:
    """Take away what says who wrote the quoted lines that begin now."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    for count in (1, 2, 3):
        if count <= end:
            lines = kept[end - count : end]
            joined = " ".join(one.strip() for one in lines)
            if DATED.search(joined) and (_says_wrote(joined) or (count == 1 and joined.endswith(">:"))):
                del kept[end - count :]
                return


def _heads_quote(lines: list[str], i: int) -> bool:
    """Whether the head of a quoted letter begins here, as Outlook writes it into the text."""
    return bool(HEAD_FIELD.match(lines[i])) and any(NEXT_FIELD.match(one) for one in lines[i + 1 : i + 3])


def _seen(page: str) -> tuple[str, bool]:
    """What a page of markup shows, without what it quotes; and whether it quotes anything."""
    first, *others = page.split("<!--")
    bare = first + "".join([one.partition("-->")[2] for one in others])
    reader = _Page()
    reader.feed(bare.replace("<!", "<").replace("<?", "<")[:PAGE_LETTERS])
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), reader.quoted


class _Page(HTMLParser):
    """The words of a page; `_hidden` is the element inside which nothing is seen, `_depth` how many of it are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.quoted = False
        self._hidden, self._depth, self._over = "", 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden:
            self._depth += tag == self._hidden
            return
        named = " ".join((value or "") for name, value in attrs if name in ("class", "id")).casefold()
        cited = tag == "blockquote" or any(one in named for one in QUOTES)
        self._over = self._over or any(one in named for one in REST_QUOTED)
        self.quoted = self.quoted or cited or self._over
        if (tag in UNSEEN or cited) and tag not in ALONE:
            self._hidden, self._depth = tag, 1
        elif tag in BREAKS:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._depth -= tag == self._hidden
            self._hidden = self._hidden if self._depth else ""
        elif tag in BREAKS:
            self._break(tag)

    def _break(self, tag: str) -> None:
        if tag == "br" or (self.said and not self.said[-1].endswith("\n")):
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._over:
            self.said.append(" ".join(data.split("\n")) if data.strip() else " " if self.said else "")
