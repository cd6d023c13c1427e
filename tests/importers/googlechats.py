"""A chat as plain data, written as Google Takeout writes it: the other half of the round trip."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fallow.messages import Kind

SAM, KIM, ROBIN = ("Sam", "sam@example.org"), ("Kim", "kim@example.net"), ("Robin", "robin@example.com")
LANGUAGES = {
    "en": ("January February March April May June July August September October November December", True),
    "de": ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember", False),
    "fr": ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", False),
    "ru": ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря", False),
    "pl": ("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia", False),
    "sv": ("januari februari mars april maj juni juli augusti september oktober november december", False),
    "tr": ("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık", False),
    "es": ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", False),
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "tr": "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}


@dataclass(frozen=True)
class Said:
    """One message: seconds UTC, by whom."""

    at: int
    by: tuple[str, str]
    text: str = ""
    kind: Kind = Kind.TEXT
    language: str = "en"


def date(at: int, language: str = "en") -> str:
    when = dt.datetime.fromtimestamp(at, dt.UTC)
    months, english = LANGUAGES[language]
    month, weekday = months.split()[when.month - 1], WEEKDAYS[language].split()[when.weekday()]
    if english:
        hour = when.hour % 12 or 12
        half = "AM" if when.hour < 12 else "PM"
        return f"{weekday}, {month} {when.day}, {when.year} at {hour}:{when:%M:%S}\u202f{half} UTC"
    return f"{weekday}, {when.day}. {month} {when.year} um {when:%H:%M:%S} UTC"


def entry(one: Said, **more: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "creator": {"name": one.by[0], "email": one.by[1], "user_type": "Human"},
        "created_date": date(one.at, one.language),
        "topic_id": "t",
        "message_id": f"m/{one.at}",
    }
    if one.kind is Kind.DELETED:
        said["message_state"] = "DELETED"
    elif one.text:
        said["text"] = one.text
    if one.kind is Kind.MEDIA:
        said["attached_files"] = [{"original_name": "a.jpg", "export_name": "File-a.jpg"}]
    return said | more


def chat(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"messages": list(entries)}, indent=2, ensure_ascii=False).encode()


def written(said: Sequence[Said]) -> bytes:
    return chat(*map(entry, said))
