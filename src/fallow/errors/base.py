"""What every error is: two sentences, with what belongs in their braces."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar, Final

from fallow.language import gettext, say_day

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class FallowError(Exception):
    """Something a person can meet and do something about. Details fill the braces of the two sentences."""

    says: ClassVar[str] = "Something did not work."
    next_step: ClassVar[str] = "Nothing was lost. Please try again."

    def __init__(self, **details: int | str) -> None:
        self.details = details
        super().__init__(self.sentence)

    @property
    def kind(self) -> str:
        """The stable name of this error for machines: its class name."""
        return type(self).__name__

    @property
    def sentence(self) -> str:
        return gettext(self.says).format_map(self._said)

    @property
    def advice(self) -> str:
        return gettext(self.next_step).format_map(self._said)

    @property
    def _said(self) -> dict[str, int | str]:
        """The details as they are said: words among them are marked where they are raised, and translated here."""
        return {name: _said(value) for name, value in self.details.items()}


def _said(value: int | str) -> int | str:
    """A number stays, a day as machines write it is said as people do, words are translated."""
    if not isinstance(value, str):
        return value
    return say_day(dt.date.fromisoformat(value)) if _DAY.fullmatch(value) else gettext(value)
