"""Friends who carry news, and running into them: a few words to say, and three seconds for the next time."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import by_chance
from fallow.guidance import load_around
from fallow.web.office import Visit


def show_friends(visit: Visit) -> Response:
    return visit.page("friends.html", words=load_around().friends)


def show_by_chance(visit: Visit) -> Response:
    return visit.page("by_chance.html", words=by_chance(visit.desk))
