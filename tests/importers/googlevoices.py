"""Texts and calls as plain data, written as pages of Google Voice: the other half of the round trip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from fallow.messages import Kind

KIM, ROBIN = ("Kim", "+15550100200"), ("", "+15550100300")
OWN = "+15550100100"
HEAD = '<?xml version="1.0" ?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"\n "http://x">\n<html><head>'


@dataclass(frozen=True)
class Voiced:
    """One message or call: milliseconds UTC, minutes of offset; mine or the other's."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    offset: int = -420
    tag: str = ""


def stamp(one: Voiced) -> str:
    zone = dt.timezone(dt.timedelta(minutes=one.offset))
    whole = dt.datetime.fromtimestamp(one.at // 1000, zone) + dt.timedelta(milliseconds=one.at % 1000)
    return whole.isoformat(timespec="milliseconds")


def tel(other: tuple[str, str]) -> str:
    return f'<a class="tel" href="tel:{other[1]}"><span class="fn">{escape(other[0])}</span></a>'


def texts(said: Sequence[Voiced], other: tuple[str, str] = KIM, group: str = "") -> bytes:
    rows = []
    for one in said:
        by = f'<a class="tel" href="tel:{OWN}"><abbr class="fn" title="">Me</abbr></a>' if one.mine else tel(other)
        words = escape(one.text).replace("\n", "<br>")
        picture = '<div><img src="a" alt="Image MMS Attachment" /></div>' if one.kind is Kind.MEDIA else ""
        rows.append(
            f'<div class="message"><abbr class="dt" title="{stamp(one)}">Sep 1\u202fPM</abbr>:\n'
            f'<cite class="sender vcard">{by}</cite>:\n<q>{words}</q>{picture}</div>'
        )
    body = "".join(rows)
    return (
        f'{HEAD}<title>Kim</title></head><body><div class="hChatLog hfeed">{group}{body}</div></body></html>'.encode()
    )


def call(one: Voiced, other: tuple[str, str] = KIM) -> bytes:
    tag = one.tag or ("placed" if one.mine else "received")
    return (
        f'{HEAD}<title>Call</title></head><body><div class="haudio"><span class="album">Call Log for</span>\n'
        f'<span class="fn">Placed call to\nKim</span><div class="contributor vcard">{tel(other)}</div>\n'
        f'<abbr class="published" title="{stamp(one)}">Sep 1</abbr><abbr class="duration" title="PT1M">(1)</abbr>\n'
        f'<div class="tags">Labels:\n<a rel="tag" href="http://www.google.com/voice#{tag}">x</a></div></div></body>'
    ).encode()
