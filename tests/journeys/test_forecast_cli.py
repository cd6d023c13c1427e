"""The forecast on the command line: of what is kept, of files, of many silences at once; and learning from a log."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from conftest import Home
from forecast.silences import rows_of
from journeys.chats import LONG_CHAT
from study.many import keen_and_shy, write_csv

HORIZONS = [7, 14, 30, 60, 90]


def chat(returns: str = "omomomom") -> bytes:
    """A WhatsApp chat that falls silent for five days and is taken up again, time after time."""
    lines, day = [], 0
    for who in "o" + returns:
        pair = ("Alex", "Sam") if who == "o" else ("Sam", "Alex")
        for i in range(4):
            month, of_month = divmod(day, 28)
            lines.append(f"{of_month + 1:02d}/{month + 1:02d}/2026, 18:0{i} - {pair[i % 2]}: something said\n")
        day += 5
    return "".join(lines).encode()


def written(home: Home, name: str, data: bytes) -> Path:
    path = home.folder.parent / name
    path.write_bytes(data)
    return path


def test_files_are_forecast_and_nothing_is_kept(home: Home) -> None:
    """As of a moment; every number is there, and the three chances add up to 1."""
    told = home.json(
        "forecast", "--file", written(home, "c.txt", chat()), "--me", "Sam", "--at", "2026-02-20T18:00+00:00"
    )
    assert not home.folder.exists()
    assert (HORIZONS, 6) == (told["horizons"], told["n_earlier_silences"])
    assert 6.9 < told["silence_days"] < 7.1
    for chances in zip(told["other"], told["self"], told["neither"], strict=True):
        assert abs(sum(each["p"] for each in chances) - 1) < 1e-9
        assert all(each["lo"] <= each["p"] <= each["hi"] for each in chances)
    assert "not about coming back" in " ".join(told["caveats"])


def test_in_words_it_says_what_it_rests_on(home: Home) -> None:
    """In silences of a hundred, with limits, and what it does not know; standard output stays empty."""
    done = home.run(
        "forecast", "--file", written(home, "c.txt", chat()), "--me", "Sam", "--at", "2026-02-20T18:00+00:00"
    )
    said = done.stderr.decode()
    assert (0, b"") == (done.returncode, done.stdout)
    assert "In 100 silences like this one:" in said
    assert "It rests on 6 earlier silences of a day or more: they ended 3, you 3" in said
    assert "none of it was a breakup" in said


def test_what_cannot_be_said_is_refused(home: Home) -> None:
    """A silence of less than a day, a record with too few, a time without an offset."""
    long = written(home, "c.txt", chat())
    for arguments, kind in (
        ((long, "--at", "2026-02-13T20:00+00:00"), "NoSilenceNow"),
        ((written(home, "few.txt", chat("o")), "--at", "2026-03-20T18:00+00:00"), "NotEnoughData"),
        ((long, "--at", "2026-02-20T18:00"), "NotUnderstood"),
        ((long, "--at", "soon"), "NotUnderstood"),
    ):
        done = home.run("forecast", "--file", *arguments, "--me", "Sam", "--date-order", "dmy", "--json")
        assert (2, kind) == (done.returncode, json.loads(done.stdout)["error"]["kind"])


def test_days_said_to_be_missing_make_no_silence(home: Home) -> None:
    """Within the present one it is not told; inside an earlier one that one falls out; what lies ahead is nothing."""
    file = written(home, "c.txt", chat())
    known = ("forecast", "--file", file, "--me", "Sam", "--date-order", "dmy", "--json")
    for missing, at, earlier in (
        ("2026-02-15..2026-02-16", "2026-02-20T18:00+00:00", None),
        ("2026-02-15..2026-02-16", "2026-02-14T21:00+00:00", 6),
        ("2026-02-10..2026-02-11", "2026-02-20T18:00+00:00", 5),
    ):
        done = home.run(*known, "--missing", missing, "--at", at)
        told = json.loads(done.stdout)
        if earlier is None:
            assert (2, "SilenceNotSeen") == (done.returncode, told["error"]["kind"])
        else:
            assert earlier == told["n_earlier_silences"]


def test_the_stored_record_is_forecast(set_up: Home) -> None:
    """Nothing kept is too little; with a chat there is an answer, as of now."""
    refused = set_up.run("forecast", "--json")
    assert (2, "NotEnoughData") == (refused.returncode, json.loads(refused.stdout)["error"]["kind"])
    set_up.json("import", written(set_up, "c.txt", LONG_CHAT + chat()), "--me", "Sam", "--date-order", "dmy")
    told = set_up.json("forecast")
    assert told["silence_days"] > 100
    assert told["n_earlier_silences"] >= 3


def many(*returns: str) -> bytes:
    lines = []
    for i, each in enumerate(returns):
        at, sender, now = rows_of(each, age_days=7.0)
        events = [[t / 1e6, "other" if s else "me"] for t, s in zip(at.tolist(), sender.tolist(), strict=True)]
        lines.append(json.dumps({"eid": f"e{i}", "silence_days": 7.0, "now": int(now[0]) / 1e6, "events": events}))
    return "\n".join(lines).encode()


def test_many_silences_are_answered_as_csv(home: Home) -> None:
    """One line each, packed or not; chances grow with the horizon, and theirs are higher where they came back."""
    body = many("oooooo", "mmmmmm")
    outs = []
    for path in (written(home, "many.jsonl", body), written(home, "many.jsonl.gz", gzip.compress(body))):
        done = home.run("forecast", "--episodes", path)
        assert 0 == done.returncode
        outs.append(done.stdout)
    assert outs[0] == outs[1]
    head, first, second = outs[0].decode().splitlines()
    assert "eid,p7,p14,p30,p60,p90" == head
    theirs, mine = ([float(p) for p in row.split(",")[1:]] for row in (first, second))
    assert theirs == sorted(theirs)
    assert all(a > b for a, b in zip(theirs, mine, strict=True))


def test_a_line_that_is_no_silence_is_named(home: Home) -> None:
    """By its number; nothing is written."""
    body = many("oooooo") + b"\n{}\n"
    done = home.run("forecast", "--episodes", written(home, "many.jsonl", body))
    assert (2, b"") == (done.returncode, done.stdout)
    assert "Line 2 could not be read as a silence." in done.stderr.decode()


def test_a_population_is_learned_from_a_log(home: Home, tmp_path: Path) -> None:
    """With its hash, size and citation; a file of that name is not written over."""
    rows = ["sender,receiver,at"]
    for i in range(60):
        at, sender, _ = rows_of("om" * 4 if i % 2 else "oomm" * 2, age_days=1.0)
        rows += [f"{i}{'b' if s else 'a'},{i}{'a' if s else 'b'},{t // 10**6}" for t, s in zip(at, sender, strict=True)]
    log = written(home, "small.csv", "\n".join(rows).encode())
    out = tmp_path / "population.json"
    arguments = ("study", "fit", log, "-o", out, "--samples", "2", "--cite", "small=made up")
    told = home.json(*arguments)
    learned = json.loads(out.read_bytes())
    (fitted,) = learned["logs"]
    assert ("small", "made up", 60, 2) == (fitted["name"], fitted["cite"], fitted["dyads"], len(fitted["again"]))
    assert [(fitted["sha256"], fitted["silences"])] == [(log["sha256"], log["silences"]) for log in told["logs"]]
    again = home.run(*arguments)
    assert (2, "There is a file of that name already.") == (again.returncode, again.stderr.decode().splitlines()[0])


def test_the_silences_of_a_log_become_a_table(home: Home, tmp_path: Path) -> None:
    """The same on two engines but for rounding; what is there already, or cannot be written so, is left alone."""
    log = write_csv(tmp_path / "small.csv", keen_and_shy(30, 1))
    tables = []
    for engine in ("polars", "duckdb"):
        told = home.json("study", "episodes", log, "-o", tmp_path / f"{engine}.csv", "--engine", engine)
        assert [("small", 30)] == [(each["name"], each["dyads"]) for each in told["logs"]]
        lines = (tmp_path / f"{engine}.csv").read_text("utf-8").splitlines()
        assert told["logs"][0]["silences"] == len(lines) - 1
        tables.append([line.split(",")[:7] for line in lines])
    assert tables[0] == tables[1]
    again = home.run("study", "episodes", log, "-o", tmp_path / "polars.csv")
    assert (2, "There is a file of that name already.") == (again.returncode, again.stderr.decode().splitlines()[0])
    for out, engine, says in (
        ("out.txt", "polars", "the name has to end in .parquet or .csv"),
        ("out.csv", "excel", "one of polars, duckdb, local[2] or spark://HOST:PORT"),
    ):
        refused = home.run("study", "episodes", log, "-o", tmp_path / out, "--engine", engine)
        assert 2 == refused.returncode
        assert says in refused.stderr.decode()
        assert not (tmp_path / out).exists()
    missing = home.run("study", "episodes", tmp_path / "none.csv", "-o", tmp_path / "out.csv")
    assert (2, "This file cannot be opened.") == (missing.returncode, missing.stderr.decode().splitlines()[0])


def test_a_forecast_is_scored_on_logs_and_dyads_left_out(home: Home, tmp_path: Path) -> None:
    """Every row for machines, and a table for a person; two logs of one name are refused."""
    logs = [write_csv(tmp_path / f"{name}.csv", keen_and_shy(30, i)) for i, name in enumerate(("one", "two"))]
    told = home.json("study", "score", *logs, "--folds", "2", "--most", "200")
    rows = [(row["log"], row["left_out"]) for row in told["scores"]]
    assert [(name, "dyads") for name in ("one", "two") for _ in range(9)] == rows[:18]
    assert [(name, "log") for name in ("one", "two") for _ in range(9)] == rows[18:]
    assert (1, 2) == (told["seed"], told["folds"])
    shown = home.run("study", "score", logs[0], "--folds", "2").stdout.decode().splitlines()
    assert 2 + 9 == len(shown)
    assert "| one | dyads | 7 | forecast |" in shown[2]
    twice = home.run("study", "score", logs[0], logs[0])
    assert 2 == twice.returncode
    assert "each needs a name of its own" in twice.stderr.decode()
