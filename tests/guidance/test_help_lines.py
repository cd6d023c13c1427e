"""The help lines: every entry dated and sourced, none old, the emergency number always said."""

import datetime as dt
import re

import msgspec
import pytest
from msgspec.structs import replace

from fallow.guidance import CountryHelp, Emergency, HelpLine, HelpLines, Purpose, load_help_lines
from fallow.guidance.help_lines import MAX_AGE

EVERYWHERE = (*load_help_lines().countries, load_help_lines().other)
LINES = [(f"{country.code} {line.name}, {line.purpose}", line) for country in EVERYWHERE for line in country.lines]

each_line = pytest.mark.parametrize("one", [line for _, line in LINES], ids=[name for name, _ in LINES])
each_country = pytest.mark.parametrize("one", EVERYWHERE, ids=[country.code for country in EVERYWHERE])


def line(purpose: Purpose, phone: str = "116 123", checked_on: dt.date = dt.date(2026, 3, 1)) -> HelpLine:
    return HelpLine("A line", purpose, phone, "", "", "", "", checked_on, "https://example.org/", "The service: it.")


def country(code: str, *lines: HelpLine, checked_on: dt.date = dt.date(2026, 3, 1)) -> CountryHelp:
    emergency = Emergency("112", "Call 112.", checked_on, "https://example.org/", "The service: 112.")
    return CountryHelp(code, "Somewhere", emergency, lines)


def test_the_data_are_not_older_than_a_year() -> None:
    """Every entry was looked at within twelve months of today: look again and renew the dates before a release."""
    today = dt.datetime.now(dt.UTC).date()

    assert not load_help_lines().is_old(today), f"look at the help lines again: {load_help_lines().checked_on}"


def test_no_entry_was_looked_at_in_the_future() -> None:
    """No date lies after tomorrow, which allows for a computer west of the one that wrote it."""
    latest = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    dates = [country.emergency.checked_on for country in EVERYWHERE]
    dates += [line.checked_on for country in EVERYWHERE for line in country.lines]

    assert not [date for date in dates if date > latest]


@each_line
def test_every_line_says_where_it_was_seen_and_how_it_is_reached(one: HelpLine) -> None:
    """A line has a source, what stood there, a name, and a phone, a text number or an address."""
    assert one.source_url.startswith(("https://", "http://"))
    assert one.seen.endswith(".")
    assert one.name
    assert one.phone or one.text or one.url


@each_country
def test_every_number_was_read_on_a_page(one: CountryHelp) -> None:
    """What is kept of the pages that were read holds each number; a service listed twice is read once."""
    for line in one.lines:
        read = "".join(re.sub(r"\D", "", other.seen) for other in one.lines if other.phone == line.phone)
        numbers = (re.sub(r"\D", "", number) for number in (line.phone, *re.findall(r"\d[\d -]*\d", line.text)))
        assert [] == [number for number in numbers if number.removeprefix("1") not in read], line.name


@pytest.mark.parametrize(
    ("code", "number"),
    [("GB", "116 123"), ("IE", "116 123"), *((code, "112") for code in ("DE", "AT", "CH", "FR", "ES", "IT", "NL"))],
)
def test_a_number_first_known_from_memory_has_a_page_of_its_own(code: str, number: str) -> None:
    """Three entries were noted from memory at first; each stands here because a page was read, and which one."""
    country = load_help_lines().for_country(code)
    entries: list[Emergency | HelpLine] = [country.emergency, *country.lines]
    found = [e for e in entries if number == (e.number if isinstance(e, Emergency) else e.phone)]

    assert found
    assert all(number.replace(" ", "") in e.seen.replace(" ", "") and e.source_url for e in found)


@each_country
def test_every_country_says_its_emergency_number_in_a_sentence_with_a_source(one: CountryHelp) -> None:
    """The number to call when life is in danger is part of the sentence that is shown, and its source is kept."""
    assert one.emergency.number in one.emergency.says
    assert one.emergency.says.startswith("If a life is in danger, call ")
    assert one.emergency.source_url.startswith("https://")
    assert one.emergency.seen.endswith(".")


@each_line
def test_an_address_is_shown_as_words(one: HelpLine) -> None:
    """An address carries no scheme and no space, so that nothing turns it into something to fetch."""
    assert "://" not in one.url
    assert " " not in one.url


@each_line
def test_a_line_is_described_calmly(one: HelpLine) -> None:
    """No note raises its voice, and none promises safety."""
    said = f"{one.name} {one.note} {one.hours}".lower()

    assert "!" not in said
    assert "guarantee" not in said


@each_line
def test_a_number_can_be_dialled(one: HelpLine) -> None:
    """What a telephone gets is the number without spaces or hyphens."""
    assert re.sub("[ -]", "", one.phone) == one.dial
    assert re.fullmatch(r"\+?\d{3,}|", one.dial)


def test_the_countries_that_were_looked_at_are_there() -> None:
    """A country can be added at will; none of these disappears by accident."""
    codes = [country.code for country in load_help_lines().countries]

    assert len(codes) == len(set(codes))
    assert {"US", "GB", "IE", "DE", "AT", "CH", "FR", "ES", "IT", "NL", "CA", "AU", "NZ"} <= set(codes)


@pytest.mark.parametrize("one", load_help_lines().countries, ids=lambda one: one.code)
def test_no_country_is_without_a_line(one: CountryHelp) -> None:
    """Each country has a line for a crisis, for abuse or for the young."""
    assert one.lines_for("crisis", "abuse", "young_people")


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("US", "988"),
        ("GB", "116123"),
        ("IE", "116123"),
        ("DE", "08001110111"),
        ("AT", "142"),
        ("CH", "143"),
        ("FR", "3114"),
        ("ES", "024"),
        ("NL", "113"),
        ("CA", "988"),
        ("AU", "131114"),
        ("NZ", "1737"),
    ],
)
def test_the_best_known_number_of_a_country_comes_first(code: str, number: str) -> None:
    """A slip of the hand in the numbers that matter most is seen here."""
    first, *_ = load_help_lines().for_country(code).lines_for("crisis")

    assert number == first.dial


@pytest.mark.parametrize("code", ["ZZ", "", "other", None, "en-GB"])
def test_an_unknown_country_gets_the_honest_sentence_and_the_directory(code: str | None) -> None:
    """Where nothing is known, Fallow says to call the local emergency number and names a directory."""
    found = load_help_lines().for_country(code)

    assert "call your local emergency number" in found.emergency.says
    assert not found.emergency.number
    assert "findahelpline.com" in {line.url for line in found.lines}


def test_a_country_is_found_in_any_case() -> None:
    """A code is found however it is written."""
    assert load_help_lines().for_country("AT") == load_help_lines().for_country("at")


def test_the_oldest_date_is_the_date_of_the_list() -> None:
    """One line that nobody looked at again makes the whole list old."""
    old = dt.date(2025, 1, 1)
    lines = HelpLines((country("AT", line("crisis"), line("abuse", checked_on=old)),), country("other"))

    assert old == lines.checked_on
    assert not lines.is_old(old + MAX_AGE)
    assert lines.is_old(old + MAX_AGE + dt.timedelta(days=1))


def aged(lines: HelpLines, old: dt.date) -> list[HelpLines]:
    """The real list again and again, each time with one other entry looked at long ago."""
    made = []
    for country in (*lines.countries, lines.other):
        emergency = replace(country, emergency=replace(country.emergency, checked_on=old))
        one_line = [
            replace(country, lines=(*country.lines[:n], replace(each, checked_on=old), *country.lines[n + 1 :]))
            for n, each in enumerate(country.lines)
        ]
        for changed in (emergency, *one_line):
            countries = tuple(changed if c is country else c for c in lines.countries)
            made.append(HelpLines(countries, changed if country is lines.other else lines.other))
    return made


def test_one_old_entry_anywhere_makes_the_real_list_old() -> None:
    """Whichever number nobody looked at again, line, emergency or directory, the list is old a year after it."""
    old = dt.date(2025, 1, 1)
    lists = aged(load_help_lines(), old)

    assert len(lists) == len(EVERYWHERE) + len(LINES)
    assert all(each.is_old(old + MAX_AGE + dt.timedelta(days=1)) for each in lists)
    assert not any(each.is_old(old + MAX_AGE) for each in lists)


def test_an_emergency_number_grows_old_like_a_line() -> None:
    """The date of an emergency number counts too."""
    old = dt.date(2025, 1, 1)

    assert old == HelpLines((country("AT", checked_on=old),), country("other")).checked_on


def test_lines_are_found_by_whom_they_are_for() -> None:
    """Asked for two purposes, a country gives both in the order of the file."""
    abuse, crisis, young = line("abuse"), line("crisis"), line("young_people")

    assert (abuse, crisis) == country("AT", abuse, young, crisis).lines_for("crisis", "abuse")


@pytest.mark.parametrize(("code", "number"), [("IE", "999"), ("DE", "112"), ("other", "")])
def test_the_first_emergency_number_is_dialled(code: str, number: str) -> None:
    """Of "999 or 112" a telephone gets 999; where no number is known it gets nothing."""
    assert number == load_help_lines().for_country(code).emergency.dial


@pytest.mark.parametrize("missing", ["checked_on", "source_url", "seen", "for"])
def test_a_line_without_source_or_date_is_refused(missing: str) -> None:
    """The reader refuses an entry that does not say where and when it was seen, or whom it is for."""
    body = msgspec.to_builtins(line("crisis"))
    del body[missing]

    with pytest.raises(msgspec.ValidationError, match=missing):
        msgspec.convert(body, HelpLine)
