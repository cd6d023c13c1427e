"""
Filters for a browser (uBlock Origin, AdGuard) and for a name server at home (AdGuard Home).

A filter closes opening a page, and a page shown inside another; pictures of a site on other sites stay. `||` begins at
the domain or below it, and `^` ends at a sign that no name has: so `||site.example/name^` meets neither `/name2` nor
`mysite.example`. A page that is open already can show a profile without opening a page, so links to it are hidden too.

The undo takes back exactly these filters: `badfilter` switches off the one filter that reads the same, and `#@#` one
hiding. Source: uBlock Origin, wiki, static filter syntax; AdGuard, creating own filters, and DNS filtering; 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fallow.reach.lists.sites import Profile
from fallow.reach.lists.wanted import BEGINS, ENDS, Wanted

PAGES: Final = "document,subdocument"
"""Opening a page, and a page inside another."""


def write_filters(wanted: Wanted) -> str:
    """Filters for a browser; one a line."""
    closed = [f"||{each}^${PAGES}" for each in _addresses(wanted)]
    return _marked([*closed, *_hidings(wanted, "##")])


def undo_filters(wanted: Wanted) -> str:
    """What takes the same filters back where they still stand."""
    closed = [f"||{each}^${PAGES},badfilter" for each in _addresses(wanted)]
    return "\n".join([*closed, *_hidings(wanted, "#@#"), ""])


def write_names(wanted: Wanted) -> str:
    """Rules for a name server, which sees whole domains alone."""
    return _marked([f"||{domain}^" for domain in wanted.domains])


def undo_names(wanted: Wanted) -> str:
    """What takes the same rules back where they still stand."""
    return "\n".join([*(f"||{domain}^$badfilter" for domain in wanted.domains), ""])


def hidden_links(domain: str, path: str) -> str:
    """
    A selector of links to a profile: its address and what is below it, whole or from the site's own root.

    Args:
        path: Of a profile, as `read_profile` leaves it: no quote and no backslash can be in it.
    """
    more = "&" if "?" in path else "?"
    starts = [f"{base}{path}" for base in ("", f"https://{domain}", f"https://www.{domain}")]
    return ",".join(f'a[href="{at}" i],a[href^="{at}/" i],a[href^="{at}{more}" i]' for at in starts)


def _addresses(wanted: Wanted) -> Iterator[str]:
    yield from wanted.domains
    for profile in wanted.alone:
        yield from profile.addresses


def _hidings(wanted: Wanted, sign: str) -> Iterator[str]:
    for profile in wanted.alone:
        yield from _hidings_of(profile, sign)


def _hidings_of(profile: Profile, sign: str) -> Iterator[str]:
    for domain in profile.site.domains:
        for path in profile.paths:
            yield f"{domain}{sign}{hidden_links(domain, path)}"


def _marked(rules: list[str]) -> str:
    return "\n".join([f"! {BEGINS}", *rules, f"! {ENDS}", ""])
