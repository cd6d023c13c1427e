"""Sites and profiles: known forms alone, exactly, and no sign in them that a filter or an expression reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.errors import NotAProfile, SettingRefused, TooManyInAList
from fallow.reach import find_channel, load_sites, pick_sites, read_profiles

each_site = pytest.mark.parametrize("site", load_sites(), ids=lambda site: site.id)


@each_site
def test_a_site_belongs_to_a_channel_and_has_its_names(site) -> None:  # type: ignore[no-untyped-def]
    """Each host lies within a domain of it, and every domain has itself among the hosts."""
    assert find_channel(site.channel).id == site.channel
    assert all(re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", each) for each in (*site.domains, *site.hosts))
    assert set(site.domains) <= set(site.hosts)
    assert all(any(host == each or host.endswith("." + each) for each in site.domains) for host in site.hosts)
    assert all(form.takes.count("{name}") == 1 and form.takes.startswith("/") for form in site.profiles)
    assert all(each.startswith("/") and "{name}" in each for form in site.profiles for each in form.blocks)


def test_no_domain_belongs_to_two_sites() -> None:
    """And each id is there once."""
    domains = [each for site in load_sites() for each in site.domains]
    assert len(domains) == len(set(domains))
    assert len(load_sites()) == len({site.id for site in load_sites()})


@pytest.mark.parametrize(
    ("typed", "site", "paths"),
    [
        ("instagram.com/some.name", "instagram", ("/some.name", "/stories/some.name")),
        ("https://www.instagram.com/some.name/?hl=de#top", "instagram", ("/some.name", "/stories/some.name")),
        ("HTTPS://WWW.INSTAGRAM.COM/Some.Name", "instagram", ("/Some.Name", "/stories/Some.Name")),
        ("https://instagram.com/some.name/reels/", "instagram", ("/some.name", "/stories/some.name")),
        ("https://m.facebook.com/profile.php?id=123&sk=about", "facebook", ("/profile.php?id=123",)),
        ("facebook.com/some.name", "facebook", ("/some.name",)),
        ("https://www.tiktok.com/@some.name", "tiktok", ("/@some.name",)),
        ("https://twitter.com/some_name", "x", ("/some_name",)),
        ("https://bsky.app/profile/name.bsky.social", "bluesky", ("/profile/name.bsky.social",)),
        ("https://www.youtube.com/@some-name/videos", "youtube", ("/@some-name",)),
        ("https://de.linkedin.com/in/zoë-m", "linkedin", ("/in/zo%C3%AB-m",)),
        ("https://open.spotify.com/user/1234?si=x", "spotify", ("/user/1234",)),
        ("https://www.strava.com/athletes/1234", "strava", ("/athletes/1234",)),
    ],
)
def test_a_profile_is_known_by_its_address(typed: str, site: str, paths: tuple[str, ...]) -> None:
    """With or without a scheme, from a subdomain, with what a shared link has behind it."""
    (profile,) = read_profiles(typed)
    assert (site, paths) == (profile.site.id, profile.paths)


@pytest.mark.parametrize(
    "typed",
    [
        "some.name", "@some.name", "instagram.com", "instagram.com/", "instagram.com/p/abc", "instagram.com/stories",
        "instagram.com.evil.example/name", "myinstagram.com/name", "evil.example/?u=instagram.com/name",
        "https://instagram.com@evil.example/name", "https://evil.example@instagram.com/name",
        "https://instagram.com:8080/name", "ftp://instagram.com/name", "javascript://instagram.com/name",
        "instagram.com/name$badfilter", "instagram.com/na|me", "instagram.com/na*me", "instagram.com/na^me",
        'instagram.com/na"me', "instagram.com/na,me", "instagram.com/näme", "instagram.com/" + "n" * 31,
        "instagram.com//name", "instagram.com/na\u202eme", "instagram.com/name\u0000", "facebook.com/profile.php?id=a",
        "facebook.com/profile.php", "messenger.com/t/name", "linkedin.com/in/name%2", "[::1]/name", "x.com/home",
        "instagram.com/" + "x/" * 300,
    ],
)  # fmt: skip
def test_what_is_no_known_profile_is_refused(typed: str) -> None:
    """A look-alike, a section of the site, another scheme, a sign that filters read, a name that is too long."""
    with pytest.raises(NotAProfile):
        read_profiles(typed)


@given(st.text(max_size=60))
def test_nothing_typed_brings_a_sign_into_a_list(text: str) -> None:
    """Whatever stands behind the domain: what comes out is letters, digits and a few plain signs."""
    for start in ("instagram.com/", "facebook.com/profile.php?id=", "linkedin.com/in/", "tiktok.com/@"):
        try:
            profiles = read_profiles(start + text)
        except (NotAProfile, TooManyInAList):
            continue
        for profile in profiles:
            assert all(re.fullmatch(r"/[A-Za-z0-9._@/%-]+(?:\?id=[0-9]+)?", path) for path in profile.paths)


def test_several_are_read_and_the_same_one_once() -> None:
    """One a line; more than a list takes is a slip of the paste."""
    assert 2 == len(read_profiles("instagram.com/a1\n\nhttps://instagram.com/a1/\ninstagram.com/b2"))
    with pytest.raises(TooManyInAList):
        read_profiles("\n".join(f"instagram.com/name{n}" for n in range(21)))


def test_sites_are_picked_in_their_own_order() -> None:
    """Each once; one that is not there is refused."""
    assert ["instagram", "x"] == [each.id for each in pick_sites(["x", "instagram", "x"])]
    with pytest.raises(SettingRefused):
        pick_sites(["instagram", "window"])
