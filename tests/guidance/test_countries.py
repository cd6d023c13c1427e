"""The guess at a country from a time zone or a locale."""

from importlib.resources import files

import pytest

from fallow.guidance import guess_country, load_help_lines
from fallow.guidance.countries import PREFIXES, ZONES

HELPED = {country.code for country in load_help_lines().countries}


def zone_list() -> dict[str, str]:
    """Zone to country, as zone.tab of the tz database has them."""
    rows = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {zone: code for code, _, zone, *_ in cells}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Europe/Vienna", "AT"),
        ("Europe/London", "GB"),
        ("Europe/Dublin", "IE"),
        ("America/New_York", "US"),
        ("America/Indiana/Knox", "US"),
        ("America/Toronto", "CA"),
        ("Australia/Perth", "AU"),
        ("Pacific/Chatham", "NZ"),
        ("Atlantic/Canary", "ES"),
    ],
)
def test_a_zone_points_to_its_country(name: str, code: str) -> None:
    """A computer's time zone is enough to open the page on the right country."""
    assert code == guess_country(name)


@pytest.mark.parametrize(
    ("name", "code"), [("US/Eastern", "US"), ("Canada/Pacific", "CA"), ("GB", "GB"), ("Eire", "IE"), ("NZ", "NZ")]
)
def test_an_old_zone_name_points_to_its_country(name: str, code: str) -> None:
    """Some systems still give the names of thirty years ago."""
    assert code == guess_country(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [("de-AT", "AT"), ("de_AT.UTF-8", "AT"), ("en-gb", "GB"), ("zh-Hant-AU", "AU"), ("fr_CH@euro", "CH")],
)
def test_a_locale_points_to_its_country(name: str, code: str) -> None:
    """A locale that names a country is enough too."""
    assert code == guess_country(name)


@pytest.mark.parametrize("name", ["de", "C", "C.UTF-8", "", "UTC", "Etc/GMT-1", "Europe/Oslo", "nb-NO", "x" * 10_000])
def test_where_nothing_is_known_nothing_is_guessed(name: str) -> None:
    """A language, no place, or a country without help lines gives no guess; for_country then answers for all."""
    assert guess_country(name) is None


def test_the_guess_agrees_with_the_tz_database_for_every_zone() -> None:
    """Each zone of a country with help lines points there, and no zone of another country points anywhere."""
    expected = {zone: code if code in HELPED else None for zone, code in zone_list().items()}

    assert expected == {zone: guess_country(zone) for zone in expected}


def test_every_zone_in_the_table_exists() -> None:
    """No name in the table is made up."""
    zones = set(files("tzdata").joinpath("zones").read_text("utf-8").split())

    assert set() == {zone for listed in ZONES.values() for zone in listed.split()} - zones


def test_the_table_holds_the_countries_with_help_lines_and_no_others() -> None:
    """A guess never leads to a country without an entry, and no country lacks its zones."""
    assert set(ZONES) == HELPED
    assert set(PREFIXES.values()) <= HELPED
