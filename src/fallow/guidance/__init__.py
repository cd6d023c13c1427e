"""What Fallow says: help lines, the safety screen, limits and small kind words; data files and pure functions."""

from fallow.guidance.countries import guess_country
from fallow.guidance.help_lines import CountryHelp, Emergency, HelpLine, HelpLines, Purpose, load_help_lines
from fallow.guidance.words import (
    Concern,
    HardStopReason,
    HardStopWords,
    LeadsTo,
    QuietTimeOption,
    QuietTimeWords,
    SafetyQuestion,
    SafetyScreen,
    Sentence,
    UrgeOption,
    UrgeWords,
    Words,
    hard_stop_words,
    load_words,
    reasons_from,
    small_thing,
)

__all__ = [
    "Concern",
    "CountryHelp",
    "Emergency",
    "HardStopReason",
    "HardStopWords",
    "HelpLine",
    "HelpLines",
    "LeadsTo",
    "Purpose",
    "QuietTimeOption",
    "QuietTimeWords",
    "SafetyQuestion",
    "SafetyScreen",
    "Sentence",
    "UrgeOption",
    "UrgeWords",
    "Words",
    "guess_country",
    "hard_stop_words",
    "load_help_lines",
    "load_words",
    "reasons_from",
    "small_thing",
]
