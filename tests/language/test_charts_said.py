"""Charts in the languages there are: no word outside of the catalogues, and German as German is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from app.desks import a_desk, with_record
from charts.samples import ahead, charts_of, dyad, last_day, own_hours, parsed
from charts.test_changed import reading
from charts.test_open_ways import chart_of
from dyad.tables import DAY_US, chat
from fallow.app import analyse, analyse_kept, kept, kept_name
from fallow.charts import (
    BothSides,
    Chart,
    change_words,
    draw_both_sides,
    kept_as,
    pack,
    phrases,
    sentences,
    unpack,
    write_report,
)
from fallow.charts.drawing import right_edge, width_of
from fallow.dyad import BoutCriterion, Share, SideShares
from fallow.language import gettext, speaking
from fallow.survival import Estimate

MINUTE = 1 / 1440
TABLE = dyad()
BIG = dyad(5, days=900)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PLAIN = re.compile("[aceinouyAEINOUY]")
"""Letters that a pseudo-locale never leaves as they are: one of these was said without the catalogues."""


def bare(words: str) -> str:
    """Without days, which are data and written as in Britain."""
    return re.sub(rf"\d+ ({MONTHS}) \d+", "", words)


def every_chart() -> Iterator[tuple[str, Chart]]:
    """Charts of a middling, a long and a very small record, with and without an end, and those of own entries."""
    small = chat("0 09:00 me hello\n1 09:00 them hi")
    yield from charts_of(TABLE, ended=last_day(TABLE)).items()
    yield from charts_of(BIG, ended=last_day(BIG)).items()
    yield from charts_of(small, until=int(small.at[-1]) + 12 * DAY_US).items()
    yield from own_hours().items()
    yield from ahead().items()
    yield "open", chart_of((0, "phone", "not_now"), (10, "phone", "do"))
    yield "one day", chart_of((0, "phone", "do"), until=0)


def said_by(chart: Chart) -> list[str]:
    """Every word of a chart, drawn or written."""
    drawn = [node.text or "" for node in parsed(chart).iter()] if chart.svg else []
    return [chart.sentence, *chart.columns, *(cell for row in chart.rows for cell in row), *drawn]


def test_no_word_of_a_chart_is_outside_of_the_catalogues() -> None:
    """Sentences, heads, cells, titles and the words of the drawing."""
    with speaking("en-XA"):
        for name, chart in every_chart():
            for words in said_by(chart):
                assert not PLAIN.search(bare(words)), (name, words)
            assert chart.sentence.startswith("⟦"), name


def test_no_word_of_the_report_is_outside_of_the_catalogues() -> None:
    """It has the language and the direction of who made it; tags and names are no words."""
    with speaking("en-XA"):
        report = write_report(draw_both_sides(analyse(TABLE)), dt.date(2026, 11, 26), ("", ""))
    assert '<html lang="en-XA" dir="ltr">' in report
    said = re.sub(r"<style>.*?</style>|<[^>]+>", " ", report, flags=re.S)
    assert not PLAIN.search(bare(said))
    with speaking("ar-XB"):
        report = write_report(draw_both_sides(analyse(TABLE)), dt.date(2026, 11, 26), None)
    assert '<html lang="ar-XB" dir="rtl">' in report
    assert report.count("<svg") == report.count('direction="ltr"') > 0


def test_every_sentence_of_a_change_is_whole() -> None:
    """Each series of each side, either way, is one message in both languages."""
    assert 16 == len(change_words.SAID)
    for message in change_words.SAID.values():
        with speaking("de"):
            german = gettext(message)
        assert message != german
        assert ["{amount}", "{when}", "{ahead}"] == re.findall(r"{\w+}", message) == re.findall(r"{\w+}", german)


def test_lengths_of_time_are_said_in_german() -> None:
    """The decimal comma, the number of the noun, and the case after a verb."""
    with speaking("de"):
        assert ("1 Tag", "2 Tage", "12,5 Tage") == tuple(map(phrases.days_label, (1, 2, 12.5)))
        assert "1.204 Tage" == phrases.days_label(1204)
        assert ("1 Minute", "2,5 Stunden") == tuple(
            phrases.duration_label(minutes * MINUTE, MINUTE) for minutes in (1, 150)
        )
        found = Estimate(2.0, 1.6, 2.5, 1203, 40)
        assert phrases.reply_sentence(phrases.YOU, found, MINUTE) == (
            "Für die Hälfte der Beiträge der anderen Person hast du bis zur Antwort höchstens 2 Tage gebraucht "
            "(1,6 bis 2,5 Tage; 1.203 Beiträge, 40 ohne Antwort)."
        )
        under = phrases.reply_sentence(phrases.THEM, Estimate(0.0, 0.0, MINUTE, 300, 2), MINUTE)
        assert under == (
            "Für die Hälfte deiner Beiträge hat die andere Person bis zur Antwort unter einer Minute gebraucht "
            "(unter einer Minute bis 1 Minute; 300 Beiträge, 2 ohne Antwort)."
        )


def test_shares_and_days_are_said_in_german() -> None:
    """A share is a phrase that stands after a preposition; a day has its dot."""
    shares = SideShares(ego=Share(819, 1412, 0.55, 0.61), alter=Share(593, 1412, 0.39, 0.45))
    criterion = BoutCriterion(1 * 3_600_000_000, "learned", 900)
    with speaking("de"):
        assert phrases.openings_sentence(shares, "", criterion) == (
            "Du hast 58 von 100 Gesprächen (55 bis 61; n = 1.412) begonnen. "
            "Ein Gespräch gilt nach 1 Stunde ohne Nachricht als neu."
        )
        assert ("4. März 2024", "März 2024") == (phrases.date_label(19_786), phrases.month_label(19_786))
        assert "7. Sept. 2026" == phrases.short_day(dt.date(2026, 9, 7))
        assert ("0,5", "12") == (sentences.rate_label(0.5), sentences.rate_label(12.0))
        assert phrases.weekly_sentence(6, (1, 2), (0, 0), (0, 1)).startswith(
            "In 6 Wochen hast du 1 Nachricht geschickt und die andere Person 2."
        )


def test_changes_are_said_in_german() -> None:
    """Number, case and order of the words are its own."""
    with speaking("de"):
        said = change_words.changes_sentence(reading())
        assert said.startswith("Keine deutliche Änderung vor dem Ende. ")
        assert re.search(r"\d von 8 Wochenreihen waren lesbar, über [\d.]+ Wochen vor dem Ende\.$", said)
        assert "unter 0,001" == change_words.p_label(0.0001)


def test_a_kept_picture_changes_with_the_language(tmp_path: Path) -> None:
    """In one store, drawn in English, then German, then English again: each time the words of the one spoken."""
    desk = a_desk(tmp_path / "desk")
    with_record(desk, TABLE)

    def shown(language: str) -> BothSides:
        with speaking(language):
            return unpack(
                kept(desk, kept_name(kept_as(), None), lambda: pack(draw_both_sides(analyse_kept(desk, None))))
            )

    english, german, again = shown("en"), shown("de"), shown("en")
    assert english == again
    assert ("Messages a week", "Nachrichten pro Woche") == (english.figures[0].title, german.figures[0].title)
    assert [each.id for each in english.figures] == [each.id for each in german.figures]
    assert all(a.sentence != b.sentence for a, b in zip(english.figures, german.figures, strict=True))
    desk.store.close()


def test_a_scale_gives_way_to_long_names() -> None:
    """Names behind the drawing push its edge to the left, and short ones leave it."""
    assert 314 == right_edge(("half", "all"), 314)
    assert 350 - 8 - width_of("ein langes Wort") == right_edge(("kurz", "ein langes Wort"), 314)
