"""The command for lists to install: the kinds, and a list or its undo as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from fallow.app import (
    Desk,
    ListAsked,
    ListMade,
    ListOffered,
    describe_list,
    list_offered,
    lists_offered,
    make_list,
    require_list,
)
from fallow.cli.both_sides import write_new
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, ask_words, plain_endings, say
from fallow.errors import FileNotWritten, NotUnderstood
from fallow.language import gettext as _
from fallow.reach import KINDS, load_map, load_sites
from fallow.wiring import is_set_up

STDIN_LIMIT: Final = 16 * 1024
"""Characters of what is typed for one list."""


def _known_sites(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of sites; the table of them is read when one is given, not whenever any command starts."""
    ids = [each.id for each in load_sites()] if given else []
    if not set(given) <= set(ids):
        raise click.BadParameter(_("choose from {ids}.").format(ids=", ".join(ids)))
    return given


@command("lists")
@click.argument("kind", required=False, type=click.Choice([each.id for each in KINDS]), metavar="[KIND]")
@click.option("-o", "--output", "into", type=click.Path(path_type=Path), metavar="DIR", help="Write the file there.")
@click.option("--undo", is_flag=True, help="Its undo, from the same.")
@click.option(
    "--site",
    "sites",
    multiple=True,
    type=click.UNPROCESSED,
    callback=_known_sites,
    metavar="SITE",
    help="A site to close whole; once for each. fallow lists ublock names them.",
)
@click.option("--stdin", "from_stdin", is_flag=True, help="Read what it is made of from standard input, one a line.")
@click.option("--with-kept", is_flag=True, help="Also the one channel that stays open on purpose.")
@as_json_option
def lists_(
    kind: str | None, into: Path | None, *, undo: bool, sites: tuple[str, ...], from_stdin: bool, with_kept: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """
    Lists to install in tools of your own: a browser, mail, a network, the phone.

    Without KIND, the kinds. With it, what it is for and how it is installed; with -o, the file. Addresses, numbers and
    profiles are asked for and never taken from the command line, which other people of this computer can read; they are
    used for the one file and kept nowhere. With --stdin the first line of a vcard is its name.
    """
    with plain_endings(as_json=as_json):
        if into is None and (undo or sites or from_stdin or with_kept):
            raise NotUnderstood(what=_("where to write it; give -o DIR"))
        if kind is None and into is not None:
            raise NotUnderstood(what=_("which list; see fallow lists"))
        desk = opened_desk() if is_set_up(folder()) else None
        if kind is None:
            _tell_kinds(lists_offered(desk), as_json=as_json)
        elif into is None:
            _tell_kind(list_offered(desk, kind), as_json=as_json)
        else:
            made = _make(desk, kind, ListAsked(sites=sites, undo=undo, with_kept=with_kept), from_stdin=from_stdin)
            _give(made, into, undo=undo, as_json=as_json)


def _make(desk: Desk | None, kind: str, asked: ListAsked, *, from_stdin: bool) -> ListMade:
    """Ask for what the kind needs, and make the file."""
    require_list(desk, kind, undo=asked.undo)  # before anything is typed
    needs = list_offered(desk, kind).kind.needs
    lines = sys.stdin.read(STDIN_LIMIT).splitlines() if from_stdin else None
    typed: dict[str, str] = {}
    if needs == "places":
        typed["profiles"] = _several(lines, _("Address of a profile, such as instagram.com/name (empty to go on)"))
    if needs == "addresses":
        typed["addresses"] = _several(lines, _("An e-mail address of theirs (empty to go on)"))
    if needs == "contact":
        typed = _contact(lines)
    changed = {"sites": asked.sites, "undo": asked.undo, "with_kept": asked.with_kept}
    return make_list(desk, kind, ListAsked(**typed, **changed))  # type: ignore[arg-type]


def _contact(lines: list[str] | None) -> dict[str, str]:
    name = ask_words(_("A neutral name (may stay empty)")) if lines is None else "".join(lines[:1])
    rest = _several(None if lines is None else lines[1:], _("A number or e-mail address of theirs (empty to go on)"))
    given = rest.splitlines()
    addresses = [each for each in given if "@" in each]
    phones = [each for each in given if "@" not in each]
    return {"name": name, "phones": "\n".join(phones), "addresses": "\n".join(addresses)}


def _several(lines: list[str] | None, question: str) -> str:
    """What standard input holds, or what is typed at a question until nothing is."""
    if lines is None:
        lines = list(iter(lambda: ask_words(question), ""))
    return "\n".join(lines)


def _give(made: ListMade, into: Path, *, undo: bool, as_json: bool) -> None:
    """Into a new file that its owner alone can read; an older one of that name is left as it is."""
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise FileNotWritten from problem
    path = into / made.file.name
    write_new(path, made.file.body)
    if as_json:
        told = {"kind": made.kind.id, "undo": undo, "file": str(path), "bytes": len(made.file.body)}
        answer(told | {"steps": list(made.steps), "left_out": list(made.left_out)})
    say(_("Written: {path}. Nothing of it is kept here; whoever finds the file can read it.").format(path=path))
    if made.left_out:
        say(_("Left out, because it stays open on purpose: {names}.").format(names=", ".join(made.left_out)))
    _number(made.steps)


def _tell_kinds(offered: tuple[ListOffered, ...], *, as_json: bool) -> None:
    if as_json:
        answer([describe_list(each) for each in offered])
        return
    for each in offered:
        say(f"{each.kind.id:14}{_(each.kind.name)}: {_(each.kind.does)}")
    say(_("How one is installed: fallow lists KIND. As a file: fallow lists KIND -o DIR, its undo with --undo."))
    say(load_map().notes["evidence"])


def _tell_kind(offered: ListOffered, *, as_json: bool) -> None:
    if as_json:
        answer(describe_list(offered))
        return
    kind = offered.kind
    say(f"{_(kind.name)}. {_(kind.does)}")
    say(load_map().notes["evidence"])
    say("\n" + _("How it is installed:"))
    _number(kind.steps(undo=False))
    if not offered.undo_rests:
        say("\n" + _("How it is taken out again:"))
        _number(kind.steps(undo=True))
    say("")
    for each in kind.limits:
        say(_(each))
    if offered.sites:
        say(_("Sites to choose with --site: {ids}.").format(ids=", ".join(each.id for each in offered.sites)))
    if offered.kept:
        say(_("Left out unless you say --with-kept: {names}.").format(names=", ".join(offered.kept)))


def _number(steps: tuple[str, ...]) -> None:
    for number, step in enumerate(steps, start=1):
        say(f"{number}. {step}")
