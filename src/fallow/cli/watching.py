"""A file that is read while somebody watches: a bar, how many messages, and about how long it will still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import click

from fallow.app import Pace, say_left, say_rows
from fallow.errors import ImportStopped
from fallow.language import gettext as _

PROGRESS_BYTES: Final = 5_000_000
"""Size of what is read from which it is worth a bar."""


@contextmanager
def watched() -> Iterator[Callable[[int, int, int], None] | None]:
    """
    What to call while a file is read, where somebody watches on a terminal; the bar comes with the first piece.

    Raises:
        ImportStopped: If it is interrupted.
    """
    try:
        with ExitStack() as stack:
            yield _watching(stack) if sys.stderr.isatty() else None
    except KeyboardInterrupt:
        raise ImportStopped from None


def _watching(stack: ExitStack) -> Callable[[int, int, int], None]:
    pace, bar = Pace(time.monotonic), list[Any]()

    def tell(done: int, of: int, rows: int) -> None:
        pace.put(done, of, rows)
        if not bar and of > PROGRESS_BYTES:
            bar.append(stack.enter_context(_bar(lambda _item: _said(pace))))
        for one in bar:
            one.update(int(100 * pace.share) - one.pos, 0)

    return tell


def _bar(said: Callable[[int | None], str]) -> Any:
    return click.progressbar(
        length=100, label=_("Reading"), file=sys.stderr, show_eta=False, item_show_func=said, update_min_steps=0
    )


def _said(pace: Pace) -> str:
    """What stands behind the bar."""
    return " ".join(filter(None, (say_rows(pace.rows), say_left(pace.seconds_left()))))
