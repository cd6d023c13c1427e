"""
Filters, read and run by a real engine: adblock (PyPI) 0.6.0, the engine of the Brave browser.

Run once by hand on 2026-11-26 by two more engines, with the same addresses and the same answers: uBlock Origin's own
(@gorhill/ubo-core 0.1.30) and AdGuard's (@adguard/tsurlfilter 2.2.23, the engine for pages and the one for names).
"""

from __future__ import annotations

import adblock
import pytest

from reach.lists.making import NAME, NUMBER, text_of, wanted

BROWSERS = ("ublock", "adguard")
GIVEN = wanted(sites="tiktok x", profiles=f"{NAME} {NUMBER}")

CLOSED = (
    "https://www.instagram.com/some.name/",
    "https://instagram.com/some.name",
    "http://instagram.com/some.name?hl=de",
    "https://www.instagram.com/some.name/reels/",
    "https://www.instagram.com/Some.Name/",
    "https://www.instagram.com/stories/some.name/3141/",
    "https://www.facebook.com/profile.php?id=123",
    "https://m.facebook.com/profile.php?id=123&sk=photos",
    "https://www.tiktok.com/",
    "https://www.tiktok.com/@anybody",
    "https://vm.tiktok.com/abc",
    "https://x.com/home",
    "https://mobile.twitter.com/anybody",
)
OPEN = (
    "https://www.instagram.com/",
    "https://www.instagram.com/some.name2/",
    "https://www.instagram.com/some.name_/",
    "https://www.instagram.com/some.name.x/",
    "https://www.instagram.com/a.some.name/",
    "https://www.instagram.com/somexname/",
    "https://www.instagram.com/stories/some.name2/",
    "https://www.instagram.com.evil.example/some.name/",
    "https://myinstagram.com/some.name",
    "https://evil.example/?u=https://www.instagram.com/some.name/",
    "https://evil.example/instagram.com/some.name",
    "https://www.facebook.com/profile.php?id=1234",
    "https://www.facebook.com/profile.php?id=12",
    "https://www.facebook.com/profile.php?id=9&x=123",
    "https://www.facebook.com/",
    "https://mytiktok.com/",
    "https://tiktok.com.evil.example/",
    "https://netflix.com/",
    "https://www.fox.com/",
    "https://news.example/",
)


def engine(*lists: str) -> adblock.Engine:
    found = adblock.FilterSet(debug=True)
    for each in lists:
        found.add_filter_list(each, format="standard")
    return adblock.Engine(found)


def closes(running: adblock.Engine, address: str, kind: str = "document") -> bool:
    from_where = address if kind == "document" else "https://news.example/"
    return bool(running.check_network_urls(address, from_where, kind).matched)


@pytest.mark.parametrize("kind", BROWSERS)
def test_what_was_chosen_is_closed(kind: str) -> None:
    """Opened as a page, or shown as a page inside another one."""
    running = engine(text_of(kind, GIVEN))
    assert [] == [each for each in CLOSED if not closes(running, each)]
    assert [] == [each for each in CLOSED if not closes(running, each, "sub_frame")]


@pytest.mark.parametrize("kind", BROWSERS)
def test_nothing_else_is_closed(kind: str) -> None:
    """No name that begins alike, no look-alike, no address that only speaks of it, no picture on another site."""
    running = engine(text_of(kind, GIVEN))
    assert [] == [each for each in OPEN if closes(running, each) or closes(running, each, "sub_frame")]
    assert [] == [each for each in CLOSED if closes(running, each, "image") or closes(running, each, "script")]


@pytest.mark.parametrize("kind", BROWSERS)
def test_the_undo_takes_it_all_back_and_nothing_else(kind: str) -> None:
    """With both, nothing is closed and nothing hidden; a filter of the person's own still holds."""
    own = "||games.example^\ninstagram.com##.own\n"
    running = engine(own, text_of(kind, GIVEN), text_of(kind, GIVEN, undo=True))
    assert [] == [each for each in CLOSED if closes(running, each) or closes(running, each, "sub_frame")]
    assert {".own"} == running.url_cosmetic_resources("https://www.instagram.com/").hide_selectors
    assert closes(running, "https://games.example/")


def test_an_undo_of_one_profile_leaves_another_closed() -> None:
    """It is made of the same entries as the list it takes back."""
    both = text_of("ublock", wanted(profiles="instagram.com/one_name instagram.com/two_name"))
    running = engine(both, text_of("ublock", wanted(profiles="instagram.com/one_name"), undo=True))
    assert [False, True] == [closes(running, f"https://www.instagram.com/{each}/") for each in ("one_name", "two_name")]


def test_links_to_a_profile_are_hidden_on_its_site_alone() -> None:
    """A page that is open already does not lead there; another site is left as it is."""
    running = engine(text_of("ublock", GIVEN))
    assert 2 == len(running.url_cosmetic_resources("https://www.instagram.com/").hide_selectors)
    assert 1 == len(running.url_cosmetic_resources("https://www.facebook.com/").hide_selectors)
    for other in ("https://www.tiktok.com/", "https://myinstagram.com/", "https://news.example/"):
        assert set() == running.url_cosmetic_resources(other).hide_selectors


def test_a_site_closed_whole_needs_no_filter_for_a_profile() -> None:
    """And closes it all the same."""
    given = wanted(sites="instagram", profiles=NAME)
    assert "some.name" not in text_of("ublock", given)
    assert closes(engine(text_of("ublock", given)), "https://www.instagram.com/some.name/")


def test_every_site_closes_itself_and_each_form_of_a_profile() -> None:
    """Of every row of the table, with a name made up for it."""
    for site in wanted(sites="instagram threads facebook tiktok snapchat x bluesky youtube linkedin xing").sites:
        whole = engine(text_of("ublock", wanted(sites=site.id)))
        assert all(closes(whole, f"https://{host}/anything") for host in site.hosts)
        for form in site.profiles:
            name = {"[0-9]{1,20}": "12345", "UC[A-Za-z0-9_-]{10,30}": "UC0123456789ab"}.get(form.name, "somename")
            alone = engine(text_of("ublock", wanted(profiles=site.domains[0] + form.takes.replace("{name}", name))))
            for path in (each.replace("{name}", name) for each in form.blocks):
                assert closes(alone, f"https://www.{site.domains[0]}{path}")
                assert not closes(alone, f"https://www.{site.domains[0]}{path}9")
            assert not closes(alone, f"https://www.{site.domains[0]}/")


def test_rules_for_a_name_server_close_a_domain_and_what_is_below_it() -> None:
    """Whatever is asked of it; with the undo it is open again."""
    rules = text_of("adguard-home", GIVEN)
    running = engine(rules)
    for name in ("tiktok.com", "www.tiktok.com", "api16.tiktok.com", "x.com", "twitter.com"):
        assert closes(running, f"https://{name}/", "script")
    for name in ("mytiktok.com", "tiktok.com.evil.example", "netflix.com", "instagram.com", "fox.com"):
        assert not closes(running, f"https://{name}/", "script")
    undone = engine(rules, text_of("adguard-home", GIVEN, undo=True))
    assert not any(closes(undone, f"https://{name}/", "script") for name in ("tiktok.com", "x.com", "twitter.com"))


@pytest.mark.parametrize("kind", [*BROWSERS, "adguard-home"])
def test_a_list_says_where_it_begins_and_ends(kind: str) -> None:
    """So that its lines can be found among others; the marks are comments and speak of nobody."""
    lines = text_of(kind, GIVEN).splitlines()
    assert ("! notes: list begins", "! notes: list ends") == (lines[0], lines[-1])
    assert all(line.startswith("||") or "##" in line for line in lines[1:-1])
