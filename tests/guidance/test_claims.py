"""The ledger of what is known: everything resolves, nothing promises, and no number stands without its people."""

import hashlib
import re
from collections.abc import Iterator

import msgspec
import pytest

from fallow.errors import NoSuchClaim
from fallow.guidance import (
    BaseRate,
    Claim,
    Finding,
    Source,
    Technique,
    find_claim,
    find_source,
    find_technique,
    load_ledger,
    load_screeners,
)
from guidance.test_words import FORBIDDEN

LEDGER = load_ledger()
RATES = LEDGER.base_rates.rates
FINDINGS = [(f"{claim.id}-{n}", finding) for claim in LEDGER.claims for n, finding in enumerate(claim.findings, 1)]
QUOTED = ("title", "journal", "authors", "doi", "id", "sources", "rates")
"""Not our words: how others named their work, and ids."""
PROMISES = [
    r"(?:brings?|drives?|draws?|wins?) (?:them|him|her|anyone|anybody) back",
    r"you (?:will|are going to) (?:be together|meet again|heal|recover|feel better)",
    r"(?:your|their) (?:chances?|odds)",
    r"always works?",
    r"certain(?:ly)? (?:to|that)",
    r"cures?",
]
"""What no sentence of Fallow's own may say of an outcome."""
TOGETHER = r"together again|reunit\w*|reconcil\w*|new beginnings?"
GAP = r"(?:No study|Nothing) was found"

each_claim = pytest.mark.parametrize("claim", LEDGER.claims, ids=lambda claim: claim.id)
each_finding = pytest.mark.parametrize("finding", [f for _, f in FINDINGS], ids=[name for name, _ in FINDINGS])
each_source = pytest.mark.parametrize("source", LEDGER.sources, ids=lambda source: source.id)
each_rate = pytest.mark.parametrize("rate", RATES, ids=lambda rate: rate.id)
each_technique = pytest.mark.parametrize("technique", LEDGER.techniques, ids=lambda technique: technique.id)


def own_words(part: object, name: str = "ledger") -> Iterator[tuple[str, str]]:
    """Every string that is Fallow's own, under the id of what it belongs to."""
    if isinstance(part, dict):
        name = part.get("id", name)
        for key, value in part.items():
            if key not in QUOTED:
                yield from own_words(value, name)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from own_words(value, name)
    elif isinstance(part, str) and part:
        yield name, part


def numbers(*texts: str) -> set[str]:
    return {number.replace(",", "") for text in texts for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


SAID = [pytest.param(text, id=name) for name, text in own_words(msgspec.to_builtins(LEDGER))]


@pytest.mark.parametrize("text", SAID)
def test_a_sentence_of_the_ledger_is_calm(text: str) -> None:
    """The rules for every other sentence hold here too: no voice raised, no blame, nothing pressed or promised."""
    assert "!" not in text
    assert not [words for words in FORBIDDEN if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=claim.id)
        for claim in LEDGER.claims
        for text in (claim.in_short, claim.limits, claim.does, claim.never, *(f.text for f in claim.findings))
    ]
    + [pytest.param(s.text, id=s.id) for s in LEDGER.base_rates.if_not]
    + [pytest.param(text, id=t.id) for t in LEDGER.techniques for text in (t.in_fallow, t.found, t.caution)],
)
def test_no_sentence_of_our_own_promises_an_outcome(text: str) -> None:
    """What people say about breakups may promise, and is quoted; what Fallow says of it does not."""
    assert not [words for words in PROMISES if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]


def test_the_search_for_promises_would_find_one() -> None:
    """Control: the parts that are quoted do hold such words."""
    quoted = " ".join(part.text for claim in LEDGER.claims for part in claim.parts)

    assert [words for words in PROMISES if re.search(rf"\b(?:{words})\b", quoted, re.IGNORECASE)]


def test_all_fourteen_claims_are_there_in_order() -> None:
    """The method's claims, each once."""
    assert [f"C{number}" for number in range(1, 15)] == [claim.id for claim in LEDGER.claims]


def test_every_id_is_used_once() -> None:
    """Within its kind, an id names one thing."""
    for kind in (LEDGER.claims, LEDGER.techniques, RATES, LEDGER.sources, LEDGER.not_used, LEDGER.base_rates.if_not):
        ids = [each.id for each in kind]
        assert len(ids) == len(set(ids))


@each_claim
def test_a_claim_says_all_there_is_to_say(claim: Claim) -> None:
    """An answer, findings, limits, what Fallow does and what it never does; parts agree with a mixed verdict."""
    assert all((claim.claim, claim.in_short, claim.findings, claim.limits, claim.does, claim.never))
    assert claim.open_findings
    assert claim.verdict != "mixed" or len({part.verdict for part in claim.parts}) > 1


@each_finding
def test_a_finding_has_sources_and_a_size_or_says_that_nothing_was_found(finding: Finding) -> None:
    """A sentence without a source is always a gap, said as one; a gap has neither source nor size."""
    is_gap = re.match(GAP, finding.text) is not None

    assert is_gap == (not finding.sources) == (not finding.size)


@each_finding
def test_the_numbers_of_a_size_are_those_of_its_sources(finding: Finding) -> None:
    """A slip of the hand in a number of people is seen: each stands in what one of the sources says of itself."""
    said = [text for id in finding.sources for text in (find_source(id).sample, find_source(id).design)]

    assert set() == numbers(finding.size) - numbers(*said)


@each_finding
def test_a_number_about_couples_who_met_again_is_kept_for_where_it_is_asked_for(finding: Finding) -> None:
    """No open finding gives a share of them."""
    assert finding.reunion or not re.search(TOGETHER, finding.text) or not numbers(finding.text)


@each_claim
def test_a_claim_outside_its_findings_gives_no_number_at_all(claim: Claim) -> None:
    """Neither the answer nor what Fallow does speaks in shares."""
    words = (claim.claim, claim.in_short, claim.limits, claim.does, claim.never, *(part.text for part in claim.parts))

    assert set() == numbers(*words)


@each_claim
def test_base_rates_of_a_claim_resolve(claim: Claim) -> None:
    """Each id is a base rate."""
    assert set(claim.rates) <= {rate.id for rate in RATES}


def test_every_source_is_cited_and_every_citation_is_a_source() -> None:
    """No orphan on either side, the two checks of mood and worry included."""
    cited = {id for claim in LEDGER.claims for finding in claim.findings for id in finding.sources}
    cited |= {id for each in (*RATES, *LEDGER.techniques) for id in each.sources}
    cited |= {id for screener in load_screeners() for id in screener.cut_off_sources}

    assert cited == {source.id for source in LEDGER.sources}


@each_source
def test_a_source_has_a_doi_or_says_why_not(source: Source) -> None:
    """One of the two, never both; a DOI is written without an address in front."""
    assert (source.doi is None) == bool(source.no_doi)
    assert source.doi is None or re.fullmatch(r"10\.\d{4,}/\S+", source.doi)


@each_source
def test_what_was_not_seen_of_a_source_is_empty(source: Source) -> None:
    """Authors, year and journal known from memory alone are left out, and that is said."""
    expected = {"authors": source.authors.endswith("not on the page read")}
    expected |= {"year": source.year is None, "journal": not source.journal}

    assert {name for name, left_out in expected.items() if left_out} == set(source.left_out)
    assert all((source.title, source.design, source.sample, source.limits))


def test_a_source_known_from_memory_alone_cannot_be_read() -> None:
    """The reader refuses that level, so that no number of such a source can be shipped."""
    body = msgspec.to_builtins(LEDGER.sources[0]) | {"seen": "memory"}

    with pytest.raises(msgspec.ValidationError, match="seen"):
        msgspec.convert(body, Source)


@each_rate
def test_a_base_rate_says_whom_it_counts_and_of_what_it_is_a_share(rate: BaseRate) -> None:
    """Value, people, denominator, source and limits; a gap says that it was not found."""
    assert all((rate.value, rate.population, rate.denominator, rate.sources, rate.limits))
    assert (rate.quality == "gap") == rate.value.startswith("Not found")


@each_rate
def test_a_base_rate_speaks_of_others(rate: BaseRate) -> None:
    """No number is for the person who reads it."""
    words = f"{rate.what} {rate.value} {rate.population} {rate.denominator} {rate.limits}"

    assert not re.search(r"\b(?:you|your|yours)\b", words, re.IGNORECASE)


def test_recovery_is_never_one_number() -> None:
    """Love, language, satisfaction and the bond were measured in different people and stand apart."""
    recovery = [rate for rate in RATES if rate.group == "recovery"]

    assert 4 == len(recovery)
    assert 4 == len({rate.sources for rate in recovery})


def test_the_base_rates_end_with_what_to_do_if_not() -> None:
    """And with the equal rank of the other ending."""
    words = [sentence.text for sentence in LEDGER.base_rates.if_not]

    assert words
    assert "same rank" in words[-1]


@each_technique
def test_a_technique_says_why_it_is_here_or_that_it_is_not_built(technique: Technique) -> None:
    """A finding with its size and source, how it is used, and a caution."""
    assert all((technique.found, technique.size, technique.sources, technique.caution, technique.in_fallow))
    assert technique.used == (not technique.in_fallow.startswith("Not "))
    assert technique == find_technique(technique.id)


def test_techniques_are_ranked_without_a_gap() -> None:
    """1, 2, 3 and on, in the order of the file; those outside the ranking come last."""
    ranks = [technique.rank for technique in LEDGER.techniques if technique.rank is not None]

    assert list(range(1, len(ranks) + 1)) == ranks
    assert all(technique.rank is None for technique in LEDGER.techniques[len(ranks) :])


@pytest.mark.parametrize("number", ["eleven weeks", "11 weeks", "44% of breakups", "95%", "96%", "70-96", "77"])
def test_a_number_that_is_not_used_stands_only_where_it_is_refused(number: str) -> None:
    """Statistics nobody can trace are in no claim, number or technique."""
    used = msgspec.structs.replace(LEDGER, not_used=())

    assert not [text for _, text in own_words(msgspec.to_builtins(used)) if number in text]


def test_every_refused_number_has_a_reason() -> None:
    """What is not used is named with why."""
    assert all(each.says and each.because.endswith(".") for each in LEDGER.not_used)


def test_a_claim_is_found_in_either_case_and_an_unknown_one_is_said() -> None:
    """Typed by hand, "c7" is C7; what is not there has a sentence."""
    assert find_claim("C7") == find_claim("c7")
    with pytest.raises(NoSuchClaim):
        find_claim("C99")


@pytest.mark.parametrize("find", [find_technique, find_source])
def test_an_unknown_technique_or_source_is_a_mistake_of_the_caller(find: object) -> None:
    """A page that asks for one that is not there is seen in its tests."""
    assert callable(find)
    with pytest.raises(ValueError, match="no such"):
        find("made up")


def test_sources_of_findings_come_once_in_the_order_they_are_named() -> None:
    """Two findings of one study list it once."""
    claim = find_claim("C12")
    cited = LEDGER.cited(*claim.findings)

    assert len(cited) == len(set(cited))
    assert "sbarra2005" == cited[0].id


def digest(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def test_verdicts_are_those_that_were_decided() -> None:
    """
    Ids, verdicts, confidence and what each finding rests on, frozen.

    A change here is a change of what Fallow says is true: decide it, and then write the new digest down.
    """
    lines = (
        f"{c.id} {c.verdict} {c.confidence} {[p.verdict for p in c.parts]} "
        f"{[(f.sources, f.reunion) for f in c.findings]} {c.rates}"
        for c in LEDGER.claims
    )

    assert "09a91c11da122d67" == digest(lines)


def test_sources_are_those_that_were_seen() -> None:
    """Ids, years, DOIs and what was seen, frozen in the same way."""
    assert "f4b0d38309567d97" == digest(f"{s.id} {s.year} {s.doi} {s.seen} {s.about}" for s in LEDGER.sources)


def test_numbers_are_those_that_were_read() -> None:
    """Base rates with value, quality and sources, and the numbers of every finding and technique, frozen."""
    lines = [f"{r.id} {r.value} {r.quality} {r.sources}" for r in RATES]
    lines += [f"{name} {sorted(numbers(f.text, f.size))}" for name, f in FINDINGS]
    lines += [f"{t.id} {sorted(numbers(t.found, t.size))} {t.sources}" for t in LEDGER.techniques]

    assert "11530d1f4520ecac" == digest(iter(lines))
