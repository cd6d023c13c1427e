"""What each side sends: words, questions, media, calls and reactions, as bars that face each other."""

from __future__ import annotations

from dataclasses import dataclass

from fallow.charts import phrases, sentences
from fallow.charts.drawing import Chart, picture
from fallow.charts.facing import Bar, Row, facing_bars, facing_height
from fallow.dyad import Mean, ReadReplies, Share, Writing
from fallow.language import gettext as _


@dataclass(frozen=True, slots=True)
class Rate:
    """A mean, or a number in 100, of `n` things, with its 95 % limits."""

    value: float
    lower: float
    upper: float
    n: int


def writing_chart(writing: Writing, *, prefix: str = "sends") -> Chart:
    """
    Show what each side sends.

    Args:
        writing: Of both sides.
        prefix: Begins the ids of the picture.
    Returns:
        The chart, each row on a scale of its own; without a picture where no rate of either side can be told.
    """
    ego, alter = writing.ego, writing.alter
    pairs = [
        (sentences.WORDS_A_TEXT, _mean(ego.words_a_text), _mean(alter.words_a_text)),
        (sentences.MESSAGES_A_TURN, _mean(ego.messages_a_turn), _mean(alter.messages_a_turn)),
        (sentences.QUESTIONS, _share(ego.questions), _share(alter.questions)),
        (sentences.MEDIA, _share(ego.media_share), _share(alter.media_share)),
        (sentences.CALLS, _share(ego.calls_share), _share(alter.calls_share)),
    ]
    rows = tuple((_(name), *_cell(you), *_cell(them)) for name, you, them in pairs)
    rows += ((_(sentences.REACTIONS), *_counted(ego.reactions), *_counted(alter.reactions)),)
    sentence, columns = sentences.writing_sentence(writing), phrases.columns(sentences.WRITING_COLUMNS)
    told = [
        Row(_(name), _bar(you), _bar(them))
        for name, you, them in pairs
        if (you is not None or them is not None) and max(each.value for each in (you, them) if each is not None) > 0
    ]
    if not told:
        return Chart("", sentence, columns, rows)
    if ego.reactions or alter.reactions:
        counts = (Bar(side.reactions, phrases.count_label(side.reactions)) for side in (ego, alter))
        told.append(Row(_(sentences.REACTIONS), *counts))
    svg = picture(
        prefix,
        facing_height(len(told)),
        title=_(sentences.WRITING_TITLE),
        description=sentence,
        parts=facing_bars(told),
    )
    return Chart(svg, sentence, columns, rows)


def read_chart(read: ReadReplies, *, prefix: str = "read") -> Chart:
    """
    Show how often what was read was not answered, where the source says when a message was read.

    Args:
        read: Of both sides.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where the source tells it of neither side, or of too few turns.
    """
    sides = (read.ego, read.alter)
    late = [_share(None if side is None else side.not_in_bout_share) for side in sides]
    never = [_share(None if side is None else side.not_in_record_share) for side in sides]
    pairs = ((sentences.NOT_IN_BOUT, late), (sentences.NOT_AT_ALL, never))
    rows = tuple((_(name), *_cell(you), *_cell(them)) for name, (you, them) in pairs)
    columns = phrases.columns(sentences.READ_COLUMNS)
    sentence = sentences.read_sentence(*(None if side is None else side.not_in_bout_share for side in sides))
    if all(rate is None for _name, pair in pairs for rate in pair):
        return Chart("", sentence, columns, rows)
    bars = [Row(_(name), _bar(you), _bar(them)) for name, (you, them) in pairs]
    svg = picture(
        prefix,
        facing_height(len(bars)),
        title=_(sentences.READ_TITLE),
        description=sentence,
        parts=facing_bars(bars, shared=True),
    )
    return Chart(svg, sentence, columns, rows)


def _mean(mean: Mean | None) -> Rate | None:
    return None if mean is None else Rate(mean.value, max(mean.lower, 0.0), mean.upper, mean.n)


def _share(share: Share | None) -> Rate | None:
    return None if share is None else Rate(100 * share.value, 100 * share.lower, 100 * share.upper, share.n)


def _bar(rate: Rate | None) -> Bar | None:
    return None if rate is None else Bar(rate.value, sentences.rate_label(rate.value), (rate.lower, rate.upper))


def _cell(rate: Rate | None) -> tuple[str, str]:
    if rate is None:
        return _(phrases.TOO_FEW), ""
    return sentences.with_limits(rate.value, rate.lower, rate.upper), phrases.count_label(rate.n)


def _counted(count: int) -> tuple[str, str]:
    return phrases.count_label(count), ""
