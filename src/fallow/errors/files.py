"""A file somebody brings, and what is said of it."""

from __future__ import annotations

from fallow.errors.base import FallowError


class ImportRefused(FallowError):
    """A file was understood well enough to say no to it. Nothing of it was stored."""


class EmptyFile(ImportRefused):
    says = "This file is empty."
    next_step = "Export the chat again and choose the new file."


class FileNotOpened(ImportRefused):
    says = "This file cannot be opened."
    next_step = "Look at its name and place, and whether you may read it."


class NoFileChosen(ImportRefused):
    says = "No file was chosen."
    next_step = "Choose one, then try again."


class NotAChat(ImportRefused):
    says = "This does not look like a chat export."
    next_step = (
        "Bring a chat as WhatsApp, Telegram Desktop, Signal, Messenger, Instagram, Discord, Messages, SMS Backup & "
        "Restore or Google Takeout export it, or e-mail as an mbox file."
    )


class SeveralExports(ImportRefused):
    says = "This holds several exports, and it cannot be told which one is meant."
    next_step = "Unpack it, and bring one of them alone; several can be brought one after the other."


class LooksLikeAnotherFile(ImportRefused):
    says = "This is {what}, not a chat export."
    next_step = (
        "Bring a chat as WhatsApp, Telegram Desktop, Signal, Messenger, Instagram, Discord, Messages, SMS Backup & "
        "Restore or Google Takeout export it, or e-mail as an mbox file."
    )


class OneSideOnly(ImportRefused):
    says = "This is Discord's own package of your data, which holds your messages alone."
    next_step = (
        "Look at them with `fallow messages`. To bring the conversation in, export it with DiscordChatExporter as "
        "JSON, which has both sides."
    )


class BrokenArchive(ImportRefused):
    says = "This zip file is cut short or damaged."
    next_step = "Copy it from the phone again, or export the chat once more."


class ArchiveTooLarge(ImportRefused):
    says = "This zip file or folder holds more than Fallow will read ({limit_mb} MB, or {members} files)."
    next_step = "Export the chat without media; the text alone is small."


class FileTooLarge(ImportRefused):
    says = "This file is larger than Fallow will read here ({limit_mb} MB)."
    next_step = "Export the chat without media; the text alone is small."


class TooManyMessages(ImportRefused):
    says = "This file holds more messages than Fallow will read ({limit})."
    next_step = "Export the one chat alone; WhatsApp itself stops at 40,000 messages."


class LineTooLong(ImportRefused):
    says = "A single line of this file is longer than any message can be (line {line})."
    next_step = "Export the chat again; this file was changed or is something else."


class TelegramPages(ImportRefused):
    says = "This is a Telegram export made for reading."
    next_step = "In Telegram Desktop, export the chat once more and choose Machine-readable JSON as its format."


class ImportStopped(ImportRefused):
    says = "It was stopped. Nothing of the file was kept."
    next_step = "Bring it again whenever you like; it begins anew."


class PagesAndJson(ImportRefused):
    says = "This holds chats of one download twice over: as pages made for reading, and as JSON."
    next_step = "Bring the JSON alone; or bring first the one, then the other."


class TimesUnclear(ImportRefused):
    says = "From this file it cannot be told when its messages were written."
    next_step = "Ask for the download once more, and choose JSON as its format and all time as its date range."


class EntryTooLong(ImportRefused):
    says = "One entry of this file is longer than any message can be (line {line})."
    next_step = "Export the chat again; this file was changed or is something else."


class BrokenFile(ImportRefused):
    says = "This file is cut short or damaged."
    next_step = "Copy it again from where it was made, or export it once more; nothing was kept."


class NotADyad(ImportRefused):
    says = "This is {what}, not a chat of two people."
    next_step = "Export the one-to-one chat instead."


class NoMessages(ImportRefused):
    says = "This chat holds no message."
    next_step = "Export it again, and look whether it was narrowed down to a period."


class NoChatOfTwo(ImportRefused):
    says = "This export holds no chat of two people."
    next_step = "Export it again with personal chats among what is exported, or export the one chat."


class WhichChat(ImportRefused):
    says = "This export holds {chats} chats of two people, and it was not said which one is meant."
    next_step = "Choose it on the page, or give --chat NAME; `fallow chats FILE` lists them."


class NoSuchChat(ImportRefused):
    says = "None of the {chats} chats of two people in this file has that name."
    next_step = "Spell it as the file does, or give its number; `fallow chats FILE` lists them."


class DateOrderUnclear(ImportRefused):
    says = "From this file it cannot be told whether the day or the month comes first."
    next_step = "Say which comes first: choose on the page, or give --date-order dmy, mdy or ymd."


class CalendarUnknown(ImportRefused):
    says = "The dates of this chat are of a calendar that Fallow does not read."
    next_step = "Set the phone to the Gregorian calendar, and export the chat again."


class HalvesUnknown(ImportRefused):
    says = "In this chat a word before the hour may say morning or afternoon, and Fallow does not know it."
    next_step = "Set the phone to the 24-hour clock, and export the chat again."


class NotTwoPeople(ImportRefused):
    says = "This chat has {people} people writing. Fallow looks at two."
    next_step = "Export the one-to-one chat instead of the group."


class WhichTwo(ImportRefused):
    says = "This is a group: {people} people write here, and it was not said which two are meant."
    next_step = "Say which one is you and which one the other: on the page, or with --me NAME and --them NAME."


class NobodyByThatName(ImportRefused):
    says = "Nobody in this file has the name you gave."
    next_step = "Use one of the names as the file spells it."


class WhoIsMe(ImportRefused):
    says = "Two people write here, and the file does not say which one is you."
    next_step = "Say which: --me NAME, spelled as in the file."


class SidesSwapped(ImportRefused):
    says = "In a chat that was brought before, it was the other one who is you."
    next_step = "Choose the other name; or remove the former chat first, if that one was wrong."


class AnotherPerson(ImportRefused):
    says = "This chat is with another name than the one brought before."
    next_step = "If it is the same person, say so; else remove the former chat first. Fallow looks at two people."


class DaysNotUnderstood(ImportRefused):
    says = "The days that are missing could not be read."
    next_step = "Give a first and a last day, such as 2024-03-01 and 2024-03-31; nothing was kept yet."


class LogNotUnderstood(ImportRefused):
    says = "Line {line} of the log could not be read."
    next_step = "A log has the columns sender, receiver and at, with seconds in at; nothing was written."


class LogNotInSeconds(ImportRefused):
    says = "The times of the log reach over {years} years."
    next_step = "They have to be seconds, within fifty years; nothing was written."


class NoSuchSource(ImportRefused):
    says = "There is no such chat here."
    next_step = "See what has been brought in so far."
