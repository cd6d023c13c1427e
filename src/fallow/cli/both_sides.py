"""What a record shows of both sides, as words, JSON or a report: two-sides from the store, analyse from files."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Final

import click

from fallow import app, charts
from fallow.app import DateOrder, analyse_exports, describe_exports, spelled
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import opened_desk
from fallow.cli.reading import (
    chat_option,
    files_argument,
    me_option,
    missing_option,
    order_option,
    out_of_groups,
    parse_days,
    parse_zone,
    read_chats,
    same_person_option,
    some_messages,
    them_option,
    zone_option,
)
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import DiskFull, FileIsThere, FileNotOpened, NotUnderstood
from fallow.language import N_, say_count, say_day
from fallow.language import gettext as _
from fallow.wiring import today_in

OWNER_ONLY: Final = 0o600
NOT_TOLD: Final = N_(
    "The day it ended is not told, so nothing is said of what changed before it. "
    "For what is kept: `fallow account --revise`; for files: --ended DATE."
)

html_option = click.option("--html", "as_html", is_flag=True, help="A report to print: one file, no message in it.")
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="With --html: into this new file."
)
ended_option = click.option(
    "--ended", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day it ended: says what changed before it."
)
hide_option = click.option("--hide-names", is_flag=True, help="With --html: leave out both names.")


@command("two-sides")
@html_option
@output_option
@hide_option
@as_json_option
def two_sides(*, as_html: bool, output: Path | None, hide_names: bool, as_json: bool) -> None:
    """What the stored record shows of both sides."""
    with plain_endings(as_json=as_json):
        _require_html(as_html=as_html, output=output, hide_names=hide_names, as_json=as_json)
        desk = opened_desk()
        if as_json and not as_html:
            answer(app.two_sides_document(desk))
            return
        ended = app.ended_on(desk)
        name = app.kept_name(charts.kept_as(), ended)
        drawn = charts.unpack(
            app.kept(desk, name, lambda: charts.pack(charts.draw_both_sides(app.analyse_kept(desk, ended))))
        )
        if as_html:
            names = None if hide_names else next(reversed(app.known_names(desk)), None)
            _give_report(drawn, desk.clock().day, names, output=output, as_json=as_json)
        else:
            _say(drawn)


@command()
@files_argument
@me_option
@them_option
@chat_option
@order_option
@zone_option
@missing_option
@same_person_option
@ended_option
@html_option
@output_option
@hide_option
@as_json_option
def analyse(
    files: tuple[Path, ...], *, me: str | None, them: str | None, chat: str | None, date_order: DateOrder | None,
    zone: str | None, missing: tuple[str, ...], same_person: bool, ended: dt.datetime | None, as_html: bool,
    output: Path | None, hide_names: bool, as_json: bool,
) -> None:  # fmt: skip
    """What a chat export shows of both sides. Nothing is stored."""
    with plain_endings(as_json=as_json):
        _require_html(as_html=as_html, output=output, hide_names=hide_names, as_json=as_json)
        where = parse_zone(zone)
        read = read_chats(
            files, me=me, them=them, chat=chat, date_order=date_order, zone=where, missing=parse_days(missing),
            same_person=same_person,
        )  # fmt: skip
        chats = [chat for _export, chat in read]
        analysis = analyse_exports(chats, None if ended is None else ended.date(), group=out_of_groups(read))
        if as_html:
            names = None if hide_names else spelled(chats[0])
            _give_report(charts.draw_both_sides(analysis), today_in(where), names, output=output, as_json=as_json)
        elif as_json:
            answer(describe_exports(read, analysis))
        else:
            _say(charts.draw_both_sides(analysis))


def _require_html(*, as_html: bool, output: Path | None, hide_names: bool, as_json: bool) -> None:
    """
    Raises:
        NotUnderstood: What belongs to the report was asked without it, or two answers on one stream.
    """
    if not as_html and (output is not None or hide_names):
        raise NotUnderstood(what=N_("what to write; -o and --hide-names belong to --html"))
    if as_html and as_json and output is None:
        raise NotUnderstood(what=N_("which of them; with --json the report goes into a file: -o FILE"))


def _give_report(
    drawn: charts.BothSides, made_on: dt.date, names: tuple[str, str] | None, *, output: Path | None, as_json: bool
) -> None:
    """The report into a new file that its owner alone can read, or on standard output."""
    body = charts.write_report(drawn, made_on, names).encode()
    if output is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    write_new(output, body)
    if as_json:
        answer({"file": str(output), "bytes": len(body), "names": names is not None})
    if names is not None:
        words = _(
            "Written: {n} bytes. No message is in it. Both names are in it; --hide-names leaves them out. "
            "It is not encrypted."
        )
    else:
        words = _("Written: {n} bytes. No message is in it. No name is in it. It is not encrypted.")
    say(words.format(n=say_count(len(body))))


def write_new(path: Path, body: bytes) -> None:
    """
    A new file that its owner alone can read.

    Raises:
        FileIsThere: There is one of that name; it is left as it is.
        FileNotOpened, DiskFull: Nothing is left of it.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError as problem:
        raise FileIsThere from problem
    except OSError as problem:
        raise FileNotOpened from problem
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
    except OSError as problem:
        path.unlink(missing_ok=True)
        raise DiskFull from problem


def _say(drawn: charts.BothSides) -> None:
    """The sentence of every figure, under the heading of its section."""
    say(
        _("{messages}, {first} to {last}.").format(
            messages=some_messages(drawn.count), first=say_day(drawn.first), last=say_day(drawn.last)
        )
    )
    if drawn.group:
        say(drawn.group_note)
    for section in drawn.sections:
        say(f"\n{section.title}")
        for figure in section.figures:
            say(f"  {figure.sentence}")
    if drawn.ended is None:
        say(f"\n{_(NOT_TOLD)}")
    say("\n" + _("Nobody's feelings can be read from this."))
