"""Everything a person can do, one function each: load, ask, store, return."""

from fallow.app.analysis import Analysis, Waiting, analyse, describe, describe_exports, kept, two_sides_document
from fallow.app.demo import fill_demo
from fallow.app.desk import Desk, history, plan_of, record
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
from fallow.app.today import Today, describe_today, today
from fallow.app.urges import (
    begin_draft,
    delete_draft,
    drafts_shown,
    is_open,
    may_write,
    next_mornings,
    read_draft,
    save_draft,
    seal_draft,
)
from fallow.importers import PROBLEMS, DateOrder, Export, SidedChat, read_export, read_export_file

__all__ = [
    "PROBLEMS",
    "Analysis",
    "DateOrder",
    "Desk",
    "Export",
    "Receipt",
    "SidedChat",
    "Today",
    "Waiting",
    "analyse",
    "begin_draft",
    "delete_draft",
    "describe",
    "describe_exports",
    "describe_today",
    "drafts_shown",
    "fill_demo",
    "guess_me",
    "history",
    "import_chat",
    "is_open",
    "kept",
    "known_names",
    "may_write",
    "name_sides",
    "next_mornings",
    "plan_of",
    "read_draft",
    "read_export",
    "read_export_file",
    "record",
    "remove_source",
    "require_same_dyad",
    "require_two",
    "save_draft",
    "seal_draft",
    "spelled",
    "today",
    "two_sides_document",
]
