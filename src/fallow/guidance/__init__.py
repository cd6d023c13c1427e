"""What Fallow says: claims, help lines, the safety screen, answers to pleas, limits, kind words; pure functions."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
