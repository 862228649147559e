"""Learn what single words say: how much more often than not their lines are main content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.training_text.lessons import Lesson
from cleaners.judging.flattened.features import Vocabulary

_SITES = 12  # a word is learned when it stands on pages of as many sites
_PRIOR = 3.0
_SHORT = 12.0  # words
_DEGREES = ("full", "recall")


def learn_vocabulary(lessons: Sequence[Lesson]) -> Vocabulary:
    """Log odds of main content given a word of a short line, and of a long one.

    Each site has one vote, so that no site's own habits are learned.
    """
    some = [x for x in lessons if x.degree in _DEGREES and x.weights.any()]
    domains = {domain: number for number, domain in enumerate(sorted({x.domain for x in some}))}
    keys, sites, shares, long = [], [], [], []
    for lesson in some:
        counted = lesson.measured.counted
        # Once a line.
        pairs = counted.line.astype(np.uint64) << np.uint64(32) | counted.key
        pairs = np.unique(pairs)
        line = (pairs >> np.uint64(32)).astype(np.int64)
        known = ~np.isnan(lesson.shares)[line]
        line = line[known]
        keys.append((pairs & np.uint64(0xFFFFFFFF))[known])
        sites.append(np.full(len(line), domains[lesson.domain]))
        shares.append(lesson.shares[line])
        long.append(lesson.measured.words[line] > _SHORT)
    key, site = np.concatenate(keys), np.concatenate(sites)
    share, is_long = np.concatenate(shares), np.concatenate(long)
    tables = [_log_odds(key[which], site[which], share[which]) for which in (~is_long, is_long)]
    union = np.unique(np.concatenate([known for known, _ in tables]))
    scores = np.zeros((2, len(union)), np.float32)
    for row, (known, odds) in zip(scores, tables, strict=True):
        row[np.searchsorted(union, known)] = odds
    return Vocabulary(union.astype(np.uint32), scores)


def _log_odds(
    key: NDArray[np.uint64], site: NDArray[np.int64], share: NDArray[np.floating[Any]]
) -> tuple[NDArray[np.uint64], NDArray[np.floating[Any]]]:
    """The words that stand on pages of enough sites, and what each of them says."""
    base = share.mean()
    pairs, which, count = np.unique(
        key << np.uint64(16) | site.astype(np.uint64), return_inverse=True, return_counts=True
    )
    votes = np.bincount(which, share) / count
    words, which, sites = np.unique(pairs >> np.uint64(16), return_inverse=True, return_counts=True)
    mean = (np.bincount(which, votes) + _PRIOR * base) / (sites + _PRIOR)
    mean = np.clip(mean, 0.01, 0.99)
    odds = np.log(mean / (1 - mean)) - np.log(base / (1 - base))
    often = sites >= _SITES
    return words[often], np.round(odds[often], 2)
