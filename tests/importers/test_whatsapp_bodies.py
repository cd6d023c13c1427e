"""What a body of WhatsApp's is: a person's words, what stands for a file or a call, or a line nobody said."""

from __future__ import annotations

import pytest

from fallow.importers import Export, read_export
from fallow.messages import Kind

MARK = "\u200e"
CODED = "Messages and calls are end-to-end encrypted. No one outside of this chat can read or listen to them."


def android(line: str) -> Export:
    """A chat with one line of interest, the third message or line."""
    return read_export(
        "chat.txt",
        f"20/05/2023, 09:00 - {CODED}\n20/05/2023, 09:01 - Kim: hi\n20/05/2023, 09:02 - Sam: ho\n"
        f"21/05/2023, 10:00 - {line}\n22/05/2023, 11:00 - Kim: bye\n22/05/2023, 11:01 - Sam: so long\n".encode(),
    )


def ios(line: str) -> Export:
    return read_export(
        "chat.txt",
        f"[20/05/2023, 09:00:00] Sam: {MARK}{CODED}\n[20/05/2023, 09:01:00] Kim: hi\n[20/05/2023, 09:02:00] Sam: ho\n"
        f"{MARK}[21/05/2023, 10:00:00] {line}\n[22/05/2023, 11:00:00] Kim: bye\n"
        "[22/05/2023, 11:01:00] Sam: so long\n".encode(),
    )


def read(export: Export) -> tuple[str, str]:
    assert (5, 1) == (len(export), export.system)
    return Kind(int(export.kind[2])).name, export.body(2)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("<Media omitted>", "MEDIA", ""),
        ("<Media omitted>\nlook at this", "MEDIA", "look at this"),
        ("IMG-20230102-WA0001.jpg (file attached)", "MEDIA", ""),
        (f"{MARK}IMG-20230102-WA0001.jpg (file attached)\nlook\n\nat this ", "MEDIA", "look\n\nat this "),
        ("IMG-20230102-WA0001.jpg (in no known words)", "MEDIA", ""),
        ("notes.markdown (file attached)", "MEDIA", ""),
        ("STK-20230102-WA0001.webp (file attached)", "STICKER", ""),
        ("Robin Lee.vcf (file attached)", "CONTACT", ""),
        ("I saw it (file attached)", "TEXT", "I saw it (file attached)"),
        ("https://example.org/a?b=c#d", "LINK", "https://example.org/a?b=c#d"),
        ("https://example.org <This message was edited>", "LINK", "https://example.org"),
        ("see https://example.org", "TEXT", "see https://example.org"),
        ("null", "CALL", "null"),
    ],
)
def test_a_body_of_android(body: str, kind: str, words: str) -> None:
    """Words under a file are a person's; what stands for the file is not."""
    assert (kind, words) == read(android(f"Sam: {body}"))


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (f"{MARK}image omitted", "MEDIA", ""),
        (f"look at\nthis  {MARK}image omitted", "MEDIA", "look at\nthis"),
        (f"cv.pdf • {MARK}3 pages {MARK}document omitted", "MEDIA", ""),
        (f"{MARK}<attached: 00000012-PHOTO-2023-01-02-10-11-12.jpg>", "MEDIA", ""),
        (f"look\n\nnow {MARK}<attached: 00000012-PHOTO-2023-01-02-10-11-12.jpg>", "MEDIA", "look\n\nnow"),
        (f"{MARK}<attached: 00000012-PHOTO-2023-01-02-10-11-12.jpg>\nlook", "MEDIA", "look"),
        (f"{MARK}<in no words: 00000012-PHOTO-2023-01-02-10-11-12.jpg>", "MEDIA", ""),
        (f"{MARK}<attached: 00000012-STICKER-2023-01-02-10-11-12.webp>", "STICKER", ""),
        (f"{MARK}sticker omitted", "STICKER", ""),
        (f"{MARK}Contact card omitted", "CONTACT", ""),
        (f"{MARK}<attached: 00000012-Robin.vcf>", "CONTACT", ""),
        (f"{MARK}Cafe X (Main Street 1, Town): https://foursquare.com/v/4b0588", "LOCATION", None),
        ("Cafe X (Main Street 1, Town): https://foursquare.com/v/4b0588", "LOCATION", None),
        (f"{MARK}qqa: https://maps.google.com/?q=52.5,-13.4", "LOCATION", None),
        (f"{MARK}This message was deleted by admin Kim.", "DELETED", None),
        ("I like it, image omitted", "TEXT", "I like it, image omitted"),
        (f"{MARK}ok?", "TEXT", f"{MARK}ok?"),
        ("null", "TEXT", "null"),
    ],
)
def test_a_body_of_ios(body: str, kind: str, words: str | None) -> None:
    """A file stands behind the words that came with it, with a mark of direction before it."""
    found = read(ios(f"Sam: {body}"))
    assert (kind, found[1] if words is None else words) == found


LINES = [
    "Your security code with Sam changed. Tap to learn more.",
    "Sam’s security code changed. Tap to learn more.",
    "Sam changed their phone number to a new number. Tap to message or add the new number.",
    "You blocked this contact. Tap to unblock.",
    "Sam turned off disappearing messages. Tap to change.",
    "The disappearing message timer was updated. New messages will disappear from this chat 90 days after.",
    "Sam pinned a message",
    'You created group "Trip: Rome"',
    "You turned on advanced chat privacy. Tap to learn more.",
    "This chat is with a business account. Tap to learn more.",
    "Waiting for this message. This may take a while.",
    "Die Sicherheitsnummer von Sam hat sich geändert.",
    "Du hast diesen Kontakt blockiert.",
    "Cambió tu código de seguridad con Sam. Toca para obtener más información.",
    "Votre code de sécurité avec Sam a changé.",
    "Il tuo codice di sicurezza con Sam è cambiato.",
    "Seu código de segurança com Sam mudou. Toque para saber mais.",
    "Je beveiligingscode met Sam is gewijzigd.",
    "Ваш код безопасности с Sam изменился.",
    "Kod zabezpieczeń z Sam zmienił się.",
    "Sam ile güvenlik kodunuz değişti.",
    "Säkerhetskoden för Sam har ändrats.",
    "Sikkerhedskoden med Sam er ændret.",
    "Turvakoodisi käyttäjän Sam kanssa on vaihtunut.",
    "Sam さんとのセキュリティコードが変更されました。",
    "Sam님과의 보안 코드가 변경되었습니다.",
    "您与 Sam 的安全码已更改。",
    "تم تغيير رمز الأمان الخاص بك مع Sam.",
    "קוד האבטחה שלך עם Sam השתנה.",
    "Mã bảo mật của bạn với Sam đã thay đổi.",
    "Kode keamanan Anda dengan Sam berubah.",
    "Qqa zza Sam qqa.",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_app_is_nobodys(line: str) -> None:
    """Without an author on Android; on iOS in somebody's mouth behind a mark, in any language where it names them."""
    for export in (android(line), ios(f"Sam: {MARK}{line}")):
        assert (4, 2, ("Kim", "Sam")) == (len(export), export.system, export.names)
        assert export.notices is not None
        told = export.buffer[int(export.notices.start[1]) : int(export.notices.end[1])].decode()
        assert (line, 4) == (told.lstrip(MARK), int(export.notices.line[1]))


@pytest.mark.parametrize(
    "words",
    ["Sam left", "Kim added sugar", "I pinned a message", "he changed his phone number", "You blocked this contact",
     "Your security code with me changed", "Messages and calls are end-to-end encrypted, you know"],
)  # fmt: skip
def test_a_person_may_say_the_same_words(words: str) -> None:
    """What counts is who is named as the author, and the mark, never a word inside."""
    assert ("TEXT", words) == read(android(f"Sam: {words}"))
    assert ("TEXT", words) == read(ios(f"Sam: {words}"))


def test_a_marked_line_in_unknown_words_is_told() -> None:
    """It may be the app's or a person's: read as text, and said in the receipt."""
    export = ios(f"Sam: {MARK}Qqa zza wwe tto eei oop lla")
    assert ("TEXT", f"{MARK}Qqa zza wwe tto eei oop lla") == read(export)
    assert [(4, "own_lines_unknown", 1)] == [(one.line, one.kind, one.count) for one in export.problems]


def test_the_notice_of_encryption_is_nobodys_wherever_it_stands() -> None:
    """A chat that was made anew has it again, some phones without the mark."""
    assert (4, 2) == (len(ios(f"Sam: {CODED}")), ios(f"Sam: {CODED}").system)


NOTICES = [
    "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand sonst, nicht einmal WhatsApp, kann sie lesen.",
    "Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie más, ni siquiera WhatsApp.",
    "Сообщения и звонки защищены сквозным шифрованием. Третьи лица, включая WhatsApp, не могут их прочитать.",
    "消息和通话都进行端到端加密。对话之外的任何人，甚至包括 WhatsApp 都无法读取或收听。",
    "Qqa zza šifrov wwe. Tto WhatsApp eei oop lla.",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_the_notice_is_nobodys_in_any_language(notice: str) -> None:
    """At the beginning of a file with the mark or without, and behind a mark anywhere; also in a wording not known."""
    for mark in (MARK, ""):
        text = f"[20/05/2023, 09:00:00] Sam: {mark}{notice}\n[20/05/2023, 09:01:00] Kim: hi\n"
        export = read_export("chat.txt", f"{text}[20/05/2023, 09:02:00] Sam: ho".encode())
        assert (("Kim", "Sam"), 1, 2) == (export.names, export.system, len(export))
    assert (4, 2) == (len(ios(f"Sam: {MARK}{notice}")), ios(f"Sam: {MARK}{notice}").system)


def test_days_whose_messages_vanished_are_no_silence() -> None:
    """From when the timer was set to the first message that is still there; while it is off nothing vanishes."""
    export = read_export(
        "chat.txt",
        f"20/05/2023, 09:00 - {CODED}\n20/05/2023, 09:01 - Kim: hi\n"
        "21/05/2023, 10:00 - Sam turned on disappearing messages. New messages will disappear after 7 days.\n"
        "30/06/2023, 11:00 - Sam: still there\n"
        "01/07/2023, 11:00 - You turned off disappearing messages.\n"
        "01/09/2023, 11:00 - Kim: after a silence\n".encode(),
    )
    periods = export.unseen.astype("datetime64[us]").astype("datetime64[m]").astype(str).tolist()
    assert [["2023-05-21T10:00", "2023-06-30T11:00"]] == periods
    assert (0, "messages_vanish", 1) in [(one.line, one.kind, one.count) for one in export.problems]


@pytest.mark.parametrize(
    "line",
    ["Sam hat selbstlöschende Nachrichten deaktiviert.", "Sam desactivó los mensajes temporales.",
     "Sam a désactivé les messages éphémères.", "Sam ha disattivato i messaggi effimeri."],
)  # fmt: skip
def test_a_timer_that_is_turned_off_hides_nothing(line: str) -> None:
    """In the languages of most."""
    assert 0 == len(android(line).unseen)
    assert 0 == len(ios(f"Sam: {MARK}{line}").unseen)
