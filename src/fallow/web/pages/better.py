"""What is better now: one topic, up to fifteen minutes, three days, and then it is done."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import BETTER_DAYS as DAYS
from fallow.app import begin_sitting, better, burn_sitting, end_sitting, read_sitting, save_sitting
from fallow.errors import SittingOver
from fallow.guidance import find_technique, load_ledger
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.writing import burned, keep, kept, text_of

PLACE = "/better"


def show(visit: Visit) -> Response:
    """The topic, how many of the days are left, and what was written on which day, without its words."""
    technique = find_technique("better_now")
    return visit.page(
        "better.html",
        stands=better(visit.desk),
        days=DAYS,
        technique=technique,
        sources=load_ledger().cited(technique),
    )


def begin(visit: Visit, _form: Form) -> Response:
    return visit.go(f"{PLACE}/{begin_sitting(visit.desk)}")


def show_sitting(visit: Visit) -> Response:
    """The page to write on while its time runs; after that, what was written."""
    with visit.office.drafting:  # behind a save that came first: reloading while typing shows every word
        sitting = read_sitting(visit.desk, visit.params["id"])
    template = "better_write.html" if sitting.running else "better_read.html"
    return visit.page(template, sitting=sitting, writing=sitting.running, bare=sitting.running)


def change(visit: Visit, form: Form) -> Response:
    """Keep it, end the sitting, or burn what was written."""
    id = visit.params["id"]
    try:
        match form["do"]:
            case "burn":
                return _burn(visit, form)
            case "end":
                end_sitting(visit.desk, id, text_of(form))
                return visit.go(PLACE, said=_("Put away. That is enough for today."))
            case "back":
                return visit.go(f"{PLACE}/{id}")
            case _:
                keep(visit, form, save_sitting)
                return kept(visit, form, PLACE)
    except SittingOver as error:
        return over(visit, error, text_of(form))


def over(visit: Visit, error: SittingOver, text: str) -> Response:
    """Words that came too late are not kept, and not lost either: the page gives them back."""
    return visit.page("better_over.html", status=status_of(error), error=error, text=text, place=PLACE)


def _burn(visit: Visit, form: Form) -> Response:
    id = visit.params["id"]
    if not form["sure"] and read_sitting(visit.desk, id).text.strip():
        return visit.page("letter_burn.html", id=id, place=PLACE)
    return visit.go(PLACE, said=burned(burn_sitting(visit.desk, id)))
