"""What is known: the ledger for pages and machines, and the numbers that are shown where somebody asks for them."""

from __future__ import annotations

from typing import Any

import msgspec

from fallow.app.desk import Desk, plan_of
from fallow.errors import HardStopHolds, RatesRest
from fallow.guidance import BaseRates, Claim, Finding, Source, load_ledger
from fallow.plan import gate_open, require_open


def rates_open(desk: Desk) -> bool:
    """Whether the numbers about other people may be shown at all."""
    return gate_open(plan_of(desk), "reasons", desk.clock())


def base_rates(desk: Desk | None) -> BaseRates:
    """
    Published numbers about other people; never one for this person.

    Args:
        desk: None where nothing has been set up, so that no stop can hold.
    Raises:
        RatesRest: A stop holds, and a share of couples who met again reads as a reason.
        NotInThisPhase: Help comes first.
    """
    if desk is not None:
        try:
            require_open(plan_of(desk), "reasons", desk.clock())
        except HardStopHolds as stop:
            raise RatesRest from stop
    return load_ledger().base_rates


def describe_claim(claim: Claim) -> dict[str, Any]:
    """One claim with its sources, for machines; without what is kept for where it is asked for."""
    return _claim(claim) | {"sources": _sources(load_ledger().cited(*claim.open_findings))}


def describe_ledger() -> dict[str, Any]:
    """Every claim, every technique, what is not used, and the sources of all of them."""
    ledger = load_ledger()
    findings = [finding for claim in ledger.claims for finding in claim.open_findings]
    return {
        "claims": [_claim(claim) for claim in ledger.claims],
        "techniques": msgspec.to_builtins(ledger.techniques),
        "not_used": msgspec.to_builtins(ledger.not_used),
        "sources": _sources(ledger.cited(*findings, *ledger.techniques)),
    }


def describe_base_rates(rates: BaseRates) -> dict[str, Any]:
    """The numbers, what was found about couples who met again, what to do if not, and the sources."""
    ledger = load_ledger()
    found = ledger.reunion_findings()
    return {
        "rates": msgspec.to_builtins(rates.rates),
        "findings": [{"claim": claim.id} | _finding(finding) for claim, finding in found],
        "if_not": [sentence.text for sentence in rates.if_not],
        "sources": _sources(ledger.cited(*rates.rates, *(finding for _, finding in found))),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    described: dict[str, Any] = msgspec.to_builtins(claim)
    return described | {"findings": [_finding(finding) for finding in claim.open_findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"text": finding.text, "size": finding.size, "sources": finding.sources}


def _sources(sources: tuple[Source, ...]) -> Any:
    return msgspec.to_builtins(sources)
