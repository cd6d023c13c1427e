"""
Every error a person can meet: one tree, each a sentence and a next step.

`says` and `next_step` are public words: they may hold counts, limits and line numbers, never a name,
a message or a secret. What an error means as an HTTP or exit status is decided in `web/errors.py` and
`cli/errors.py`. A caller's own mistake is a `ValueError`, not a `FallowError`.
"""

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


# --- reading a file ---------------------------------------------------------------------------------------------


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


# --- the plan ---------------------------------------------------------------------------------------------------


class PlanRefused(FallowError):
    """The plan says no to a command. Nothing was recorded."""


class HardStopHolds(PlanRefused):
    says = "There is a clear stop here, so Fallow does not help to write, to time or to weigh a message."
    next_step = "The urge page, the person you named and the help lines stay open, any time."


class HardStopStays(PlanRefused):
    says = "This stop stays."
    next_step = "With an order, or after violence or stalking, it is not lifted here. A lawyer or an advocate can help."


class HardStopTooSoon(PlanRefused):
    says = "A stop can be looked at again {days} days after it was set, in writing."
    next_step = "Nothing needs to be decided today."


class StopStaysForGood(PlanRefused):
    says = "This stop stays for good here."
    next_step = "If that is right, say so below and set it; on a terminal, --sure. Nothing was changed."


class ReasonMissing(PlanRefused):
    says = "This needs a reason in your own words, a sentence or more."
    next_step = "Write what has changed, then try again."


class NoSuchEntry(PlanRefused):
    says = "There is no such entry."
    next_step = "Open the history and choose one from the list."


class EntryCannotChange(PlanRefused):
    says = "This entry cannot be changed that way."
    next_step = "Entries you logged can be taken back or relabelled; the rest stays as it happened."


class NotInThisPhase(PlanRefused):
    says = "This is not open at the moment."
    next_step = "Today shows what is."


class StillSealed(PlanRefused):
    says = "This is sealed and cannot be changed."
    next_step = "It opens at its hour. You can delete it at any time."


class ParcelRests(PlanRefused):
    says = "It rests until {day}, as you chose."
    next_step = "Until then there is nothing to decide. It is kept, and nothing was changed."


class HourHasPassed(PlanRefused):
    says = "That hour has passed, so it would not be sealed at all."
    next_step = "Choose one that is still to come."


class DayNotToCome(PlanRefused):
    says = "It can rest until a day that is still to come, within ten years."
    next_step = "Choose another day; every word is kept."


class SittingOver(PlanRefused):
    says = "The fifteen minutes are over, and it was put away as it was."
    next_step = "What was kept before is there to read. A few lines less is fine."


class NextSittingTomorrow(PlanRefused):
    says = "There is one sitting a day, and today's was written."
    next_step = "The next one is open tomorrow. Nothing has to be added today."


class SittingsDone(PlanRefused):
    says = "Three days were written, and that is all of it."
    next_step = "What you wrote is kept under its day, to read or to burn."


class InTheFuture(PlanRefused):
    says = "That time has not come yet."
    next_step = "Give a time that has passed, or leave it out for now."


class SoberGateHolds(PlanRefused):
    says = "You set a gate for these hours beforehand, and it holds until {until}."
    next_step = "Waiting, calling someone and the help lines are open. Nothing you wrote is lost."


class GateOnlyLonger(PlanRefused):
    says = "This gate was set beforehand, so it is not opened early."
    next_step = "It ends by itself, and it can be made longer."


class PauseFirst(PlanRefused):
    says = "Ten minutes first; about {minutes} more."
    next_step = "If it is about children, health or danger, go on with that now."


class ChecksMissing(PlanRefused):
    says = "Of {of} points of this review, {missing} are not there."
    next_step = "Each is listed with what it needs. Nothing has to happen; the next review comes by itself."


class DraftHoldsTooMuch(PlanRefused):
    says = "This draft holds {count} things that Fallow does not help to send."
    next_step = "Each is explained beside it. A new draft can rest as this one did; nothing has to be sent."


class DraftTooLong(FallowError):
    says = "This is longer than a draft can be here ({limit} characters)."
    next_step = "One message needs about sixty words; check the part that you would send."


class DraftNotText(FallowError):
    says = "This is not text in UTF-8, so it cannot be read."
    next_step = "Save it as plain text in UTF-8, or paste it into a terminal."


class OneMessageOnly(PlanRefused):
    says = "There is one message, and it was sent."
    next_step = "What you agreed with yourself for no answer is on the review page."


class StaysOpen(PlanRefused):
    says = "This is the one channel that stays open for what has to be settled, so the map does not close it."
    next_step = "Name another one first, under limited contact; nothing was recorded."


class CalmDayNeeded(PlanRefused):
    says = "This is decided on a calm day: by daylight, and two days or more beforehand."
    next_step = "Nothing has to be decided on the day itself. Letting it pass is open, always."


class BudgetSpent(PlanRefused):
    says = "This was opened {times} times in {days} days, which is what it is meant for."
    next_step = "It opens again on {day}. The numbers will hardly have changed by then."


class AccountRests(PlanRefused):
    says = "The account rests until {day}: revised once a day and three times a week is what it is meant for."
    next_step = "What was told stays as it is. Today has one small thing, and calling someone is open."


class TheirSideRests(HardStopHolds):
    says = "After violence, coercion or stalking, their side is not thought about here."
    next_step = (
        "What they did can be kept as evidence, as it was. An advocate or a help line can think it through with you."
    )


class NothingTold(PlanRefused):
    says = "Nothing has been told yet, so nothing was kept."
    next_step = "One answer is enough; the rest can stay open."


class NothingChosen(FallowError):
    says = "Nothing was chosen yet."
    next_step = "Tap what happened; what you typed is kept."


class NothingToKeep(FallowError):
    says = "Nothing was chosen to keep."
    next_step = "Choose what to keep, or go on; nothing was kept."


class FileNotWritten(FallowError):
    says = "The file could not be written there."
    next_step = "Look at its name and place, and whether you may write there; nothing else was changed."


class NoSuchClaim(FallowError):
    says = "There is no such claim."
    next_step = "The list of what is known has them all; on a terminal, fallow claims."


class NoSuchChannel(FallowError):
    says = "There is no such channel."
    next_step = "The map has them all; on a terminal, fallow reach."


class RatesRest(HardStopHolds):
    says = "There is a clear stop here, so numbers about couples who met again rest: they would read as reasons."
    next_step = "What else is known stays open, and so do the urge page, the person you named and the help lines."


class NotUnderstood(FallowError):
    says = "This could not be read: {what}."
    next_step = "Please try again; nothing was recorded."


class NoSuchList(FallowError):
    says = "There is no such list."
    next_step = "The page of lists has them all; on a terminal, fallow lists."


class NotAMailAddress(NotUnderstood):
    says = "One of these is not an e-mail address that a rule can match."
    next_step = "One a line, such as name@example.org. Nothing was kept; what you typed is still there on the page."


class NotAPhoneNumber(NotUnderstood):
    says = "One of these is not a telephone number."
    next_step = "One a line, with its country in front, such as +49 30 123456. Nothing was kept."


class NotANeutralName(NotUnderstood):
    says = "This name is too long, or has signs in it that cannot be seen."
    next_step = "A word or two is enough; left empty, it is a neutral one. Nothing was kept."


class NotAProfile(NotUnderstood):
    says = "One of these is not the address of a profile that is known here."
    next_step = "Copy it from the browser, such as instagram.com/name; a site can be closed whole. Nothing was kept."


class TooManyInAList(NotUnderstood):
    says = "A list takes {most} of a kind at most."
    next_step = "Leave some out, or make a second list. Nothing was kept."


class ListIsEmpty(FallowError):
    says = "Nothing was chosen for this list."
    next_step = "Choose a site, or type what it is made of; nothing was made yet."


class ListClosesKept(PlanRefused):
    says = "This list would close the one channel that stays open for what has to be settled."
    next_step = "If you want it all the same, say so: the last choice on the page; on a terminal, --with-kept."


class UndoRests(HardStopHolds):
    says = "There is a clear stop here, so how a way is opened again is not given."
    next_step = "Lists can be made as before. What you installed stays under your own hand, in the tool itself."


# --- the store --------------------------------------------------------------------------------------------------


class StoreError(FallowError):
    """The data at rest cannot be used as asked. Nothing in it was changed."""


class NoStore(StoreError):
    says = "Nothing has been set up here yet."
    next_step = "Run fallow to set it up on a page, or fallow init."


class StoreExists(StoreError):
    says = "This has been set up already."
    next_step = "Unlock it with your passphrase."


class WrongPassphrase(StoreError):
    says = "That passphrase did not open it."
    next_step = "Take your time and try again, or use the recovery code you wrote down."


class TooManyTries(StoreError):
    says = "That was tried several times. It rests for {seconds} seconds."
    next_step = "Wait a little, then try again. Nothing is lost."


class PassphraseTooShort(StoreError):
    says = "A passphrase needs at least {least} characters."
    next_step = "Four or five words that only you would put together work well."


class PassphraseTooLong(StoreError):
    says = "A passphrase can have at most {most} characters here."
    next_step = "A shorter one is fine: four or five words that only you would put together."


class PassphrasesDiffer(StoreError):
    says = "The two passphrases are not the same."
    next_step = "Type them once more; nothing was changed."


class KeyFileDamaged(StoreError):
    says = "The key file is missing or damaged, so the notes cannot be opened."
    next_step = "Put the key file from your backup back in the data folder. Nothing was changed."


class StoreDamaged(StoreError):
    says = "The notes file is damaged or is not one of Fallow's."
    next_step = "Restore it from a backup. Nothing was changed."


class StoreNewer(StoreError):
    says = "These notes were written by a newer Fallow."
    next_step = "Update Fallow, then open them again. Nothing was changed."


class StoreUnsafe(StoreError):
    says = "The encrypted store cannot be trusted on this machine: {what}."
    next_step = "Install Fallow again with its locked requirements. Nothing was opened."


class ArchiveDamaged(StoreError):
    says = "This file is damaged, cut short, or not an archive made here."
    next_step = "Bring another copy of it. Nothing was touched."


class FileIsThere(StoreError):
    says = "There is a file of that name already."
    next_step = "Choose another name; the file was left as it is."


class ParcelRefused(StoreError):
    """What was put away, or is to be, cannot be used as asked. Nothing in it or here was changed."""


class NotAParcel(ParcelRefused):
    says = "This is not a file of messages that were put away with Fallow."
    next_step = "Choose the file you saved or gave away. Nothing was changed."


class ParcelDamaged(ParcelRefused):
    says = "This file is damaged or cut short."
    next_step = "Bring another copy of it, from where it was kept. Nothing was changed."


class ParcelNewer(ParcelRefused):
    says = "This file was made by a newer Fallow."
    next_step = "Update Fallow, then open it again. Nothing was changed."


class WrongParcelPassphrase(ParcelRefused):
    says = "It does not open with that passphrase."
    next_step = "Try the one that was chosen when it was put away; it is another one than yours. Nothing was changed."


class SamePassphrase(ParcelRefused):
    says = "This passphrase opens Fallow already, so nothing would be out of reach under it."
    next_step = "Choose another one, or let somebody else choose it. Nothing was changed."


class NoSuchParcel(ParcelRefused):
    says = "There is nothing put away under that name here."
    next_step = "Look at the list. Nothing was changed."


class ParcelElsewhere(ParcelRefused):
    says = "It was given away, so it does not lie here any more."
    next_step = "Bring the file, and open that. Nothing was changed."


class NotThatFile(ParcelRefused):
    says = "This is another file than the one put away here."
    next_step = "Choose the one you just saved. It still lies here, and nothing was changed."


class NothingToPutAway(ParcelRefused):
    says = "There is nothing here of that to put away."
    next_step = "Bring a chat first, or leave it as it is."


class NotSure(StoreError):
    says = "Nothing was removed: it was not said that everything shall go."
    next_step = "If it shall, say so and give the passphrase once more."


class ParcelNotSure(NotSure):
    says = "Nothing was removed: it was not said that it shall go."
    next_step = "If it shall, say so. What lies nowhere else cannot be brought back by anyone."


class StoreBusy(StoreError):
    says = "The notes are in use elsewhere at the moment."
    next_step = "Try again in a moment."


class DiskFull(StoreError):
    says = "The disk is full, so this was not saved."
    next_step = "Free some space and try again. Everything saved before is still there."


class DiskFailed(StoreError):
    says = "The disk did not take this, so it was not saved."
    next_step = "Lock and open the notes again before writing more; if it happens again, look after the disk."


class AlreadyServing(StoreError):
    says = "Fallow is running already for this folder."
    next_step = "Use the page that is open, or stop the other one first."


# --- reading the numbers ----------------------------------------------------------------------------------------


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


# --- learning from logs -----------------------------------------------------------------------------------------


class StudyPartsMissing(FallowError):
    says = "The parts that read logs are not installed."
    next_step = 'Install them with: pip install "fallow[{extra}]".'


class JavaMissing(FallowError):
    says = "Spark needs Java, and none was found."
    next_step = "Install Java 17, or take another engine: polars or duckdb."


class EngineStopped(FallowError):
    says = "The engine stopped before it was done ({what})."
    next_step = "Nothing was written. Try another engine, or give it more memory."


# --- settings and serving ---------------------------------------------------------------------------------------


class SettingRefused(FallowError):
    says = "That cannot be chosen: {setting}."
    next_step = "It stays as it was. Please choose another."


class NoSuchPage(FallowError):
    says = "There is no such page."
    next_step = "Go back, and on from there."


class FormExpired(FallowError):
    says = "This page was opened before it was last locked or started."
    next_step = "Nothing was changed. Here is a fresh one; please try once more."


class AddressRefused(FallowError):
    says = "Fallow listens on this computer only; without TLS another address would let the network read along."
    next_step = "Leave --host out. For a phone there is fallow serve --phone, over TLS and with pairing."


class NoPhoneAddress(FallowError):
    says = "It cannot be opened to a phone at that address."
    next_step = "With --address name an IPv4 address that this computer has in your own network or VPN."


class WhichAddress(FallowError):
    says = "This computer has {count} addresses at which a phone could find it."
    next_step = "Say which with --address: {addresses}."


class NotOpenToPhones(FallowError):
    says = "It is not open to a phone now."
    next_step = "Start it with fallow serve --phone, then ask for a code again."


class PairingRefused(FallowError):
    """A phone that brought no code that is open; it gets nothing else."""


class WrongCode(PairingRefused):
    says = "That is not the code. Tries left: {left}."
    next_step = "Look at it once more on the computer, or make a fresh one there."


class CodeOver(PairingRefused):
    says = "That code is over: it was used, ten minutes have passed, or it was tried too often."
    next_step = "Make a fresh one on the computer."


class PairingRests(PairingRefused):
    says = "Too many wrong codes came, so none is taken for a while."
    next_step = "In {minutes} minutes make a fresh one on the computer."


class NoSuchPhone(FallowError):
    says = "There is no such device in the list."
    next_step = "Look at the list again; it may have been removed already."


class PortTaken(FallowError):
    says = "Another program uses port {port}."
    next_step = "Choose another with --port, or --port 0 for any."


class ServerGaveUp(FallowError):
    says = "The pages ended by themselves several times in a row, so they were not started again."
    next_step = "Nothing that was kept is lost. Start it once more; if it happens again, restart the computer first."
