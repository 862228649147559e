"""Learn what single words say: how much more often than not their lines are main content."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.training.odds import in_rows, log_odds
from benchmarks.training_text.lessons import Lesson
from cleaners.judging.flattened.features import Vocabulary

_SITES = 12  # a word is learned when it stands on pages of as many sites
_PRIOR = 3.0
_LEAST = 0.01
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
    tables = [
        log_odds(key[some], site[some], share[some], prior=_PRIOR, least=_LEAST).rounded(2)
        for some in (~is_long, is_long)
    ]
    return Vocabulary(*in_rows([table.only(table.sites >= _SITES) for table in tables]))
