"""Commands that say what is known: claims, baserates."""

from __future__ import annotations

import click

from fallow.app import base_rates, describe_base_rates, describe_claim, describe_ledger
from fallow.cli.keeping import as_json_option
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.guidance import Claim, Finding, find_claim, load_ledger
from fallow.wiring import is_set_up


@click.command()
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
                say(f"{each.id:4}{each.verdict:14}{each.claim}")
            say("One of them: fallow claims ID. Numbers about other people: fallow baserates.")
        else:
            _say_claim(claim)


@click.command()
@as_json_option
def baserates(*, as_json: bool) -> None:
    """Published numbers about other people, each with whom it counts; none is about you. Rest while a stop holds."""
    with plain_endings(as_json=as_json):
        rates = base_rates(opened_desk() if is_set_up(folder()) else None)
        if as_json:
            answer(describe_base_rates(rates))
            return
        say("What was counted about other people. None of it is about you.")
        for rate in rates.rates:
            say(f"\n{rate.what}: {rate.value}.")
            say(f"  {rate.population}. Counted: {rate.denominator}.")
            say(f"  {rate.quality.capitalize()}. {rate.limits} {_names(rate.sources)}.")
        say("\nIf it does not happen")
        for sentence in rates.if_not:
            say(f"  {sentence.text}")


def _say_claim(claim: Claim) -> None:
    note = f", {claim.confidence_note}" if claim.confidence_note else ""
    say(f"{claim.id}  {claim.claim}\n{claim.in_short}")
    say(f"\nVerdict: {claim.verdict} (how sure: {claim.confidence}{note})")
    for part in claim.parts:
        say(f"  {part.verdict:14}{part.text}{f' ({part.note})' if part.note else ''}")
    say("\nWhat was found")
    for finding in claim.open_findings:
        say(f"  {finding.text}{_basis(finding)}")
    say(f"\nWhat this cannot show: {claim.limits}\nWhat Fallow does: {claim.does}\nWhat it never does: {claim.never}")
    if claim.has_more:
        say("What was counted about other people: fallow baserates.")
    say("\nSources")
    for source in load_ledger().cited(*claim.open_findings):
        say(f'  {source.short}, "{source.title}". {f"DOI {source.doi}" if source.doi else f"No DOI. {source.no_doi}"}')


def _basis(finding: Finding) -> str:
    return f" ({finding.size}; {_names(finding.sources)})" if finding.sources else ""


def _names(ids: tuple[str, ...]) -> str:
    sources = {source.id: source for source in load_ledger().sources}
    return ", ".join(sources[id].short for id in ids)
