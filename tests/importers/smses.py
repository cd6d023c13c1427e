"""A phone as plain data, written the way SMS Backup & Restore writes it: the other half of the round trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fallow.messages import Kind

HEAD: Final = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    "<!--File Created By SMS Backup &amp; Restore v10.20.002 on 05/03/2024 10:11:12-->\n"
)
STYLE: Final = '<?xml-stylesheet type="text/xsl" href="sms.xsl"?>\n'
KIM, SAM = "+49 151 23456789", "+4915198765432"


@dataclass(frozen=True)
class Sms:
    """One message or call of a generated phone: milliseconds UTC, by me or by the other one."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    address: str = KIM
    name: str = "Kim"
    multimedia: bool = False
    type: int | None = None


def quoted(text: str, *, halves: bool = False) -> str:
    """A value with its quotation marks, as Android's serializer chooses them; halves: emoji as two references."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = "".join(f"&#{ord(one)};" if ord(one) < 32 else one for one in escaped)
    if halves:
        units = escaped.encode("utf-16-be")
        codes = [int.from_bytes(units[i : i + 2]) for i in range(0, len(units), 2)]
        escaped = "".join(f"&#{code};" if 0xD800 <= code < 0xE000 else chr(code) for code in codes)
    return f'"{escaped}"' if '"' not in escaped else "'" + escaped.replace("'", "&apos;") + "'"


def sms(one: Sms, *, halves: bool = False) -> str:
    box = one.type or (2 if one.mine else 1)
    return (
        f'  <sms protocol="0" address="{one.address}" date="{one.at}" type="{box}" subject="null" '
        f'body={quoted(one.text, halves=halves)} toa="null" sc_toa="null" service_center="null" read="1" status="-1" '
        f'locked="0" date_sent="0" sub_id="1" readable_date="18 июня 2018 г." contact_name={quoted(one.name)} />\n'
    )


def mms(one: Sms, *, halves: bool = False, type: int | None = None, sender: str | None = None) -> str:
    """A text as a multimedia message, or a picture with a text under it."""
    box = one.type or (2 if one.mine else 1)
    parts = ['      <part seq="-1" ct="application/smil" name="null" text="&lt;smil&gt;&lt;/smil&gt;" />\n']
    if one.kind is Kind.MEDIA:
        parts.append('      <part seq="0" ct="image/jpeg" name="a.jpg" text="null" data="/9j/4AAQ=" />\n')
    if one.kind is Kind.CONTACT:
        parts.append('      <part seq="0" ct="text/x-vCard" name="k.vcf" text="null" data="QkVHSU4=" />\n')
    if one.text:
        text = quoted(one.text, halves=halves)
        parts.append(f'      <part seq="0" ct="text/plain" name="null" chset="106" text={text} />\n')
    me = sender or "insert-address-token"
    return (
        f'  <mms date="{one.at}" rr="null" sub="null" ct_t="application/vnd.wap.multipart.related" read="1" '
        f'msg_box="{box}" address="{one.address}" m_type="{type or (128 if one.mine else 132)}" '
        f'date_sent="{one.at // 1000}" text_only="0" contact_name={quoted(one.name)}>\n'
        f"    <parts>\n{''.join(parts)}    </parts>\n    <addrs>\n"
        f'      <addr address="{me if one.mine else one.address}" type="137" charset="106" />\n'
        f'      <addr address="{one.address if one.mine else me}" type="151" charset="106" />\n'
        f"    </addrs>\n  </mms>\n"
    )


def call(one: Sms, seconds: int = 60) -> str:
    type = one.type or (2 if one.mine else 1)
    return (
        f'  <call number="{one.address}" duration="{seconds}" date="{one.at}" type="{type}" presentation="1" '
        f'subscription_id="null" post_dial_digits="" readable_date="5 mars 2024" contact_name={quoted(one.name)} />\n'
    )


def messages(*items: str, head: str = HEAD + STYLE) -> bytes:
    return f'{head}<smses count="{len(items)}" backup_set="a" backup_date="1">\n{"".join(items)}</smses>'.encode()


def calls(*items: str) -> bytes:
    return f'{HEAD}<calls count="{len(items)}">\n{"".join(items)}</calls>'.encode()


def backup(said: Sequence[Sms], *, halves: bool = False) -> bytes:
    """All of it as one file of messages; calls are left out."""
    return messages(*(written(one, halves=halves) for one in said if one.kind is not Kind.CALL))


def written(one: Sms, *, halves: bool = False) -> str:
    whole = mms if one.multimedia or one.kind is not Kind.TEXT else sms
    return whole(one, halves=halves)
