"""
Forms and uploads as they come in: bounded, never spooled to disk, and only with the session's own token.

An upload is taken apart as it streams in and kept in memory: a multipart reader that writes large parts to temporary
files would leave a whole conversation on the disk in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from fallow.errors import NoFileChosen
from fallow.web.guard import Refused
from fallow.web.sessions import Reading, Session, token_matches

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELDS_LIMIT: Final = 80
SURROGATES: Final = re.compile("[\ud800-\udfff]")
SMALL_FIELD: Final = 10_000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form, cleaned of what no text may hold; a field that is not there reads as ''."""

    fields: dict[str, list[str]]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, [""])[-1]

    def all(self, name: str) -> list[str]:
        return self.fields.get(name, [])


@dataclass(frozen=True, slots=True)
class Upload:
    """
    A file and the fields sent with it. The name is only ever a hint about whose chat it is.

    Args:
        reading: How far it was read, and whether the browser that sent it still waits.
    """

    name: str
    data: bytes
    form: Form
    reading: Reading = field(default_factory=Reading)


async def read_form(request: Request, admits: Callable[[str], bool]) -> Form:
    """
    The form of a request, once its token is found to be a right one.

    Args:
        admits: Whether a token may do what this form does.
    Raises:
        Refused: Without such a token, or when it is not a plain form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "This form could not be read.")
    form = parse_form(await request.body())
    if not admits(form["t"]):
        raise Refused(403, "This form has expired. Please open the page again.")
    return form


def parse_form(body: bytes) -> Form:
    """
    The fields of a plain form, whoever sent it.

    Raises:
        Refused: When there are too many.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_LIMIT)
    except ValueError as problem:
        raise Refused(400, "This form could not be read.") from problem
    return _form(pairs)


async def read_upload(request: Request, session: Session) -> Upload:
    """
    One file with its fields, kept in memory.

    Raises:
        Refused: Without the right token (a header, or the first field), or when it cannot be read as an upload.
        NoFileChosen: If no file was chosen.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise Refused(415, "This form could not be read.")
    parts = _Parts(session, request.headers.get("x-token"))
    parser = MultipartParser(boundary, parts.callbacks(), max_size=float("inf"))
    session.reading, arrived, of = Reading(), 0, int(request.headers.get("content-length", "0"))
    try:
        async for chunk in request.stream():
            parser.write(chunk)
            arrived += len(chunk)
            session.reading.go_on(arrived, of, 0)
    except (ValueError, KeyError) as problem:
        raise Refused(400, "This form could not be read.") from problem
    finally:
        session.reading = None
    return parts.upload()


class _Parts:
    """Collects the parts of one upload; the token must have come before the file is kept."""

    def __init__(self, session: Session, header_token: str | None) -> None:
        self._session = session
        self._admitted = token_matches(session, header_token)
        self._pairs: list[tuple[str, str]] = []
        self._file: bytearray | None = None
        self._file_name = ""
        self._header_name = b""
        self._header_value = b""
        self._disposition = b""
        self._field = ""
        self._is_file = False
        self._value = bytearray()

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda d, s, e: self._grow("_header_name", d[s:e]),
            "on_header_value": lambda d, s, e: self._grow("_header_value", d[s:e]),
            "on_header_end": self._header,
            "on_headers_finished": self._headers,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _grow(self, name: str, more: bytes) -> None:
        value = getattr(self, name) + more
        if len(value) > SMALL_FIELD:
            raise Refused(400, "This form could not be read.")
        setattr(self, name, value)

    def _begin(self) -> None:
        self._disposition, self._value = b"", bytearray()

    def _header(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = self._header_value
        self._header_name = self._header_value = b""

    def _headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = b"filename" in options
        if self._is_file:
            if not self._admitted:
                raise Refused(403, "This form has expired. Please open the page again.")
            self._file_name = options[b"filename"].decode("utf-8", "replace")[:300]
            self._file = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            assert self._file is not None
            self._file += data[start:end]
        elif len(self._value) + end - start > SMALL_FIELD:
            raise Refused(400, "This form could not be read.")
        else:
            self._value += data[start:end]

    def _end(self) -> None:
        if self._is_file:
            return
        value = self._value.decode("utf-8", "replace")
        if self._field == "t":
            self._admitted = self._admitted or token_matches(self._session, value)
        if len(self._pairs) >= FIELDS_LIMIT:
            raise Refused(400, "This form could not be read.")
        self._pairs.append((self._field, value))

    def upload(self) -> Upload:
        if not self._admitted:
            raise Refused(403, "This form has expired. Please open the page again.")
        if self._file is None or not (self._file or self._file_name):
            raise NoFileChosen
        return Upload(self._file_name, bytes(self._file), _form(self._pairs))


def _form(pairs: list[tuple[str, str]]) -> Form:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(SURROGATES.sub("�", value).replace("\0", "").replace("\r\n", "\n"))
    return Form(fields)
