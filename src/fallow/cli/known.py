"""Commands that say what is known: claims, baserates."""

from __future__ import annotations

from typing import Final

import click

from fallow.app import base_rates, describe_base_rates, describe_claim, describe_ledger
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.guidance import Claim, Finding, find_claim, load_ledger
from fallow.language import N_
from fallow.language import gettext as _
from fallow.wiring import is_set_up

VERDICTS: Final[dict[str, str]] = {
    "supported": N_("supported"),
    "mixed": N_("mixed"),
    "unsupported": N_("unsupported"),
    "contradicted": N_("contradicted"),
    "untested": N_("untested"),
}
CONFIDENCES: Final[dict[str, str]] = {"high": N_("high"), "moderate": N_("moderate"), "low": N_("low")}
QUALITIES: Final[dict[str, str]] = {"good": N_("Good."), "fair": N_("Fair."), "weak": N_("Weak."), "gap": N_("Gap.")}
"""How good a number is."""


@command()
@click.argument("id", required=False)
@as_json_option
def claims(id: str | None, *, as_json: bool) -> None:
    """What is known of what people say after a breakup; with an ID, one claim with what was found and its sources."""
    with plain_endings(as_json=as_json):
        claim = None if id is None else find_claim(id)
        if as_json:
            answer(describe_ledger() if claim is None else describe_claim(claim))
        elif claim is None:
            for each in load_ledger().claims:
                say(f"{each.id:4}{_(VERDICTS[each.verdict]):{_wide()}}{each.claim}")
            say(_("One of them: fallow claims ID. Numbers about other people: fallow baserates."))
        else:
            _say_claim(claim)


@command()
@as_json_option
def baserates(*, as_json: bool) -> None:
    """Published numbers about other people, each with whom it counts; none is about you. Rest while a stop holds."""
    with plain_endings(as_json=as_json):
        rates = base_rates(opened_desk() if is_set_up(folder()) else None)
        if as_json:
            answer(describe_base_rates(rates))
            return
        say(_("What was counted about other people. None of it is about you."))
        for rate in rates.rates:
            say(f"\n{rate.what}: {rate.value}.")
            counted = _("Counted: {denominator}.").format(denominator=rate.denominator)
            say(f"  {rate.population}. {counted}")
            say(f"  {_(QUALITIES[rate.quality])} {rate.limits} {_names(rate.sources)}.")
        say("\n" + _("If it does not happen"))
        for sentence in rates.if_not:
            say(f"  {sentence.text}")


def _say_claim(claim: Claim) -> None:
    note = f", {claim.confidence_note}" if claim.confidence_note else ""
    say(f"{claim.id}  {claim.claim}\n{claim.in_short}")
    verdict = _("Verdict: {verdict} (how sure: {confidence})")
    sure = f"{_(CONFIDENCES[claim.confidence])}{note}"
    say(f"\n{verdict.format(verdict=_(VERDICTS[claim.verdict]), confidence=sure)}")
    for part in claim.parts:
        say(f"  {_(VERDICTS[part.verdict]):{_wide()}}{part.text}{f' ({part.note})' if part.note else ''}")
    say("\n" + _("What was found"))
    for finding in claim.open_findings:
        say(f"  {finding.text}{_basis(finding)}")
    say("\n" + _("What this cannot show: {limits}").format(limits=claim.limits))
    say(_("What Fallow does: {does}").format(does=claim.does))
    say(_("What it never does: {never}").format(never=claim.never))
    if claim.has_more:
        say(_("What was counted about other people: fallow baserates."))
    say("\n" + _("Sources"))
    for source in load_ledger().cited(*claim.open_findings):
        named = _('{source}, "{title}".').format(source=source.short, title=source.title)
        found = f"DOI {source.doi}" if source.doi else f"{_('No DOI.')} {source.no_doi}"
        say(f"  {named} {found}")


def _wide() -> int:
    """Columns that a verdict takes in the language spoken."""
    return 2 + max(len(_(verdict)) for verdict in VERDICTS.values())


def _basis(finding: Finding) -> str:
    return f" ({finding.size}; {_names(finding.sources)})" if finding.sources else ""


def _names(ids: tuple[str, ...]) -> str:
    sources = {source.id: source for source in load_ledger().sources}
    return ", ".join(sources[id].short for id in ids)
