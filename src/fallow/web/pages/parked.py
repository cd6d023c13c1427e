"""Questions for the other one, put away for seven days and looked at again; never sent."""

from __future__ import annotations

import datetime as dt

from starlette.responses import Response

from fallow.app import (
    is_open,
    keep_question,
    let_question_go,
    park_question,
    plan_of,
    questions_shown,
    read_question,
)
from fallow.errors import FallowError
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.writing import at, burned, text_of


def show(visit: Visit) -> Response:
    return _page(visit)


def park(visit: Visit, form: Form) -> Response:
    try:
        park_question(visit.desk, text_of(form))
    except FallowError as error:
        return _page(visit, error, text_of(form))
    return visit.go("/parked", said=_("Put away for a week. Today says when it can be looked at again."))


def show_question(visit: Visit) -> Response:
    question = read_question(visit.desk, visit.params["id"])
    assert question.opens_at is not None, "a question is put away as it is written"
    return visit.page(
        "parked_one.html",
        question=question,
        opened=is_open(visit.desk, question),
        kept=plan_of(visit.desk).questions.get(question.id) is None,
        opens=at(visit, question.opens_at),
        written=at(visit, question.started_at),
    )


def settle(visit: Visit, form: Form) -> Response:
    """Let it go, with its words, at any time; or keep it once its week is over."""
    if form["do"] == "keep":
        keep_question(visit.desk, visit.params["id"])
        return visit.go("/parked", said=_("Kept as it is. It can be let go at any time."))
    if form["do"] == "let_go":
        return visit.go("/parked", said=burned(let_question_go(visit.desk, visit.params["id"])))
    return visit.go(f"/parked/{visit.params['id']}")


def _page(visit: Visit, error: FallowError | None = None, text: str = "") -> Response:
    shown, questions = questions_shown(visit.desk), plan_of(visit.desk).questions
    return visit.page(
        "parked.html",
        status=200 if error is None else status_of(error),
        error=error,
        text=text,
        questions=[
            (
                each.id,
                at(visit, each.started_at),
                _state(state, questions.get(each.id)),
                at(visit, each.opens_at),
            )
            for state, found in zip(shown._fields, shown, strict=True)
            for each in found
            if each.opens_at is not None
        ],
    )


def _state(state: str, unsettled: dt.datetime | None) -> str:
    return "kept" if state == "ready" and unsettled is None else state
