"""Every address there is, who may enter it, and what answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from starlette.responses import Response

from fallow.plan import Gate
from fallow.web.forms import Form, Upload
from fallow.web.office import Visit
from fallow.web.pages import (
    ahead,
    around,
    arrangements,
    better,
    check,
    days,
    ending,
    gate,
    hearing,
    help,
    hours,
    importing,
    inbound,
    installed,
    kept,
    known,
    letters,
    lists,
    locking,
    log,
    more,
    pairing,
    parcels,
    parked,
    phones,
    picture,
    plans,
    reminder,
    review,
    safety,
    settings,
    sides,
    start,
    surf,
    today,
    urge,
    ways,
    weighing,
)

Show = Callable[[Visit], Response]
Act = Callable[[Visit, Form], Response]


@dataclass(frozen=True, slots=True)
class Place:
    """
    One address.

    Args:
        path: What the browser asks for; neutral words and random ids only.
        show: Answers reading; None where there is nothing to read.
        act: Answers a form.
        for_whom: "anyone" who knows the address, or the "unlocked".
        upload: Answers a file, in place of `act`.
        home: Where the way back from an error leads.
        file: Reading it gives a file to keep, not a page.
        carries: Its form holds words of one's own, so it is carried through a lock that came while they were written.
        gate: What it helps with, if with any of it; then it is closed where the plan says so.
        door: Where it can be reached: from this computer, from a paired phone, or from both.
        beside: Asked for beside a page; it sets no cookie, which could take the place of the one of the page.
        before_pairing: A phone that is not paired may ask for it; of all places only what pairs.
    """

    path: str
    show: Show | None = None
    act: Act | None = None
    for_whom: Literal["anyone", "unlocked"] = "unlocked"
    upload: Callable[[Visit, Upload], Response] | None = None
    home: str = "/"
    gate: Gate | None = None
    carries: bool = False
    file: bool = False
    door: Literal["both", "computer", "phone"] = "both"
    before_pairing: bool = False
    beside: bool = False

    @property
    def methods(self) -> list[str]:
        return ["GET"] * (self.show is not None) + ["POST"] * (self.act is not None or self.upload is not None)


PLACES: Final = (
    Place("/open/{word}", locking.open_link, for_whom="anyone", door="computer"),
    Place("/unlock", locking.show_unlock, locking.unlock, "anyone"),
    Place("/leave", act=locking.leave, for_whom="anyone"),
    Place("/help", help.show, for_whom="anyone"),
    Place("/pair", pairing.show, pairing.pair_this, "anyone", home="/pair", door="phone", before_pairing=True),
    Place("/pair/certificate", pairing.certificate, for_whom="anyone", door="phone", file=True, before_pairing=True),
    Place("/pair/{code}", pairing.show_with_code, for_whom="anyone", door="phone", before_pairing=True),
    Place("/pause", installed.show_pause, for_whom="anyone", door="phone", beside=True),
    Place("/app.webmanifest", installed.manifest, for_whom="anyone", door="phone", file=True, beside=True),
    Place("/worker.js", installed.worker, for_whom="anyone", door="phone", file=True, beside=True),
    Place("/start", start.show, for_whom="anyone", door="computer"),
    Place("/start/lock", start.show_lock, start.set_up, "anyone", home="/start/lock", door="computer"),
    Place("/start/back", start.show_back, upload=start.bring_back, for_whom="anyone", home="/start", door="computer"),
    Place("/start/code", start.show_code),
    Place("/start/{step:int}", start.show_step, start.answer_step),
    Place("/", today.show),
    Place("/screen", safety.show_screen, safety.answer_screen, home="/screen"),
    Place("/check", check.show, check.answer, home="/check"),
    Place("/safety", act=today.leave_safety),
    Place("/inbound", inbound.show, inbound.act, home="/inbound"),
    Place("/inbound/three", inbound.show_three, home="/inbound", gate="write"),
    Place("/inbound/three/{step}", inbound.show_stance, home="/inbound", gate="write"),
    Place("/inbound/slow", inbound.show_slow, home="/inbound", gate="write"),
    Place("/inbound/friends", inbound.show_friends, home="/inbound", gate="write"),
    Place("/kept", kept.show, kept.keep, home="/kept", carries=True),
    Place("/kept/plain", kept.show_plain, home="/kept"),
    Place("/friends", around.show_friends),
    Place("/friends/choose", around.show_choices, around.keep_choices, home="/friends", carries=True),
    Place("/by-chance", around.show_by_chance),
    Place("/reopen", act=today.reopen),
    Place("/review", review.show, review.hold, gate="review"),
    Place("/review/early", act=review.advance, home="/review", gate="review"),
    Place("/review/one", review.show_one, home="/review", gate="review"),
    Place(
        "/review/ask/{question}",
        review.show_question,
        review.answer_question,
        home="/review/one",
        gate="review",
        carries=True,
    ),
    Place("/review/draft", review.show_draft, review.choose, home="/review", gate="review"),
    Place("/review/sent", act=review.sent, home="/review", gate="review"),
    Place("/lock", act=locking.lock),
    Place("/here", act=locking.here),
    Place("/now", urge.show, urge.begin),
    Place("/now/wait", urge.show_wait, urge.adjust_wait, home="/now/wait"),
    Place("/now/surf", surf.show, surf.go_on, home="/now"),
    Place("/now/gate", gate.show, gate.act, home="/now/gate"),
    Place("/now/call", urge.show_call),
    Place("/now/words", hearing.show, hearing.answer, home="/now", carries=True),
    Place("/d/{id}", urge.show_draft, urge.change_draft, carries=True),
    Place("/letters", letters.show, letters.begin, home="/letters"),
    Place("/letters/{id}", letters.show_letter, letters.change, home="/letters", carries=True),
    Place("/better", better.show, better.begin, home="/better"),
    Place("/better/{id}", better.show_sitting, better.change, home="/better", carries=True),
    Place("/plans", plans.show),
    Place("/plans/{place:int}", plans.show_plan, plans.keep_plan, home="/plans", carries=True),
    Place("/list", plans.show_list, plans.keep_list, home="/plans", carries=True),
    Place("/morning", plans.show_morning, plans.keep_morning, home="/plans", carries=True),
    Place("/parked", parked.show, parked.park, home="/parked", carries=True),
    Place("/parked/{id}", parked.show_question, parked.settle, home="/parked"),
    Place("/days", days.show, days.add, home="/days", carries=True),
    Place("/days/file", days.download, home="/days", file=True),
    Place("/days/{id}", days.show_day, days.change, home="/days", carries=True),
    Place("/end", ending.show, ending.close, home="/end", carries=True),
    Place("/end/away", act=ending.take_away, home="/end"),
    Place("/end/clear", ending.show_clear, ending.clear, home="/end"),
    Place("/log", log.show, log.record_entry, home="/log", carries=True),
    Place("/history", log.show_history),
    Place("/history/{id}", log.show_entry, log.correct_entry, home="/history"),
    Place("/hours", hours.show),
    Place("/more", more.show),
    Place("/sides", sides.show),
    Place("/sides/tell", sides.show_telling, sides.tell, home="/sides", carries=True),
    Place("/sides/weighed", weighing.show, home="/sides", gate="reasons"),
    Place("/sides/mine", weighing.show_mine, home="/sides"),
    Place("/sides/{id}", sides.show_version, home="/sides"),
    Place("/picture", picture.show, picture.open),
    Place("/picture/file", picture.download, home="/picture", file=True),
    Place("/ahead", ahead.show, ahead.open, gate="forecast"),
    Place("/ahead/others", ahead.show_others, upload=ahead.read_others, home="/ahead/others", gate="forecast"),
    Place("/sources/others", act=ahead.forget_others, home="/import"),
    Place("/import", importing.show, upload=importing.read_file, home="/import"),
    Place("/sources", act=importing.remove, home="/import"),
    Place("/parcels", parcels.show, parcels.make, home="/parcels"),
    Place("/parcels/file/open", upload=parcels.open_file, home="/parcels"),
    Place("/parcels/file/away", upload=parcels.let_go, home="/parcels"),
    Place("/parcels/{id}", parcels.show_one, parcels.change, home="/parcels"),
    Place("/parcels/{id}/file", parcels.download, home="/parcels", file=True),
    Place("/import/reading", importing.show_reading, home="/import"),
    Place("/import/{id}", importing.show_waiting, importing.answer, home="/import"),
    Place("/ways", ways.show, home="/ways"),
    Place("/ways/lists", lists.show, home="/ways"),
    Place("/ways/lists/{kind}", lists.show_list, lists.make, home="/ways/lists"),
    Place("/ways/{id}", ways.show_way, ways.mark, home="/ways"),
    Place("/known", known.show),
    Place("/known/rates", known.show_rates, home="/known"),
    Place("/known/tools", known.show_tools),
    Place("/known/{id}", known.show_claim, home="/known"),
    Place("/limits", arrangements.show_limits, arrangements.set_limits, home="/limits", carries=True),
    Place("/home", arrangements.show_home, arrangements.arrange_home, home="/home", carries=True),
    Place("/items", arrangements.show_items, arrangements.change_items, home="/items"),
    Place("/reminder", reminder.show, reminder.choose, home="/reminder"),
    Place("/reminder/file", reminder.download, home="/reminder", file=True),
    Place("/phone", phones.show, phones.make, home="/phone", door="computer"),
    Place("/phone/remove", act=phones.remove, home="/phone", door="computer"),
    Place("/phone/certificate", phones.certificate, home="/phone", door="computer", file=True),
    Place("/settings", settings.show, home="/settings"),
    Place("/settings/mode", act=settings.choose_mode, home="/settings"),
    Place("/settings/time", act=settings.choose_time, home="/settings", gate="time"),
    Place("/settings/stop", act=settings.set_stop, home="/settings"),
    Place("/settings/unstop", safety.show_unstop, safety.answer_unstop, home="/settings/unstop"),
    Place("/settings/person", act=settings.name_person, home="/settings"),
    Place("/settings/window", act=settings.choose_window, home="/settings"),
    Place("/settings/passphrase", act=settings.change_lock, home="/settings"),
    Place("/settings/code", settings.show_code, settings.renew_code, home="/settings"),
)
UPLOAD_PATHS: Final = tuple(place.path for place in PLACES if place.upload is not None)
