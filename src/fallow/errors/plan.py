"""The plan, and what a person asks of it."""

from __future__ import annotations

from fallow.errors.base import FallowError


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
