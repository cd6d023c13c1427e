"""
Rules for mail: messages of these addresses go, read, into a folder of their own. None is deleted or refused.

Sieve: RFC 5228, with fileinto and imap4flags (RFC 5232). Gmail: the Atom feed that its export of filters is, and its
import takes; the properties are those of the Email Settings interface, and `shouldNeverSpam` keeps a message out of the
folder that empties itself. Outlook has no open file for a rule, so its rule is in words.
"""

from __future__ import annotations

from html import escape
from typing import Final

from fallow.language import gettext as _
from fallow.reach.lists.wanted import BEGINS, ENDS, FOLDER, Wanted

ATOM: Final = "http://www.w3.org/2005/Atom"
APPS: Final = "http://schemas.google.com/apps/2006"
TAG: Final = "tag:mail.google.com,2008:"
UPDATED: Final = "2026-11-26T00:00:00Z"
"""Atom asks for a time; it is the same in every file, so that none tells when it was made."""


def write_sieve(wanted: Wanted) -> str:
    """One rule for all the addresses; what it moves, no later rule touches."""
    listed = ", ".join(quote_sieve(each) for each in wanted.addresses)
    return (
        f'# {BEGINS}\nrequire ["fileinto", "imap4flags"];\n'
        f'if address :is :all "from" [{listed}] {{\n'
        f'    addflag "\\\\Seen";\n    fileinto {quote_sieve(_(FOLDER))};\n    stop;\n}}\n# {ENDS}\n'
    )


def undo_sieve(_wanted: Wanted) -> str:
    """A script that leaves every message where it arrives."""
    return "keep;\n"


def quote_sieve(text: str) -> str:
    """A quoted string (RFC 5228, 2.4.2): a backslash before each quote and each backslash, and nothing else."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_gmail(wanted: Wanted) -> str:
    """One filter for each address."""
    entries = "".join(_entry(number, each) for number, each in enumerate(wanted.addresses, start=1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{ATOM}" xmlns:apps="{APPS}">\n'
        f"  <title>Mail Filters</title>\n  <id>{TAG}filters:1</id>\n  <updated>{UPDATED}</updated>\n{entries}</feed>\n"
    )


def write_outlook(wanted: Wanted) -> str:
    """The rule in words: when, and what then."""
    addresses = "\n".join(f"    {each}" for each in wanted.addresses)
    when = _("When a message is from one of these addresses:")
    then = _("then move it to the folder {folder}, mark it as read, and process no more rules.")
    return f"{when}\n\n{addresses}\n\n{then.format(folder=_(FOLDER))}\n"


def _entry(number: int, address: str) -> str:
    properties = {"from": address, "label": _(FOLDER)}
    properties |= dict.fromkeys(("shouldArchive", "shouldMarkAsRead", "shouldNeverSpam"), "true")
    told = "".join(
        f'    <apps:property name="{name}" value="{escape(value)}"/>\n' for name, value in properties.items()
    )
    return (
        f'  <entry>\n    <category term="filter"/>\n    <title>Mail Filter</title>\n    <id>{TAG}filter:{number}</id>\n'
        f"    <updated>{UPDATED}</updated>\n    <content/>\n{told}  </entry>\n"
    )
