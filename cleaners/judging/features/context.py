"""The second look: what the first look's scores say of a block's surroundings."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.features.shape import Columns
from cleaners.judging.features.structure import over, shifted, totals
from cleaners.judging.features.tree import Floats, Ints, Tree, ancestor

_LEVELS: Final = 7
_SURE: Final = 0.5


def context_columns(  # noqa: PLR0913, PLR0917 - the ways a block belongs with others
    scores: Floats, words: Floats, tree: Tree, group: Ints, unit: Ints, heading: Ints
) -> Columns:
    """Columns from the first look's scores (0 to 1), one a block.

    `words` is each block's length, `group` and `unit` number blocks of the same structure and
    their nearest repeated element, `heading` the last heading at or before each block.
    """
    content = scores * words
    likely = scores > _SURE
    columns: Columns = {"score": scores}
    for by in (-3, -2, -1, 1, 2, 3):
        columns[f"score{by:+d}"] = shifted(scores, by, -0.1)
    columns |= _window_columns(content, words)
    columns |= _held_columns(content, words, tree)
    columns |= _run_columns(likely, words, scores)
    columns |= _page_columns(scores, content, words)
    for name, number in (("group", group), ("section", heading + 1)):
        size = np.maximum(np.bincount(number, weights=words), 1e-6)
        columns[f"{name}_score"] = (np.bincount(number, weights=content) / size)[number]
        columns[f"{name}_content"] = np.log1p(np.bincount(number, weights=content))[number]
    held = over(totals(words), tree.first[unit], tree.last[unit])
    columns["unit_score"] = over(totals(content), tree.first[unit], tree.last[unit]) / np.maximum(
        held, 1e-6
    )
    return columns


def _window_columns(content: Floats, words: Floats) -> Columns:
    """Mean scores of the words shortly before and after."""
    columns: Columns = {}
    count = len(words)
    here = np.arange(count)
    total_content, total_words = totals(content), totals(words)
    for reach in (3, 8, 20):
        first, last = np.maximum(here - reach, 0), np.minimum(here + reach, count - 1)
        for side, low, high in (("before", first, here), ("after", here, last)):
            columns[f"score_{side}_{reach}"] = over(total_content, low, high) / np.maximum(
                over(total_words, low, high), 1e-6
            )
    return columns


def _held_columns(content: Floats, words: Floats, tree: Tree) -> Columns:
    """Mean scores inside the elements around a block, and the one that holds most content."""
    columns: Columns = {}
    total = max(float(content.sum()), 1e-6)
    held = over(totals(content), tree.first, tree.last)
    length = np.maximum(over(totals(words), tree.first, tree.last), 1e-6)
    mean = held / length
    for level in range(_LEVELS):
        node = ancestor(tree, level)
        columns[f"up{level}_score"] = mean[node]
        columns[f"up{level}_content"] = held[node] / total
    for percent in (60, 90):
        enough = np.flatnonzero(held >= total * percent / 100)
        main = int(enough[np.argmax(tree.depth[enough])]) if len(enough) else 0
        inside = (tree.pair_node == main).astype(np.float32)
        columns[f"core{percent}_inside"] = np.maximum.reduceat(inside, tree.starts)
        columns[f"core{percent}_score"] = float(mean[main])
        wordy = tree.first <= tree.last
        best = np.where(wordy, mean, 0)
        columns[f"core{percent}_best"] = np.maximum.reduceat(
            np.where(
                held[tree.pair_node] >= total * (100 - percent) / 200, best[tree.pair_node], 0
            ),
            tree.starts,
        )
    return columns


def _run_columns(likely: NDArray[np.bool_], words: Floats, scores: Floats) -> Columns:
    """How far the nearest likely content is before and after, and how much there is of it."""
    count = len(words)
    here = np.arange(count)
    before = np.maximum.accumulate(np.where(likely, here, -1))
    after = np.minimum.accumulate(np.where(likely, here, count)[::-1])[::-1]
    total_words = totals(words)
    done = totals(scores * words)
    total = max(float(done[-1]), 1e-6)
    start = np.concatenate(([-1], before[:-1]))
    gap_words = over(
        total_words, np.clip(start + 1, 0, count - 1), np.clip(after - 1, 0, count - 1)
    )
    return {
        "since_likely": np.minimum(here - start, 60),
        "until_likely": np.minimum(np.concatenate((after[1:], [count])) - here, 60),
        "gap_words": np.log1p(np.maximum(gap_words, 0)),
        "likely_before": start >= 0,
        "likely_after": np.concatenate((after[1:], [count])) < count,
        "done": done[:-1] / total,
        "to_do": 1 - done[1:] / total,
    }


def _page_columns(scores: Floats, content: Floats, words: Floats) -> Columns:
    """How the page as a whole scores, and how a block compares."""
    count = len(words)
    order = np.argsort(-scores, kind="stable")
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    ahead = np.cumsum(words[order])
    page = max(float(words.sum()), 1e-6)
    total = max(float(content.sum()), 1e-6)
    return {
        "page_content": float(np.log1p(total)),
        "page_score": total / page,
        "page_best": float(scores.max()),
        "page_sure": float(words[(scores > 0.8) | (scores < 0.2)].sum()) / page,
        "page_certainty": float((content * scores).sum()) / total,
        "rank": rank / count,
        "ahead": ahead[rank] / page,
        "ahead_of_content": np.log1p(ahead[rank]) - np.log1p(total),
    }
