"""The language people read: gettext for every room, phrases of data files, dates and numbers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
