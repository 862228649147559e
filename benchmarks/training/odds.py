"""How much likelier something is where a word stands than elsewhere, with one vote a site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
_SITE = np.uint64(16)  # bits of a site's number


class Odds(NamedTuple):
    """Log odds of words, in the order of their keys, and on how many sites each stands."""

    keys: NDArray[np.uint64]
    odds: Floats
    sites: NDArray[np.int64]

    def rounded(self, digits: int) -> Odds:
        """The same with fewer digits."""
        return self._replace(odds=np.round(self.odds, digits))

    def only(self, which: NDArray[np.bool_]) -> Odds:
        """Some of the words."""
        return Odds(self.keys[which], self.odds[which], self.sites[which])


def log_odds(
    key: NDArray[np.uint64],
    site: NDArray[Any],
    share: NDArray[Any],
    *,
    prior: float,
    least: float,
) -> Odds:
    """What each word says of the shares (0 to 1) where it stands.

    `key`, `site` (below 65,536) and `share` have an entry a place.  `prior` is how many sites vote
    as all places do; no word's share is taken for less than `least`, or for more than 1 less that.
    """
    base = share.mean()
    pairs, which, count = np.unique(
        key << _SITE | site.astype(np.uint64), return_inverse=True, return_counts=True
    )
    votes = np.bincount(which, share) / count
    words, which, sites = np.unique(pairs >> _SITE, return_inverse=True, return_counts=True)
    mean = (np.bincount(which, votes) + prior * base) / (sites + prior)
    mean = np.clip(mean, least, 1 - least)
    odds = np.log(mean / (1 - mean)) - np.log(base / (1 - base))
    return Odds(words, odds, sites)


def in_rows(tables: Sequence[Odds]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The keys of several tables, and a row of odds for each; 0 where a table lacks a word."""
    union = np.unique(np.concatenate([table.keys for table in tables]))
    rows = np.zeros((len(tables), len(union)), np.float32)
    for row, table in zip(rows, tables, strict=True):
        row[np.searchsorted(union, table.keys)] = table.odds
    return union.astype(np.uint32), rows
