"""More: every place a person may look for that has no tab of its own, each with what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from fallow.app import plan_of
from fallow.language import gettext as _
from fallow.plan import Gate, gate_open
from fallow.web.office import Visit


@dataclass(frozen=True, slots=True)
class Way:
    """One place: where, what it is called, what it is for, and the gate it stands behind."""

    path: str
    label: str
    hint: str
    gate: Gate | None = None
    computer: bool = False
    """It is there on the computer alone."""


def show(visit: Visit) -> Response:
    """Only what is open now is listed; what is closed is not dangled."""
    plan, now = plan_of(visit.desk), visit.desk.clock()
    groups = [
        (
            heading,
            [
                way
                for way in ways
                if (way.gate is None or gate_open(plan, way.gate, now)) and not (way.computer and visit.phone)
            ],
        )
        for heading, ways in groups_of_ways()
    ]
    return visit.page("more.html", here="/more", groups=[(heading, ways) for heading, ways in groups if ways])


def groups_of_ways() -> tuple[tuple[str, tuple[Way, ...]], ...]:
    """Every place, by what a person comes for."""
    return (
        (
            _("Looking ahead"),
            (
                Way("/days", _("Days that come every year"), _("decided beforehand, on a calm day; a calendar file")),
                Way("/review", _("Review"), _("every thirty days: go on, let go, or one message"), "review"),
            ),
        ),
        (
            _("For hard hours"),
            (
                Way("/plans", _("If this, then that"), _("three moments of your own, and what has helped")),
                Way("/now/gate", _("A gate for some hours"), _("set beforehand; drafts are locked until it opens")),
                Way("/now/surf", _("Three minutes with an urge"), _("watched as it rises and falls")),
                Way("/parked", _("Parked questions"), _("away for a week, then looked at again")),
            ),
        ),
        (
            _("Safety"),
            (
                Way("/screen", _("A few questions"), _("about safety, both ways, and what would follow")),
                Way("/check", _("How two weeks were"), _("four questions; a total that points and diagnoses nothing")),
                Way("/help", _("Help"), _("people who answer, by country")),
            ),
        ),
        (
            _("Understanding"),
            (
                Way("/picture", _("Picture"), _("what a chat shows of both sides; a few times a week")),
                Way(
                    "/ahead",
                    _("Whether they may write"),
                    _("from times alone, with wide limits; once a week"),
                    "forecast",
                ),
                Way("/sides", _("Both sides"), _("how it ended, in your own words; five minutes, and then enough")),
                Way("/sides/weighed", _("Considered or impulsive"), _("what points which way; no score"), "reasons"),
                Way("/sides/mine", _("My side of the door"), _("what is in your hands, in a few lines")),
                Way("/known", _("What is known"), _("every claim of the method, and what stands behind it")),
                Way("/hours", _("Your own hours"), _("when urges come, and what sets them off")),
                Way("/history", _("What was logged"), _("and how to correct it")),
            ),
        ),
        (
            _("Out of reach"),
            (
                Way("/ways", _("Ways between you"), _("what is open, what is closed, and the next small step")),
                Way("/ways/lists", _("Lists to install"), _("for a browser, mail, a network, the phone; with undo")),
                Way("/parcels", _("The chat, out of sight"), _("put away until a day, kept here or given away")),
                Way(
                    "/friends",
                    _("A card for a friend"),
                    _("what helps, what news not to bring; to print"),
                ),
            ),
        ),
        (
            _("Where contact cannot be avoided"),
            (
                Way("/limits", _("Limited contact"), _("children, work, bills: one channel, its topics and hours")),
                Way("/home", _("Under one roof"), _("who has what, and the day one of you moves")),
                Way("/items", _("Things and money"), _("one list, settled one by one")),
                Way("/inbound", _("They wrote"), _("ten minutes, what it was, one next step; nothing is one")),
                Way("/by-chance", _("Running into them"), _("three seconds for the next time")),
                Way("/kept", _("What they did, kept"), _("as it was, with its time, for an advocate")),
            ),
        ),
        (
            _("Yourself"),
            (
                Way("/letters", _("Letters that stay here"), _("never sent; put away, read again, or burned")),
                Way("/better", _("What is better now"), _("fifteen minutes, three days, then it is done")),
                Way("/end", _("Closing"), _("an end, a copy to take away, removing everything")),
                Way("/reminder", _("A reminder"), _("none, unless you choose one; silent, at one time of day")),
                Way("/phone", _("On your phone"), _("paired with this computer, in your own network"), computer=True),
                Way("/settings", _("Choices"), _("how things stand, a clear stop, one person, the lock")),
            ),
        ),
    )
