"""
The report: the figures of a record as one file that a person prints or takes to a counsellor.

One HTML document that holds everything it needs: no script, no address, no message. Its own policy forbids the reader's
program to run or fetch anything, wherever the file is opened.
"""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Final

from fallow.charts import report_words as words
from fallow.charts.both_sides import BothSides, Figure, Section
from fallow.charts.phrases import day_label
from fallow.charts.report_style import STYLE
from fallow.language import direction, spoken
from fallow.language import gettext as _

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The style inside is all that is let in."""


def write_report(drawn: BothSides, made_on: dt.date, names: tuple[str, str] | None) -> str:
    """
    Write the report of a record.

    Args:
        drawn: Its figures.
        made_on: The day that is printed on it.
        names: Of ego and alter; None leaves them out of the whole file.
    """
    body = [_head(drawn, made_on, names), *map(_section, drawn.sections), _tables(drawn.figures)]
    return (
        f'<!doctype html>\n<html lang="{spoken()}" dir="{direction()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(_(words.TITLE))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + f"\n</main>\n<footer><p>{escape(_(words.FOOT))}</p></footer>\n</body>\n</html>\n"
    )


def _head(drawn: BothSides, made_on: dt.date, names: tuple[str, str] | None) -> str:
    made = _(words.MADE).format(
        day=day_label(made_on),
        messages=words.messages(drawn.count),
        first=day_label(drawn.first),
        last=day_label(drawn.last),
    )
    who = _(words.UNNAMED) if names is None else words.named(*names)
    group = f"<br>{escape(drawn.group_note)}" if drawn.group else ""
    return (
        f"<header><h1>{escape(_(words.TITLE))}</h1><p>{escape(_(words.LEAD))}</p>"
        f'<p class="facts">{escape(made)}<br>{escape(who)}{group}</p></header>'
        f'<div class="frame">{_points(words.IS_TITLE, words.IS)}{_points(words.IS_NOT_TITLE, words.IS_NOT)}</div>'
    )


def _points(title: str, points: tuple[str, ...]) -> str:
    listed = "".join(f"<li>{escape(_(point))}</li>" for point in points)
    return f"<div><h2>{escape(_(title))}</h2><ul>{listed}</ul></div>"


def _section(section: Section) -> str:
    return f"<section><h2>{escape(section.title)}</h2>{''.join(map(_figure, section.figures))}</section>"


def _figure(figure: Figure) -> str:
    return (
        f'<div class="figure"><h3>{escape(figure.title)}</h3>'
        f"<figure>{figure.svg}<figcaption>{escape(figure.sentence)}</figcaption></figure>"
        f'<p class="how">{escape(_(words.COUNTED).format(definition=figure.definition))}</p></div>'
    )


def _tables(figures: tuple[Figure, ...]) -> str:
    tables = "".join(map(_table, (figure for figure in figures if figure.rows)))
    return f'<div class="tables"><h2>{escape(_(words.TABLES_TITLE))}</h2><p>{escape(_(words.TABLES))}</p>{tables}</div>'


def _table(figure: Figure) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in figure.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in figure.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(figure.title)}"><table>'
        f"<caption>{escape(figure.title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
