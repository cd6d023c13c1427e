"""Every command in words and as JSON: what it says, where it says it, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest

from conftest import PASSPHRASE, PATIENCE, Home, start_server, stop_server
from fallow.cli.main import main
from journeys.chats import LONG_CHAT, WrongFile, as_zip, wrong_files
from journeys.walking import kinds, records, stored

FRESH = "another field, under snow"


def written(home: Home, name: str, data: bytes) -> str:
    path = home.folder.parent / name
    path.write_bytes(data)
    return str(path)


def refused(home: Home, *arguments: str, stdin: str = "") -> tuple[int, str]:
    """Exit status and kind of error of a command that must not succeed; its words are on standard error too."""
    done = home.run(*arguments, "--json", stdin=stdin)
    error: dict[str, str] = json.loads(done.stdout)["error"]
    words = done.stderr.decode().splitlines()
    assert error["says"] in words
    assert error["next_step"] in words
    return done.returncode, error["kind"]


def test_a_place_is_set_up_once(home: Home) -> None:
    """`where` tells before and after; `init` prints the code, and refuses the second time."""
    assert {"folder": str(home.folder), "set_up": False, "serving": False} == home.json("where")
    code = home.json("init")["recovery_code"]
    assert 9 == len(code.split("-"))
    assert (2, "StoreExists") == refused(home, "init")
    assert home.json("where")["set_up"]
    assert home.run("where").stdout.decode().strip() == str(home.folder)
    home.passphrase_file.write_text(code + "\n")
    assert {"ok": True, "problems": [], "events": 0, "messages": 0} == home.json("check")


def test_nothing_set_up_is_said(home: Home) -> None:
    """Exit status 3, a sentence and a next step, and no folder made by asking."""
    assert (3, "NoStore") == refused(home, "events")
    assert (3, "NoStore") == refused(home, "check")
    assert not home.folder.exists()


def test_the_wrong_passphrase_is_status_three(set_up: Home) -> None:
    """Nothing is told of what is kept, on either stream."""
    set_up.passphrase_file.write_text("not this one at all\n")
    assert (3, "WrongPassphrase") == refused(set_up, "events")
    done = set_up.run("log", "looked")
    assert (3, b"") == (done.returncode, done.stdout)
    set_up.passphrase_file.write_text(PASSPHRASE + "\n")
    assert [] == set_up.json("events")


def test_each_kind_is_logged_by_a_line(set_up: Home) -> None:
    """One JSON event a line, acknowledged one by one; a bad line is refused and the others go on."""
    lines = [
        '{"kind":"urge","intensity":6,"cue":"a song"}', '{"kind":"looked"}', '{"kind":"wrote","note":"late"}',
        '{"kind":"replied","necessary":true}', '{"kind":"they-wrote"}', "", "not json", '{"kind":"hugged"}',
        '{"kind":"looked","at":"2999-01-01T00:00:00Z"}', '{"kind":"looked","secret":"x"}',
        '{"kind":"ran_into","at":"2026-03-29T01:59:00+01:00"}', '{"kind":"logistics"}', '{"kind":"accident"}',
    ]  # fmt: skip
    done = set_up.run("log", "--stdin", stdin="\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert 2 == done.returncode
    assert [True] * 5 + [False] * 4 + [True] * 3 == [answer["ok"] for answer in answers]
    assert [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13] == [answer["line"] for answer in answers]
    assert ["NotUnderstood", "NotUnderstood", "InTheFuture", "NotUnderstood"] == [
        answer["error"]["kind"] for answer in answers if not answer["ok"]
    ]
    assert "x" not in [word for answer in answers if not answer["ok"] for word in answer["error"]["says"].split()]
    told = set_up.json("events")
    assert [answer["id"] for answer in answers if answer["ok"]] == [event["id"] for event in told]
    assert list(range(1, 9)) == [event["seq"] for event in told]
    assert ("2026-03-29", "Europe/Berlin") == (told[5]["day"], told[5]["zone"])
    assert (6, "a song", True) == (told[0]["intensity"], told[0]["cue"], told[3]["necessary"])


def test_one_thing_is_logged_in_one_command(set_up: Home) -> None:
    """With a time and a strength as arguments, and words only ever asked for."""
    (stored_,) = set_up.json("log", "urge", "--intensity", "7", "--at", "2026-11-01T22:00:00+01:00")
    assert (7, "2026-11-01T21:00:00+00:00") == (stored_["intensity"], stored_["at"])
    (noted,) = set_up.json("log", "looked", "--note", stdin="her new photo\n")
    assert "her new photo" == noted["note"]
    done = set_up.run("log", "looked")
    assert (0, b"", b"Logged.\n") == (done.returncode, done.stdout, done.stderr)
    assert (2, "NotUnderstood") == refused(set_up, "log", "hugged")
    assert (2, "InTheFuture") == refused(set_up, "log", "looked", "--at", "2999-01-01T00:00:00Z")


def test_today_and_events_in_words_are_on_standard_error(set_up: Home) -> None:
    """JSON is all that ever is on standard output, and only when it was asked for."""
    set_up.run("choose", "--quiet-time", "30", "--person", stdin="Mira\n+49 30 1\n\n")
    for arguments in (("today",), ("events",), ("check",), ("urge",)):
        done = set_up.run(*arguments)
        assert (0, b"") == (done.returncode, done.stdout)
        assert done.stderr.strip()
    today = set_up.json("today")
    assert ("no_contact", 0, 0, 30, "Mira") == (
        today["phase"], today["quiet_days"], today["of_days"], today["chosen_days"], today["confidant"]["name"]
    )  # fmt: skip


def test_what_is_written_in_an_urge_is_sealed(set_up: Home) -> None:
    """It comes by standard input, is sealed until ten, and is in no answer; in a clear stop it is refused."""
    told = set_up.json("urge", "--write", "--intensity", "9", stdin="dear you\nI miss\n")
    assert {"draft", "opens_at"} == set(told)
    assert ["urge", "draft_sealed"] == kinds(set_up)
    drafts = set_up.run("drafts", "--json").stdout.decode()
    assert "dear you" not in drafts
    assert told["draft"] in drafts
    assert set_up.run("stop", "--because", "asked").returncode == 0
    assert (2, "HardStopHolds") == refused(set_up, "urge", "--write", stdin="dear you\n")
    assert ["urge", "draft_sealed", "hard_stop_set"] == kinds(set_up)


def test_an_entry_is_corrected_and_kept(set_up: Home) -> None:
    """Relabelled or taken back, the first entry stays beside its correction."""
    (entry,) = set_up.json("log", "wrote")
    assert ["correction"] == [each["kind"] for each in set_up.json("correct", entry["id"], "--to", "accident")]
    assert 0 == set_up.run("correct", entry["id"], "--take-back").returncode
    assert (2, "NoSuchEntry") == refused(set_up, "correct", "0" * 32, "--take-back")
    assert ["wrote", "correction", "correction"] == kinds(set_up)


def test_a_chat_is_brought_once_however_often(set_up: Home) -> None:
    """Text and zip of the same chat are the same chat; words can be left out and brought later."""
    text, packed = written(set_up, "chat.txt", LONG_CHAT), written(set_up, "chat.zip", as_zip(LONG_CHAT))
    counted = []
    for arguments in (("--without-text", text), (text,), (packed,), (text, packed, "--them", "Alex")):
        told = set_up.json("import", *arguments, "--me", "Sam")
        counted.append((told["messages"], told["new"], stored(set_up)))
    assert [(240, 240, (240, 0)), (240, 0, (240, 240)), (240, 0, (240, 240)), (480, 0, (240, 240))] == counted
    both = set_up.json("two-sides")
    assert 240 == both["messages"]
    assert both == set_up.json("two-sides")


def test_who_is_me_has_to_be_said(set_up: Home) -> None:
    """Without a terminal to ask in, or with a name nobody has, nothing is stored."""
    text = written(set_up, "chat.txt", LONG_CHAT)
    assert (2, "WhoIsMe") == refused(set_up, "import", text)
    assert (2, "WhoIsMe") == refused(set_up, "analyse", text)
    assert (2, "NobodyByThatName") == refused(set_up, "import", text, "--me", "Nobody")
    assert (2, "NobodyByThatName") == refused(set_up, "analyse", text, "--me", "Nobody")
    assert (0, 0) == stored(set_up)


@pytest.mark.parametrize("case", wrong_files(), ids=lambda case: case.id)
def test_a_wrong_file_is_refused_by_name(set_up: Home, case: WrongFile) -> None:
    """By `import` and by `analyse` alike: exit status 2, a typed error, and nothing stored."""
    path = written(set_up, case.name, case.data)
    assert (2, case.kind) == refused(set_up, "import", path, "--me", "Sam")
    assert (2, case.kind) == refused(set_up, "analyse", path, "--me", "Sam")
    assert ((0, 0), ()) == (stored(set_up), records(set_up))


def test_a_file_that_cannot_be_opened_is_refused(set_up: Home) -> None:
    """A missing one and a folder, both with a next step."""
    for path in ("missing.txt", str(set_up.folder.parent)):
        status, _kind = refused(set_up, "analyse", path, "--me", "Sam")
        assert 2 == status


def test_two_files_of_which_one_is_wrong_store_nothing(set_up: Home) -> None:
    """All of the files or none."""
    good, bad = written(set_up, "chat.txt", LONG_CHAT), written(set_up, "chat.pdf", b"%PDF-1.7")
    assert (2, "LooksLikeAnotherFile") == refused(set_up, "import", good, bad, "--me", "Sam")
    assert (0, 0) == stored(set_up)


def test_analyse_tells_both_sides_and_keeps_nothing(home: Home) -> None:
    """No folder is made and no passphrase asked; every number is there, ego first."""
    told = home.json("analyse", written(home, "chat.txt", LONG_CHAT), "--me", "Sam")
    assert not home.folder.exists()
    assert ("whatsapp_android_txt", 240) == (told["format"], told["messages"])
    assert [{"line": 1, "kind": "no_beginning_notice", "count": 1}] == told["problems"]
    assert [("Sam", "ego", 120, 0), ("Alex", "alter", 120, 0)] == [
        (p["name"], p["side"], p["messages"], p["media"]) for p in told["participants"]
    ]
    assert all(p["words"] == 480 for p in told["participants"])
    assert ("2026-03-01", "2026-04-03") == (told["first_at"][:10], told["last_at"][:10])
    assert 240 == sum(week["ego"] + week["alter"] for week in told["weeks"])
    bouts = told["bouts"]
    assert 1 <= bouts["criterion_hours"] <= 12
    assert bouts["count"] == bouts["opened_by"]["ego"] + bouts["opened_by"]["alter"]
    for side in ("ego", "alter"):
        latency = told["reply_latency"][side]
        assert 0 <= latency["censored"] <= latency["n"]
        low, high = latency["ci95"]
        assert low <= latency["median_minutes"]
        assert high is None or latency["median_minutes"] <= high
    (silence,) = told["silences"]
    assert ("2026-03-13", "ego") == (silence["started_at"][:10], silence["broken_by"])
    assert 4 < silence["days"] < 5


def test_analyse_in_words_says_the_main_numbers(home: Home) -> None:
    """The sentence of every figure, with n and interval; standard output stays empty."""
    done = home.run("analyse", written(home, "chat.txt", LONG_CHAT), "--me", "Sam")
    assert (0, b"") == (done.returncode, done.stdout)
    said = done.stderr.decode()
    assert "240 messages, 1 March 2026 to 3 April 2026." in said
    assert re.search(r"Who began\n  You began \d+ in 100 conversations \(\d+ to \d+; n = \d+\)\.", said)
    for title in ("Week by week", "Who waited", "Who wrote again", "After a silence", "What each of you sends"):
        assert f"\n{title}\n  " in said
    assert "The day it ended is not told" in said
    assert "Nobody's feelings can be read from this." in said


def test_every_measure_is_in_the_document(home: Home) -> None:
    """The same for both sides; what has too little data is null, with its count beside it."""
    told = home.json("analyse", written(home, "chat.txt", LONG_CHAT), "--me", "Sam")
    for key in ("writing", "follow_ups", "read_unanswered", "reply_latency", "clock"):
        assert ["ego", "alter"] == list(told[key])
    assert {"ego": None, "alter": None} == told["read_unanswered"]
    assert (None, None) == (told["ended_on"], told["changes"])
    assert [1, 3, 7, 14, 30] == [each["days"] for each in told["silences_from"]]
    assert 1 == told["silences_from"][1]["ended"]
    assert told["longest_silence"]["days"] == told["silences"][0]["days"]
    assert [1, 2, 3, 4, 6, 8, 10, 12] == [each["hours"] for each in told["bouts"]["by_criterion"]]
    assert told["bouts"]["count"] == sum(quarter["bouts"] for quarter in told["balance"])
    latency = told["reply_latency"]["ego"]
    assert latency["n"] == sum(each["n"] for each in latency["hours"]) == sum(each["n"] for each in latency["quarters"])
    words = told["writing"]["ego"]["words_a_text"]
    assert (4.0, 120) == (words["value"], words["n"])
    assert all(week["whole"] for week in told["weeks"])


def test_what_changed_before_the_end_is_asked_by_its_day(home: Home) -> None:
    """Too few weeks are said with how many it takes; a year with a planted fall has it; a bad day is refused."""
    chat = written(home, "chat.txt", LONG_CHAT)
    short = home.json("analyse", chat, "--me", "Sam", "--ended", "2026-04-03")
    assert ("2026-04-03", []) == (short["ended_on"], short["changes"]["series"])
    assert short["changes"]["weeks"] < short["changes"]["needed"] == 26
    said = home.run("analyse", chat, "--me", "Sam", "--ended", "2026-04-03").stderr.decode()
    assert "Too few weeks before the end to say whether anything changed: " in said
    long = written(home, "long.txt", fading_chat())
    told = home.json("analyse", long, "--me", "Sam", "--ended", "2026-02-01")["changes"]
    moved = {(one["series"], one["side"]): one["change"] for one in told["series"] if one["change"]}
    assert moved["volume", "alter"]["ratio"] < 0.5
    assert "2025-09-01" < moved["volume", "alter"]["middle"] < "2025-11-15"
    assert ("volume", "ego") not in moved
    done = home.run("analyse", chat, "--me", "Sam", "--ended", "yesterday")
    assert 2 == done.returncode


def fading_chat() -> bytes:
    """A year in which Sam writes twelve messages a day and Alex twelve, then from October on three."""
    lines = []
    day = dt.date(2025, 2, 3)
    while day < dt.date(2026, 2, 1):
        theirs = 12 if day < dt.date(2025, 10, 1) else 3
        stamp = day.strftime("%d/%m/%Y")
        for i in range(12):
            lines.append(f"{stamp}, {8 + i}:{(i * 7 + day.day) % 50:02d} - Sam: a few words for the day")
            if i < theirs:
                lines.append(f"{stamp}, {8 + i}:{(i * 7 + day.day) % 50 + 5:02d} - Alex: and a few back")
        day += dt.timedelta(days=1)
    return "\n".join(lines).encode()


def test_lines_that_were_not_read_are_told(home: Home) -> None:
    """By line, kind and number, never by what they hold."""
    told = home.json("analyse", written(home, "c.txt", b"a line from nowhere\n" + LONG_CHAT), "--me", "Sam")
    assert {"line": 1, "kind": "line_before_first_message", "count": 1} in told["problems"]
    assert "nowhere" not in json.dumps(told)


def test_days_that_are_missing_are_said_and_kept(set_up: Home) -> None:
    """In the answer of both commands; a period that cannot be read is refused before anything is kept."""
    chat = written(set_up, "c.txt", LONG_CHAT)
    assert (2, "DaysNotUnderstood") == refused(set_up, "import", chat, "--me", "Sam", "--missing", "2026-03-09..March")
    assert [] == set_up.json("imports")["imports"]
    expected = [["2026-03-09T00:00:00", "2026-03-12T00:00:00"], ["2026-03-20T00:00:00", "2026-03-21T00:00:00"]]
    options = ("--missing", "2026-03-09..2026-03-11", "--missing", "2026-03-20")
    assert expected == set_up.json("analyse", chat, "--me", "Sam", *options)["missing"]
    set_up.json("import", chat, "--me", "Sam", "--zone", "UTC", *options)
    assert [[f"{end}+00:00" for end in span] for span in expected] == set_up.json("two-sides")["missing"]


def test_unclear_dates_can_be_said(home: Home) -> None:
    """Refused without, read with `--date-order`."""
    unclear = written(home, "c.txt", b"02/03/26, 10:00 - Sam: one\n02/03/26, 10:05 - Alex: two\n")
    assert (2, "DateOrderUnclear") == refused(home, "analyse", unclear, "--me", "Sam")
    told = home.json("analyse", unclear, "--me", "Sam", "--date-order", "mdy")
    assert "2026-02-03" == told["first_at"][:10]


def test_lock_says_whether_something_ran(set_up: Home) -> None:
    """Nothing running is locked too; a running one loses its worker, and a second server is refused."""
    assert {"locked": True, "was_running": False} == set_up.json("lock")
    assert (2, "AddressRefused") == refused(set_up, "serve", "--host", "0.0.0.0", "--no-browser")
    server = start_server(set_up)
    try:
        assert (2, "AlreadyServing") == refused(set_up, "serve", "--port", "0", "--no-browser")
        former = server.workers()
        assert set_up.json("where")["serving"]
        assert {"locked": True, "was_running": True} == set_up.json("lock")
        server.next_link()
        assert set(former).isdisjoint(server.workers())
    finally:
        stop_server(server)
    assert not set_up.json("where")["serving"]


def test_the_passphrase_is_changed_at_a_prompt(set_up: Home) -> None:
    """Typed twice and not shown; the former one opens nothing from then on, and what was kept is there."""
    set_up.run("log", "looked")
    status, shown = typed(set_up, ["passphrase"], [FRESH, FRESH])
    assert 0 == status
    assert FRESH not in shown
    assert (3, "WrongPassphrase") == refused(set_up, "events")
    set_up.passphrase_file.write_text(FRESH + "\n")
    assert ["looked"] == [event["kind"] for event in set_up.json("events")]
    code = set_up.json("passphrase", "--recovery-code")["recovery_code"]
    set_up.passphrase_file.write_text(code + "\n")
    assert 1 == len(set_up.json("events"))


def typed(home: Home, arguments: list[str], lines: list[str]) -> tuple[int, str]:
    """Run a command in a terminal, type lines when it asks, and return its status and all the terminal showed."""
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "fallow", *arguments],
        env=home.environment(), stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
    )  # fmt: skip
    os.close(inner)
    shown = b""
    for line in lines:
        while not shown.rstrip().endswith(b":"):
            shown += os.read(outer, 1024)
        time.sleep(0.05)
        os.write(outer, line.encode() + b"\n")
        shown += b"\n"
    try:
        while chunk := os.read(outer, 1024):
            shown += chunk
    except OSError:  # the terminal closes with the program
        pass
    os.close(outer)
    return process.wait(PATIENCE), shown.decode()


def large_table(path: Path, rows: int) -> Path:
    """A table of so many messages, one every two seconds."""
    begin = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    path.write_text("at,sender,text\n" + "".join(
        f"{begin + dt.timedelta(seconds=2 * n):%Y-%m-%dT%H:%M:%SZ},{'Sam' if n % 3 else 'Kim'},words {n}\n"
        for n in range(rows)
    ))  # fmt: skip
    return path


def test_how_far_a_large_file_is_shows_on_a_terminal(set_up: Home, tmp_path: Path) -> None:
    """A bar and the messages read so far; where nobody watches, nothing of it."""
    path = large_table(tmp_path / "chat.csv", 200_000)
    status, shown = typed(set_up, ["analyse", str(path), "--me", "Sam"], [])
    assert 0 == status
    assert re.search(r"Reading .* 100%.*200,000 messages read so far\.", shown)
    assert "read so far" not in set_up.run("analyse", str(path), "--me", "Sam").stderr.decode()


def test_a_reading_that_is_interrupted_ends_in_words_and_keeps_nothing(set_up: Home, tmp_path: Path) -> None:
    """Ctrl-C while a bar is shown; afterwards the same file is brought whole."""
    path = large_table(tmp_path / "chat.csv", 250_000)
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "fallow", "import", str(path), "--me", "Sam"],
        env=set_up.environment(), stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
    )  # fmt: skip
    os.close(inner)
    shown = b""
    while b"Reading" not in shown:
        shown += os.read(outer, 1024)
    process.send_signal(signal.SIGINT)
    with suppress(OSError):  # the terminal closes with the program
        while chunk := os.read(outer, 1024):
            shown += chunk
    os.close(outer)
    assert 2 == process.wait(PATIENCE)
    assert b"It was stopped. Nothing of the file was kept." in shown
    assert [] == set_up.json("imports")["imports"]
    assert 250_000 == set_up.json("import", str(path), "--me", "Sam")["new"]


def test_the_demo_leaves_nothing_behind(home: Home, tmp_path: Path) -> None:
    """It prints its link, serves a made-up person's months, and its folder is gone when it ends."""
    home.extra["TMPDIR"] = str(tmp_path)
    before = set(tmp_path.iterdir())
    process = subprocess.Popen(
        [sys.executable, "-m", "fallow", "demo", "--port", "0", "--no-browser", "--json"],
        env=home.environment(passphrase=False), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(process.stdout.readline())
    assert told["link"].startswith(f"http://{told['host']}:{told['port']}/open/")
    assert 1 == len(set(tmp_path.iterdir()) - before)
    process.send_signal(signal.SIGTERM)
    _out, words = process.communicate(timeout=PATIENCE)
    assert b"made up" in words
    assert before == set(tmp_path.iterdir())
    assert not home.folder.exists()


def test_help_lines_are_there_with_nothing_set_up(home: Home) -> None:
    """In words and as JSON, without a passphrase; an unknown country gets the sentence for everywhere."""
    said = home.run("help-lines", "GB", passphrase=False).stdout.decode()
    assert "116 123" in said
    assert "999" == json.loads(home.run("help-lines", "gb", "--json", passphrase=False).stdout)["emergency"]["number"]
    assert "your local emergency number" in home.run("help-lines", "XX", passphrase=False).stdout.decode()


@pytest.mark.parametrize(
    "command",
    ["analyse", "baserates", "check", "choose", "claims", "correct", "demo", "drafts", "events", "import",
     "init", "lists", "lock", "log", "pair", "passphrase", "patterns", "reach", "remind", "serve", "stop", "today",
     "two-sides", "urge", "where"],
)  # fmt: skip
def test_no_words_of_a_person_are_taken_as_an_argument(command: str) -> None:
    """Arguments can be read by everyone on a computer, so no option takes a note, a cue, a draft or a passphrase."""
    found = main.commands[command]
    free = [
        option.name
        for option in found.params
        if isinstance(option, click.Option) and not option.is_flag and option.type is click.STRING
    ]
    named = {"me", "them", "chat", "zone", "missing", "ended", "at", "until", "quiet_time", "host", "days"}
    assert set(free) <= named | {"address", "remove"}
