"""
What a phone sees before it is paired: a field for the code, and the certificate; nothing that tells what this is.

These pages have no script, no name a person chose and a style of their own, because everyone in the network can ask
for them.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import HTMLResponse, Response

from fallow.errors import FallowError, NotOpenToPhones
from fallow.language import N_, direction, spoken
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.render import environment
from fallow.wiring import pair, read_certificate

PAIRED: Final = "__Host-d"
"""The cookie a paired phone brings; `__Host-`: for this address and TLS alone."""
PLAIN_STYLE: Final = "plain.css"
LASTS_SECONDS: Final = 400 * 24 * 3600
"""As long as browsers keep a cookie at most (RFC 6265bis); after that the phone is paired anew."""
LONGEST_CODE: Final = 20
KINDS: Final = (("iPhone", N_("iPhone")), ("iPad", N_("iPad")), ("Android", N_("Android device")))
OTHER_KIND: Final = N_("another device")


def show(visit: Visit) -> Response:
    return visit.go("/") if visit.phone is not None else pairing_page(visit)


def show_with_code(visit: Visit) -> Response:
    """What the square code leads to: the same, with the code filled in; reading it spends nothing."""
    return visit.go("/") if visit.phone is not None else pairing_page(visit, typed=visit.params["code"][:LONGEST_CODE])


def pair_this(visit: Visit, form: Form) -> Response:
    """Let this phone in, if it brings the open code."""
    if visit.phone is not None:
        return visit.go("/")
    office = visit.office
    try:
        phone, secret = pair(office.folder, form["code"][:LONGEST_CODE], kind_of(visit.agent))
    except FallowError as error:
        return pairing_page(visit, error)
    visit.session = office.sessions.open(device=phone.id)
    response = visit.go("/", said=_("This phone is paired. It is unlocked with the passphrase, like every browser."))
    response.set_cookie(PAIRED, secret, max_age=LASTS_SECONDS, httponly=True, samesite="strict", path="/", secure=True)
    return response


def certificate(visit: Visit) -> Response:
    """What the phone is told to trust; it is shown at every greeting, so it is no secret."""
    found = read_certificate(visit.office.folder)
    if found is None:
        raise NotOpenToPhones
    return Response(
        found.signing,
        media_type="application/x-x509-ca-cert",
        headers={"content-disposition": 'attachment; filename="certificate.crt"'},
    )


def pairing_page(visit: Visit, error: FallowError | None = None, *, typed: str = "") -> Response:
    page = environment().get_template("pair.html")
    body = page.render(
        language=spoken(), direction=direction(), token=visit.session.token, typed=typed, error=error,
        certificate=read_certificate(visit.office.folder),
    )  # fmt: skip
    return HTMLResponse(body, 200 if error is None else status_of(error))


def kind_of(agent: str) -> str:
    """What sort of device a browser says it is on, in our own words; what it says is never kept."""
    return next((kind for word, kind in KINDS if word in agent), OTHER_KIND)
