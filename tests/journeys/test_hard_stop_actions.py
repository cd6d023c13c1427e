"""
In a clear stop no function of `app` drafts, times, reasons about, foretells or readies a message.

Every function is in one of the two tables below, so a new one cannot be added without saying which it is.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

import fallow.app as app
from conftest import Home
from fallow.app import Desk, record
from fallow.errors import FallowError, HardStopHolds
from fallow.plan import (
    Ask,
    Because,
    DraftSealed,
    FriendCardSet,
    HardStopSet,
    PlannedMessage,
    QuietTimeChosen,
    ReviewAnswered,
    ReviewHeld,
    Urge,
    What,
)
from journeys.earlier import everything_open, opened


def in_a_week(desk: Desk) -> dt.date:
    return desk.clock().day + dt.timedelta(days=7)


HELPS: dict[str, Callable[[Desk, str], object]] = {
    "advance_review": lambda desk, _: app.advance_review(desk, "health"),
    "base_rates": lambda desk, _: app.base_rates(desk),
    "begin_draft": lambda desk, _: app.begin_draft(desk, Urge()),
    "begin_letter": lambda desk, _: app.begin_letter(desk),
    "branch_words": lambda desk, _: app.branch_words(desk, "about_us"),
    "keep_friend_card": lambda desk, _: app.keep_friend_card(desk, (), "words"),
    "require_card_words": lambda desk, _: app.require_card_words(desk, asked=True),
    "find_stance": lambda desk, _: app.find_stance(desk, "not_now"),
    "stances": lambda desk, _: app.stances(desk),
    "way_words": lambda desk, _: app.way_words(desk, "slow"),
    "begin_review_draft": lambda desk, _: app.begin_review_draft(desk),
    "check_words": lambda desk, _: app.check_words(desk, "words"),
    "choose_message": lambda desk, draft: app.choose_message(desk, draft, "apology"),
    "put_letter_away": lambda desk, id: app.put_letter_away(desk, id, "words", in_a_week(desk)),
    "read_draft": lambda desk, draft: app.read_draft(desk, draft),
    "read_letter": lambda desk, id: app.read_letter(desk, id),
    "reread_draft": lambda desk, draft: app.reread_draft(desk, draft, "yes"),
    "read_review_draft": lambda desk, draft: app.read_review_draft(desk, draft),
    "review": lambda desk, _: app.review(desk),
    "save_draft": lambda desk, draft: app.save_draft(desk, draft, "words"),
    "save_letter": lambda desk, id: app.save_letter(desk, id, "words"),
    "say_sent": lambda desk, _: app.say_sent(desk),
    "seal_draft": lambda desk, draft: app.seal_draft(desk, draft, "words", desk.clock().at + dt.timedelta(days=1)),
    "learn_own_world": lambda desk, _: app.learn_own_world(desk, b"{}"),
    "silence_forecast": lambda desk, _: app.silence_forecast(desk),
    "weighing": lambda desk, _: app.weighing(desk),
    "write_on": lambda desk, id: app.write_on(desk, id),
}
"""What helps to write to them, to time it, to find a reason, or to foresee what comes of it."""

OWN = {
    *("delete_draft", "drafts_shown", "is_open", "may_write", "next_mornings"),
    *("end", "describe_end", "close_plan", "reopen_plan", "weekly_use"),
    *("letters_shown", "describe_letters", "holds_words", "burn_letter", "rest_day", "require_rest_day"),
    *("better", "describe_better", "begin_sitting", "save_sitting", "end_sitting", "read_sitting", "burn_sitting"),
    *("read_inbound", "describe_inbound", "triage_inbound", "put_off_inbound", "settle_inbound", "slow_start"),
    *(
        "passage_in_words",
        "by_chance",
        "friend_card",
        "card_sentences",
        "keep_evidence",
        "kept_evidence",
        "describe_evidence",
    ),
    *("footing", "describe_footing", "gate_until", "next_noon", "set_gate", "plan_if_then", "clear_if_then"),
    *("describe_if_then", "require_place", "set_morning_line", "list_distractions", "wait_minutes", "choose_wait"),
    *("surf", "read_surfing", "describe_surfing", "answer_on", "read_rereading", "describe_rereading"),
    *("park_question", "questions_shown", "ready_questions", "read_question", "keep_question", "let_question_go"),
    *("dates", "note_date", "note_holiday", "note_first_message", "first_message_day", "find_date_ahead", "parse_day"),
    *("decide_date", "require_calm_day", "drop_date", "describe_date", "calendar_file", "reminder_file"),
    *("describe_review", "describe_base_rates", "rates_open", "describe_checked"),
    *("today", "describe_today", "history", "plan_of", "record", "read_patterns", "describe_patterns"),
    *("reach", "mark_channel", "channel_standing", "channels_due", "looks_ahead", "describe_reach", "describe_channel"),
    *("channels_listed", "lists_offered", "list_offered", "require_list", "make_list", "describe_list"),
    *("describe_claim", "describe_ledger", "describe_friend_card"),
    *("analyse", "analyse_exports", "analyse_kept", "describe", "describe_exports", "two_sides_document", "kept"),
    *(
        "ended_on",
        "kept_name",
        "fill_demo",
        "guess_me",
        "import_chat",
        "list_chats",
        "told_me",
        "wall_clocks",
        "told_messages",
        "both_names",
        "known_names",
        "name_sides",
        "read_days",
        "read_export",
    ),
    *("read_export_file", "remove_source"),
    *("describe_screen", "keep_follows", "note_concern", "leave_concerns", "next_question", "lift_stop"),
    *("require_stop_liftable", "stop_opens_at"),
    *("account", "describe_account", "find_telling", "give_account", "require_account_open", "require_ended_open"),
    *("own_hands", "describe_own_hands", "describe_weighing"),
    *("score_check", "keep_check", "describe_result", "weekly_on", "choose_weekly"),
    *("parcels", "put_away", "find_parcel", "give_parcel", "bring_back", "remove_parcel", "require_parcel_day"),
    *("resting_parcels", "receipt_of", "say_why"),
    *("look_into", "parcel_text", "describe_parcel", "describe_contents"),
    *("require_same_dyad", "require_two", "spelled", "is_group", "of_two", "pick_two", "group_messages"),
    *("say_left", "say_rows"),
    *("describe_forecast", "forecast_chats", "forecast_lines", "own_world", "own_world_from", "forget_own_world"),
}
"""What is for oneself or about the record, and turns values into plain ones; `record` asks the plan, which refuses."""

WORDS_AND_TIMES: tuple[What, ...] = (
    DraftSealed("d", dt.datetime(2100, 1, 1, tzinfo=dt.UTC)),
    PlannedMessage(),
    ReviewHeld("extend"),
    ReviewHeld("one_message", reason="talk"),
    ReviewAnswered("purpose", holds=True, words="x"),
    QuietTimeChosen(30),
    FriendCardSet(words="x"),
)


@pytest.fixture
def all_open(set_up: Home) -> Iterator[tuple[Desk, str]]:
    """A review is due, every question answered, a draft rested: each function below would do something."""
    with opened(set_up) as desk:
        yield desk, everything_open(desk)


def test_every_function_is_in_a_table() -> None:
    """A new one is a decision."""
    functions = {name for name in app.__all__ if inspect.isfunction(getattr(app, name))}
    assert functions == set(HELPS) | OWN
    assert set() == set(HELPS) & OWN


@pytest.mark.parametrize("because", get_args(Because))
def test_what_helps_is_closed(all_open: tuple[Desk, str], because: Because) -> None:
    """For every reason, every one of them, and whatever is asked of the plan directly."""
    desk, draft = all_open
    record(desk, Ask(HardStopSet(because)))
    before = desk.store.events(), desk.store.drafts()
    for name, call in HELPS.items():
        with pytest.raises(HardStopHolds):
            call(desk, draft)
        assert before == (desk.store.events(), desk.store.drafts()), name
    for what in WORDS_AND_TIMES:
        with pytest.raises(HardStopHolds):
            record(desk, Ask(what))
    assert before == (desk.store.events(), desk.store.drafts())


@pytest.mark.parametrize("name", HELPS)
def test_without_a_stop_it_is_open(all_open: tuple[Desk, str], name: str) -> None:
    """Control: it is the stop that closes it."""
    desk, draft = all_open
    found: Any = None
    try:
        HELPS[name](desk, draft)
    except FallowError as error:
        found = error
    assert not isinstance(found, HardStopHolds)
