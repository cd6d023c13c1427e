"""Numbers: too few of them, and logs to learn from."""

from __future__ import annotations

from fallow.errors.base import FallowError


class SilenceNotSeen(FallowError):
    says = "Days are missing from this record after its last message, so the silence cannot be told."
    next_step = "Bring the missing part, or log the last contact."


class NoSilenceNow(FallowError):
    says = "The last contact is less than a day ago, so there is no silence to look at."
    next_step = "A forecast is of use from a day of silence on, if at all."


class EpisodeNotUnderstood(FallowError):
    says = "Line {line} could not be read as a silence."
    next_step = "Each line is JSON with eid, silence_days, now and events; nothing was written."


class NotEnoughData(FallowError):
    says = "Too little data to say: {have} of at least {need}."
    next_step = "That is an answer too. More of the record would help."


class TooFewConversations(NotEnoughData):
    says = "It holds {have} other conversations of two people with silences in them; {need} are needed."
    next_step = "A full export of Telegram Desktop holds all of them, a single chat none. Nothing was kept or changed."


class StudyPartsMissing(FallowError):
    says = "The parts that read logs are not installed."
    next_step = 'Install them with: pip install "fallow[{extra}]".'


class JavaMissing(FallowError):
    says = "Spark needs Java, and none was found."
    next_step = "Install Java 17, or take another engine: polars or duckdb."


class EngineStopped(FallowError):
    says = "The engine stopped before it was done ({what})."
    next_step = "Nothing was written. Try another engine, or give it more memory."
