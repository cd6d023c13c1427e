"""The other party's name, from the name WhatsApp gives the exported file."""

from __future__ import annotations

import re
from typing import Final

PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:WhatsApp[ -]?)?(?:Chat|Konversation)[ -](?:WhatsApp )?- (?P<name>.+)",
        r"WhatsApp[ -]Chat (?:with|mit|con|med|met|z|s|cu|dengan|-) (?P<name>.+)",
        r"(?:Chat|Conversación|Conversaci[oó]n) de WhatsApp con (?P<name>.+)",
        r"(?:Discussion|Conversation) WhatsApp avec (?P<name>.+)",
        r"Chat WhatsApp con (?P<name>.+)",
        r"Conversa do WhatsApp com (?P<name>.+)",
        r"(?:Чат|Переписка в) WhatsApp с (?P<name>.+)",
        r"Чат WhatsApp з (?P<name>.+)",
        r"WhatsApp-?chatt? (?:met|med) (?P<name>.+)",
        r"WhatsApp-keskustelu: (?P<name>.+)",
        r"(?P<name>.+) ile WhatsApp Sohbeti",
        r"与(?P<name>.+)的 ?WhatsApp ?聊天(?:记录)?",
        r"與(?P<name>.+)的 ?WhatsApp ?(?:對話|聊天)(?:記錄)?",
        r"WhatsApp ?チャット[ -]+(?P<name>.+)",
        r"(?P<name>.+)(?:님)과 WhatsApp 대화",
    )
)
ENDING: Final = re.compile(r"(?:\.(?:txt|zip))+$", re.IGNORECASE)
COPY: Final = re.compile(r" ?\(\d{1,3}\)$")


def other_name(file_name: str) -> str | None:
    """
    The name in a file name such as `WhatsApp Chat with Sam (1).txt`.

    Returns:
        None where the file was renamed, or the name is longer than any contact's.
    """
    stem = COPY.sub("", ENDING.sub("", file_name.replace("\\", "/").rsplit("/", 1)[-1])).strip()
    for form in (stem, stem.replace("_", " ")):
        for pattern in PATTERNS:
            found = pattern.fullmatch(form[:300])
            if found:
                return found["name"].strip() or None
    return None
