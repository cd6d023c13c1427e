"""A result as a picture, a sentence that says the same, and a table of its numbers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
