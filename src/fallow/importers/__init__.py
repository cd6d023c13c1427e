"""Importers: the bytes of a chat export → one chat as its file tells it, and what could not be read."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
