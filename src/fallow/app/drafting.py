"""A draft held against the rules, with what the plan knows: whether writing is open, and a greeting offered."""

from __future__ import annotations

from typing import Any

import msgspec

from fallow.app.desk import Desk, plan_of
from fallow.app.urges import require_writing
from fallow.app.written import LONGEST_DRAFT
from fallow.errors import DraftTooLong
from fallow.guidance import DraftFinding, Language, check_draft, count_words, draft_question, guess_language
from fallow.plan import Reason, after_the_period


class CheckedDraft(msgspec.Struct, frozen=True):
    """
    What is said of a draft; never a score.

    Args:
        findings: Help first, then as they stand in the text.
        asks: What only the person can say.
        words: How many there are.
        language: The one it was checked as; None: could not be told, so the rules of both were used.
    """

    findings: tuple[DraftFinding, ...]
    asks: str
    words: int
    language: Language | None


def check_words(
    desk: Desk | None,
    text: str,
    *,
    language: Language | None = None,
    hour: int | None = None,
    reason: Reason | None = None,
) -> CheckedDraft:
    """
    Check a draft; nothing is kept.

    Args:
        desk: None: nothing is set up here, so no plan is asked.
        hour: Local hour at which it would go out, 0 to 23; None: not judged.
    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: Writing is not open.
        DraftTooLong: More than `LONGEST_DRAFT` characters.
    """
    over = False
    if desk is not None:
        plan, now = plan_of(desk), desk.clock()
        require_writing(plan, now)
        over = after_the_period(plan, now)
    if len(text) > LONGEST_DRAFT:
        raise DraftTooLong(limit=LONGEST_DRAFT)
    findings = check_draft(text, language=language, hour=hour, reason=reason, quiet_time_over=over)
    return CheckedDraft(findings, draft_question(), count_words(text), language or guess_language(text))


def describe_checked(checked: CheckedDraft) -> dict[str, Any]:
    """The same for machines; `ok` when no rule found anything."""
    described: dict[str, Any] = msgspec.to_builtins(checked)
    return {"ok": not checked.findings, **described}
