"""
The kinds of lists: what each is for, what it is made of, how it is installed and taken out, and what it cannot do.

Menus of other programs move, so steps name what to look for. What could not be tried here says so in `limits`.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from fallow.language import N_
from fallow.language import gettext as _
from fallow.reach.lists.wanted import FOLDER

Needs = Literal["places", "sites", "addresses", "contact", "nothing"]
"""Sites and profiles, whole sites alone, e-mail addresses, an entry of an address book, or nothing of anybody."""
Place = Literal["browser", "network", "mail", "phone"]
TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"


class Kind(msgspec.Struct, frozen=True):
    """
    A kind of list.

    Args:
        id: Stable; part of an address and of a command.
        place: Where it belongs.
        name: The tool it is for.
        does: What it is for, in a sentence.
        needs: What it is made of.
        file, undo_file: Names of the files, with nothing of anybody in them.
        install, undo: Steps, in order; {file} and {folder} stand for their names.
        limits: What it cannot do, and what of it could not be tried here.
        media: The content type of the file.
        undo_media: That of the undo file.
    """

    id: str
    place: Place
    name: str
    does: str
    needs: Needs
    file: str
    undo_file: str
    install: tuple[str, ...]
    undo: tuple[str, ...]
    limits: tuple[str, ...]
    media: str = TEXT
    undo_media: str = TEXT

    def steps(self, *, undo: bool) -> tuple[str, ...]:
        """How it is installed, or taken out again, in the language spoken."""
        named = {"file": self.undo_file if undo else self.file, "folder": _(FOLDER)}
        return tuple(_(each).format(**named) for each in (self.undo if undo else self.install))


KINDS: Final = (
    Kind(
        id="ublock",
        place="browser",
        name="uBlock Origin",
        does=N_("Closes whole sites, or one profile alone, in a browser, and hides links to that profile."),
        needs="places",
        file="ublock-filters.txt",
        undo_file="ublock-filters-undo.txt",
        install=(
            N_("Open the dashboard of uBlock Origin, and there the part for your own filters."),
            N_("Open {file} in a text editor, copy all of it, and paste it below what is there."),
            N_("Apply the changes. The next page that is opened is closed by it."),
        ),
        undo=(
            N_("Open the part for your own filters, and take out the lines between the two marks; apply the changes."),
            N_("Or paste {file} below them: it switches off these filters and no other."),
        ),
        limits=(
            N_("An app is not a browser: close it on the phone itself."),
            N_("A page that is open can show a profile without opening another. Links to it are hidden for that."),
            N_("Tried with the filter engines of uBlock Origin and Brave, not with uBlock Origin Lite."),
        ),
    ),
    Kind(
        id="adguard",
        place="browser",
        name="AdGuard",
        does=N_("The same for a browser with AdGuard: whole sites, or one profile alone and the links to it."),
        needs="places",
        file="adguard-filters.txt",
        undo_file="adguard-filters-undo.txt",
        install=(
            N_("Open the settings of AdGuard, and there the user rules."),
            N_("Choose to import, or paste what is in {file}."),
            N_("Save. The next page that is opened is closed by it."),
        ),
        undo=(
            N_("Open the user rules, and take out the lines between the two marks; save."),
            N_("Or add what is in {file}: it switches off these rules and no other."),
        ),
        limits=(
            N_("An app is not a browser: close it on the phone itself."),
            N_("A page that is open can show a profile without opening another. Links to it are hidden for that."),
            N_("Tried with the filter engines of AdGuard and Brave."),
        ),
    ),
    Kind(
        id="leechblock",
        place="browser",
        name="LeechBlock",
        does=N_("Closes whole sites, or one profile alone, also within a page that is open already."),
        needs="places",
        file="leechblock-options.txt",
        undo_file="leechblock-options-undo.txt",
        install=(
            N_("An import takes the place of all its settings. If you use LeechBlock already, export them first."),
            N_("Open its options, general, and import {file}."),
            N_("Save the options. It holds all day, every day, in the first block set."),
        ),
        undo=(
            N_("Open its options, general, and import what you exported before; or {file}, which leaves it empty."),
            N_("Save the options."),
        ),
        limits=(
            N_("An app is not a browser: close it on the phone itself."),
            N_("The form of its settings was read in its source and in an export; the add-on itself was not run here."),
        ),
    ),
    Kind(
        id="stayfocusd",
        place="browser",
        name="StayFocusd",
        does=N_("Addresses to paste into the list of blocked sites."),
        needs="places",
        file="stayfocusd-sites.txt",
        undo_file="stayfocusd-undo.txt",
        install=(
            N_("An add-on of this kind sees every address you open. Read first what its maker says about that."),
            N_("Open its settings, and there the blocked sites."),
            N_("Paste the lines of {file}, one by one if it takes no more at once, and set the time allowed to none."),
        ),
        undo=(N_("Open its settings, and there the blocked sites; remove the same lines."),),
        limits=(
            N_("What its own import takes is described nowhere, so this is a plain list, and none of it was tried."),
            N_("It may match an address by its beginning, which closes names that begin alike. LeechBlock does not."),
        ),
    ),
    Kind(
        id="hosts",
        place="network",
        name=N_("Hosts file, Pi-hole"),
        does=N_("Closes whole sites on one computer, or for everybody in a network with Pi-hole."),
        needs="sites",
        file="hosts.txt",
        undo_file="hosts-undo.sed",
        install=(
            N_("On one computer: add the lines of {file} at the end of its hosts file, as its administrator."),
            N_("With Pi-hole: add the file as a list, and update what it gathered."),
            N_("In a network, everybody in it is closed out; ask them first."),
        ),
        undo=(
            N_("Take out the lines between the two marks; sed -i.old -f {file} /etc/hosts does it and keeps a copy."),
            N_("With Pi-hole: remove the list, and update what it gathered."),
        ),
        limits=(
            N_("It closes the names that stand in it and no others, so an app may still get through."),
            N_("A profile cannot be closed alone; for that take filters for a browser."),
        ),
    ),
    Kind(
        id="adguard-home",
        place="network",
        name="AdGuard Home",
        does=N_("Closes whole sites, with everything below them, for everybody in a network."),
        needs="sites",
        file="adguard-home-rules.txt",
        undo_file="adguard-home-rules-undo.txt",
        install=(
            N_("Open AdGuard Home, and there the filters, custom rules."),
            N_("Paste what is in {file} below what is there, and apply it."),
            N_("In a network, everybody in it is closed out; ask them first."),
        ),
        undo=(
            N_("Open the custom rules, take out the lines between the two marks, and apply it."),
            N_("Or paste {file} below them: it switches off these rules and no other."),
        ),
        limits=(N_("A profile cannot be closed alone; for that take filters for a browser."),),
    ),
    Kind(
        id="sieve",
        place="mail",
        name="Sieve",
        does=N_("A rule for the mail server: their messages go, read, into a folder. Nothing is deleted."),
        needs="addresses",
        file="rule.sieve",
        undo_file="rule-undo.sieve",
        install=(
            N_("Make a folder called {folder} first; where there is none, messages stay in the inbox."),
            N_("In the settings of your mail, open the filters or Sieve scripts, and add {file} as an active script."),
            N_("If there is a script already, put the lines between the marks at its beginning."),
        ),
        undo=(
            N_("Switch the script off, or take out the lines between the two marks."),
            N_("Or put {file} in its place: it leaves every message where it arrives."),
            N_("What was moved is in the folder {folder}; moving it back is up to you."),
        ),
        limits=(
            N_("With stalking or abuse keep what arrives, and ask an advocate first."),
            N_("An address that is not in the rule still arrives."),
        ),
        media="application/sieve; charset=utf-8",
        undo_media="application/sieve; charset=utf-8",
    ),
    Kind(
        id="gmail",
        place="mail",
        name="Gmail",
        does=N_("A filter for Gmail: their messages skip the inbox, read, under a label. Nothing is deleted."),
        needs="addresses",
        file="gmail-filters.xml",
        undo_file="gmail-undo.txt",
        install=(
            N_("In a browser, open the settings of Gmail, all of them, and there the filters and blocked addresses."),
            N_("Choose to import filters, choose {file}, open it, and create what it lists."),
        ),
        undo=(
            N_("On the same page, mark the filters with the label {folder}, and delete them."),
            N_("What was moved is under the label {folder}; moving it back is up to you."),
        ),
        limits=(
            N_("With stalking or abuse keep what arrives, and ask an advocate first."),
            N_("The file was read by a parser of its format; Gmail itself was not tried here."),
        ),
        media="application/xml",
    ),
    Kind(
        id="outlook",
        place="mail",
        name="Outlook",
        does=N_("A rule in words to type into Outlook, which takes no file: into a folder, read. Nothing is deleted."),
        needs="addresses",
        file="outlook-rule.txt",
        undo_file="outlook-undo.txt",
        install=(
            N_("Make a folder called {folder}."),
            N_("Open the settings of Outlook, mail, rules, and add a rule."),
            N_("Type what {file} says: from whom, and what then. Save it."),
        ),
        undo=(
            N_("On the same page, switch the rule off or delete it."),
            N_("What was moved is in the folder {folder}; moving it back is up to you."),
        ),
        limits=(
            N_("With stalking or abuse keep what arrives, and ask an advocate first."),
            N_("Outlook was not tried here; its menus may be named otherwise."),
        ),
    ),
    Kind(
        id="vcard",
        place="phone",
        name=N_("A neutral name in the address book"),
        does=N_("An entry under a neutral name, so that a screen shows that and no more. It closes nothing."),
        needs="contact",
        file="contact.vcf",
        undo_file="contact-undo.vcf",
        install=(
            N_("Keep the old entry first, if you want it later: share it to yourself, then remove it from the phone."),
            N_("Open {file} on the phone, and add it to the contacts."),
        ),
        undo=(
            N_("Remove the entry with the neutral name."),
            N_("Bring the old entry back; or add {file}, which has the name you typed for it."),
        ),
        limits=(N_("A messenger may show the name its owner chose, whatever the address book says."),),
        media="text/vcard; charset=utf-8",
        undo_media="text/vcard; charset=utf-8",
    ),
    Kind(
        id="ios",
        place="phone",
        name=N_("Step card for an iPhone"),
        does=N_("The steps of the map for the phone itself, to print and tick. It holds nothing of anybody."),
        needs="nothing",
        file="iphone-steps.html",
        undo_file="iphone-steps-undo.html",
        install=(N_("Open {file} in a browser, and print it or keep it open beside the phone."),),
        undo=(N_("Open {file}: it says of each step how it is taken back."),),
        limits=(N_("Each step says when it was read; menus may have moved since. No phone was tried here."),),
        media=HTML,
        undo_media=HTML,
    ),
    Kind(
        id="android",
        place="phone",
        name=N_("Step card for an Android phone"),
        does=N_("The steps of the map for the phone itself, to print and tick. It holds nothing of anybody."),
        needs="nothing",
        file="android-steps.html",
        undo_file="android-steps-undo.html",
        install=(N_("Open {file} in a browser, and print it or keep it open beside the phone."),),
        undo=(N_("Open {file}: it says of each step how it is taken back."),),
        limits=(N_("Each step says when it was read; menus may have moved since. No phone was tried here."),),
        media=HTML,
        undo_media=HTML,
    ),
)
