"""What an import said it read is there to look at afterwards, in pages and commands."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from conftest import Home, Running
from journeys.walking import go

CHAT = """\
05/03/2024, 21:04 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
05/03/2024, 21:04 - Kim: one
06/03/2024, 21:04 - Sam: two
28/03/2024, 07:30 - Kim: three
33/03/2024, 07:30 - Kim: no such day
"""


def test_a_receipt_outlives_the_process(set_up: Home, tmp_path: Path) -> None:
    """Layout, order of dates with its reason, days, clock, zone, and every line that was not a message."""
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, "utf-8")
    told = set_up.json("import", str(path), "--me", "Kim", "--zone", "Europe/Berlin")["imports"][0]
    assert told == set_up.json("imports")["imports"][0]["receipt"]
    assert ("d/m/Y, H:M - ", "dmy", 3, 3, 1) == (
        told["layout"], told["date_order"], told["messages"], told["new"], told["system_lines"],
    )  # fmt: skip
    assert ("2024-03-05", "2024-03-28", 3) == (told["first_day"], told["last_day"], told["days"])
    assert (60, "Europe/Berlin", []) == (told["resolution_s"], told["zone"], told["missing"])
    assert {"line": 5, "kind": "date_out_of_range", "count": 1} in told["problems"]
    words = set_up.run("import", str(path), "--me", "Kim").stderr.decode()
    assert "3 messages read, 0 of them new.\n5 March 2024 to 28 March 2024; layout d/m/Y, H:M - ; dates dmy: " in words
    assert "first at line 5" in words
    assert (
        "Its times tell no time zone, such as 5 March 2024, 21:04; 6 March 2024, 21:04; 28 March 2024, 07:30; "
        "they are read in Europe/Berlin. Another one: --zone.\n"
    ) in words
    assert "tell no time zone" not in set_up.run("import", str(path), "--me", "Kim", "--zone", "UTC").stderr.decode()


def test_a_receipt_is_shown_on_the_page(own_today: Page, open_server: Running, tmp_path: Path) -> None:
    """Beside the chat, for as long as it is kept."""
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, "utf-8")
    lacking = ("--missing", "2024-03-10..2024-03-12", "--zone", "Europe/Berlin")
    assert 0 == open_server.home.run("import", str(path), "--me", "Kim", *lacking).returncode
    go(own_today, open_server, "/import")
    own_today.get_by_text("How it was read").click()
    shown = own_today.locator("dl.numbers")
    for words in (
        "d/m/Y, H:M -",
        "3 days with a message",
        "dates that do not exist",
        "first at line 5",
        "1; 10 March 2024 – 12 March 2024",
    ):
        expect(shown).to_contain_text(words)
