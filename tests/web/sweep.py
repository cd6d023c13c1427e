"""
Every request that must be refused, for one place after the other (T30).

Each case is a good request with exactly one thing wrong with it. A case is answered well when its status is a refusal,
its answer carries every header that a page must carry, and it holds nothing that was stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fallow.web.pages import Place
from web.samples import DRAFT, MARKERS, Stored
from web.wire import RESET, Answer, Headers, Visitor, ask, form

URLENCODED = "application/x-www-form-urlencoded"
REFUSALS = frozenset({400, 403, 404, 405, 413, 415, 421})
REQUIRED = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'", "worker-src 'self'",
    "require-trusted-types-for 'script'", "trusted-types worker",
}  # fmt: skip
TELLING = ("server", "date", "x-powered-by", "via", "etag", "last-modified", "allow")
UNSAFE = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "post", "GETT")
MARKED_WORDS = {"text": DRAFT, "note": "a note that must not be kept", "kind": "looked", "way": "note", "who": "Nobody",
                "because": "asked", "mode": "limited_contact", "name": "Changed", "idle_minutes": "59", "zone": "UTC",
                "leave_to": "about:blank", "days": "30", "outcome": "let_go", "do": "delete", "no": "1", "skip": "1",
                "passphrase": "not the passphrase at all", "again": "not the passphrase at all"}  # fmt: skip
"""Fields that would do something in every place, were the form let in."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request, and which of its parts is wrong."""

    fault: str
    method: str
    target: str
    headers: Headers
    body: bytes = b""


def path_of(place: Place, stored: Stored) -> str:
    """An address of a place that exists; a parameter this does not know fails the test."""
    known = {"/open/{word}": "x" * 32, "/d/{id}": stored.draft, "/history/{id}": stored.entry, "/import/{id}": "0" * 32,
             "/start/{step:int}": "1", "/known/{id}": "C7", "/ways/{id}": "music", "/ways/lists/{kind}": "ublock",
             "/review/ask/{question}": "purpose", "/inbound/three/{step}": "not_now",
             "/plans/{place:int}": "1", "/parked/{id}": stored.question, "/days/{id}": stored.date,
             "/sides/{id}": stored.entry, "/pair/{code}": "AAAA-AAAA",
             "/letters/{id}": stored.letter, "/better/{id}": stored.sitting,
             "/parcels/{id}": stored.parcel, "/parcels/{id}/file": stored.parcel}  # fmt: skip
    before, brace, rest = place.path.partition("{")
    return before + known[place.path] + rest.partition("}")[2] if brace else place.path


def cases(place: Place, path: str, visitor: Visitor, other: Visitor) -> Iterator[Case]:
    yield from hosts(path, visitor)
    yield from methods(path, visitor)
    if place.show is not None:
        yield from embedded(path, visitor)
    if place.act is not None or place.upload is not None:
        yield from origins(path, visitor)
        yield from tokens(place, path, visitor, other)
        yield from bodies(place, path, visitor)


def hosts(path: str, visitor: Visitor) -> Iterator[Case]:
    name, port = visitor.host, visitor.port
    wrong = (
        "", name, f"{name}:1", f"{name}:{port + 1}", f"{name}.:{port}", f"me@{name}:{port}", f"{name.upper()}:{port}",
        f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", f"evil.test:{port}", "evil.test", f"a.{name}:{port}",
        f"{name}:{port}, evil.test", f"{name}:{port}:{port}", f"{name}:0{port}",
    )  # fmt: skip
    cookie = visitor.head[1:]
    for host in (each for each in wrong if each != visitor.address):  # an address has no capitals
        yield Case(f"host {host!r}", "GET", path, (("Host", host), *cookie))
        yield Case(f"host {host!r}", "POST", path, (("Host", host), *cookie, *right_post(visitor)), filled(visitor))
    yield Case("host missing", "GET", path, cookie)
    yield Case("host twice", "GET", path, (*visitor.head, visitor.head[0]))
    yield Case("host twice", "GET", path, (("Host", f"evil.test:{port}"), *visitor.head))
    forwarded = (("X-Forwarded-Host", visitor.address), ("Forwarded", f"host={visitor.address}"))
    yield Case("host only forwarded", "GET", path, (("Host", f"evil.test:{port}"), *forwarded, *cookie))
    for target in (
        f"http://evil.test:{port}{path}",
        f"http://{visitor.address}{path}",
        f"http://me@{name}:{port}{path}",
    ):
        yield Case(f"host in the target {target.partition('/d/')[0]}", "GET", target, visitor.head)


def methods(path: str, visitor: Visitor) -> Iterator[Case]:
    for method in UNSAFE:
        yield Case(f"method {method}", method, path, (*visitor.head, *right_post(visitor)), filled(visitor))


def embedded(path: str, visitor: Visitor) -> Iterator[Case]:
    """What another page asks for without anybody following a link."""
    for site, mode, dest in (
        ("cross-site", "no-cors", "image"), ("cross-site", "no-cors", "script"), ("cross-site", "cors", "empty"),
        ("cross-site", "navigate", "iframe"), ("cross-site", "navigate", "object"), ("same-site", "no-cors", "style"),
        ("same-site", "navigate", "iframe"), ("same-site", "cors", "empty"), ("same-origin", "navigate", "iframe"),
        ("same-origin", "navigate", "embed"), ("none", "navigate", "frame"), ("cross-site", "websocket", "websocket"),
    ):  # fmt: skip
        sent = (("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest))
        yield Case(f"embedded {site} {mode} {dest}", "GET", path, (*visitor.head, *sent))
    doubled = (("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"))
    yield Case("embedded, said twice", "GET", path, (*visitor.head, *doubled))


def origins(path: str, visitor: Visitor) -> Iterator[Case]:
    right, scheme = visitor.origin, visitor.origin.partition(":")[0]
    other_scheme = {"http": "https", "https": "http"}[scheme]
    wrong: tuple[Headers, ...] = (
        (),
        *((("Sec-Fetch-Site", site),) for site in ("cross-site", "same-site", "none", "", "Same-Origin")),
        *((("Sec-Fetch-Site", site), ("Origin", right)) for site in ("cross-site", "same-site")),
        *(
            (("Origin", origin),)
            for origin in ("null", "", f"{scheme}://{visitor.host}", f"{scheme}://{visitor.host}:{visitor.port + 1}",
                           f"{other_scheme}://{visitor.address}", f"{scheme}://127.0.0.1:{visitor.port}",
                           "http://evil.test",
                           f"{right}.evil.test", f"{right}/")
        ),
        (("Sec-Fetch-Site", "same-origin"), ("Origin", "http://evil.test")),
        (("Sec-Fetch-Site", "same-origin"), ("Origin", "null")),
        (("Origin", right), ("Origin", "http://evil.test")),
        (("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")),
        (("Referer", f"{right}/"),),
    )  # fmt: skip
    for sent in wrong:
        body = filled(visitor)
        plain = (("Content-Type", URLENCODED), ("Content-Length", str(len(body))))
        yield Case(f"origin {sent}", "POST", path, (*visitor.head, *sent, *plain), body)


def tokens(place: Place, path: str, visitor: Visitor, other: Visitor) -> Iterator[Case]:
    """Right origin, but not this session's token."""
    leaving = place.path == "/leave"
    given = {"missing": None, "empty": "", "longer": visitor.token + "x", "shorter": visitor.token[:-1]}
    if not leaving:  # any page that this server ever gave out may lock it: see Sessions.gave_out
        given["of another session"] = other.token
    for how, token in given.items():
        body = filled(visitor, token)
        yield Case(f"token {how}", "POST", path, (*visitor.head, *right_post(visitor, body)), body)
    body = filled(visitor, None)
    in_query = f"{path}?t={visitor.token}"
    yield Case("token in the address", "POST", in_query, (*visitor.head, *right_post(visitor, body)), body)
    if place.upload is None:
        sent = (*right_post(visitor, body), ("X-Token", visitor.token))
        yield Case("token in a header of a plain form", "POST", path, (*visitor.head, *sent), body)
    if not leaving:
        body = filled(visitor)
        name = next(iter(visitor.cookies))
        beside = f"; __Host-d={visitor.device}" if visitor.device else ""
        for cookie in ("", f"{name}=", f"{name}=unknown", f"{name}={other.cookie}", f"x={visitor.cookie}"):
            head = (visitor.head[0], ("Cookie", cookie + beside)) if cookie else visitor.head[:1]
            yield Case(f"cookie {cookie[:4]!r}", "POST", path, (*head, *right_post(visitor, body)), body)


def bodies(place: Place, path: str, visitor: Visitor) -> Iterator[Case]:
    fields = filled(visitor)
    kinds = {"application/json": b'{"t": "%s"}' % visitor.token.encode(), "text/plain": fields, "": fields,
             "application/x-www-form-urlencoded-not": fields,
             "multipart/form-data": fields, "multipart/form-data; boundary=x": multipart(visitor.token)}  # fmt: skip
    if place.upload is not None:
        kinds[URLENCODED] = fields
        kinds["multipart/form-data; boundary=x"] = multipart("")
        kinds["multipart/form-data;boundary=x"] = multipart(visitor.token, token_last=True)
        kinds["multipart/form-data ;boundary=x"] = multipart(visitor.token, fields=200)
    for kind, body in kinds.items():
        yield Case(f"kind {kind}", "POST", path, (*visitor.head, *right_post(visitor, body, kind)), body)
    huge = str(301 * 1024 * 1024 if place.upload is not None else 257 * 1024)
    declared = (*right_post(visitor)[:-1], ("Content-Length", huge))
    yield Case("size declared", "POST", path, (*visitor.head, *declared))
    if place.upload is None:
        chunk = b"40100\r\n" + fields + b"&x=" + b"y" * (0x40100 - len(fields) - 3) + b"\r\n0\r\n\r\n"
        chunked = (*right_post(visitor)[:-1], ("Transfer-Encoding", "chunked"))
        yield Case("size not declared", "POST", path, (*visitor.head, *chunked), chunk)
        many = filled(visitor) + b"&x=1" * 100
        yield Case("many fields", "POST", path, (*visitor.head, *right_post(visitor, many)), many)


def right_post(visitor: Visitor, body: bytes | None = None, kind: str = URLENCODED) -> Headers:
    """What the browser sends with a form of our own page; the length comes last."""
    length = len(filled(visitor) if body is None else body)
    origin = (("Sec-Fetch-Site", "same-origin"), ("Origin", visitor.origin))
    return (*origin, *((("Content-Type", kind),) if kind else ()), ("Content-Length", str(length)))


def filled(visitor: Visitor, token: str | None = "own") -> bytes:
    given = visitor.token if token == "own" else token
    return form(({} if given is None else {"t": given}) | MARKED_WORDS)


def multipart(token: str, *, token_last: bool = False, fields: int = 0) -> bytes:
    first = f'--x\r\nContent-Disposition: form-data; name="t"\r\n\r\n{token}\r\n'
    chat = "01/03/2024, 10:01 - A: hello\n02/03/2024, 10:01 - B: hello\n"
    file = f'--x\r\nContent-Disposition: form-data; name="file"; filename="c.txt"\r\n\r\n{chat}\r\n'
    empty = '--x\r\nContent-Disposition: form-data; name="e"\r\n\r\n\r\n' * fields
    return (file + first if token_last else first + empty + file).encode() + b"--x--\r\n"


def sweep(places: Iterable[Place], visitor: Visitor, other: Visitor, stored: Stored) -> tuple[int, list[str]]:
    """How many requests were made, and what was wrong with their answers."""
    count, wrong = 0, []
    for place in places:
        for case in cases(place, path_of(place, stored), visitor, other):
            answer = ask(visitor.port, case.method, case.target, case.headers, case.body)
            count += 1
            wrong += [
                f"{case.method} {place.path}, {case.fault}: {what}"
                for what in faults(case, answer, carries=place.carries)
            ]
    return count, wrong


def faults(case: Case, answer: Answer, *, carries: bool) -> list[str]:
    if answer.status == RESET:
        return [] if case.fault.startswith("size") else ["closed without an answer"]
    found = [] if answer.status in REFUSALS else [f"status {answer.status}"]
    # Words sent with a token of an earlier page are handed back to who sent them; the sweep sends the stored ones.
    own = {DRAFT} if carries and DRAFT.encode() in case.body else set()
    return found + header_faults(answer) + leaks(answer, own)


def leaks(answer: Answer, own: Iterable[str] = ()) -> list[str]:
    """Markers anywhere in an answer."""
    text = repr(answer.headers) + answer.body.decode("utf-8", "replace")
    return [f"holds {marker}" for marker in MARKERS if marker in text and marker not in own]


def header_faults(answer: Answer) -> list[str]:
    """What is missing or too much in the head of an answer."""
    found = [f"{name} is {answer.all(name)}" for name, value in REQUIRED.items() if answer.all(name) != [value]]
    policy = answer.all("content-security-policy")
    if len(policy) != 1 or {part.strip() for part in policy[0].split(";")} != POLICY:
        found.append(f"content-security-policy is {policy}")
    found += [f"tells {name}" for name, _ in answer.headers if name in TELLING or name.startswith("access-control-")]
    for cookie in answer.all("set-cookie"):
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        if parts != {"httponly", "path=/", "samesite=strict"} | ({"secure"} if cookie.startswith("__Host-") else set()):
            found.append(f"cookie with {sorted(parts)}")
    return found
