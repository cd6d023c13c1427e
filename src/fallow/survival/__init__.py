"""Time-to-event mathematics on plain arrays: curves, competing causes, their intervals, and scores of forecasts."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
