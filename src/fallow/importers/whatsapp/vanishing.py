"""Lines about the timer after which messages vanish → the periods from which messages are gone."""

from __future__ import annotations

import numpy as np

from fallow.importers.whatsapp.cursor import Places
from fallow.importers.whatsapp.phrases import phrases, plain


def vanished(lines: list[tuple[int, str]], said: Places) -> Places:
    """
    The periods from when a timer was set to the first message that is still there.

    Messages vanish in the order in which they were sent, so what was sent after that one did not.

    Args:
        lines: When each line of the app was, microseconds on the wall clock, and what it says.
        said: int64 [n], when messages were, in order, n >= 1.
    Returns:
        int64 [p, 2], begin < end, in order. O(lines · log n).
    """
    told = ((at, phrases().sets_timer(plain(text))) for at, text in lines)
    changes = sorted((at, on) for at, on in told if on is not None)
    periods = list[tuple[int, int]]()
    for i, (begin, on) in enumerate(changes):
        end = changes[i + 1][0] if i + 1 < len(changes) else int(said[-1])
        first = int(np.searchsorted(said, begin))
        end = min(end, int(said[first])) if first < len(said) else end
        if on and begin < end:
            periods.append((begin, end))
    return np.array(periods, np.int64).reshape(-1, 2)
