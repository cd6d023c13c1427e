"""Hard hours and days from a terminal: every command, its JSON, its refusals, and words that are no argument."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from icalendar import Calendar

from conftest import Home
from fallow.app import park_question
from fallow.plan import DraftReread
from journeys.earlier import ago, did, noon_zone, opened, rested_draft, zone_at
from journeys.test_cli import refused


def test_three_minutes_from_a_terminal(set_up: Home) -> None:
    """The sentences in order on standard error; the numbers kept; so far only tells."""
    done = set_up.run("surf", "--before", "7", "--after", "6", "--json")
    assert {"times": 1, "rated": 1, "change": None} == json.loads(done.stdout)
    said = done.stderr.decode()
    assert said.index("may not get smaller") < said.index("Where in the body") < said.index("Somewhere it turns")
    for _ in range(4):
        set_up.json("surf", "--before", "7", "--after", "6")
    told = set_up.json("surf", "--so-far")
    assert (5, 5, -1.0) == (told["times"], told["rated"], told["change"]["mean"])
    assert told["change"]["lower"] < -1 < told["change"]["upper"]
    assert "On average it changed by -1.0 of 10 (n = 5, 95 % interval" in set_up.run("surf", "--so-far").stderr.decode()
    assert 2 == set_up.run("surf", "--before", "11").returncode


def test_a_wait_runs_nothing_and_is_remembered(set_up: Home) -> None:
    """It says until when and what has helped, and is over at once."""
    set_up.json("distractions", "--set", stdin="walk\n\nwash up\n")
    set_up.json("choose", "--zone", "Europe/Berlin")
    before = dt.datetime.now(dt.UTC)
    assert 20 == set_up.json("wait", "--minutes", "20")["minutes"]
    told = set_up.json("wait")
    assert (20, ["walk", "wash up"]) == (told["minutes"], told["distractions"])
    assert dt.timedelta(minutes=18) < dt.datetime.fromisoformat(told["until"]) - before < dt.timedelta(minutes=23)
    assert 2 == set_up.run("wait", "--minutes", "7").returncode


def test_plans_from_a_terminal(set_up: Home) -> None:
    """Set, listed, taken out; words come by standard input; what is half said is refused and changes nothing."""
    kept = set_up.json("plans", "3", "--set", "--hours", "22-2", stdin="in bed\nup again\n")
    assert [{"place": 3, "moment": "in bed", "act": "up again", "hour_from": 22, "hour_until": 2}] == kept
    assert "3  If in bed: up again  (on Today from 22:00 to 02:00)" in set_up.run("plans").stderr.decode()
    for arguments, stdin in (
        (("plans", "--set"), ""),
        (("plans", "1", "--set"), "in bed\n\n"),
        (("plans", "1", "--set", "--hours", "ten"), "a\nb\n"),
        (("plans", "1", "--set", "--hours", "7-7"), "a\nb\n"),
        (("plans", "1", "--hours", "7-8"), ""),
        (("plans", "1", "--set", "--clear"), ""),
    ):
        assert (2, "NotUnderstood") == refused(set_up, *arguments, stdin=stdin)
    assert kept == set_up.json("plans")
    assert [] == set_up.json("plans", "3", "--clear")


def test_a_gate_from_a_terminal(set_up: Home) -> None:
    """Set until noon, told, made longer; earlier, past or too far is refused."""
    assert {"until": None} == set_up.json("gate")
    until = dt.datetime.fromisoformat(set_up.json("gate", "--noon")["until"])
    assert (12, 0) == (until.hour, until.minute)
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=47)).isoformat()
    assert dt.datetime.fromisoformat(later) == dt.datetime.fromisoformat(set_up.json("gate", "--until", later)["until"])
    assert (2, "GateOnlyLonger") == refused(set_up, "gate", "--noon")
    assert (2, "HourHasPassed") == refused(set_up, "gate", "--until", "2020-01-01T12:00")
    assert (2, "NotUnderstood") == refused(set_up, "gate", "--until", "2199-01-01T12:00")
    assert (2, "NotUnderstood") == refused(set_up, "gate", "--until", "noon")
    assert (2, "NotUnderstood") == refused(set_up, "gate", "--noon", "--until", later)
    assert (2, "SoberGateHolds") == refused(set_up, "urge", "--write", stdin="dear you")
    assert [] == set_up.json("drafts")


def test_a_morning_line_and_a_list_from_a_terminal(set_up: Home) -> None:
    """One of Fallow's until there is one of one's own; both can be taken back."""
    assert set_up.json("morning")["own"] is False
    assert {"line": "Coffee first.", "own": True} == set_up.json("morning", "--set", stdin="Coffee first.\n")
    assert (2, "NotUnderstood") == refused(set_up, "morning", "--set", stdin="\n")
    assert set_up.json("morning", "--clear")["own"] is False
    assert ["walk"] == set_up.json("distractions", "--set", stdin="walk\nwalk\n")
    assert (2, "NotUnderstood") == refused(set_up, "distractions", "--set", stdin="\n".join(map(str, range(21))))
    assert ["walk"] == set_up.json("distractions")
    assert [] == set_up.json("distractions", "--clear")


def test_a_question_is_parked_from_a_terminal(set_up: Home) -> None:
    """Away for a week, without its words anywhere; let go, it is gone; in a stop as at any other time."""
    set_up.json("stop", "--because", "blocked")
    parked = set_up.json("park", stdin="Was it that evening?\n")
    rest = dt.datetime.fromisoformat(parked["opens_at"]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=6, hours=23) < rest <= dt.timedelta(days=7)
    assert [(parked["id"], "resting")] == [(each["id"], each["is"]) for each in set_up.json("park", "--list")]
    told = set_up.json("park", parked["id"])
    assert ("", False) == (told["text"], told["open"])
    assert "evening" not in set_up.run("events", "--json").stdout.decode() + set_up.run("today").stderr.decode()
    assert (2, "StillSealed") == refused(set_up, "park", parked["id"], "--keep")
    assert {"deleted": parked["id"], "complete": True} == set_up.json("park", parked["id"], "--let-go")
    assert (2, "NoSuchEntry") == refused(set_up, "park", parked["id"])
    assert (2, "NotUnderstood") == refused(set_up, "park", "--keep")
    assert (2, "NotUnderstood") == refused(set_up, "park", stdin="\n")
    assert [] == set_up.json("park", "--list")


def test_a_question_whose_week_is_over_is_read_and_kept(set_up: Home) -> None:
    """Today says that it can be looked at; kept, it says so no more."""
    with opened(set_up) as desk:
        id = park_question(ago(desk, 7.01), "Was it that evening?").id
    assert 1 == set_up.json("today")["questions_ready"]
    assert "A question you put away can be looked at again" in set_up.run("today").stderr.decode()
    assert b"Was it that evening?\n" == set_up.run("park", id).stdout
    assert "Was it that evening?" == set_up.json("park", id, "--keep")["text"]
    assert ["kept"] == [each["is"] for each in set_up.json("park", "--list")]
    assert 0 == set_up.json("today")["questions_ready"]


def test_a_draft_is_read_again_from_a_terminal(set_up: Home) -> None:
    """Five answers, then a share; one that is still sealed is not asked."""
    with opened(set_up, zone=noon_zone()) as desk:
        drafts = [rested_draft(desk, days) for days in (9, 8, 7, 6, 5)]
        for draft in drafts[:4]:
            did(desk, 1, DraftReread(draft, "no"))
    told = set_up.json("drafts", drafts[4], "--would-send", "yes")
    assert (5, 1, 4) == (told["n"], told["yes"], told["no"])
    assert (1, 5, 0.2) == tuple(told["would_send"][name] for name in ("count", "n", "value"))
    words = set_up.run("drafts", drafts[4], "--would-send", "no").stderr.decode()
    assert "Of 5 you read again, you would have sent 0 now (n = 5, 95 % interval 0 to 43 in 100)." in words
    sealed = set_up.json("urge", "--write", stdin="dear you")["draft"]
    assert (2, "NotInThisPhase") == refused(set_up, "drafts", sealed, "--would-send", "no")
    assert (2, "NotUnderstood") == refused(set_up, "drafts", "--would-send", "no")


def test_days_from_a_terminal(set_up: Home, tmp_path: Path) -> None:
    """Noted, decided by daylight, written to a file with and without names, dropped."""
    set_up.json("choose", "--zone", noon_zone())
    far = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)
    noted = set_up.json("dates", "--add", "--kind", "birthday", stdin=f"Sam\n{far:%m-%d}\n")[0]
    assert ("Sam", "birthday", None, True) == tuple(noted[name] for name in ("name", "what", "decision", "may_decide"))
    set_up.json("dates", "--holiday", "new_year")
    listed = {
        each["name"]: each["decision"] for each in set_up.json("dates", "--decide", noted["id"], stdin="I pass.\n")
    }
    assert {"Sam": "I pass.", "New Year's Day": None} == listed
    plain, named = tmp_path / "plain.ics", tmp_path / "named.ics"
    written = set_up.json("dates", "--ics", str(plain))
    assert {"file": str(plain), "dates": 2, "again": 0, "with_names": False} == written
    set_up.json("dates", "--ics", str(named), "--with-names")
    titles = [
        {str(event["SUMMARY"]) for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}
        for path in (plain, named)
    ]
    assert [{"Note"}, {"Sam", "New Year's Day"}] == titles
    assert 0o600 == plain.stat().st_mode & 0o777
    piped = set_up.run("dates", "--ics", "-").stdout
    assert plain.read_bytes().splitlines()[0] == piped.splitlines()[0] == b"BEGIN:VCALENDAR"
    assert ["New Year's Day"] == [each["name"] for each in set_up.json("dates", "--drop", noted["id"])]


def test_what_is_no_day_is_refused_on_a_terminal(set_up: Home, tmp_path: Path) -> None:
    """Each with its reason, and nothing is noted."""
    assert (2, "NotUnderstood") == refused(set_up, "dates", "--add", stdin="Sam\n30.02.\n")
    assert (2, "NotUnderstood") == refused(set_up, "dates", "--add", stdin="\n02-20\n")
    assert (2, "NotUnderstood") == refused(set_up, "dates", "--add", "--holiday", "christmas")
    assert (2, "NotUnderstood") == refused(set_up, "dates", "--with-names")
    assert (2, "NotEnoughData") == refused(set_up, "dates", "--first-message")
    assert (2, "NoSuchEntry") == refused(set_up, "dates", "--drop", "0" * 32)
    assert (2, "NoSuchEntry") == refused(set_up, "dates", "--decide", "0" * 32, stdin="words\n")
    assert (1, "FileNotWritten") == refused(set_up, "dates", "--ics", str(tmp_path / "nowhere" / "notes.ics"))
    assert [] == set_up.json("dates")


def test_a_day_is_not_decided_at_night_on_a_terminal(set_up: Home) -> None:
    """Far ahead, but at eleven in the evening."""
    set_up.json("choose", "--zone", zone_at(23))
    far = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)
    id = set_up.json("dates", "--add", stdin=f"Sam\n{far:%m-%d}\n")[0]["id"]
    assert (2, "CalmDayNeeded") == refused(set_up, "dates", "--decide", id, stdin="I write.\n")
    assert set_up.json("dates")[0]["decision"] is None
