"""Measures of two people writing: how much, when, who begins, who answers how soon, who ends a silence."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
