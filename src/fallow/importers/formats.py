"""
Every format Fallow reads, one row each, and which of them a file has: told by its content alone.

A new format is a row here and a file (or a small package) beside this one; golden samples in a folder of its channel
are then read, mutated and listed in the reference by tests and tools that walk this table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fallow.errors import ArchiveTooLarge, NotAChat, SeveralExports, TelegramPages
from fallow.importers.interface import MB, MEMBERS, PAGE_BYTES, STREAM_BYTES
from fallow.importers.source import Format, Part, name_another, no_chat

JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[{\]])")
MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
TEXT: Final = re.compile(rb"")
THREAD: Final = re.compile(JSON.pattern + b"|" + MARKUP.pattern)
THREADS: Final = re.compile(r"\.json$|(^|/)message(_\d{1,6})?\.html$")
"""Files in which Messenger and Instagram keep their chats."""

FORMATS: Final = (
    Format(
        channel="telegram",
        title="Telegram Desktop, machine-readable JSON",
        code="telegram.export",
        begins=JSON,
        members=re.compile(r"\.json$"),
        most_bytes=STREAM_BYTES,
        notes=(
            "A full export holds many chats; one of its two-person chats is chosen.",
            "The file may be indented in any way or not at all, and keys may come in any order.",
            "Times are `date_unixtime`, or the wall clock `date` in files of before June 2022.",
            "Calls and reactions are rows; other service entries are counted.",
            "A cleared history and a timer after which messages vanish become periods that count as missing.",
        ),
    ),
    Format(
        channel="signal",
        title="Signal, plaintext export",
        code="signal.plaintext",
        begins=JSON,
        members=re.compile(r"\.jsonl$"),
        most_bytes=STREAM_BYTES,
        notes=(
            "The exported folder, a zip of it, or its `main.jsonl` alone; one of its two-person chats is chosen.",
            "Times are instants, in milliseconds; when the other one read a message is kept where receipts were on.",
            "Calls and reactions are rows; an edited message counts once, with its first time and its last wording.",
            "Messages with a timer are never in the file: the periods of a timer count as missing.",
        ),
    ),
    Format(
        channel="sigexport",
        title="Signal Desktop by way of signal-export, data.json or chat.md",
        code="signal.sigexport",
        begins=re.compile(JSON.pattern + rb"|(?:\xef\xbb\xbf)?\s*\[\d{4}-"),
        joined=True,
        members=re.compile(r"(^|/)(data\.json|(chat|index)\.md)$"),
        most_bytes=STREAM_BYTES,
        notes=(
            "Times are the wall clock of the computer that exported.",
            "The whole export or the folder of one chat; of its two files `data.json` is read.",
            "Reactions have no time and are counted only.",
        ),
    ),
    Format(
        channel="imessage",
        title="Messages of a Mac or an iPhone, chat.db or sms.db",
        code="imessage.export",
        begins=re.compile(rb"SQLite format 3\0|7\x7f\x06[\x82\x83]"),
        members=re.compile(
            r"(^|/)((chat|sms)\.db(-wal)?|callhistory\.storedata(-wal)?|"
            r"3d0d7e5fb2ce288813306e4d4636395e047a3d28|5a4935c78a5255723f707230a451d79c540d2741)$"
        ),
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "One database holds everybody; the person is chosen by number or address, and groups are passed over.",
            "The newest messages may stand in `chat.db-wal`: it is read too where it lies beside `chat.db`.",
            "Texts in `attributedBody` are read; reactions are rows, and those taken back are not.",
            "A message that was edited counts once with its last wording; one that was unsent counts as deleted.",
            "When a message was read is kept: mine by the other one where receipts were on, theirs by me.",
            "Calls come from `CallHistory.storedata` of an encrypted backup, in one folder or zip with the database.",
        ),
    ),
    Format(
        channel="sms",
        title="SMS Backup & Restore for Android, XML of messages or of calls",
        code="sms.backup",
        begins=MARKUP,
        members=re.compile(r"\.xml$"),
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "One backup holds everybody; the person is chosen by name or number, and groups are passed over.",
            "Backups of messages and of calls in one zip or folder are read as one; what overlaps is there once.",
            "Two spellings of a number are one person where the last nine digits agree, or the phone knew one name.",
            "Times are instants, in milliseconds.",
            "Halves of characters, as versions of before 2019 wrote them, are put together.",
            "Drafts, what waits to be sent and what was never fetched are counted and left out.",
        ),
    ),
    Format(
        channel="googlechat",
        title="Google Chat and Hangouts, messages.json out of Google Takeout",
        code="googlechat",
        begins=JSON,
        members=re.compile(r"(^|/)(messages|user_info|group_info)\.json$"),
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "A zip or folder holds many chats; one of its two-person chats is chosen, by name or by its folder.",
            "Times are instants, to the second, said in one of many languages or in numbers.",
            "Whose account it is tells `user_info.json`, or that one person writes in more chats than any other; "
            "otherwise it is asked.",
            "A message that was changed counts once, with its first time and its last wording.",
            "Reactions have no time and are counted only; what was deleted is a row without words.",
        ),
    ),
    Format(
        channel="googlevoice",
        title="Google Voice, pages of texts, calls and voice mail out of Google Takeout",
        code="googlevoice",
        begins=MARKUP,
        members=re.compile(r"\.html$"),
        joined=True,
        most_bytes=PAGE_BYTES,
        notes=(
            "Each page is a stretch of a conversation, or one call; those of one person are read as one.",
            "The person is chosen by name or number, and groups are passed over.",
            "Times are instants with the offset of the account's clock.",
        ),
    ),
    Format(
        channel="mail",
        title="E-mail, mbox and Maildir, from Google Takeout, Thunderbird, Apple Mail and others",
        code="mail.mailbox",
        begins=re.compile(rb"[!-9;-~]{1,80}:|From "),
        members=re.compile(r"\.(mbox|eml)$|(^|/)(cur|new)/[^/]+$|(^|/)[^/.]+$"),
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "A mailbox holds everybody; the person is chosen by name or address, and letters to more are left out.",
            "Files and folders of one mailbox are read as one; a letter that lies in several of them counts once.",
            "Several addresses are one person where their letters carry one name; that this was done is said.",
            "Whose mailbox it is tell what was sent and delivered; otherwise it is asked.",
            "What a letter quotes of an earlier one, its signature and its files are no words of its writer.",
            "Drafts, spam, and letters from lists and programs are counted and left out.",
            "Times are the writer's clock, with its offset, to the second.",
        ),
    ),
    Format(
        channel="table",
        title="A plain table (CSV), for every other source",
        code="table",
        begins=TEXT,
        members=re.compile(r"\.csv$"),
        notes=(
            "The first line names the columns: `at` and `sender`, and, where known, `kind`, `text` and `read_at`.",
            "Commas, semicolons or tabs part them, a quoted text may run over several lines.",
            "A time is ISO 8601: with an offset it is an instant, without one a wall clock.",
            "`kind` is text, media, sticker, link, call, deleted, location, contact, poll, reaction or system; without "
            "one, text.",
        ),
    ),
    Format(
        channel="messenger",
        title="Facebook Messenger, JSON of either download, or pages (HTML)",
        code="meta.messenger",
        begins=THREAD,
        members=THREADS,
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "All threads of a download, in one zip or folder or in several put together.",
            "The files of a thread are put in order of time, and what two of them hold is there once.",
            "A chat that was moved to end-to-end encryption is in two downloads; both together are one chat.",
            "Characters that the download wrote byte by byte are put together.",
            "Lines that the app wrote in place of a message are told by their whole wording, in seven languages.",
            "A lone file that does not say whether it is Messenger's or Instagram's counts as Messenger's.",
            "Pages (`message_1.html`) of 2018 to 2026 are read in some seventy languages of their dates.",
            "Times of pages have no zone; whether the day or the month comes first is decided once, or asked.",
            "Pages and JSON in one zip or folder are refused: what is there twice could not be told.",
            "A changed message counts once, when first written and as it was last, where both stand side by side.",
        ),
    ),
    Format(
        channel="discord",
        title="Discord, JSON of DiscordChatExporter",
        code="discord.export",
        begins=JSON,
        members=re.compile(r"\.json$"),
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "Direct conversations of two people; of a server or a group two people are picked.",
            "A conversation cut into several files is one, and a message that two of them hold is there once.",
            "Times are instants, in milliseconds; where one cannot be read, the message's own number tells it.",
            "Reactions have no time there, and are counted.",
        ),
    ),
    Format(
        channel="discordpackage",
        title="Discord, its own package of your data",
        code="discord.package",
        begins=re.compile(JSON.pattern + rb'|(?:\xef\xbb\xbf)?\s*"?ID"?\s*,'),
        members=re.compile(r"(^|/)(messages\.(csv|json)|(channel|index|user)\.json)$"),
        joined=True,
        most_bytes=STREAM_BYTES,
        one_side=True,
        notes=(
            "It holds your messages alone: `fallow chats` lists it and `fallow messages` prints it, and nothing else "
            "takes it, because the other one would look silent.",
            "The whole package, or `messages.csv` or `messages.json` of one conversation; servers and groups are "
            "passed over.",
            "Times are instants; what is sent along counts as media.",
        ),
    ),
    Format(
        channel="instagram",
        title="Instagram, JSON or pages (HTML) of a download",
        code="meta.instagram",
        begins=THREAD,
        members=THREADS,
        joined=True,
        most_bytes=STREAM_BYTES,
        notes=(
            "The same files as Messenger's; told by their folder, by what is shared in them, or by their build.",
            "Before 2021 all conversations are in one `messages.json`; there, people are called by their accounts.",
        ),
    ),
    Format(
        channel="whatsapp",
        title="WhatsApp, exported text",
        code="whatsapp.export",
        begins=TEXT,
        members=re.compile(r"\.txt$"),
        notes=(
            "The layout is that of a message's first line.",
            "Marks of direction, BOMs, narrow and fixed blanks, and the digits of sixteen scripts are read too.",
            "Years of the Thai and the Persian calendar are read; the Islamic one is refused by name.",
            "A line headed like a message that steps out of time is quoted where its author never writes in line, or "
            "where the same line stands further up.",
        ),
    ),
)
"""In the order in which they are asked."""

READABLE: Final = re.compile(r"\.html$")
"""Files of a zip or a folder that may say why there is no chat in it."""
MOST_LOOKED_AT: Final = 100
"""Files of a zip or a folder of which one format looks at the beginning, where one alone can be the chat."""


def tell_format(head: bytes) -> Format:
    """
    What a file is, by its first bytes; whatever is not a chat is refused, and said what it is.

    Raises:
        ImportRefused: If no format knows it.
    """
    found = next((one for one in FORMATS if one.knows(head)), None)
    if found is None:
        name_another(head)
        raise no_chat(head)
    return found


def find_parts(files: Sequence[Part]) -> tuple[Format, tuple[Part, ...]]:
    """
    Find the one export among the files of a zip or a folder.

    Returns:
        What it is, and its files in order: `_chat.txt`, as phones call it; else what alone reads like an export.
        Documents that were sent along are looked at, not read.
    Raises:
        NotAChat, SeveralExports: If there is none, or more than one.
        ImportRefused: If it is something else, or too large.
    """
    named = [one for one in files if one.name.rpartition("/")[2] == "_chat.txt"]
    if len(named) == 1 or len(files) == 1:
        chosen = named[0] if len(named) == 1 else files[0]
        _require_size(chosen, max(one.most_bytes for one in FORMATS))
        by_place = next((one for one in FORMATS if _known(one, [chosen])), None)
        return _sized(by_place or tell_format(chosen.head()), (chosen,))
    found = [(one, parts) for one in FORMATS if (parts := _known(one, files))]
    if len(found) == 1 and (found[0][0].joined or len(found[0][1]) == 1):
        return _sized(*found[0])
    if found:
        raise SeveralExports
    for one in [one for one in files if READABLE.search(one.name.lower())][:3]:
        if isinstance(refusal := no_chat(one.head()), TelegramPages):
            raise refusal
    raise NotAChat


def _known(format: Format, files: Sequence[Part]) -> tuple[Part, ...]:
    likely = [one for one in files if format.members.search(one.name.lower())]
    if not format.joined:
        likely = likely[:MOST_LOOKED_AT]
    found = format.pick(likely)
    for one in found:
        _require_size(one, format.most_bytes)
    return found


def _sized(format: Format, parts: tuple[Part, ...]) -> tuple[Format, tuple[Part, ...]]:
    for part in parts:
        _require_size(part, format.most_bytes)
    return format, parts


def _require_size(part: Part, most: int) -> None:
    if part.size > most:
        raise ArchiveTooLarge(limit_mb=most // MB, members=MEMBERS)
