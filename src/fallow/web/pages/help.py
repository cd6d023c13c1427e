"""Help lines by country: open to anyone who is at this screen, locked or not."""

from __future__ import annotations

from starlette.responses import Response

from fallow.guidance import CountryHelp, guess_country, load_help_lines
from fallow.language import gettext as _
from fallow.web.office import Visit
from fallow.wiring import system_zone


def country_code(visit: Visit) -> str | None:
    """The country asked for, else the one the time zone tells, if it does."""
    zone = visit.desk.clock().zone if visit.unlocked else system_zone()
    return visit.query.get("country") or guess_country(zone)


def country_of(visit: Visit) -> CountryHelp:
    return load_help_lines().for_country(country_code(visit))


def show(visit: Visit) -> Response:
    lines, country = load_help_lines(), country_of(visit)
    headings = (
        (_("When it is hard to go on"), ("crisis", "emotional_support")),
        (_("When someone hurts, threatens or follows you"), ("abuse", "stalking")),
        (_("When you fear what you might do"), ("own_behaviour",)),
        (_("For young people"), ("young_people",)),
    )
    groups = [(heading, country.lines_for(*purposes)) for heading, purposes in headings]
    return visit.page(
        "help.html",
        country=country,
        countries=(*lines.countries, lines.other),
        groups=[(heading, found) for heading, found in groups if found],
        elsewhere=lines.other.lines if country is not lines.other else (),
        checked=lines.checked_on,
    )
