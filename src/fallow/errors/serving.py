"""Settings, pages, addresses and phones."""

from __future__ import annotations

from fallow.errors.base import FallowError


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
