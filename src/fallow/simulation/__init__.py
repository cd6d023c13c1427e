"""Two people writing, generated from stated parameters: for the demo, for load, for checks of calibration."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
