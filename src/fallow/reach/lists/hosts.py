"""
A hosts file, for one computer or for Pi-hole: whole sites, by exact names.

A name that leads to 0.0.0.0 leads nowhere. A hosts file knows no "everything below", so each name stands on its own
line, and an app that asks for another name still gets through. The undo is a sed script that takes the lines between
the two marks out again and leaves every other line as it was; for Pi-hole, removing the list does the same.
"""

from __future__ import annotations

from typing import Final

from fallow.reach.lists.wanted import BEGINS, ENDS, Wanted

NOWHERE: Final = "0.0.0.0"  # noqa: S104 (an address that leads nowhere, not one to listen on)


def write_hosts(wanted: Wanted) -> str:
    """One name a line, between two marks."""
    names = [f"{NOWHERE} {name}" for site in wanted.sites for name in site.hosts]
    return "\n".join([f"# {BEGINS}", *names, f"# {ENDS}", ""])


def undo_hosts(_wanted: Wanted) -> str:
    """A script for sed (POSIX): sed -f hosts-undo.sed /etc/hosts."""
    return f"/^# {BEGINS}$/,/^# {ENDS}$/d\n"
