"""Everything a person can do, one function each: load, ask, store, return."""

from fallow.app.analysis import Analysis, Waiting, analyse, describe, describe_exports, kept, two_sides_document
from fallow.app.demo import fill_demo
from fallow.app.desk import Desk, history, plan_of, record
from fallow.app.doors import MarkedDoor, describe_door, doors, mark_door, marked_door
from fallow.app.importing import (
    Receipt,
    guess_me,
    import_chat,
    known_names,
    name_sides,
    remove_source,
    require_same_dyad,
    require_two,
    spelled,
)
from fallow.app.known import (
    base_rates,
    describe_base_rates,
    describe_claim,
    describe_ledger,
    rates_open,
)
from fallow.app.patterns import Cue, Hours, Patterns, describe_patterns, read_patterns
from fallow.app.reviewing import (
    Review,
    advance_review,
    begin_review_draft,
    choose_message,
    describe_review,
    read_review_draft,
    review,
    say_sent,
)
from fallow.app.today import Today, describe_today, today
from fallow.app.urges import (
    begin_draft,
    delete_draft,
    drafts_shown,
    may_write,
    next_mornings,
    read_draft,
    save_draft,
    seal_draft,
)
from fallow.app.written import is_open
from fallow.dyad import Share
from fallow.forecast import WINDOW_DAYS
from fallow.importers import PROBLEMS, DateOrder, Export, SidedChat, read_export, read_export_file

__all__ = [
    "PROBLEMS",
    "WINDOW_DAYS",
    "Analysis",
    "Cue",
    "DateOrder",
    "Desk",
    "Export",
    "Hours",
    "MarkedDoor",
    "Patterns",
    "Receipt",
    "Review",
    "Share",
    "SidedChat",
    "Today",
    "Waiting",
    "advance_review",
    "analyse",
    "base_rates",
    "begin_draft",
    "begin_review_draft",
    "choose_message",
    "delete_draft",
    "describe",
    "describe_base_rates",
    "describe_claim",
    "describe_door",
    "describe_exports",
    "describe_ledger",
    "describe_patterns",
    "describe_review",
    "describe_today",
    "doors",
    "drafts_shown",
    "fill_demo",
    "guess_me",
    "history",
    "import_chat",
    "is_open",
    "kept",
    "known_names",
    "mark_door",
    "marked_door",
    "may_write",
    "name_sides",
    "next_mornings",
    "plan_of",
    "rates_open",
    "read_draft",
    "read_export",
    "read_export_file",
    "read_patterns",
    "read_review_draft",
    "record",
    "remove_source",
    "require_same_dyad",
    "require_two",
    "review",
    "save_draft",
    "say_sent",
    "seal_draft",
    "spelled",
    "today",
    "two_sides_document",
]
