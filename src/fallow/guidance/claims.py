"""
The ledger of what is known: popular claims with their verdicts, numbers with their people, tools with their reasons.

Five data files make one ledger, read and checked together: `claims.json`, `base_rates.json`, `techniques.json`,
`not_used.json` and `sources.json`. Mostly abstracts were read, never tables or appendices; each source says what was
seen of it. What was known from memory alone is not in the files: `left_out` names it. Numbers about couples who met
again stand in `base_rates.json`, or in a finding marked `reunion`, and are shown where somebody asks for them and
nowhere else. How the ledger was made: docs/explanation/what-is-known.md.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final, Literal

import msgspec

from fallow.errors import NoSuchClaim
from fallow.guidance.words import Sentence
from fallow.language import N_, Phrase, per_language
from fallow.language import gettext as _

Verdict = Literal["supported", "mixed", "unsupported", "contradicted", "untested"]
"""Unsupported: looked for and not found. Untested: nobody tried it. Contradicted: what was found speaks against it."""
Confidence = Literal["high", "moderate", "low"]
Seen = Literal["abstract", "secondary", "official"]
"""What was read: its abstract or first page; somebody else's account of it; the page of those who made it."""
Quality = Literal["good", "fair", "weak", "gap"]
"""Of a number; a gap is one that was looked for and not found."""
AND_OTHERS: Final = " and others"
"""How a list of authors ends in `sources.json` that is not whole."""
NOT_NAMED: Final = frozenset({N_("Author not on the page read"), N_("Authors not on the page read")})
RateGroup = Literal["reunion", "contact", "recovery", "looking", "pursuit"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    A study, a report or a page.

    Args:
        id: Stable; what findings point at.
        authors, year, title, journal: Empty or None where they were not seen.
        doi: Without a resolver in front; None where none was seen, and then `no_doi` says why.
        design, sample: What was done, and with whom.
        limits: What it cannot show.
        seen: What of it was read.
        about: Whether it looked at people after a breakup or separation, or at something else.
        left_out: Which of its particulars were not seen, or known from memory alone, and so are empty here.
    """

    id: str
    authors: str
    year: int | None
    title: str
    journal: str
    doi: str | None
    no_doi: Phrase
    design: Phrase
    sample: Phrase
    limits: Phrase
    seen: Seen
    about: Literal["breakups", "other"]
    left_out: tuple[Literal["authors", "year", "journal"], ...]

    @property
    def short(self) -> str:
        """How it is named in a sentence: "Sprecher 1994", "Dai and others 2014"; the title where nobody was named."""
        first, *others = self.authors.split(", ")
        if "authors" in self.left_out:
            return f"{self.title} {self.year or ''}".strip()
        words = first.removesuffix(AND_OTHERS).split(" ")
        name = " ".join(words[:-1] if words[-1].isupper() else words)
        named = _with_others(name) if others or first.endswith(AND_OTHERS) else name
        return f"{named} {self.year or ''}".strip()

    @property
    def written_by(self) -> str:
        """Its authors, as far as they were named."""
        if self.authors in NOT_NAMED:
            return _(self.authors)
        named = self.authors.removesuffix(AND_OTHERS)
        return named if named == self.authors else _with_others(named)


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a claim that has a verdict of its own."""

    text: Phrase
    verdict: Verdict
    note: Phrase


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was found, with how many people, and by which sources; `reunion` keeps it for where it is asked for."""

    text: Phrase
    size: Phrase
    sources: tuple[str, ...]
    reunion: bool


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    Something that is said about breakups, and how far it holds.

    Args:
        id: "C1" and on, in the order of the method.
        claim: As people say it.
        in_short: The answer in two sentences.
        verdict, confidence, confidence_note: On the whole; the note limits the confidence.
        parts: Its parts with verdicts of their own; may be none.
        findings: What was found, and what was looked for and not found.
        limits: What all of it cannot show.
        does, never: What Fallow does about it; what it never does.
        rates: Ids of base rates that belong to it, shown where they are asked for.
    """

    id: str
    claim: Phrase
    in_short: Phrase
    verdict: Verdict
    confidence: Confidence
    confidence_note: Phrase
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    limits: Phrase
    does: Phrase
    never: Phrase
    rates: tuple[str, ...]

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Those that may be shown to everybody: nothing about couples who met again."""
        return tuple(finding for finding in self.findings if not finding.reunion)

    @property
    def has_more(self) -> bool:
        """Whether numbers belong to it that are kept for where they are asked for."""
        return bool(self.rates) or len(self.open_findings) < len(self.findings)


class BaseRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    A published number about other people.

    Args:
        what, value: What was counted, and how many; in words, for several are shares of shares.
        population: The people.
        denominator: Of what it is a share; most misreadings begin here.
        limits: Why it may be off.
    """

    id: str
    group: RateGroup
    what: Phrase
    value: Phrase
    population: Phrase
    denominator: Phrase
    sources: tuple[str, ...]
    quality: Quality
    limits: Phrase


class BaseRates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every base rate, and what is said after them about what to do if it does not happen."""

    rates: tuple[BaseRate, ...]
    if_not: tuple[Sentence, ...]


class Technique(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    A way to get through it, and why it is here or is not.

    Args:
        rank: By strength of evidence, 1 first; None outside the ranking.
        used: Whether Fallow has it; `in_fallow` says how, or that it is not built.
        found, size: What studies found, and with how many.
    """

    id: str
    rank: int | None
    name: Phrase
    used: bool
    in_fallow: Phrase
    found: Phrase
    size: Phrase
    sources: tuple[str, ...]
    caution: Phrase


class NotUsed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that goes round and is not used here, and why."""

    id: str
    says: Phrase
    because: Phrase


class Ledger(msgspec.Struct, frozen=True):
    """All of it, in the order of the files."""

    claims: tuple[Claim, ...]
    techniques: tuple[Technique, ...]
    base_rates: BaseRates
    not_used: tuple[NotUsed, ...]
    sources: tuple[Source, ...]

    def cited(self, *findings: Finding | BaseRate | Technique) -> tuple[Source, ...]:
        """The sources of some findings, each once, in the order they are first named."""
        return tuple(find_source(id) for id in dict.fromkeys(id for each in findings for id in each.sources))

    def reunion_findings(self) -> tuple[tuple[Claim, Finding], ...]:
        """What was found about couples who met again, with the claim it belongs to."""
        return tuple((claim, each) for claim in self.claims for each in claim.findings if each.reunion)


@per_language(Ledger)
def load_ledger() -> Ledger:
    """
    Read and check the ledger that came with this version.

    Raises:
        msgspec.ValidationError: If a file is not of this form; a release cannot be, a test says so.
    """
    return Ledger(
        claims=_read("claims.json", tuple[Claim, ...]),
        techniques=_read("techniques.json", tuple[Technique, ...]),
        base_rates=_read("base_rates.json", BaseRates),
        not_used=_read("not_used.json", tuple[NotUsed, ...]),
        sources=_read("sources.json", tuple[Source, ...]),
    )


def find_claim(id: str) -> Claim:
    """
    A claim by its id, in either case.

    Raises:
        NoSuchClaim: There is none.
    """
    found = next((claim for claim in load_ledger().claims if claim.id == id.upper()), None)
    if found is None:
        raise NoSuchClaim
    return found


def find_technique(id: str) -> Technique:
    """
    Why a tool is here, for the tool's own page.

    Raises:
        ValueError: If the ledger has no such technique.
    """
    found = next((technique for technique in load_ledger().techniques if technique.id == id), None)
    if found is None:
        raise ValueError("the ledger has no such technique")
    return found


def find_source(id: str) -> Source:
    """
    Raises:
        ValueError: If the ledger has no such source.
    """
    found = next((source for source in load_ledger().sources if source.id == id), None)
    if found is None:
        raise ValueError("the ledger has no such source")
    return found


def _with_others(name: str) -> str:
    return _("{name} and others").format(name=name)


def _read(name: str, kind: Any) -> Any:
    return msgspec.json.decode(files(__package__).joinpath(name).read_bytes(), type=kind)
