"""How much a block or line counts in training, and which of the light ones are left out."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

FOUND: Final = 0.7  # a page with less of its known text on it is hardly learned from
ONE_SNIPPET: Final = 0.3
_HEAVIEST: Final = 4.0
UNFOUND: Final = 0.2
_CONTENT: Final = 20.0
"""Words of content from which shares are taken; those of a page with less would weigh too much."""


def weigh(shares: Floats, sizes: Floats, found: float, *, heaviest: float) -> Floats:
    """A block counts by its share of the page's main content, as it does in the page's F1.

    A page whose known text is not on it counts little.  No block counts more than `heaviest`:
    where only snippets are known, the page's length is not.
    """
    known = ~np.isnan(shares)
    content = max(float((np.nan_to_num(shares) * sizes).sum()), _CONTENT)
    weights = np.where(known, sizes / content, 0.0)
    total = weights.sum()
    if total > _HEAVIEST:
        weights *= _HEAVIEST / total
    if found < FOUND:
        weights *= UNFOUND
    return np.minimum(weights, heaviest)


def light(weights: Floats, rows: int) -> float:
    """The weight below which rows are sampled by their weight, so that about `rows` are left."""
    low, high = 0.0, float(weights.max()) * len(weights)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if np.minimum(1, weights / middle).sum() > rows else (low, middle)
        )
    return high
