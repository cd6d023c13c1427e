"""The command that lists and marks side doors."""

from __future__ import annotations

from typing import Final

import click

from fallow.app import MarkedDoor, describe_door, doors, mark_door, marked_door
from fallow.cli.keeping import as_json_option
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.guidance import find_door
from fallow.plan import DoorMark
from fallow.wiring import is_set_up

MARKS: Final[dict[str, DoorMark]] = {"do": "do", "not-now": "not_now", "cannot": "cannot"}


@click.command("doors")
@click.argument("id", required=False)
@click.option("--mark", type=click.Choice([*MARKS]), help="How it stands: you do it, not now, or you cannot.")
@click.option("--take-back", is_flag=True, help="Take the mark back.")
@as_json_option
def doors_(id: str | None, *, mark: str | None, take_back: bool, as_json: bool) -> None:
    """Side doors by which one of you still sees the other: the list; with an ID, one of them, or a mark for it."""
    with plain_endings(as_json=as_json):
        if id is None and (mark is not None or take_back):
            raise NotUnderstood(what="which door; see fallow doors")
        if mark is not None and take_back:
            raise NotUnderstood(what="whether to mark it or to take the mark back")
        if id is None:
            listed = doors(opened_desk() if is_set_up(folder()) else None)
            if as_json:
                answer([describe_door(each) for each in listed])
            for each in listed:
                say(f"{each.door.id:16}{_marked(each):10}{each.door.name}")
            return
        find_door(id)  # before a passphrase is asked for
        desk = opened_desk(may_create=mark is not None or take_back)
        if mark is not None or take_back:
            mark_door(desk, id, None if mark is None else MARKS[mark])
        found = marked_door(desk, id)
        if as_json:
            answer(describe_door(found))
            return
        say(f"{found.door.asks}\n{found.door.explains}\n{found.door.step}\n{found.door.back}")
        say(f"Marked: {_marked(found)}." if found.mark else "Not marked.")


def _marked(marked: MarkedDoor) -> str:
    return (marked.mark or "-").replace("_", " ")
