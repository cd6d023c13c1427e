"""The silence forecast: of what is kept, of files, and of many dyads at once."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import click
import msgspec

from fallow.app import (
    Chance,
    DateOrder,
    Line,
    SilenceForecast,
    describe_forecast,
    forecast_chats,
    forecast_lines,
    forget_own_world,
    learn_own_world,
    own_world_from,
    plan_of,
    silence_forecast,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder, opened_desk
from fallow.cli.reading import (
    chat_option,
    me_option,
    missing_option,
    order_option,
    out_of_groups,
    parse_days,
    parse_zone,
    read_chats,
    same_person_option,
    them_option,
    zone_option,
)
from fallow.cli.speaking import answer, plain_endings, say
from fallow.cli.watching import watched
from fallow.errors import EpisodeNotUnderstood, FileNotOpened, NotUnderstood
from fallow.language import N_, ngettext, say_count, say_number
from fallow.language import gettext as _
from fallow.plan import Moment, require_open
from fallow.wiring import is_set_up, moment_in

GZIP: Final = b"\x1f\x8b"


@command()
@click.option("--file", "files", multiple=True, type=click.Path(path_type=Path), help="A chat export that is not kept.")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path))
@me_option
@them_option
@chat_option
@order_option
@zone_option
@missing_option
@same_person_option
@click.option("--at", help="With --file: as of this time, ISO 8601 with an offset; now if left out.")
@click.option("--episodes", type=click.Path(path_type=Path, dir_okay=False), help="Many silences, a JSON line each.")
@click.option(
    "--others",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A full Telegram export: the times of your other chats move the numbers; kept unless --file is given.",
)
@click.option("--forget-others", is_flag=True, help="Remove the numbers kept of other chats.")
@as_json_option
def forecast(
    *, files: tuple[Path, ...], more: tuple[Path, ...], me: str | None, them: str | None, chat: str | None,
    date_order: DateOrder | None, zone: str | None, missing: tuple[str, ...], same_person: bool, at: str | None,
    episodes: Path | None, others: Path | None, forget_others: bool, as_json: bool,
) -> None:  # fmt: skip
    """
    Who may write first, and by when, from times alone: of what is kept, or of files.

    It is about a next message, not about coming back. With --file nothing is stored, and more files may follow. With
    --episodes each line holds eid, silence_days, now and events, and the answer is CSV. With --others the times of your
    other chats of two people are read as well, and only fitted numbers are kept. In a clear stop all of it is closed.
    """
    with plain_endings(as_json=as_json):
        if forget_others:
            gone = forget_own_world(opened_desk())
            if as_json:
                answer({"forgotten": gone})
            else:
                say(_("Those numbers are removed.") if gone else _("There were none."))
            return
        if episodes is None and not files and not more:
            desk = opened_desk()
            if others is not None:
                with watched() as tell:
                    learn_own_world(desk, others, progress=tell)
            found = silence_forecast(desk)
        else:
            _require_open_here()
            if episodes is not None:
                if others is not None:
                    raise NotUnderstood(what=N_("--others together with --episodes"))
                _answer_episodes(episodes)
                return
            moment = _moment(at)
            read = read_chats(
                (*files, *more), me=me, them=them, chat=chat, date_order=date_order, zone=parse_zone(zone),
                missing=parse_days(missing), same_person=same_person,
            )  # fmt: skip
            names = {name for _export, chat in read for name in chat.names if name}
            with watched() as tell:
                own = (
                    None
                    if others is None
                    else own_world_from(others, leave_out=names, zone=parse_zone(zone), progress=tell)
                )
            found = forecast_chats([chat for _export, chat in read], moment, own, group=out_of_groups(read))
        if as_json:
            answer(describe_forecast(found))
        else:
            for sentence in _in_words(found):
                say(sentence)


def _require_open_here() -> None:
    """Where something is kept on this computer, a clear stop in it closes this as well."""
    if is_set_up(folder()):
        desk = opened_desk()
        require_open(plan_of(desk), "forecast", desk.clock())


def _moment(given: str | None) -> Moment:
    if given is None:
        return moment_in("UTC")
    try:
        told = datetime.fromisoformat(given)
    except ValueError as problem:
        raise NotUnderstood(what="--at") from problem
    if told.tzinfo is None:
        raise NotUnderstood(what=N_("--at, which needs an offset such as +01:00"))
    return Moment(told, "UTC")


def _answer_episodes(path: Path) -> None:
    lines = list(_read_lines(path))
    sys.stdout.write("eid,p7,p14,p30,p60,p90\n")
    for eid, chances in forecast_lines(lines):
        sys.stdout.write(f"{eid},{','.join(f'{p:.6f}' for p in chances)}\n")
    sys.stdout.flush()


def _read_lines(path: Path) -> Iterator[Line]:
    try:
        raw = path.read_bytes()
        body = gzip.decompress(raw) if raw[:2] == GZIP else raw
    except (OSError, EOFError) as problem:
        raise FileNotOpened from problem
    decoder = msgspec.json.Decoder(Line)
    for number, line in enumerate(body.splitlines(), start=1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except msgspec.MsgspecError as problem:
                raise EpisodeNotUnderstood(line=number) from problem


def _in_words(found: SilenceForecast) -> Iterator[str]:
    lasted = round(found.silence_days)
    yield ngettext(
        "{n} day without a message. In 100 silences like this one:",
        "{n} days without a message. In 100 silences like this one:",
        lasted,
    ).format(n=say_count(lasted))
    for days, other, own, neither in zip(found.horizons, found.other, found.self, found.neither, strict=True):
        within = _("within {days} days they wrote first in {other}, you in {own}, nobody in {neither}")
        yield "  " + within.format(days=days, other=_in_100(other), own=_in_100(own), neither=_in_100(neither))
    month = found.horizons.index(30)
    yield _(
        "If you write nothing for 30 days, they write in {chance}, if your silence changes nothing in theirs, "
        "which no record can tell."
    ).format(chance=_in_100(found.if_silent[month]))
    yield _(
        "It rests on {n} earlier silences of a day or more: they ended {other}, you {own}; "
        "the longest took {longest} days."
    ).format(
        n=say_count(found.n_earlier_silences),
        other=say_count(found.ended_by_other),
        own=say_count(found.ended_by_self),
        longest=say_number(found.longest_days, 0),
    )
    if found.other_dyads:
        words = _("What public logs say was moved to how silences go in your {n} other conversations.")
        yield words.format(n=say_count(found.other_dyads))
    yield from map(_, found.caveats)


def _in_100(chance: Chance) -> str:
    value, lower, upper = (say_number(100 * each, 0) for each in (chance.p, chance.lo, chance.hi))
    return _("{value} ({lower} to {upper})").format(value=value, lower=lower, upper=upper)
