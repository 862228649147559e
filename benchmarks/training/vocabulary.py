"""Learn what single words say: how much more often than not they stand on main content."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.training.examples import Lesson
from cleaners.judging.features import Scores

_WORD = re.compile(r"\w+")
_SITES = 12  # a word is learned when it stands on pages of as many sites
_PRIOR = 3.0
_SHORT = 120  # characters

_Seen = dict[str, dict[str, list[float]]]


def learn_scores(lessons: Iterable[Lesson]) -> Scores:
    """Log odds of main content given a name (class, id, role) or a word of a short block.

    Each site has one vote, so that no site's own habits are learned.
    """
    names: _Seen = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    words: _Seen = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    name_total, word_total = [0.0, 0.0], [0.0, 0.0]
    for lesson in lessons:
        if lesson.measured is None or not lesson.weights.any():
            continue
        shares = np.nan_to_num(lesson.shares)
        weight = np.concatenate(([0.0], np.cumsum(lesson.weights)))
        content = np.concatenate(([0.0], np.cumsum(lesson.weights * shares)))
        tree = lesson.measured.tree
        _add(name_total, content[-1], weight[-1])
        held = content[tree.last + 1] - content[tree.first]
        size = weight[tree.last + 1] - weight[tree.first]
        for label, some, all_ in zip(
            tree.label.tolist(), held.tolist(), size.tolist(), strict=True
        ):
            for name in sorted(tree.names[label]):
                _add(names[name][lesson.domain], some, all_)
        for block, share, known in zip(
            lesson.outline.blocks, shares.tolist(), lesson.weights.tolist(), strict=True
        ):
            if known <= 0 or len(block.text) > _SHORT:
                continue
            _add(word_total, share, 1.0)
            for word in set(_WORD.findall(block.text.lower())):
                _add(words[word][lesson.domain], share, 1.0)
    return Scores(_log_odds(names, name_total), _log_odds(words, word_total))


def _add(sums: list[float], some: float, all_: float) -> None:
    sums[0] += some
    sums[1] += all_


def _log_odds(seen: _Seen, total: Sequence[float]) -> dict[str, float]:
    base = total[0] / total[1]
    odds = {}
    for word, sites in sorted(seen.items()):
        votes = [some / all_ for some, all_ in sites.values() if all_ > 1e-6]
        if len(votes) >= _SITES:
            share = (math.fsum(votes) + _PRIOR * base) / (len(votes) + _PRIOR)
            share = min(max(share, 0.01), 0.99)
            odds[word] = round(_logit(share) - _logit(base), 2)
    return odds


def _logit(share: float) -> float:
    return math.log(share / (1 - share))
