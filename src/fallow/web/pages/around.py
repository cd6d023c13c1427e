"""A card for a friend, to say or to print; and running into them, three seconds for the next time."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import by_chance, card_sentences, friend_card, keep_friend_card
from fallow.errors import FallowError
from fallow.guidance import load_around
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit


def show_friends(visit: Visit) -> Response:
    return visit.page("friends.html", words=load_around().friends, card=friend_card(visit.desk))


def show_choices(visit: Visit) -> Response:
    return _choices(visit)


def keep_choices(visit: Visit, form: Form) -> Response:
    """What stays on the card, and own words."""
    staying = set(form.all("on"))
    try:
        keep_friend_card(visit.desk, (each.id for each in card_sentences() if each.id not in staying), form["words"])
    except FallowError as error:
        return _choices(visit, error, form)
    return visit.go("/friends", said=_("Kept. It is printed as it stands here."))


def _choices(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    card, around = friend_card(visit.desk), load_around()
    left = set(card.left_out) if form is None else {each.id for each in card_sentences()} - set(form.all("on"))
    free = {each.id for each in card_sentences()}
    return visit.page(
        "friends_choose.html",
        status=200 if error is None else status_of(error),
        error=error,
        groups=[
            (_("What helps"), [(each, each.id not in left) for each in around.helps.points]),
            (_("What news not to bring"), [(each, each.id not in left) for each in around.friends.points]),
        ],
        free=free,
        rest=card.words_rest,
        words=(card.words or "") if form is None else form["words"],
    )


def show_by_chance(visit: Visit) -> Response:
    return visit.page("by_chance.html", words=by_chance(visit.desk))
