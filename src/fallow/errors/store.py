"""What is kept, and the place where it lies."""

from __future__ import annotations

from fallow.errors.base import FallowError


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
