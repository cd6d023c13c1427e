"""
A guess at the country from what a computer knows without a network: its time zone or its locale.

The guess only chooses which help lines a page opens on; the person can choose another at once. The table holds
the zones of the countries in `help_lines.json`, old names included because systems still give some of them
(US/Eastern). A test holds it to the zone list of the tz database (zone.tab in tzdata).
"""

from __future__ import annotations

import re
from typing import Final

ZONES: Final[dict[str, str]] = {
    "CA": """
        America/Atikokan America/Blanc-Sablon America/Cambridge_Bay America/Coral_Harbour America/Creston
        America/Dawson America/Dawson_Creek America/Edmonton America/Fort_Nelson America/Glace_Bay America/Goose_Bay
        America/Halifax America/Inuvik America/Iqaluit America/Moncton America/Montreal America/Nipigon
        America/Pangnirtung America/Rainy_River America/Rankin_Inlet America/Regina America/Resolute America/St_Johns
        America/Swift_Current America/Thunder_Bay America/Toronto America/Vancouver America/Whitehorse
        America/Winnipeg America/Yellowknife""",
    "US": """
        America/Adak America/Anchorage America/Atka America/Boise America/Chicago America/Denver America/Detroit
        America/Fort_Wayne America/Indianapolis America/Juneau America/Knox_IN America/Los_Angeles America/Louisville
        America/Menominee America/Metlakatla America/New_York America/Nome America/Phoenix America/Shiprock
        America/Sitka America/Yakutat Pacific/Honolulu""",
    "GB": "Europe/London Europe/Belfast GB GB-Eire",
    "IE": "Europe/Dublin Eire",
    "DE": "Europe/Berlin Europe/Busingen",
    "AT": "Europe/Vienna",
    "CH": "Europe/Zurich",
    "FR": "Europe/Paris",
    "ES": "Europe/Madrid Africa/Ceuta Atlantic/Canary",
    "IT": "Europe/Rome",
    "NL": "Europe/Amsterdam",
    "AU": "Antarctica/Macquarie",
    "NZ": "Pacific/Auckland Pacific/Chatham NZ NZ-CHAT",
}
"""Country code to its zones, separated by space."""

PREFIXES: Final[dict[str, str]] = {
    "US/": "US",
    "America/Indiana/": "US",
    "America/Kentucky/": "US",
    "America/North_Dakota/": "US",
    "Canada/": "CA",
    "Australia/": "AU",
}
"""Beginnings of zone names that lie in one country as a whole."""

_BY_ZONE: Final = {zone: code for code, zones in ZONES.items() for zone in zones.split()}
_LOCALE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})(?:[.@_-].*)?", re.ASCII)


def guess_country(locale_or_zone: str) -> str | None:
    """
    The country a zone name or a locale points to, where Fallow has help lines for it.

    Args:
        locale_or_zone: An IANA zone ("Europe/Vienna") or a locale ("de-AT", "de_AT.UTF-8").
    Returns:
        ISO 3166-1 alpha-2 code, or None where there is no entry; a language alone ("de") says no country.
    """
    name = locale_or_zone.strip()[:100]
    if name in _BY_ZONE:
        return _BY_ZONE[name]
    for prefix, code in PREFIXES.items():
        if name.startswith(prefix):
            return code
    locale = _LOCALE.fullmatch(name)
    region = locale.group(1).upper() if locale else ""
    return region if region in ZONES else None
