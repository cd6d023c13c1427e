"""
Exports of phones in 86 languages and regions, their headers written as CLDR says such a phone writes date and time.

Babel is the writer here: short dates and times, in the clock of the region and in 24 hours, on Android (minutes, a
dash) and on iOS (seconds, brackets).
"""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date, format_time

from fallow.importers import read_export

LOCALES = [
    "en_US", "en_GB", "en_IN", "en_ZA", "en_AU", "en_CA", "de", "de_AT", "de_CH", "fr", "fr_CA", "fr_CH", "es",
    "es_MX", "es_AR", "es_CO", "es_US", "pt_BR", "pt_PT", "it", "nl", "nl_BE", "sv", "da", "nb", "fi", "is",
    "et", "lv", "lt", "pl", "cs", "sk", "hu", "ro", "bg", "ru", "uk", "be", "sr", "sr_Latn", "hr", "sl", "bs",
    "mk", "sq", "el", "tr", "az", "kk", "uz", "ky", "ka", "hy", "he", "ar", "ar_EG", "ar_SA", "fa", "ur", "ps",
    "hi", "mr", "bn", "gu", "pa", "ta", "te", "kn", "ml", "si", "ne", "th", "lo", "km", "my", "vi", "id", "ms",
    "fil", "ja", "ko", "zh", "zh_Hant", "zh_Hant_HK", "sw", "af", "am", "zu", "ha", "ga", "ca", "eu", "gl",
    "cy", "lb", "mn",
]  # fmt: skip
EPOCH = dt.datetime(1970, 1, 1)
SENT = [
    dt.datetime(2025, 1, 28, 9, 5, 7) + dt.timedelta(days=days, hours=hours)
    for days, hours in ((0, 0), (0, 3), (1, 8), (3, 14), (13, 5), (14, 0), (31, 10))
]
"""Over noon and midnight, two turns of a month, days under and over 12."""


@pytest.mark.parametrize("clock", ["of the region", "24 hours"])
@pytest.mark.parametrize("phone", ["android", "ios"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_phone_of_any_region_is_read(locale: str, phone: str, clock: str) -> None:
    """Every message, at its time, by its author, with its words."""
    lines = [
        header(sent, locale, phone, clock) + f"{'Sam' if i % 2 else 'Kim'}: words {i}" for i, sent in enumerate(SENT)
    ]
    export = read_export("chat.txt", "\n".join([*lines, ""]).encode())
    expected = [sent if phone == "ios" else sent.replace(second=0) for sent in SENT]
    assert expected == [EPOCH + dt.timedelta(microseconds=int(local)) for local in export.local]
    assert ["Kim", "Sam"] * 3 + ["Kim"] == [export.names[code] for code in export.author]
    assert [f"words {i}" for i in range(len(SENT))] == [export.body(i) for i in range(len(export))]


def header(sent: dt.datetime, locale: str, phone: str, clock: str) -> str:
    day = format_date(sent, "short", locale=locale)
    if clock == "24 hours":
        time = f"{sent:%H:%M:%S}" if phone == "ios" else f"{sent:%H:%M}"
    else:
        time = format_time(sent, "medium" if phone == "ios" else "short", locale=locale)
    return f"[{day}, {time}] " if phone == "ios" else f"{day}, {time} - "
