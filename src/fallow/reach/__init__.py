"""The channels by which each can be reached or watched by the other, what closes each, and lists to install."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
