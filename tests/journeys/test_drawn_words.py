"""The words of every chart, measured in Chromium: inside the picture and beside each other, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

import pytest
from playwright.sync_api import Browser

from charts.samples import ahead, charts_of, dyad, last_day, own_hours
from charts.test_open_ways import chart_of
from fallow.charts import Chart
from fallow.language import speaking

MEASURE = """() => [...document.querySelectorAll("svg")].flatMap(svg => {
  const wide = svg.viewBox.baseVal.width
  const boxes = [...svg.querySelectorAll("text")].map(node => [node.textContent, node.getBBox()])
  const over = boxes.filter(([, box]) => box.x < -1.5 || box.x + box.width > wide + 0.5).map(([words]) => [words])
  const meet = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
    && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4
  const met = boxes.flatMap(([words, box], i) => boxes.slice(i + 1).filter(([, other]) => meet(box, other))
    .map(([others]) => [words, others]))
  return [...over, ...met].map(words => [svg.parentNode.id, ...words])
})"""
"""Words over an edge, alone; or two that lie on each other; with the name of their chart."""


def every_chart() -> Iterator[tuple[str, Chart]]:
    short, long = dyad(3), dyad(5, days=1500)
    for record, days in ((short, 60), (long, 0)):
        yield from charts_of(record, ended=last_day(record) - days).items()
    yield from own_hours().items()
    yield from ahead().items()
    yield "open", chart_of((0, "phone", "not_now"), (10, "phone", "do"))


@pytest.mark.parametrize("language", ["en", "de", "en-XA", "ar-XB"])
def test_words_of_a_chart_stay_in_it_and_off_each_other(browser: Browser, language: str) -> None:
    """At the width of a phone, with the sheet of the pages."""
    with speaking(language):
        figures = "".join(f'<figure id="{escape(name)}">{chart.svg}</figure>' for name, chart in every_chart())
    page = browser.new_page(viewport={"width": 390, "height": 844})
    sheet = (files("fallow.web") / "static" / "app.css").read_text("utf-8")
    page.set_content(f'<html lang="{language}" dir="auto"><style>{sheet}</style><body>{figures}</body></html>')
    assert [] == page.evaluate(MEASURE)
    page.close()
