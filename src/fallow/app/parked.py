"""
Questions for the other one, put away for a week and looked at again: let go, or kept as they are.

They are for oneself: nothing here is worded to be sent, and so parking one is open whatever else holds.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from fallow.app.desk import Desk, plan_of
from fallow.app.written import (
    Shown,
    begin_written,
    find_written,
    is_open,
    put_under_seal,
    show_written,
    unread,
)
from fallow.errors import NotUnderstood, StillSealed
from fallow.language import gettext as _
from fallow.plan import Ask, Plan, QuestionParked, QuestionSettled, decide
from fallow.store.interface import Deletion, Draft

REST: Final = dt.timedelta(days=7)
"""How long a question is away."""
LONGEST_QUESTION: Final = 2_000
"""Characters; what does not fit is a letter."""


def park_question(desk: Desk, text: str) -> Draft:
    """
    Put a question away for a week. Returns it without its words.

    Raises:
        NotUnderstood: There are no words, or too many; nothing was kept.
    """
    now, words = desk.clock(), text.strip()
    if not words or len(words) > LONGEST_QUESTION:
        raise NotUnderstood(
            what=_("the question; a sentence or more, {most} characters at most").format(most=LONGEST_QUESTION)
        )
    with desk.store.transaction():
        question, opens_at = begin_written(desk, "question"), now.at + REST
        desk.store.append(decide(plan_of(desk), Ask(QuestionParked(question.id, opens_at)), now))
        put_under_seal(desk, question, words, opens_at)
        return unread(desk, find_written(desk, question.id, "question"))


def questions_shown(desk: Desk) -> Shown:
    """Every question, the oldest first, without its words; `ready` are those whose week is over, kept ones included."""
    return show_written(desk, "question")


def ready_questions(desk: Desk, plan: Plan) -> tuple[str, ...]:
    """Ids of questions whose week is over and that have not been looked at yet."""
    return tuple(each.id for each in questions_shown(desk).ready if plan.questions.get(each.id) is not None)


def read_question(desk: Desk, id: str) -> Draft:
    """
    A question; its words only once its week is over.

    Raises:
        NoSuchEntry: There is none.
    """
    return unread(desk, find_written(desk, id, "question"))


def keep_question(desk: Desk, id: str) -> None:
    """
    Looked at again, and kept as it is.

    Raises:
        NoSuchEntry, StillSealed: There is none, or its week is not over.
    """
    if not is_open(desk, find_written(desk, id, "question")):
        raise StillSealed
    with desk.store.transaction():
        plan = plan_of(desk)
        if plan.questions.get(id) is not None:
            desk.store.append(decide(plan, Ask(QuestionSettled(id, "kept")), desk.clock()))


def let_question_go(desk: Desk, id: str) -> Deletion:
    """
    Delete a question and its words for good, its week over or not, and look whether they are gone.

    Raises:
        NoSuchEntry: There is none.
    """
    with desk.store.transaction():
        find_written(desk, id, "question")
        plan = plan_of(desk)
        if plan.questions.get(id) is not None:
            desk.store.append(decide(plan, Ask(QuestionSettled(id)), desk.clock()))
        desk.store.delete_draft(id)
    return desk.store.confirm_deleted(id)
