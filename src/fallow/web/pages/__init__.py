"""The pages: one module a subject, each a form in, one action, a page out; `PLACES` is every address there is."""

from fallow.web.pages.places import PLACES, UPLOAD_PATHS, Place

__all__ = ["PLACES", "UPLOAD_PATHS", "Place"]
