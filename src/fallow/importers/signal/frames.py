"""
What is decoded of a line of Signal's `main.jsonl`, and what a message was.

Each line is one frame of the app's own backup as protobuf's JSON: whole numbers are strings, what has its default value
is not there, what is one of several is there under its own name. Only what is used has a field. Seen in libsignal
(backup.proto, json/exporter.rs) in 2025 and 2026.
"""

from __future__ import annotations

from typing import Final

import msgspec

from fallow.messages import Kind

NO_JSON: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What a decoder raises."""
Some = dict[str, msgspec.Raw] | None
"""Something that only has to be there."""


class Name(msgspec.Struct, gc=False, rename="camel"):
    given: str = ""
    family: str = ""


class Contact(msgspec.Struct, gc=False, rename="camel"):
    """Somebody, under every name there is for them."""

    aci: str = ""
    e164: int | None = None
    username: str = ""
    profile_given_name: str = ""
    profile_family_name: str = ""
    system_given_name: str = ""
    system_family_name: str = ""
    nickname: Name | None = None

    def named(self) -> str:
        """The name the person themselves would see; else a number."""
        nick = self.nickname or Name()
        pairs = (
            (nick.given, nick.family),
            (self.system_given_name, self.system_family_name),
            (self.profile_given_name, self.profile_family_name),
        )
        names = [f"{given} {family}".strip() for given, family in pairs]
        number = "" if self.e164 is None else f"+{self.e164}"
        return next((one for one in (*names, self.username, number, self.aci) if one), "")


class Account(msgspec.Struct, gc=False, rename="camel"):
    given_name: str = ""
    family_name: str = ""


class Title(msgspec.Struct, gc=False, rename="camel"):
    title: str = ""


class Snapshot(msgspec.Struct, gc=False, rename="camel"):
    title: Title | None = None


class Group(msgspec.Struct, gc=False, rename="camel"):
    """Several people; only what they are called is read."""

    snapshot: Snapshot | None = None

    def named(self) -> str:
        return self.snapshot.title.title if self.snapshot is not None and self.snapshot.title is not None else ""


class Recipient(msgspec.Struct, gc=False, rename="camel"):
    """One whom messages are from or to: a contact, oneself, or something that is no person."""

    id: int = 0
    contact: Contact | None = None
    group: Group | None = None
    self_: Some = msgspec.field(default=None, name="self")


class Chat(msgspec.Struct, gc=False, rename="camel"):
    id: int = 0
    recipient_id: int = 0
    expiration_timer_ms: int = 0


class Status(msgspec.Struct, gc=False, rename="camel"):
    recipient_id: int = 0
    timestamp: int = 0
    read: Some = None
    viewed: Some = None


class Outgoing(msgspec.Struct, gc=False, rename="camel"):
    send_status: list[Status] = []


class Reaction(msgspec.Struct, gc=False, rename="camel"):
    emoji: str = ""
    author_id: int = 0
    sent_timestamp: int = 0


class Text(msgspec.Struct, gc=False, rename="camel"):
    body: str = ""


class Said(msgspec.Struct, gc=False, rename="camel"):
    """A message of any kind; a field belongs to one or some of them."""

    text: Text | None = None
    attachments: list[dict[str, msgspec.Raw]] = []
    long_text: Some = None
    reactions: list[Reaction] = []
    sticker: Sticker | None = None
    text_reply: Reply | None = None
    emoji: str = ""
    question: str = ""


class Sticker(msgspec.Struct, gc=False, rename="camel"):
    emoji: str = ""


class Reply(msgspec.Struct, gc=False, rename="camel"):
    text: Text | None = None
    long_text: Some = None


class Call(msgspec.Struct, gc=False, rename="camel"):
    direction: str | int = ""
    state: str | int = ""
    started_call_timestamp: int = 0


class Timer(msgspec.Struct, gc=False, rename="camel"):
    expires_in_ms: int = 0


class Update(msgspec.Struct, gc=False, rename="camel"):
    """A line of the app; calls are among them."""

    individual_call: Call | None = None
    expiration_timer_change: Timer | None = None


class Item(msgspec.Struct, gc=False, rename="camel"):
    """One thing in a chat."""

    chat_id: int = 0
    author_id: int = 0
    date_sent: int = 0
    revisions: list[Item] = []
    incoming: Some = None
    outgoing: Outgoing | None = None
    standard_message: Said | None = None
    contact_message: Said | None = None
    sticker_message: Said | None = None
    remote_deleted_message: Some = None
    view_once_message: Said | None = None
    direct_story_reply_message: Said | None = None
    poll: Said | None = None
    payment_notification: Some = None
    gift_badge: Some = None
    update_message: Update | None = None

    def said(self) -> tuple[Kind, str, Said] | None:
        """What it was, its text, and the rest; None for a line of the app."""
        if (found := self.standard_message) is not None:
            return Kind.MEDIA if found.attachments else Kind.TEXT, _body(found.text), found
        if (found := self.sticker_message) is not None:
            return Kind.STICKER, found.sticker.emoji if found.sticker else "", found
        if (found := self.direct_story_reply_message) is not None:
            return Kind.TEXT, _body(found.text_reply.text) if found.text_reply else found.emoji, found
        for found, kind in ((self.contact_message, Kind.CONTACT), (self.view_once_message, Kind.MEDIA)):
            if found is not None:
                return kind, "", found
        if (found := self.poll) is not None:
            return Kind.POLL, found.question, found
        if self.remote_deleted_message is not None:
            return Kind.DELETED, "", Said()
        if self.payment_notification is not None or self.gift_badge is not None:
            return Kind.MEDIA, "", Said()
        return None


class Frame(msgspec.Struct, gc=False, rename="camel"):
    """One line; exactly one field is there."""

    account: Account | None = None
    recipient: Recipient | None = None
    chat: Chat | None = None
    chat_item: Item | None = None
    backup_time_ms: int | None = None


FRAMES: Final = msgspec.json.Decoder(Frame, strict=False)


def _body(text: Text | None) -> str:
    return "" if text is None else text.body
