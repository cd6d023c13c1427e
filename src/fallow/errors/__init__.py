"""
Every error a person can meet: one tree, each a sentence and a next step.

`says` and `next_step` are public words: they may hold counts, limits and line numbers, never a name,
a message or a secret. What an error means as an HTTP or exit status is decided in `web/errors.py` and
`cli/errors.py`. A caller's own mistake is a `ValueError`, not a `FallowError`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
