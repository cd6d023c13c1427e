"""Scenario 31."""

from conftest import Home
from journeys.earlier import opened, quiet_since


def test_scenario_31_pets_bills_court(set_up: Home) -> None:
    """From a terminal: one channel for the vet and the bills, answered because it had to be, and no count moves."""
    with opened(set_up) as desk:
        quiet_since(desk, 10)
    before = set_up.json("today")["quiet_days"], set_up.json("today")["since_reached_out"]
    set_up.json("limits", "--set", "--hours", "9-18", stdin="e-mail\nvet, electricity bill, court dates\n")
    assert "limited_contact" == set_up.json("today")["phase"]
    assert ["vet", "electricity bill", "court dates"] == set_up.json("today")["limits"]["topics"]
    set_up.json("log", "replied", "--necessary")
    set_up.json("log", "logistics", "--note", stdin="the bill is paid\n")
    set_up.json("items", "--add", "--money", stdin="Half of the electricity\n")
    after = set_up.json("today")
    assert before == (after["quiet_days"], after["since_reached_out"])
    assert (1, "Half of the electricity") == (after["open_items"], set_up.json("items")[0]["item"])
