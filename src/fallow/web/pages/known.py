"""What is known, and how well: the claims, one by one; why each tool is here; numbers about others where asked for."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import base_rates, rates_open
from fallow.guidance import Verdict, find_claim, load_ledger
from fallow.language import gettext as _
from fallow.web.office import Visit


def show(visit: Visit) -> Response:
    """Every claim in one line, with its verdict in words."""
    ledger = load_ledger()
    return visit.page(
        "known.html",
        claims=[(claim, verdict_words(claim.verdict)) for claim in ledger.claims],
        not_used=ledger.not_used,
        rates_open=rates_open(visit.desk),
    )


def show_claim(visit: Visit) -> Response:
    """One claim; what was found about couples who met again is left to the page that is asked for."""
    claim = find_claim(visit.params["id"])
    ledger = load_ledger()
    return visit.page(
        "known_claim.html",
        claim=claim,
        verdict=verdict_words(claim.verdict),
        confidence=_confidence(claim.confidence),
        parts=[(part, verdict_words(part.verdict)) for part in claim.parts],
        findings=[(finding, ledger.cited(finding)) for finding in claim.open_findings],
        sources=[(source, _seen(source.seen)) for source in ledger.cited(*claim.open_findings)],
        more=claim.has_more and rates_open(visit.desk),
    )


def show_tools(visit: Visit) -> Response:
    """Each tool with what was found about it, and what is not built."""
    ledger = load_ledger()
    techniques = [(technique, ledger.cited(technique)) for technique in ledger.techniques]
    return visit.page(
        "known_tools.html",
        used=[pair for pair in techniques if pair[0].used],
        unused=[pair for pair in techniques if not pair[0].used],
        sources=[(source, _seen(source.seen)) for source in ledger.cited(*ledger.techniques)],
    )


def show_rates(visit: Visit) -> Response:
    """Numbers about other people, each with whom it counts; ends with what to do if it does not happen."""
    rates, ledger = base_rates(visit.desk), load_ledger()
    headings = (
        (_("Couples who met again"), "reunion"),
        (_("Being in touch afterwards"), "contact"),
        (_("How long it took to ease"), "recovery"),
        (_("Looking"), "looking"),
        (_("Pursuit that was not wanted"), "pursuit"),
    )
    found = [(finding, ledger.cited(finding)) for _claim, finding in ledger.reunion_findings()]
    cited = ledger.cited(*rates.rates, *(finding for finding, _sources in found))
    return visit.page(
        "known_rates.html",
        groups=[
            (heading, [(rate, _quality(rate.quality)) for rate in rates.rates if rate.group == group])
            for heading, group in headings
        ],
        findings=found,
        if_not=rates.if_not,
        sources=[(source, _seen(source.seen)) for source in cited],
    )


def verdict_words(verdict: Verdict) -> str:
    """A verdict as it is said."""
    return {
        "supported": _("supported by what was found"),
        "mixed": _("mixed: in part yes, in part no or not tried"),
        "unsupported": _("not supported by what was found"),
        "contradicted": _("contradicted by what was found"),
        "untested": _("not tested by anybody, as far as was found"),
    }[verdict]


def _confidence(confidence: str) -> str:
    return {"high": _("high"), "moderate": _("moderate"), "low": _("low")}[confidence]


def _quality(quality: str) -> str:
    return {
        "good": _("A good number of its kind."),
        "fair": _("A fair number, with the limits below."),
        "weak": _("A weak number."),
        "gap": _("A gap: it was looked for."),
    }[quality]


def _seen(seen: str) -> str:
    return {
        "abstract": _("Its abstract was read."),
        "secondary": _("Somebody else's account of it was read."),
        "official": _("The page of those who made it was read."),
    }[seen]
