"""A conversation as plain data, written as Messenger's and Instagram's pages for reading write it, 2018 to 2026."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fallow.messages import Kind
from importers.metas import FOLDER, INSTAGRAM, KIM, ME, Chat

EPOCH: Final = dt.datetime(1970, 1, 1)
STYLE: Final = "<style>._a6-g{background:#fff}._2lej{margin:0}._3-95{margin-bottom:12px}</style>"


def _half(when: dt.datetime) -> str:
    return "pm" if when.hour > 11 else "am"


def _hour(when: dt.datetime) -> int:
    return when.hour % 12 or 12


def of_2018(when: dt.datetime) -> str:
    """As in `Feb 16, 2018 10:17pm`."""
    return f"{when:%b} {when.day}, {when.year} {_hour(when)}:{when:%M}{_half(when)}"


def of_2020(when: dt.datetime) -> str:
    """As in `Oct 19, 2019, 2:37 PM`."""
    return f"{when:%b} {when.day}, {when.year}, {_hour(when)}:{when:%M} {_half(when).upper()}"


def of_2023(when: dt.datetime) -> str:
    """As in `Sep 22, 2017 6:33 am`."""
    return f"{when:%b %d, %Y} {_hour(when)}:{when:%M} {_half(when)}"


def of_2024(when: dt.datetime) -> str:
    """As in `Jul 12, 2024 4:54:10 pm`."""
    return f"{when:%b %d, %Y} {_hour(when)}:{when:%M:%S} {_half(when)}"


def german(when: dt.datetime) -> str:
    return f"{when:%d.%m.%Y, %H:%M}"


@dataclass(frozen=True)
class Build:
    """
    How one generation of pages is built.

    Args:
        box, sender, body, time: Elements with their classes; of the time, with what stands inside it.
        signs: The class of the list of reactions.
        heading: The class of a heading.
        head: What stands in front of the first box, with the title in place of {}.
        stamp: How a time is written.
        seconds: Whether it has any.
    """

    box: str
    sender: str
    body: str
    time: str
    signs: str
    heading: str
    head: str
    stamp: Callable[[dt.datetime], str]
    seconds: bool = False


OLD_HEAD: Final = (
    '<div class="_3-8y _3-95 _3b0b"><div class="_3b0c"><div class="_3b0d">{0}</div></div></div>'
    '<div class="_4t5n" role="main">'
)
NEW_HEAD: Final = (
    '<header class="_as-_ _a70a"><div class="_a70d"><h1 id="u_0_0_a">{0}</h1></div></header><main class="_a706">'
)
BUILDS: Final = {
    "messenger 2018": Build(
        'div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"', 'div class="_3-96 _2pio _2lek _2lel"',
        'div class="_3-96 _2let"', 'div class="_3-94 _2lem"', "_tqp", "_2lek", OLD_HEAD, of_2018,
    ),
    "messenger 2020": Build(
        'div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"', 'div class="_3-96 _2pio _2lek _2lel"',
        'div class="_3-96 _2let"', 'div class="_3-94 _2lem"', "_tqp", "_2lek", OLD_HEAD, of_2020,
    ),
    "instagram 2020": Build(
        'div class="pam _3-95 _2ph- _2lej uiBoxWhite noborder"', 'div class="_3-95 _2pim _2lek _2lel"',
        'div class="_3-95 _2let"', 'div class="_3-94 _2lem"', "_tqp", "_2lek", OLD_HEAD, of_2020,
    ),
    "messenger 2022": Build(
        'div class="_3-95 _a6-g"', 'div class="_2ph_ _a6-h _a6-i"', 'div class="_2ph_ _a6-p"',
        'div class="_3-94 _a6-o"><div class="_a72d"', "_a6-q", "_2ph_ _a6-h", NEW_HEAD, german,
    ),
    "instagram 2022": Build(
        'div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"', 'div class="_3-95 _2pim _a6-h _a6-i"',
        'div class="_3-95 _a6-p"', 'div class="_3-94 _a6-o"', "_a6-q", "_a6-h", NEW_HEAD, of_2020,
    ),
    "messenger 2025": Build(
        'section class="_a6-g" aria-labelledby="u_0_1_b"', 'h2 class="_2ph_ _a6-h _a6-i" id="u_0_1_b"',
        'div class="_2ph_ _a6-p"', 'footer class="_3-94 _a6-o"><div class="_a72d"', "_a6-q", "_2ph_ _a6-h", NEW_HEAD,
        of_2024, seconds=True,
    ),
    "instagram 2025": Build(
        'div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"', 'h2 class="_3-95 _2pim _a6-h _a6-i"',
        'div class="_3-95 _a6-p"', 'div class="_3-94 _a6-o"', "_a6-q", "_a6-h", NEW_HEAD, of_2023,
    ),
}  # fmt: skip
"""Each as seen in downloads of that year."""


def element(opened: str, inside: str) -> str:
    """An element, or one in another, around what is inside."""
    names = [one.split(maxsplit=1)[0] for one in opened.split("><")]
    return f"<{opened}>{inside}" + "".join(f"</{name}>" for name in reversed(names))


def escaped(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#039;").replace("\n", "<br />")


def picture(address: str) -> str:
    return f'<div><div><a target="_blank" href="{address}"><img src="{address}" class="_a6_o _3-96" /></a></div></div>'


SLOTS: Final = {
    Kind.MEDIA: "<div></div><div></div>" + picture("messages/inbox/kimdoee_104/photos/1.jpg"),
    Kind.STICKER: "<div></div><div></div>" + picture("messages/stickers_used/1.png"),
    Kind.LINK: '<div><div><div><a target="_blank" href="https://example.org/">https://example.org/</a></div></div></div>',
    Kind.CALL: '<div><span class="_idm">Duration: 61 seconds</span></div>',
}
"""What a body holds behind its words."""


def time_of(one: Chat) -> dt.datetime:
    return EPOCH + dt.timedelta(milliseconds=one.at)


def box(one: Chat, build: Build) -> str:
    """One message; `more` of it may hold reactions as (sign, name, milliseconds or None) under "signs"."""
    signs = [_sign(*each, build) for each in dict(one.more).get("signs", ())]
    listed = f'<div><ul class="{build.signs}">{"".join(signs)}</ul></div>' if signs else ""
    slots = f"<div></div><div>{escaped(one.text)}</div>{SLOTS.get(one.kind, '<div></div><div></div>')}{listed}"
    stamp = build.stamp(time_of(one))
    inside = (element(build.sender, escaped(one.who)), element(build.body, f"<div>{slots}</div>"))
    return element(build.box, "".join(inside) + element(build.time, escaped(stamp)))


def _sign(sign: str, who: str, at: int | None, build: Build) -> str:
    timed = "" if at is None else f"<span> ({build.stamp(EPOCH + dt.timedelta(milliseconds=at))})</span>"
    return f"<li><span>{escaped(sign + who)}{timed}</span></li>"


def page(
    said: Sequence[Chat], build: Build, *, title: str = KIM, people: str = f"Participants: {KIM} and {ME}"
) -> bytes:
    """A page; messages come with the oldest first."""
    heading = element(build.box, element(f'div class="{build.heading}"', escaped(people))) if people else ""
    boxes = "".join(box(one, build) for one in reversed(said))
    head = f"<html><head><meta charset='utf-8' />{STYLE}<title>{escaped(title)}</title></head><body><div>"
    return f"{head}{build.head.format(escaped(title))}{heading}{boxes}</div></div></body></html>".encode()


def folder_of(name: str) -> str:
    return INSTAGRAM if name.startswith("instagram") else FOLDER


def page_files(
    said: Sequence[Chat], build: Build, size: int, *, folder: str = FOLDER, **more: str
) -> list[tuple[str, bytes]]:
    """A thread cut into pages, the first with the newest."""
    newest = list(said)[::-1]
    cut = [newest[i : i + size][::-1] for i in range(0, len(newest), size)]
    return [(f"{folder}message_{i}.html", page(each, build, **more)) for i, each in enumerate(cut, 1)]
