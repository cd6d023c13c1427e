"""What events and phases are called on a page."""

from __future__ import annotations

from fallow.errors import NoSuchChannel
from fallow.language import gettext as _
from fallow.plan import (
    Accident,
    AccountGiven,
    BreakupDescribed,
    CannotBecause,
    ChannelMark,
    ChannelMarked,
    ConfidantNamed,
    Correction,
    DateDecided,
    DateDropped,
    DateNoted,
    DistractionsListed,
    DraftLetGo,
    DraftReread,
    DraftSealed,
    EvidenceKept,
    FriendCardSet,
    HardStopLeft,
    HardStopSet,
    HomeArranged,
    IfThenPlanned,
    InboundPutOff,
    InboundSettled,
    InboundTriaged,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    Logistics,
    Looked,
    Met,
    ModeChosen,
    MoodChecked,
    MorningLineSet,
    PageOpened,
    Phase,
    PlanClosed,
    PlannedMessage,
    PlanReopened,
    QuestionParked,
    QuestionSettled,
    QuietTimeChosen,
    RanInto,
    Replied,
    ReviewAdvanced,
    ReviewAnswered,
    ReviewHeld,
    SafetyNoted,
    SoberGateSet,
    Step,
    TheyWrote,
    Triage,
    Urge,
    UrgeSurfed,
    What,
    Wrote,
)
from fallow.reach import find_channel


def label_of(what: What) -> str:
    """A kind of event in a few words."""
    if isinstance(what, Replied) and what.necessary:
        return _("I replied, because it had to be")
    if isinstance(what, PageOpened) and what.page == "forecast":
        return _("A look ahead was opened")
    return event_labels()[type(what)]


def event_labels() -> dict[type[What], str]:
    """Every kind of event, in a few words."""
    return {
        Urge: _("An urge"),
        Looked: _("I looked"),
        Wrote: _("I wrote or called"),
        Replied: _("I replied"),
        TheyWrote: _("They wrote"),
        RanInto: _("I ran into them"),
        Met: _("We met"),
        Logistics: _("Logistics"),
        Accident: _("An accident"),
        PlannedMessage: _("The one planned message"),
        QuietTimeChosen: _("A quiet time was chosen"),
        ModeChosen: _("How things are between us"),
        BreakupDescribed: _("How it ended"),
        ConfidantNamed: _("A person to call"),
        SafetyNoted: _("Help comes first"),
        HardStopSet: _("A clear stop was set"),
        HardStopLeft: _("A clear stop was lifted"),
        ChannelMarked: _("A way between you"),
        DraftSealed: _("Something written was sealed"),
        DraftLetGo: _("Something written was deleted"),
        InboundSettled: _("What they wrote was settled"),
        ReviewHeld: _("A review"),
        ReviewAnswered: _("An answer in a review"),
        ReviewAdvanced: _("A real reason for a review"),
        PageOpened: _("The picture was opened"),
        LimitsSet: _("The one channel"),
        HomeArranged: _("Under one roof: who has what"),
        ItemNoted: _("Something shared"),
        ItemSettled: _("Something shared was settled"),
        SoberGateSet: _("A gate for some hours"),
        IfThenPlanned: _("An if-then plan"),
        MorningLineSet: _("A line for the morning"),
        DistractionsListed: _("Things that help"),
        FriendCardSet: _("A card for a friend"),
        QuestionParked: _("A question was parked"),
        QuestionSettled: _("A parked question was looked at"),
        UrgeSurfed: _("Three minutes with an urge"),
        DraftReread: _("Something sealed was read again"),
        InboundTriaged: _("What they wrote was looked at"),
        InboundPutOff: _("What they wrote was put off to the next day"),
        EvidenceKept: _("Something was kept as evidence"),
        AccountGiven: _("Both sides were told"),
        MoodChecked: _("The short check of the week"),
        DateNoted: _("A date"),
        DateDecided: _("A date was decided"),
        DateDropped: _("A date was dropped"),
        Correction: _("A correction"),
        PlanClosed: _("It was closed"),
        PlanReopened: _("It was opened again"),
    }


def describe_event(what: What) -> str:
    """What a kind of event carries, in a few words; empty where the label says it all."""
    match what:
        case Urge(intensity=intensity, cue=cue):
            strength = _("%(n)s of 10") % {"n": intensity} if intensity is not None else ""
            return " · ".join(part for part in (strength, cue or "") if part)
        case ChannelMarked(channel=channel, mark=mark, because=because):
            said = mark_label(mark, because) or _("taken back")
            return f"{_channel_name(channel)}: {said}"
        case QuietTimeChosen(days=days):
            return _("open") if days is None else _("%(n)s days") % {"n": days}
        case IfThenPlanned(moment=moment, act=act):
            return _("%(moment)s: %(act)s") % {"moment": moment, "act": act} if moment and act else _("taken back")
        case DateNoted(name=words, what="holiday" | "first_message"):
            return _(words)
        case ItemNoted(item=words) | EvidenceKept(words=words) | MorningLineSet(words=words) | DateNoted(name=words):
            return words or ""
        case InboundTriaged(what=triage):
            return triage_label(triage)
        case InboundSettled(step=step):
            return step_label(step)
        case ReviewHeld(outcome=outcome):
            return {
                "extend": _("go on"),
                "let_go": _("let go"),
                "one_message": _("one message"),
            }[outcome]
        case ReviewAnswered(words=words):
            return words or ""
        case ModeChosen(mode=mode):
            return {
                "no_contact": _("no contact"),
                "limited_contact": _("limited contact"),
                "living_together": _("living together"),
            }[mode]
        case _:
            return ""


def triage_label(triage: Triage) -> str:
    """What it was that they wrote."""
    return {
        "necessary": _("something to settle"),
        "about_us": _("about the two of us"),
        "ambiguous": _("it did not say"),
        "pressure": _("pressure or a threat"),
    }[triage]


def step_label(step: Step) -> str:
    """What came of it."""
    return {
        "nothing": _("left as it is"),
        "short_answer": _("a short answer that had to be"),
        "not_now": _("not now"),
        "plain_no": _("a plain no"),
        "open_slowly": _("open, slowly"),
        "slow_start": _("a slow start"),
        "services": _("handed to those who can help"),
        "keep_evidence": _("what shows it is kept"),
        "clear_stop": _("a clear stop"),
    }[step]


def mark_label(mark: ChannelMark | None, because: CannotBecause | None = None) -> str:
    """What was said about a channel; empty where nothing was."""
    if mark == "cannot" and because is not None:
        return {
            "children": _("stays open, for the children"),
            "work": _("stays open, for work"),
            "other": _("stays open, for another reason"),
        }[because]
    return {
        "do": _("closed"),
        "not_now": _("open, not now"),
        "cannot": _("stays open"),
        "absent": _("not between you"),
        None: "",
    }[mark]


def _channel_name(id: str) -> str:
    """A channel of a later version, or one that is gone, is called by its id."""
    try:
        return find_channel(id).name
    except NoSuchChannel:
        return id


def phase_label(phase: Phase) -> str:
    return {
        Phase.HARD_STOP: _("A clear stop"),
        Phase.SAFETY: _("Help first"),
        Phase.LIMITED_CONTACT: _("Limited contact"),
        Phase.LIVING_TOGETHER: _("Under one roof"),
        Phase.NO_CONTACT: _("No contact"),
        Phase.THEY_WROTE: _("They wrote"),
        Phase.REVIEW: _("A review"),
        Phase.MESSAGE_SENT: _("One message sent"),
        Phase.CLOSED: _("Closed"),
        Phase.NOT_STARTED: "",
    }[phase]
