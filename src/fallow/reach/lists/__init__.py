"""Lists to install: files for tools of one's own that make a way to reach or watch harder to take; and their undo."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
