"""A conversation as plain data, written the way phones write it: the other half of the round trip."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fallow.importers import Export
from fallow.messages import Kind


@dataclass(frozen=True)
class Said:
    """One message; `text` is what the body reads as, `kind` what it must be taken for."""

    at: dt.datetime
    who: str
    text: str
    kind: Kind = Kind.TEXT


def half(hour: int, morning: str, afternoon: str) -> str:
    return morning if hour < 12 else afternoon


def h12(hour: int) -> int:
    return hour % 12 or 12


LAYOUTS: dict[str, Callable[[dt.datetime], str]] = {
    "android dmy": lambda t: f"{t:%d/%m/%Y, %H:%M} - ",
    "android mdy 12h": lambda t: f"{t.month}/{t.day}/{t:%y}, {h12(t.hour)}:{t:%M}\u202f{half(t.hour, 'AM', 'PM')} - ",
    "android de": lambda t: f"{t:%d.%m.%y, %H:%M} - ",
    "android es": lambda t: f"{t.day}/{t.month}/{t.year} {h12(t.hour)}:{t:%M} {half(t.hour, 'a.', 'p.')}\u00a0m. - ",
    "android ko": lambda t: f"{t.year}. {t.month}. {t.day}. {half(t.hour, '오전', '오후')} {h12(t.hour)}:{t:%M} - ",
    "android zh": lambda t: f"{t.year}/{t.month}/{t.day} {half(t.hour, '上午', '下午')}{h12(t.hour)}:{t:%M} - ",
    "android fi": lambda t: f"{t.day}.{t.month}.{t.year} klo {t.hour}.{t:%M} - ",
    "ios mdy 12h": lambda t: f"[{t.month}/{t.day}/{t:%y}, {h12(t.hour)}:{t:%M:%S}\u202f{half(t.hour, 'AM', 'PM')}] ",
    "ios de": lambda t: f"[{t:%d.%m.%y, %H:%M:%S}] ",
    "ios old": lambda t: f"{t:%d.%m.%y, %H:%M:%S}: ",
}


def written(said: list[Said], layout: str, *, newline: str = "\n") -> bytes:
    """The bytes of an export in one of LAYOUTS."""
    header = LAYOUTS[layout]
    return "".join(f"{header(one.at)}{one.who}: {one.text}\n" for one in said).replace("\n", newline).encode()


def tick(layout: str, at: dt.datetime) -> dt.datetime:
    """A time as the layout can tell it."""
    return at if layout.startswith("ios") else at.replace(second=0)


def read_back(export: Export) -> list[Said]:
    """An export as plain data."""
    return [
        Said(
            dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=int(export.local[i])),
            export.names[export.author[i]],
            export.body(i),
            Kind(int(export.kind[i])),
        )
        for i in range(len(export))
    ]


def lines(text: str) -> bytes:
    """A chat as the reader sees it: one line a message, indentation and a first blank line left out."""
    return ("\n".join(line.strip() for line in text.strip().split("\n")) + "\n").encode()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return out.getvalue()


def bodies(export: Export) -> list[str]:
    return [export.body(i) for i in range(len(export))]


def kinds(export: Export) -> list[str]:
    return [Kind(int(kind)).name for kind in np.asarray(export.kind)]
