"""
Write a Telegram Desktop export of any length, in its own layout: two made-up people, the same bytes for the same call.

One chat, or a full export of several; messages come in bouts, some with pictures, stickers, calls, answers, edits and
reactions, every word from the lists of `whatsapp_file.py`. Entries are about 350 bytes each, as in real exports.

    python benchmarks/telegram_file.py --messages 1000000 --out result.json
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from whatsapp_file import HOURS, NAMES, WORDS

ME, OTHER = 100_200_300, 400_500_600
NOT_INCLUDED: Final = "(File not included. Change data exporting settings to download.)"
OFFSET: Final = 3600
"""Seconds: the exporting computer stands an hour east of UTC all year."""


def entries(messages: int, *, other: int = OTHER, name: str = NAMES[1], seed: int = 7) -> Iterator[dict[str, Any]]:
    """The entries of one chat, as plain values in the order of the app's keys."""
    rng = np.random.default_rng(seed)
    at = int(dt.datetime(2019, 1, 1, 9, tzinfo=dt.UTC).timestamp())
    people = ((ME, NAMES[0]), (other, name))
    left, number, sender = messages, 1, 0
    while left:
        size = min(left, int(rng.geometric(0.02)))
        at += 3600 * int(rng.geometric(0.5))
        if HOURS[at // 3600 % 24] < 3:
            at += 3600 * 6
        lengths = np.minimum(rng.geometric(0.13, size), 120).tolist()
        words = rng.integers(0, len(WORDS), sum(lengths)).tolist()
        draws = rng.random((size, 3)).tolist()
        place = 0
        for length, (turn, kind, more) in zip(lengths, draws, strict=True):
            at += 1 + int(120 * more * more)
            sender = 1 - sender if turn < 0.55 else sender
            text = " ".join([WORDS[i] for i in words[place : place + length]])
            place += length
            yield entry(number, at, people[sender], text, kind, people)
            number += 1
        left -= size


def entry(
    number: int, at: int, who: tuple[int, str], text: str, kind: float, people: tuple[tuple[int, str], tuple[int, str]]
) -> dict[str, Any]:
    """One entry; `kind` in [0, 1) says what it is."""
    when = {"date": _local(at), "date_unixtime": str(at)}
    id, name = who
    if kind < 0.005:
        call: dict[str, Any] = {
            "actor": name,
            "actor_id": f"user{id}",
            "action": "phone_call",
            "discard_reason": "hangup",
        }
        return {
            "id": number,
            "type": "service",
            **when,
            **call,
            "duration_seconds": 65,
            "text": "",
            "text_entities": [],
        }
    head: dict[str, Any] = {"id": number, "type": "message", **when}
    if kind < 0.025:
        head |= {"edited": _local(at + 60), "edited_unixtime": str(at + 60)}
    head |= {"from": name, "from_id": f"user{id}"}
    if kind > 0.9:
        head["reply_to_message_id"] = number - 1
    body: dict[str, Any] = {"text": text, "text_entities": [{"type": "plain", "text": text}]}
    if kind < 0.06:
        head |= {"photo": NOT_INCLUDED, "width": 1280, "height": 960}
        body = {"text": "", "text_entities": []}
    elif kind < 0.09:
        head |= {"file": NOT_INCLUDED, "thumbnail": NOT_INCLUDED, "media_type": "sticker", "sticker_emoji": "😀"}
        head |= {"width": 512, "height": 512}
        body = {"text": "", "text_entities": []}
    elif kind < 0.11:
        link = {"type": "link", "text": "https://example.org/a?b=c"}
        body = {"text": [text + " ", link, ""], "text_entities": [{"type": "plain", "text": text + " "}, link]}
    if 0.11 < kind < 0.13:
        one = people[0] if who == people[1] else people[1]
        recent = [{"from": one[1], "from_id": f"user{one[0]}", "date": _local(at + 30)}]
        body["reactions"] = [{"type": "emoji", "count": 1, "emoji": "👍", "recent": recent}]
    return head | body


def _local(at: int) -> str:
    return f"{dt.datetime.fromtimestamp(at + OFFSET, dt.UTC):%Y-%m-%dT%H:%M:%S}"


def chat(messages: int, *, depth: int = 0, other: int = OTHER, name: str = NAMES[1], seed: int = 7) -> Iterator[str]:
    """One chat as the app writes it, `depth` levels down."""
    pad = " " * depth
    head = f'{{\n{pad} "name": {json.dumps(name)},\n{pad} "type": "personal_chat",\n{pad} "id": {other},\n'
    yield head + f'{pad} "messages": ['
    inner = "\n" + pad + "  "
    for i, each in enumerate(entries(messages, other=other, name=name, seed=seed)):
        yield ("," if i else "") + inner + json.dumps(each, indent=1, ensure_ascii=False).replace("\n", inner)
    yield f"\n{pad} ]\n{pad}}}"


def full(chats: int, messages: int, seed: int = 7) -> Iterator[str]:
    """A full export of so many two-person chats, each with so many messages."""
    me = f'  "user_id": {ME},\n  "first_name": {json.dumps(NAMES[0])},\n  "last_name": ""'
    yield f'{{\n "about": "Here is the data you requested.",\n "personal_information": {{\n{me}\n }},\n'
    yield ' "chats": {\n  "about": "This page lists all chats from this export.",\n  "list": ['
    for i in range(chats):
        yield ("," if i else "") + "\n   "
        yield from chat(messages, depth=3, other=OTHER + i, name=f"Someone {i}", seed=seed + i)
    yield "\n  ]\n }\n}"


def write(out: Path, messages: int, *, chats: int = 0, seed: int = 7) -> int:
    """Write one chat, or with `chats` a full export of so many; returns its size in bytes."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(full(chats, messages, seed) if chats else chat(messages, seed=seed))
    return out.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--chats", type=int, default=0, help="a full export of so many chats; 0: one chat")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    size = write(arguments.out, arguments.messages, chats=arguments.chats, seed=arguments.seed)
    print(f"{arguments.messages:,} messages, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
