"""
What Messenger and Instagram write themselves in place of a message, in the language of the account.

Nothing in the file marks such a line. So the whole line has to be one of these sentences, and begin with the full name
of its sender or with the "You" of that language; a message that only holds the words stays a message.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final


class Meaning(Enum):
    """What a sentence of the app stands for."""

    NOTICE = "notice"
    CALL = "call"
    MISSED = "missed"
    POLL = "poll"
    DELETED = "deleted"
    LOCATION = "location"
    ATTACHED = "attached"


MOST_LETTERS: Final = 600
"""Longest sentence; the apps' own are far shorter."""
YOU: Final = ("You", "Du", "Tú", "Has", "Vous", "Tu", "Hai", "Você", "Je", "Jij")
RESTS: Final = (
    (Meaning.NOTICE, (
        # English
        r"(?:set|cleared) (?:the|(?:his|her|their|your)(?: own)?) nickname(?: (?:for|of) .+?)?(?: to .+)?",
        r"changed the (?:chat )?theme(?: to .+)?",
        r"changed the chat colou?rs?",
        r"set the (?:quick reaction|emoji|chat theme) to .+",
        r"(?:named the group|changed the group name to) .+",
        r"(?:changed|removed) the group photo",
        r"(?:started|ended) (?:a|the) (?:video chat|video call|call|audio call)",
        r"voted for .+ in the poll: .+",
        r"reacted .{1,20} to (?:your|their|a|.+'s) message",
        r"liked a message",
        # German
        r"(?:hat|hast) (?:den|deinen|seinen|ihren)(?: eigenen)? Spitznamen .+",
        r"(?:hat|hast) (?:das Design|das Chat-Design|die Chatfarben?|die Farben? des Chats) .+",
        r"(?:hat|hast) die Gruppe .+ genannt",
        r"(?:hat|hast) (?:einen|eine) (?:Videochat|Anruf|Audioanruf|Videoanruf) (?:gestartet|beendet)",
        r"(?:hat|hast) (?:mit )?.{1,20} auf (?:deine|eine|ihre|seine) Nachricht(?: mit .{1,20})? reagiert",
        r"(?:hat|hast) mit .{1,20} auf (?:deine|eine) Nachricht reagiert",
        r"gefällt eine Nachricht",
        # Spanish, French, Italian, Portuguese, Dutch
        r"(?:cambió|cambiaste|has cambiado) el tema .*",
        r"(?:reaccionó|reaccionaste) con .{1,20} a (?:tu|un) mensaje",
        r"le gusta un mensaje",
        r"(?:a|avez|as) (?:changé|modifié) le thème.*",
        r"(?:a|avez|as) réagi .{1,20} à (?:votre|ton|un) message",
        r"(?:a|avez|as) aimé un message",
        r"(?:ha|hai) (?:cambiato|modificato) il tema.*",
        r"ha reagito .{1,20} al tuo messaggio",
        r"(?:alterou|mudou|mudaste) o tema.*",
        r"reagiu .{1,20} à (?:sua|tua) mensagem",
        r"heeft het thema .*(?:gewijzigd|veranderd).*",
        r"heeft .{1,20} gereageerd op je bericht",
    )),
    (Meaning.MISSED, (
        r"missed a (?:video |audio )?(?:call|chat) (?:from|with) .+",
        r"hast einen (?:Anruf|Videoanruf|Videochat|Audioanruf) (?:von|mit) .+ verpasst",
    )),
    (Meaning.POLL, (
        r"created a poll: .+", r"(?:hat|hast) eine Umfrage erstellt: .+", r"creó una encuesta: .+",
        r"a créé un sondage ?: .+",
    )),
    (Meaning.ATTACHED, (
        r"(?:sent|shared) (?:an|\d+) attachments?",
        r"(?:hat|hast) (?:einen|\d+) (?:Anhang|Anhänge) gesendet",
    )),
)  # fmt: skip
NAMED: Final = (
    (Meaning.NOTICE, (
        r"(?:joined|left) the (?:video chat|call|audio call|group)",
        r"(?:added|removed) .+ (?:to|from) the group",
        r"(?:turned (?:on|off)|set) disappearing messages.*",
        r"(?:pinned|unpinned) a message",
        r"changed (?:his|her|their|your) vote.*",
        r"(?:sent|accepted|cancell?ed) (?:a|your) (?:friend|message) request",
        r"(?:waved at|poked) .+",
        r"hat eine Nachricht (?:angepinnt|fixiert)",
    )),
    (Meaning.CALL, (r"called .+", r"hat dich angerufen", r"te llamó", r"vous a appelé(?:\(e\))?")),
    (Meaning.MISSED, (
        r"missed (?:a|your) (?:video |audio )?(?:call|chat)",
        r"hat deinen (?:Videoanruf|Anruf) verpasst",
        r"perdió (?:tu|una) (?:llamada|videollamada).*",
        r"a manqué (?:votre|un) appel.*",
    )),
    (Meaning.DELETED, (
        r"unsent a message", r"hat eine Nachricht (?:zurückgerufen|gelöscht|zurückgezogen)",
        r"anuló el envío de un mensaje", r"a (?:supprimé|retiré) un message",
    )),
    (Meaning.LOCATION, (
        r"(?:sent|shared|started sharing|stopped sharing) (?:a|your|his|her|their) (?:live )?location",
        r"hat (?:einen|seinen|ihren|deinen)(?: Live-)? ?Standort (?:gesendet|geteilt)",
    )),
    (Meaning.ATTACHED, (
        r"(?:sent|shared) (?:an?|\d+) (?:attachments?|photos?|videos?|links?|voice messages?|stickers?|GIFs?|files?"
        r"|reels?|posts?|story|stories|live locations?|contacts?)",
        r"hat (?:ein|eine|einen|\d+) (?:Anhang|Anhänge|Fotos?|Videos?|Links?|Sprachnachrichten?|Sticker|GIFs?"
        r"|Dateien?|Datei|Reels?|Beitrag|Beiträge|Story|Kontakt) (?:gesendet|geteilt|verschickt)",
        r"envió (?:un|una) (?:archivo adjunto|foto|video|enlace)",
        r"a envoyé (?:une|un) (?:pièce jointe|photo|vidéo|lien)",
        r"ha inviato (?:un|una) (?:allegato|foto|video|link)",
        r"enviou (?:um|uma) (?:anexo|foto|vídeo|link)",
        r"heeft een (?:bijlage|foto|video|link) (?:gestuurd|verzonden)",
    )),
)  # fmt: skip
"""Only behind the sender's name: with "You" in front, a person may well have written it."""
WHOLE: Final = (
    (Meaning.NOTICE, (
        r"You are now connected on Messenger",
        r"You can now (?:message and )?call each other and see info.*",
        r"Say hi to your new (?:Facebook|Instagram) friend, .+",
        r"(?:Messages and calls are|This chat is now|Messages and calls in this chat are) (?:secured|protected) with "
        r"end-to-end encryption.*",
        r"Ihr seid jetzt auf Messenger (?:miteinander )?verbunden",
        r"Liked a message", r"Reacted .{1,20} to your message",
        r"Gefällt eine Nachricht", r"Hat mit .{1,20} auf deine Nachricht reagiert",
        r"Le gusta un mensaje", r"A aimé un message", r"Ha messo \"Mi piace\" a un messaggio",
    )),
    (Meaning.CALL, (
        r"(?:Video chat|Audio call|Video call|Call) ended",
        r"(?:Videochat|Videoanruf|Audioanruf|Anruf) beendet",
    )),
    (Meaning.MISSED, (r"Missed (?:audio|video) call",)),
    (Meaning.DELETED, (r"This message was unsent",)),
    (Meaning.POLL, (r"This poll is no longer available",)),
)  # fmt: skip


def _joined(rows: tuple[tuple[Meaning, tuple[str, ...]], ...]) -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    return tuple((meaning, re.compile("(?:" + "|".join(each) + ")")) for meaning, each in rows)


_RESTS: Final = _joined(RESTS)
_NAMED: Final = _joined(NAMED)
_WHOLE: Final = _joined(WHOLE)


def meaning_of(text: str, sender: str) -> Meaning | None:
    """What a line stands for where the app wrote it, None where it is what somebody wrote."""
    if not text or len(text) > MOST_LETTERS or "\n" in text:
        return None
    bare = text.strip().removesuffix(".")
    if sender and bare.startswith(sender + " ") and (found := _found(_NAMED + _RESTS, bare[len(sender) + 1 :])):
        return found
    you, _, rest = bare.partition(" ")
    return (_found(_RESTS, rest) if you in YOU else None) or _found(_WHOLE, bare)


def _found(rows: tuple[tuple[Meaning, re.Pattern[str]], ...], sentence: str) -> Meaning | None:
    return next((meaning for meaning, pattern in rows if pattern.fullmatch(sentence)), None)
