"""Learn the population of the silence forecast from event logs, and score it, on a laptop or an engine for more."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
