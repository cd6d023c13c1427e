"""
Write a WhatsApp Android export of any length: two made-up people, the same bytes for the same arguments.

Messages come in bouts with a rhythm of day and night; one in twenty runs over several lines; there are files left out,
calls, deleted and edited messages, emoji, links and seven languages. Every word comes from the lists below.

    python benchmarks/whatsapp_file.py --messages 1000000 --out chat.txt
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np

NAMES = ("Mara Lind", "Jonas Okafor")
HOURS = np.array([2, 1, 1, 1, 1, 2, 6, 12, 14, 12, 10, 10, 14, 12, 10, 10, 10, 12, 16, 20, 24, 24, 18, 8], float)
SPEECH = (
    "ok yes no maybe later the train is late again coffee tomorrow morning see you at eight I forgot the keys what did "
    "she say really that was good thanks work call me when you can home soon dinner was fine sleep well love this song "
    "ja nein vielleicht später heute Abend schön müde Grüße danke bis gleich wie war dein Tag noch Brot kaufen "
    "oui demain déjà peut-être ça va bien à bientôt où es-tu mañana niño qué tal aquí estoy hasta luego "
    "привет завтра хорошо спасибо はい ありがとう また明日 "
    "谢谢 明天见 مرحبا غدا teşekkürler görüşürüz 😀 ❤️ 👩‍👩‍👧 😂😂 👍🏽 “quite” …"
)
WORDS = tuple(SPEECH.split())
LINKS = ("https://example.org/a?b=c", "https://example.com/song/12345", "www.example.net")
SPECIAL = (
    "<Media omitted>",
    "null",
    "You deleted this message",
    "This message was deleted",
    "IMG-20230102-WA0001.jpg (file attached)",
    "location: https://maps.google.com/?q=52.51,13.39",
)
NOTICE = (
    "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, "
    "can read or listen to them. Tap to learn more."
)


def lines(messages: int, seed: int = 7) -> Iterator[str]:
    """The lines of an export of so many messages."""
    rng = np.random.default_rng(seed)
    at = dt.datetime(2019, 1, 1, 9, 0, tzinfo=dt.UTC)
    yield f"{at:%d/%m/%Y, %H:%M} - {NOTICE}"
    left = messages
    sender = 0
    while left:
        size = min(left, int(rng.geometric(0.02)))
        hour = int(rng.choice(24, p=HOURS / HOURS.sum()))
        at = (at + dt.timedelta(hours=int(rng.geometric(0.5)))).replace(minute=int(rng.integers(60)))
        if HOURS[at.hour] < 3:
            at = at.replace(hour=max(at.hour, hour))
        gaps = rng.geometric(0.5, size) - 1
        turn = rng.random(size) < 0.55
        for body, gap, switch in zip(_bodies(rng, size), gaps.tolist(), turn.tolist(), strict=True):
            at += dt.timedelta(minutes=gap)
            sender = 1 - sender if switch else sender
            yield f"{at:%d/%m/%Y, %H:%M} - {NAMES[sender]}: {body}"
        left -= size


def _bodies(rng: np.random.Generator, size: int) -> list[str]:
    lengths = np.minimum(rng.geometric(0.16, size), 120)
    words = rng.integers(0, len(WORDS), int(lengths.sum())).tolist()
    kinds = rng.random(size).tolist()
    bodies, place = [], 0
    for length, kind in zip(lengths.tolist(), kinds, strict=True):
        text = [WORDS[i] for i in words[place : place + length]]
        place += length
        if kind < 0.055:
            bodies.append(SPECIAL[int(kind * 1e6) % len(SPECIAL)])
        elif kind < 0.105 and length > 2:
            bodies.append(" ".join(text[:2]) + "\n" + " ".join(text[2:]))
        elif kind < 0.115:
            bodies.append(" ".join([*text, LINKS[length % len(LINKS)]]))
        elif kind < 0.12:
            bodies.append(" ".join([*text, "<This message was edited>"]))
        else:
            bodies.append(" ".join(text))
    return bodies


def write(out: Path, messages: int, seed: int = 7) -> int:
    """Write the file; returns its size in bytes."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines(messages, seed))
    return out.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    size = write(arguments.out, arguments.messages, arguments.seed)
    print(f"{arguments.messages:,} messages, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
